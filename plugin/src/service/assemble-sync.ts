import type { ClosableHttp } from '../connectors/http/index.js';
import type { ChangeEvents } from '../connectors/salesforce/index.js';
import type { Ledger } from '../ledger/index.js';
import { engineOf } from '../ledger/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { WorkQueue } from '../queue/index.js';
import { feedLeaseOf } from '../sync/feeding.js';
import type { RunContext } from '../sync/index.js';
import { runOnce } from '../sync/index.js';
import { allowance, pauseOf } from './budgets.js';
import type { ConnectedSystems } from './connect-systems.js';
import { inboundOf } from './inbound.js';
import type { OpenSync, RunExtras } from './opened-sync.js';
import type { Settings } from './settings.js';

/** What an opened synchronization is put together from. */
export interface SyncParts {
  settings: Settings;
  mapping: Mapping;
  ledger: Ledger;
  queue: WorkQueue;
  /** Where the ledger is, as it may be shown. */
  location: string;
  systems: ConnectedSystems;
  clock: Clock;
  random: Random;
  http: ClosableHttp;
  changeEvents: ChangeEvents | undefined;
}

/** Records in work for each call that may be under way: while one is stored or merged, another one's call fills its place. */
const RECORDS_PER_CALL = 2;

/** What every run of this process is made of; each run may want something otherwise. */
function contextsOf({ settings, mapping, ledger, queue, systems, clock, random }: SyncParts) {
  const { left, right, gates, inFlight } = systems;
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
  return { owner, context };
}

/** When the systems that asked for a pause may be called again. */
function pausesOf({ gates }: ConnectedSystems): Record<string, string> {
  return Object.fromEntries(
    Object.entries(gates).flatMap(([system, gate]) => {
      const until = gate.pausedUntil();
      return until === undefined ? [] : [[system, new Date(until).toISOString()]];
    })
  );
}

/** The calls of a user of the synchronization, carried to the parts that answer them. */
export function assembleSync(parts: SyncParts): OpenSync {
  const { settings, mapping, ledger, queue, location, systems, clock, random, http, changeEvents } = parts;
  const { left, right } = systems;
  const { owner, context } = contextsOf(parts);
  // What cannot be told now is told before the next call; a ledger that is gone is the run's to report.
  const exchangeCalls = async (): Promise<void> => {
    await Promise.allSettled([left.exchangeCalls(), right.exchangeCalls()]);
  };
  return {
    ...{ settings, mapping, clock, random, location, ledger, queue, salesforce: left, context },
    run: async (extras) => {
      await exchangeCalls();
      return runOnce(context(extras)).finally(exchangeCalls);
    },
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
    pauses: () => pausesOf(systems),
    close: async () => {
      await exchangeCalls();
      await queue.close();
      await Promise.allSettled([ledger.close(), http.close()]);
    }
  };
}
