import { ConnectorError } from '../../../ports/errors.js';
import { pageOf, queryPath, quoted } from '../query.js';
import type { Rest } from '../rest.js';
import { system } from '../rest-errors.js';

/** Id of the active user with a username. @throws ConnectorError `OWNER_UNKNOWN` */
export async function readOwner(rest: Rest, username: string): Promise<string> {
  const soql = `SELECT Id FROM User WHERE Username = ${quoted(username)} AND IsActive = true`;
  const { json } = await rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
  const [row] = pageOf(json).records;
  if (row !== undefined) return String(row['Id']);
  throw new ConnectorError(
    system,
    'rejected',
    'OWNER_UNKNOWN',
    'The org has no active user of the name in the settings.',
    {
      nextSteps: ['Correct "businessCentral.ownerFallback" in the settings.']
    }
  );
}
