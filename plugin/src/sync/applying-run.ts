import type { ActiveRun, RunContext } from './context.js';
import type { AppliedOutcome, AppliedRecord } from './applying.js';
import { judge, refusal } from './applying.js';
import { PlanGuard } from './applying-guard.js';
import type { Handle } from './in-hand.js';
import { handleNamed, rightsFor } from './in-hand.js';
import type { PairWork } from './pair.js';
import type { PlannedRecord, SyncPlan } from './plan-file.js';
import type { RemoteRecord } from './ports.js';
import { perform } from './run.js';
import { endsRun, isTakenOver } from './stop.js';
import type { RunSummary } from './summary.js';
import { workOn } from './work.js';

export interface ApplyResult {
  /** When the plan was made, ISO 8601 UTC. */
  planCreatedAt: string;
  applied: Record<AppliedOutcome, number>;
  /** In the order of the plan; records for which the plan says nothing are not listed. */
  records: AppliedRecord[];
  /** The work as a run. */
  run: RunSummary;
}

/** Counterparts of the records that the plan creates or links: as the feed shows them now, or as the plan names them. */
async function counterparts(run: ActiveRun, records: readonly PlannedRecord[]): Promise<Map<string, RemoteRecord>> {
  const fresh = records.filter(({ operations }) => operations.some(({ kind }) => kind !== 'update'));
  if (fresh.length === 0) return new Map();
  const rights = await rightsFor(run, new Set(fresh.map(({ key }) => key)));
  const links = fresh.flatMap(({ key, operations }) =>
    rights.has(key) ? [] : operations.flatMap((one) => (one.kind === 'link' ? [{ key, rightKey: one.rightKey }] : []))
  );
  if (links.length === 0) return rights;
  const read = await run.right.read(links.map(({ rightKey }) => ({ key: rightKey })));
  for (const { key, rightKey } of links) {
    const right = read.get(rightKey);
    if (right?.counterpart === key) rights.set(key, right);
  }
  return rights;
}

const failed = (key: string, code: string, message: string): AppliedRecord => ({
  ...{ key, outcome: 'failed', code, message },
  nextStep: 'Run sf cosell sync resume to finish it, or make a new plan.'
});

/** How a record that was worked on ended. */
function outcomeOf(guard: PlanGuard, work: PairWork, { key, operations }: PlannedRecord): AppliedRecord {
  const writes = operations.filter(({ kind }) => kind !== 'link').length;
  // A record that was taken in or passed on is worked on under another key from here on.
  const elsewhere = operations.some(({ kind }) => kind === 'takeIn' || kind === 'passOn');
  if (guard.written(key) >= writes && (elsewhere || work.entry.coupling !== undefined)) return { key, outcome: 'done' };
  if (guard.refused(key)) return refusal(key, 'It was changed while the plan was carried out.');
  const { code = 'NOT_FINISHED', issues = [] } = work.entry.issue ?? {};
  return failed(key, code, issues[0]?.message ?? 'It was begun and not finished.');
}

async function applyOne(
  run: ActiveRun,
  guard: PlanGuard,
  outbox: Parameters<Handle>[0],
  work: PairWork,
  planned: PlannedRecord
): Promise<AppliedRecord> {
  try {
    const ruling = await judge(run, work, planned);
    if (!ruling.proceed) return ruling.record;
  } catch (error) {
    if (endsRun(error) || isTakenOver(error)) throw error;
    const { code = 'INTERNAL', message } = error as Error & { code?: string };
    return failed(work.leftKey, code, `It could not be read: ${message}`);
  }
  if (await workOn(run, outbox, work)) return outcomeOf(guard, work, planned);
  return refusal(work.leftKey, 'Another worker took the record over.');
}

const LEFT = 'The time was up before it was begun.';

/**
 * Carries out a plan: exactly that, and only on records that are still as the plan saw them. Goes the same way as a run,
 * with intents, conditional writes, journal and report, and is recorded as a run. Repeatable.
 *
 * @param until milliseconds since the epoch after which nothing more is begun. @default no end
 */
export async function applyPlan(context: RunContext, plan: SyncPlan, until?: number): Promise<ApplyResult> {
  const planned = new Map(
    plan.records.filter(({ operations }) => operations.length > 0).map((record) => [record.key, record])
  );
  const guard = new PlanGuard(context.mapping, [...planned.values()]);
  const results = new Map<string, AppliedRecord>();
  const { left, right, inbound } = context;
  const sides = { left: guard.left(left), right: guard.right(right) };
  const guarded = { ...context, ...sides, ...(inbound ? { inbound: guard.inbound(inbound) } : {}) };
  const summary = await perform(guarded, async (shift) => {
    const { run } = shift;
    run.onProgress?.({ stage: 'reading', considered: planned.size, done: 0 });
    const handle: Handle = async (outbox, work) => {
      const record = planned.get(work.leftKey);
      if (record === undefined) return true;
      run.tally.add('considered');
      const result = await applyOne(run, guard, outbox, work, record);
      if (result.outcome === 'alreadyDone') run.tally.add('unchanged');
      results.set(work.leftKey, result);
      return true;
    };
    const rights = await counterparts(run, [...planned.values()]);
    await handleNamed(shift, { keys: [...planned.keys()], handle, rights, ...(until === undefined ? {} : { until }) });
    run.onProgress?.({ stage: 'telling', considered: planned.size, done: run.tally.done });
  });
  const records = [...planned.keys()].map(
    (key): AppliedRecord =>
      results.get(key) ?? {
        ...{ key, outcome: 'left', code: 'NOT_BEGUN', message: LEFT },
        nextStep: 'Apply the same plan again.'
      }
  );
  const applied: Record<AppliedOutcome, number> = { done: 0, alreadyDone: 0, refused: 0, failed: 0, left: 0 };
  for (const { outcome } of records) applied[outcome] += 1;
  const whole = applied.refused + applied.failed + applied.left === 0;
  const outcome = summary.outcome === 'stopped' ? 'stopped' : whole ? 'success' : 'partial';
  return { planCreatedAt: plan.createdAt, applied, records, run: { ...summary, outcome } };
}
