import type { Ledger } from '../ledger/port.js';
import { CosellError } from '../ports/errors.js';
import { candidatesOf, dueWork, readMissing } from './candidates.js';
import type { ActiveRun, RunContext } from './context.js';
import { DEFAULT_OPTIONS, isoNow } from './context.js';
import { batches } from './feeds.js';
import { rightsFor } from './in-hand.js';
import type { PairWork } from './pair.js';
import type { PlanCounts, PlannedRecord, SyncPlan } from './plan-file.js';
import { mappingHash, PLAN_VERSION } from './plan-file.js';
import { planRecord } from './planning-record.js';
import { eachBounded } from './pool.js';
import type { RemoteRecord } from './ports.js';
import { Tally } from './summary.js';

/** What a plan covers. */
export interface PlanScope {
  /** Everything in scope instead of what changed since the last run. */
  all?: boolean;
  /** These left records only, whether they changed or not. */
  keys?: readonly string[];
}

const READS: ReadonlySet<string> = new Set<keyof Ledger>(['entries', 'leftKeysOf', 'due', 'cursors', 'now']);

/** A ledger that can only be read: a plan must leave no trace, whatever the code it shares with a run does. */
function readOnly(ledger: Ledger): Ledger {
  return new Proxy(ledger, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (READS.has(String(name))) return member.bind(target) as unknown;
      return (): never => {
        throw new CosellError('PLAN_WRITES', `A plan must not call ${String(name)} of the ledger.`);
      };
    }
  });
}

/** A run that is only thought through. */
export function thoughtRun(context: RunContext): ActiveRun {
  return {
    ...context,
    ledger: readOnly(context.ledger),
    options: { ...DEFAULT_OPTIONS, ...context.options },
    id: '',
    tally: new Tally(Number.MAX_SAFE_INTEGER),
    beforeWrite: () => Promise.reject(new CosellError('PLAN_WRITES', 'A plan must not write.'))
  };
}

/** Records by key, with what the ledger and the feed of the right side know. */
async function namedWorks(run: ActiveRun, keys: readonly string[]): Promise<PairWork[]> {
  const entries = await run.ledger.entries(run.mapping.name, keys);
  const uncoupled = keys.filter((key) => entries.get(key)?.coupling === undefined);
  const rights = uncoupled.length > 0 ? await rightsFor(run, new Set(uncoupled)) : new Map<string, RemoteRecord>();
  return keys.map((leftKey) => {
    const right = rights.get(leftKey);
    return { leftKey, entry: entries.get(leftKey) ?? { leftKey }, audit: [], ...(right ? { right } : {}) };
  });
}

async function* worksOf(run: ActiveRun, { all = false, keys }: PlanScope): AsyncGenerator<PairWork[]> {
  if (keys !== undefined) {
    run.tally.add('considered', new Set(keys).size);
    yield await namedWorks(run, [...new Set(keys)]);
    return;
  }
  const { ledger, mapping, left, right } = run;
  const cursors = all ? {} : await ledger.cursors(mapping.name);
  const seen = new Set<string>();
  const from = { left: cursors[left.system], right: cursors[right.system] };
  for await (const batch of batches(left, right, from, { clock: run.clock, lagMs: 0 })) {
    const works = await candidatesOf(run, batch);
    yield works.filter(({ leftKey }) => !seen.has(leftKey));
    for (const { leftKey } of works) seen.add(leftKey);
  }
  yield await dueWork(run, seen);
}

async function planAll(run: ActiveRun, works: readonly PairWork[], records: Map<string, PlannedRecord>): Promise<void> {
  if (works.length === 0) return;
  await readMissing(run, works);
  await eachBounded(
    works,
    run.options.concurrency,
    async (work) => {
      const planned = await planRecord(run, work);
      if (planned === 'unchanged') run.tally.add('unchanged');
      else records.set(work.leftKey, planned);
      run.tally.done += 1;
      run.onProgress?.({ stage: 'working', considered: run.tally.counts.considered, done: run.tally.done });
    },
    run.signal
  );
}

function countsOf(records: readonly PlannedRecord[], { considered, unchanged, skipped }: Tally['counts']): PlanCounts {
  const operations = records.flatMap((record) => record.operations);
  const count = (wanted: string): number => operations.filter(({ kind }) => kind === wanted).length;
  const updates = (side: string): number =>
    operations.filter((operation) => operation.kind === 'update' && operation.side === side).length;
  const sum = (amount: (record: PlannedRecord) => number): number =>
    records.reduce((total, record) => total + amount(record), 0);
  return {
    considered,
    unchanged,
    create: count('create'),
    takeIn: count('takeIn'),
    answer: count('answer'),
    link: count('link'),
    updateRight: updates('right'),
    updateLeft: updates('left'),
    conflicts: sum(({ conflicts }) => conflicts.length),
    attention: sum(({ issues }) => (issues.length > 0 ? 1 : 0)),
    skippedRecords: skipped + sum(({ skipped: reason }) => (reason ? 1 : 0)),
    skippedFields: sum((record) => record.skippedFields.length)
  };
}

/**
 * A dry run: what a run would do now, decided like a run decides it. Writes to neither system and nothing to the ledger;
 * cursors do not move.
 *
 * @throws ConnectorError when a system cannot be read: half a plan would look like a whole one
 */
export async function planChanges(
  context: RunContext,
  scope: PlanScope = {},
  ends: Partial<Pick<SyncPlan, 'org' | 'partnerCenter'>> = {}
): Promise<SyncPlan> {
  const run = thoughtRun(context);
  const records = new Map<string, PlannedRecord>();
  run.onProgress?.({ stage: 'reading', considered: 0, done: 0 });
  for await (const works of worksOf(run, scope)) await planAll(run, works, records);
  const all = [...records.values()];
  return {
    version: PLAN_VERSION,
    createdAt: isoNow(run.clock),
    mapping: { name: run.mapping.name, hash: mappingHash(run.mapping) },
    org: ends.org ?? {},
    partnerCenter: ends.partnerCenter ?? {},
    scope: scope.keys !== undefined ? 'records' : scope.all === true ? 'all' : 'changes',
    counts: countsOf(all, run.tally.counts),
    records: all,
    skipped: run.tally.skipped
  };
}
