import type { CallLog } from '../connectors/http/index.js';
import { undiciHttp } from '../connectors/http/index.js';
import type { SalesforceSession } from '../connectors/salesforce/index.js';
import type { Ledger } from '../ledger/index.js';
import { openDatabase, SqlLedger } from '../ledger/index.js';
import { systemClock } from '../ports/clock.js';
import { systemRandom } from '../ports/random.js';
import { openQueue } from '../queue/index.js';
import { assembleSync } from './assemble-sync.js';
import { connectSystems } from './connect-systems.js';
import { mappingOf } from './mapping-of.js';
import { openChangeEvents } from './open-change-events.js';
import type { OpenSync, OpenSyncPorts } from './opened-sync.js';
import type { Settings } from './settings.js';
import { signIn } from './sign-in.js';

/** Calls are counted in the ledger, so that all processes that share it keep one allowance. */
const callLogOf = (ledger: Ledger): CallLog => ({
  add: async (system, bucket, calls) => ledger.addCalls(system, bucket, calls),
  since: async (system, bucket) => ledger.callsSince(system, bucket)
});

/**
 * Composition root: wires connectors, ledger and mapping from settings. Opens the ledger file and no connection yet.
 * @throws CosellError `MAPPING_INVALID`, `LEDGER_UNUSABLE`, `SIGN_IN_INCOMPLETE`
 */
export async function openSync(
  settings: Settings,
  session: SalesforceSession,
  ports: OpenSyncPorts
): Promise<OpenSync> {
  const { env, clock = systemClock, random = systemRandom, http = undiciHttp() } = ports;
  const { partnerCenter } = settings;
  const mapping = await mappingOf(settings);
  const { tokens, tenantId } = await signIn(partnerCenter, { env, clock, random, http });
  const changeEvents = openChangeEvents(settings.salesforce.changeEvents, session, { clock, random });
  const database = await openDatabase(settings.ledger, { durability: settings.ledgerDurability });
  const ledger = new SqlLedger(database);
  const queue = await openQueue({ database, clock, ...(settings.queue === undefined ? {} : { kind: settings.queue }) });
  const common = { mapping, http, clock, random };
  const systems = connectSystems(settings, { ...common, session, tokens, callLog: callLogOf(ledger) });
  // A plan says which account it belongs to, also when a stored connection names it.
  const known = tenantId === undefined ? {} : { tenantId };
  const complete = { ...settings, partnerCenter: { ...partnerCenter, ...known } };
  const { location } = database;
  return assembleSync({ ...common, settings: complete, ledger, queue, location, systems, changeEvents });
}
