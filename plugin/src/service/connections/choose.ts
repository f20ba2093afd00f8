import { CosellError } from '../../ports/errors.js';
import type { Connection, ConnectionStore } from './connection.js';
import { DEFAULT_NAME } from './connection.js';

const ADD = 'Sign in with: sf cosell connection add partner-center';
const LIST = 'See the names with: sf cosell connection list';

/**
 * The stored connection that is meant: the named one; else the only one, or the one that is called default.
 * @throws CosellError `CONNECTION_UNKNOWN` for a name that is not there, `CONNECTION_AMBIGUOUS` when none stands out
 */
export async function chooseConnection(
  store: Pick<ConnectionStore, 'list'>,
  name: string | undefined
): Promise<Connection | undefined> {
  const all = await store.list();
  if (name !== undefined) {
    const named = all.find((connection) => connection.name === name);
    if (named) return named;
    throw new CosellError('CONNECTION_UNKNOWN', `There is no connection ${name} on this machine.`, [
      all.length === 0 ? `${ADD} --name ${name}` : LIST
    ]);
  }
  const chosen = all.length === 1 ? all[0] : all.find((connection) => connection.name === DEFAULT_NAME);
  if (chosen || all.length === 0) return chosen;
  throw new CosellError('CONNECTION_AMBIGUOUS', 'Several connections are stored, and none is called default.', [
    'Name one under partnerCenter.connection in the settings, or in COSELL_PARTNER_CENTER_CONNECTION.',
    LIST
  ]);
}
