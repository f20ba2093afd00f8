import type { Address, Authorization, BusinessCentralConnector } from '../../connectors/business-central/index.js';
import { createBusinessCentralConnector, webClientUrl } from '../../connectors/business-central/index.js';
import type { CallLog, ClosableHttp } from '../../connectors/http/index.js';
import { undiciHttp, withCap, withGate } from '../../connectors/http/index.js';
import type { RecordsConnector, SalesforceSession } from '../../connectors/salesforce/index.js';
import { createRecordsConnector } from '../../connectors/salesforce/index.js';
import type { Ledger } from '../../ledger/index.js';
import { engineOf, openDatabase, SqlLedger } from '../../ledger/index.js';
import type { Mapping } from '../../mapping/types.js';
import { systemClock } from '../../ports/clock.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { Random } from '../../ports/random.js';
import { systemRandom } from '../../ports/random.js';
import type { WorkQueue } from '../../queue/index.js';
import { openQueue } from '../../queue/index.js';
import type { CreatingConnector, RunContext, RunSummary, TellingConnector } from '../../sync/index.js';
import { runOnce } from '../../sync/index.js';
import { allowance, pauseOf } from '../budgets.js';
import { chooseConnection } from '../connections/choose.js';
import { cliConnections } from '../connections/cli-store.js';
import type { BusinessCentralConnection, ConnectionStore } from '../connections/connection.js';
import { openConnection } from '../connections/business-central/session.js';
import type { Settings } from '../settings.js';
import { inboundFor } from './inbound.js';
import { withLookups } from './lookups.js';
import { coupledMapping, objectFields } from './mapping.js';
import type { CoupledMapping } from './settings.js';
import { unnamedMapping } from './settings.js';

/** What a caller may want otherwise for one run. */
export type CouplingExtras = Partial<Pick<RunContext, 'signal' | 'onProgress' | 'options' | 'onlyCoupled'>>;

/** One mapping between an object of the org and an entity set of a company. */
export interface OpenCoupling {
  readonly mapping: Mapping;
  readonly chosen: CoupledMapping;
  readonly salesforce: RecordsConnector;
  readonly businessCentral: BusinessCentralConnector;
  /** Both sides as the engine sees them: references to other records are keys of their counterparts. */
  readonly left: TellingConnector;
  readonly right: CreatingConnector;
  context(extras?: CouplingExtras): RunContext;
  /** One pass; see `runOnce`. */
  run(extras?: CouplingExtras): Promise<RunSummary>;
}

/** An org, a company, and the ledger between them. */
export interface Couplings {
  readonly settings: Settings;
  readonly connection: BusinessCentralConnection;
  readonly ledger: Ledger;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** @throws CosellError `MAPPING_UNKNOWN`, `MAPPING_INVALID` */
  open(name: string): Promise<OpenCoupling>;
  close(): Promise<void>;
}

export interface CouplingPorts {
  /** @default those of the sf CLI on this machine */
  connections?: ConnectionStore;
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
  /** For passes over all records: many of them in work at once, which share calls. @default false */
  bulk?: boolean;
}

/**
 * A pass over all records: as many in hand as rows fit into the largest call, and time-outs that a call with a hundred operations
 * has room in.
 */
const BULK = {
  run: { concurrency: 1_000, batch: 1_000, workers: 1, leaseMs: 60_000, requestTimeoutMs: 45_000 }
} as const;

/** Records in work for each call that may be under way; see `open-sync`. */
const RECORDS_PER_CALL = 2;

async function connectionOf(settings: Settings, connections: ConnectionStore): Promise<BusinessCentralConnection> {
  const connection = await chooseConnection(connections, 'business-central', settings.businessCentral.connection);
  if (connection) return connection;
  throw new CosellError('CONNECTION_NONE', 'No connection to Business Central is stored on this machine.', [
    'Add one with: sf cosell connection add business-central'
  ]);
}

/** Where people open records of the company. */
function clientOf({ businessCentral }: Settings, connection: BusinessCentralConnection): string {
  const { webClientUrl: own } = businessCentral;
  if (own !== undefined) return own;
  if (connection.kind === 'onPremises') return connection.baseUrl;
  return `${webClientUrl}/${connection.tenantId}/${connection.environment}`;
}

/** Settings as a pass over all records wants them. */
const forBulk = (settings: Settings, bulk: boolean): Settings =>
  bulk ? { ...settings, requestTimeoutMs: BULK.run.requestTimeoutMs, leaseMs: BULK.run.leaseMs } : settings;

interface Parts extends Required<Omit<CouplingPorts, 'connections'>> {
  settings: Settings;
  session: SalesforceSession;
  connection: BusinessCentralConnection;
  address: Address;
  authorization: Authorization;
  ledger: Ledger;
  queue: WorkQueue;
  /** Name of this process, for leases. */
  owner: string;
  callLog: CallLog;
  gates: Readonly<Record<'salesforce' | 'business-central', ReturnType<typeof withGate>>>;
}

function leftOf(parts: Parts, mapping: Mapping): RecordsConnector {
  const { settings, session, clock, random, callLog, gates, bulk } = parts;
  const { overlapMs, budget } = settings.salesforce;
  return createRecordsConnector({
    ...{ session, clock, random, callLog, http: gates.salesforce, fields: objectFields(mapping) },
    ...(mapping.left.filter === undefined ? {} : { filter: mapping.left.filter }),
    options: {
      timeoutMs: settings.requestTimeoutMs,
      bulk,
      ...(overlapMs === undefined ? {} : { overlapMs }),
      ...(budget === undefined ? {} : { budget })
    }
  });
}

function assemble(
  parts: Parts,
  { mapping, set }: Awaited<ReturnType<typeof coupledMapping>>,
  chosen: CoupledMapping
): OpenCoupling {
  const { settings, connection, address, authorization, ledger, queue, clock, random, callLog, gates, owner } = parts;
  const salesforce = leftOf(parts, mapping);
  const { filter } = mapping.right;
  const businessCentral = createBusinessCentralConnector({
    ...{ address, authorization, clock, random, callLog, set, http: gates['business-central'] },
    companyId: connection.companyId,
    webClient: { url: clientOf(settings, connection), company: connection.company },
    options: { timeoutMs: settings.requestTimeoutMs, bulk: parts.bulk, ...(filter === undefined ? {} : { filter }) }
  });
  const { ownerFallback } = settings.businessCentral;
  const sides = withLookups({
    mapping,
    ledger,
    salesforce,
    businessCentral,
    ...(ownerFallback === undefined ? {} : { ownerFallback })
  });
  const { concurrency, lookupDelayMs, leaseMs, requestTimeoutMs, maxMissing, workers } = settings;
  const options = {
    ...{ lookupDelayMs, leaseMs, requestTimeoutMs, maxMissing, workers, feedLeaseMs: leaseMs },
    concurrency: concurrency * RECORDS_PER_CALL,
    ...(parts.bulk ? BULK.run : {})
  };
  const pauses = Object.entries(gates).map(([system, gate]) => pauseOf(system, gate));
  const context = ({ options: more, ...extras }: CouplingExtras = {}): RunContext => ({
    ...{ mapping, left: sides.left, right: sides.right, ledger, queue, clock, random, owner },
    shared: engineOf(settings.ledger) === 'postgres',
    onlyCoupled: chosen.onlyCoupled,
    inbound: inboundFor(sides.inbound),
    budgets: [...pauses, allowance(salesforce)],
    options: { ...options, ...more },
    ...extras
  });
  const exchangeCalls = async (): Promise<void> => {
    await Promise.allSettled([salesforce.exchangeCalls(), businessCentral.exchangeCalls()]);
  };
  return {
    ...{ mapping, chosen, salesforce, businessCentral, left: sides.left, right: sides.right, context },
    run: async (extras) => {
      await exchangeCalls();
      return runOnce(context(extras)).finally(exchangeCalls);
    }
  };
}

/**
 * Composition root of the coupled records: wires an org, a company of Business Central and the ledger from settings. Opens the
 * ledger and no connection yet.
 * @throws CosellError `CONNECTION_NONE`, `SIGN_IN_INCOMPLETE`, `LEDGER_UNUSABLE`, what `chooseConnection` throws
 */
export async function openCouplings(
  given: Settings,
  session: SalesforceSession,
  ports: CouplingPorts = {}
): Promise<Couplings> {
  const { bulk = false } = ports;
  const settings = forBulk(given, bulk);
  const { clock = systemClock, random = systemRandom, http = undiciHttp() } = ports;
  const { connections = cliConnections(clock) } = ports;
  const connection = await connectionOf(settings, connections);
  const gates = {
    salesforce: withGate(withCap(http, settings.concurrency), { system: 'salesforce', label: 'Salesforce', clock }),
    'business-central': withGate(withCap(http, settings.concurrency), {
      ...{ system: 'business-central', label: 'Business Central', clock }
    })
  };
  const { address, authorization } = await openConnection(connection, connections, { http, clock, random });
  const database = await openDatabase(settings.ledger, { durability: settings.ledgerDurability });
  const ledger = new SqlLedger(database);
  const queue = await openQueue({ database, clock, ...(settings.queue === undefined ? {} : { kind: settings.queue }) });
  const callLog: CallLog = {
    add: async (system, bucket, calls) => ledger.addCalls(system, bucket, calls),
    since: async (system, bucket) => ledger.callsSince(system, bucket)
  };
  const between = { settings, session, connection, address, authorization, ledger, queue, callLog, gates };
  const parts: Parts = { ...between, clock, random, http, bulk, owner: random.uuid() };
  return {
    ...{ settings, connection, ledger, queue, clock },
    open: async (name) => {
      const chosen = settings.businessCentral.mappings[name] ?? unnamedMapping(settings.businessCentral);
      return assemble(parts, await coupledMapping(name, chosen), chosen);
    },
    close: async () => {
      await queue.close();
      await Promise.allSettled([ledger.close(), http.close()]);
    }
  };
}
