import type { CallBudgetState, CallLog, ClosableHttp, GatedHttp } from '../connectors/http/index.js';
import { undiciHttp, withCap, withGate } from '../connectors/http/index.js';
import type { PartnerCenterConnector } from '../connectors/partner-center/index.js';
import { createPartnerCenterConnector } from '../connectors/partner-center/index.js';
import type {
  BudgetState,
  ChangeEvents,
  SalesforceConnector,
  SalesforceSession
} from '../connectors/salesforce/index.js';
import { createSalesforceConnector, registrationFields } from '../connectors/salesforce/index.js';
import type { Ledger, LedgerStatus } from '../ledger/index.js';
import { engineOf, openDatabase, SqlLedger } from '../ledger/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import { systemClock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { WorkQueue } from '../queue/index.js';
import { openQueue } from '../queue/index.js';
import { systemRandom } from '../ports/random.js';
import type { RunContext, RunOptions, RunProgress, RunSummary } from '../sync/index.js';
import { feedLeaseOf } from '../sync/feeding.js';
import { runOnce } from '../sync/index.js';
import { inboundOf, inboundRules } from './inbound.js';
import { openChangeEvents } from './open-change-events.js';
import { fieldsToRead, fieldsToWrite, mappingOf } from './mapping-of.js';
import type { Environment, Settings } from './settings.js';
import { signIn } from './sign-in.js';
import { allowance, pauseOf } from './budgets.js';

/** An opened synchronization: one mapping, two connected systems, one ledger. */
export interface OpenSync {
  readonly settings: Settings;
  readonly mapping: Mapping;
  readonly clock: Clock;
  readonly random: Random;
  /** Where the ledger is, as it may be shown: never with a password. */
  readonly location: string;
  readonly ledger: Ledger;
  readonly queue: WorkQueue;
  readonly salesforce: SalesforceConnector;
  /** One pass; see `runOnce`. */
  run(options?: RunExtras): Promise<RunSummary>;
  /** What a run is made of, for other passes than the usual one. */
  context(options?: RunExtras): RunContext;
  /** Whether somebody could take work up right now. */
  hasWork(): Promise<boolean>;
  /** Lets another process look for changes. */
  leaveFeed(): Promise<void>;
  status(): Promise<LedgerStatus>;
  /** Absent when they are switched off. Nothing is opened before they are followed. */
  readonly changeEvents?: ChangeEvents;
  /** Everything the ledger keeps to go on from. */
  cursors(): Promise<Readonly<Record<string, string>>>;
  keepCursors(cursors: Readonly<Record<string, string>>): Promise<void>;
  /** Where our part of the org's API allowance stands; asks the org when nothing was asked yet. */
  budget(): Promise<BudgetState | undefined>;
  /** The same as far as it is known already. */
  seenBudget(): BudgetState | undefined;
  /** Where the budget of calls to Partner Center stands, after a look at what other processes called; undefined without one. */
  partnerBudget(): Promise<CallBudgetState | undefined>;
  /** The same as far as it is known already. */
  seenPartnerBudget(): CallBudgetState | undefined;
  /** Systems that asked for a pause of this process, and until when; ISO 8601 UTC. */
  pauses(): Record<string, string>;
  /** Chores in the org beside the synchronization; see `keepUp`. */
  readonly upkeep: {
    removeAudit(before: string): Promise<number>;
    markNames(): Promise<number>;
    /** Calls are so scarce that only what people wait for is done. */
    scarce(): boolean;
  };
  close(): Promise<void>;
}

/** What a caller may want otherwise for one run. */
export interface RunExtras {
  signal?: AbortSignal;
  onProgress?: (progress: RunProgress) => void;
  options?: Partial<RunOptions>;
}

export interface OpenSyncPorts {
  env: Environment;
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
}

interface Parts {
  settings: Settings;
  mapping: Mapping;
  ledger: Ledger;
  queue: WorkQueue;
  location: string;
  left: SalesforceConnector;
  right: PartnerCenterConnector;
  gates: Readonly<Record<string, GatedHttp>>;
  clock: Clock;
  random: Random;
  http: ClosableHttp;
  inFlight: () => Record<string, number>;
  changeEvents: ChangeEvents | undefined;
}

/** Records in work for each call that may be under way: while one is stored or merged, another one's call fills its place. */
const RECORDS_PER_CALL = 2;

function assemble({
  settings,
  mapping,
  ledger,
  queue,
  location,
  left,
  right,
  clock,
  random,
  http,
  inFlight,
  gates,
  changeEvents
}: Parts): OpenSync {
  const { concurrency, lookupDelayMs, leaseMs, requestTimeoutMs, maxMissing, workers } = settings;
  const others = { lookupDelayMs, leaseMs, requestTimeoutMs, maxMissing, workers, feedLeaseMs: leaseMs };
  const options = { concurrency: concurrency * RECORDS_PER_CALL, ...others };
  const pauses = Object.entries(gates).map(([system, gate]) => pauseOf(system, gate));
  const budgets = [...pauses, allowance(left), allowance(right)];
  const inbound = inboundOf(settings.cosell, left);
  const ports = { mapping, left, right, ledger, queue, clock, random, inFlight, budgets, inbound };
  const owner = random.uuid();
  const shared = engineOf(settings.ledger) === 'postgres';
  const context = ({ options: more, ...rest }: RunExtras = {}): RunContext => ({
    ...ports,
    owner,
    shared,
    options: { ...options, ...more },
    ...rest
  });
  // What cannot be told now is told before the next call; a ledger that is gone is the run's to report.
  const exchangeCalls = async (): Promise<void> => {
    await Promise.allSettled([left.exchangeCalls(), right.exchangeCalls()]);
  };
  return {
    settings,
    mapping,
    clock,
    random,
    location,
    ledger,
    queue,
    salesforce: left,
    run: async (extras) => {
      await exchangeCalls();
      return runOnce(context(extras)).finally(exchangeCalls);
    },
    context,
    hasWork: async () => ((await queue.nextAt(mapping.name)) ?? Infinity) <= clock.now(),
    leaveFeed: () => ledger.release(feedLeaseOf(mapping), owner),
    status: () => ledger.status(mapping.name),
    ...(changeEvents === undefined ? {} : { changeEvents }),
    cursors: () => ledger.cursors(mapping.name),
    keepCursors: (cursors) => ledger.moveCursors(mapping.name, cursors, new Date(clock.now()).toISOString()),
    budget: async () => {
      if (left.budget() === undefined) await left.shape();
      return left.budget();
    },
    seenBudget: () => left.budget(),
    partnerBudget: async () => {
      await exchangeCalls();
      return right.budget();
    },
    seenPartnerBudget: () => right.budget(),
    upkeep: {
      removeAudit: (before) => left.removeAudit(before),
      markNames: () => left.markNames(),
      scarce: () => (left.budget()?.state ?? 'open') !== 'open'
    },
    pauses: () =>
      Object.fromEntries(
        Object.entries(gates).flatMap(([system, gate]) => {
          const until = gate.pausedUntil();
          return until === undefined ? [] : [[system, new Date(until).toISOString()]];
        })
      ),
    close: async () => {
      await exchangeCalls();
      await queue.close();
      await Promise.allSettled([ledger.close(), http.close()]);
    }
  };
}

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
  const { changeEvents: eventSettings, ...salesforce } = settings.salesforce;
  const { baseUrl, audience, inboxUrlTemplate, overlapMs, budget } = partnerCenter;
  const { cosell } = settings;
  const mapping = await mappingOf(settings);
  const { tokens, tenantId } = await signIn(partnerCenter, { env, clock, random, http });
  const changeEvents = openChangeEvents(eventSettings, session, { clock, random });
  const database = await openDatabase(settings.ledger, { durability: settings.ledgerDurability });
  const ledger = new SqlLedger(database);
  const queue = await openQueue({ database, clock, ...(settings.queue === undefined ? {} : { kind: settings.queue }) });
  const timeoutMs = settings.requestTimeoutMs;
  // One cap per system for the whole process, whoever calls: workers, feeds and reports.
  const orgHttp = withCap(http, settings.concurrency);
  const partnerHttp = withCap(http, settings.concurrency);
  // Outside the cap, so that a call that waits for the end of a pause takes nobody's place.
  const orgGate = withGate(orgHttp, { system: 'salesforce', label: 'Salesforce', clock });
  const partnerGate = withGate(partnerHttp, { system: 'partner-center', label: 'Partner Center', clock });
  const callLog: CallLog = {
    add: async (system, bucket, calls) => ledger.addCalls(system, bucket, calls),
    since: async (system, bucket) => ledger.callsSince(system, bucket)
  };
  const { enabled: registers, ...facts } = settings.registration;
  const asked = registers ? registrationFields : [];
  const left = createSalesforceConnector({
    session,
    http: orgGate,
    clock,
    random,
    callLog,
    options: {
      extraFields: [...fieldsToRead(mapping), ...asked],
      writableFields: fieldsToWrite(mapping),
      ...(settings.cosell.mayShare === 'everyone' ? {} : { mayShare: settings.cosell.mayShare }),
      timeoutMs,
      inbound: inboundRules(cosell),
      ...salesforce
    }
  });
  const right = createPartnerCenterConnector({
    baseUrl,
    tokens,
    http: partnerGate,
    clock,
    random,
    callLog,
    options: {
      timeoutMs,
      registration: facts,
      leads: !cosell.cosellOnly,
      ...(audience === undefined ? {} : { audience }),
      ...(inboxUrlTemplate === undefined ? {} : { inboxUrlTemplate }),
      ...(overlapMs === undefined ? {} : { overlapMs }),
      ...(budget?.daily === undefined ? {} : { budget: { ...budget, daily: budget.daily } })
    }
  });
  const { location } = database;
  const inFlight = (): Record<string, number> => ({
    [left.system]: orgHttp.most(),
    [right.system]: partnerHttp.most()
  });
  // A plan says which account it belongs to, also when a stored connection names it.
  const known = tenantId === undefined ? {} : { tenantId };
  const complete = { ...settings, partnerCenter: { ...partnerCenter, ...known } };
  const gates = { [left.system]: orgGate, [right.system]: partnerGate };
  const stores = { ledger, queue, location };
  const rest = { clock, random, http, inFlight, gates, changeEvents };
  return assemble({ settings: complete, mapping, left, right, ...stores, ...rest });
}
