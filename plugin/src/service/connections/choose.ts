import { CosellError } from '../../ports/errors.js';
import type { ConnectedSystem, Connection, ConnectionStore } from './connection.js';
import { DEFAULT_NAMES } from './connection.js';

const LIST = 'See the names with: sf cosell connection list';

/** Where a name can be put. */
const PLACES: Readonly<Record<ConnectedSystem, string>> = {
  'partner-center': 'Name one under partnerCenter.connection in the settings, or in COSELL_PARTNER_CENTER_CONNECTION.',
  'business-central':
    'Name one under businessCentral.connection in the settings, or in COSELL_BUSINESS_CENTRAL_CONNECTION.'
};

const add = (system: ConnectedSystem): string => `Sign in with: sf cosell connection add ${system}`;

/**
 * The stored connection to a system that is meant: the named one; else the only one, or the one that has the standard name.
 * @throws CosellError `CONNECTION_UNKNOWN` for a name that is not there, `CONNECTION_AMBIGUOUS` when none stands out
 */
export async function chooseConnection<S extends ConnectedSystem>(
  store: Pick<ConnectionStore, 'list'>,
  system: S,
  name: string | undefined
): Promise<Extract<Connection, { system: S }> | undefined> {
  const isOf = (connection: Connection): connection is Extract<Connection, { system: S }> =>
    connection.system === system;
  const all = (await store.list()).filter(isOf);
  if (name !== undefined) {
    const named = all.find((connection) => connection.name === name);
    if (named) return named;
    throw new CosellError('CONNECTION_UNKNOWN', `There is no connection ${name} on this machine.`, [
      all.length === 0 ? `${add(system)} --name ${name}` : LIST
    ]);
  }
  const standard = DEFAULT_NAMES[system];
  const chosen = all.length === 1 ? all[0] : all.find((connection) => connection.name === standard);
  if (chosen || all.length === 0) return chosen;
  throw new CosellError('CONNECTION_AMBIGUOUS', `Several connections are stored, and none is called ${standard}.`, [
    PLACES[system],
    LIST
  ]);
}
