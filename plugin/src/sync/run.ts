import { ConnectorError, CosellError } from '../ports/errors.js';
import type { JsonObject } from '../ports/json.js';
import { candidatesOf, dueWork, readMissing } from './candidates.js';
import type { ActiveRun, RunContext } from './context.js';
import { DEFAULT_OPTIONS, isoNow } from './context.js';
import type { Batch } from './feeds.js';
import { batches } from './feeds.js';
import type { PairWork } from './pair.js';
import { eachBounded } from './pool.js';
import { guardLedger, LedgerFailure, RunStopped } from './stop.js';
import type { RunSummary } from './summary.js';
import { Tally } from './summary.js';
import { Outbox } from './telling.js';
import { workOn } from './work.js';

/** Reports per delivery: 200 rows are one call of the Salesforce collections resource. */
const REPORTS_PER_DELIVERY = 200;

function progress(run: ActiveRun, stage: 'reading' | 'working' | 'telling'): void {
  run.onProgress?.({ stage, considered: run.tally.counts.considered, done: run.tally.done });
}

async function keepLease(run: ActiveRun): Promise<void> {
  const { ledger, mapping, clock, options, id } = run;
  run.leasedAt = clock.now();
  if (await ledger.lease(mapping.name, id, run.leasedAt, options.leaseMs)) return;
  throw new CosellError('RUN_ACTIVE', 'Another process is synchronizing with the same ledger.', [
    'Stop the other process, or wait half a minute if it was killed.'
  ]);
}

/** Works off pairs with bounded concurrency. `true` when all of them were started. */
async function workAll(
  run: ActiveRun,
  outbox: Outbox,
  works: readonly PairWork[],
  worked: Set<string>
): Promise<boolean> {
  if (works.length === 0) return true;
  await readMissing(run, works);
  progress(run, 'working');
  const started = await eachBounded(
    works,
    run.options.concurrency,
    async (work) => {
      worked.add(work.leftKey);
      if (run.clock.now() - run.leasedAt > run.options.leaseMs / 3) await keepLease(run);
      await workOn(run, outbox, work);
      run.tally.done += 1;
      progress(run, 'working');
      if (outbox.size >= REPORTS_PER_DELIVERY) await outbox.flush();
    },
    run.signal
  );
  return started === works.length;
}

const cursorsOf = (run: ActiveRun, batch: Batch): Record<string, string> => ({
  ...(batch.left ? { [run.left.system]: batch.left.cursor } : {}),
  ...(batch.right ? { [run.right.system]: batch.right.cursor } : {})
});

async function goThroughFeeds(run: ActiveRun, outbox: Outbox, worked: Set<string>): Promise<boolean> {
  const { ledger, mapping, left, right } = run;
  const cursors = await ledger.cursors(mapping.name);
  const from = { left: cursors[left.system], right: cursors[right.system] };
  for await (const batch of batches(left, right, from)) {
    await keepLease(run);
    const works = await candidatesOf(run, batch, worked);
    const all = await workAll(run, outbox, works, worked);
    await outbox.flush();
    if (!all) return false;
    await ledger.moveCursors(mapping.name, cursorsOf(run, batch), isoNow(run.clock));
  }
  return true;
}

async function pass(run: ActiveRun): Promise<void> {
  const outbox = new Outbox(run);
  const worked = new Set<string>();
  try {
    progress(run, 'reading');
    if (await goThroughFeeds(run, outbox, worked)) await workAll(run, outbox, await dueWork(run, worked), worked);
    progress(run, 'telling');
  } catch (error) {
    // What was settled before the failure is told if that is still possible; it is in the ledger anyway.
    if (!(error instanceof LedgerFailure)) await outbox.flush().catch(() => undefined);
    throw error;
  }
  await outbox.flush();
}

function stoppedBy(error: unknown): NonNullable<RunSummary['stopped']> {
  const cause = error instanceof RunStopped ? error.cause : error;
  if (!(cause instanceof ConnectorError)) throw error;
  const { retryAfterMs } = cause.details;
  return {
    system: cause.system,
    code: cause.code,
    message: cause.message,
    nextSteps: [...cause.nextSteps],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  };
}

/**
 * One pass of the engine: look, read, merge, plan, apply, tell (handbook, the road of one change). Level-triggered and repeatable; whatever
 * interrupts it, the next run finishes the work. A record that fails never stops the others.
 *
 * @returns what was done; `stopped` says why the run ended early when a system could not be worked with
 * @throws CosellError `RUN_ACTIVE` when another process holds the ledger, `LEDGER_…` when the ledger fails
 */
export async function runOnce(context: RunContext): Promise<RunSummary> {
  const run: ActiveRun = {
    ...context,
    ledger: guardLedger(context.ledger),
    options: { ...DEFAULT_OPTIONS, ...context.options },
    id: context.random.uuid(),
    tally: new Tally(),
    leasedAt: 0,
    beforeWrite: async () => Promise.resolve()
  };
  const startedAt = isoNow(run.clock);
  const before = { left: run.left.calls(), right: run.right.calls() };
  await keepLease(run);
  try {
    const stopped = await pass(run).then(() => undefined, stoppedBy);
    const summary = summarize(run, startedAt, before, stopped);
    const { runId: id, finishedAt, outcome } = summary;
    await run.ledger.recordRun(run.mapping.name, {
      id,
      startedAt,
      finishedAt,
      outcome,
      summary: summary as unknown as JsonObject
    });
    return summary;
  } finally {
    await context.ledger.release(run.mapping.name, run.id).catch(() => undefined);
  }
}

function summarize(
  run: ActiveRun,
  startedAt: string,
  before: { left: number; right: number },
  stopped: RunSummary['stopped']
): RunSummary {
  const { left, right, tally, clock, mapping, id } = run;
  return {
    runId: id,
    mapping: mapping.name,
    startedAt,
    finishedAt: isoNow(clock),
    durationMs: clock.now() - Date.parse(startedAt),
    outcome: tally.outcome(stopped !== undefined),
    counts: tally.counts,
    calls: { [left.system]: left.calls() - before.left, [right.system]: right.calls() - before.right },
    skipped: tally.skipped,
    issues: tally.issues,
    ...(stopped ? { stopped } : {})
  };
}
