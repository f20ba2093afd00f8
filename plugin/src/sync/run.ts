import { ConnectorError } from '../ports/errors.js';
import type { RunContext } from './context.js';
import { isoNow } from './context.js';
import { goThroughFeeds, handDue, holdFeed, releaseFeed } from './feeding.js';
import { recordEnd } from './recording.js';
import type { Shift } from './shift.js';
import { progress, startShift } from './shift.js';
import { RunStopped } from './stop.js';
import type { RunSummary } from './summary.js';
import { workOff } from './working.js';

/**
 * Looks, unless another process does, and works off what waits in the queue, whoever put it there. Pages are worked off one by
 * one, so that what they read is at hand and memory stays bounded.
 */
async function pass(shift: Shift): Promise<void> {
  const { run } = shift;
  progress(run, 'reading');
  shift.feeding = await holdFeed(shift);
  if (shift.feeding) {
    try {
      if (run.options.look) await goThroughFeeds(shift, () => workOff(shift));
      if (!shift.halted()) await handDue(shift);
    } finally {
      shift.feeding = false;
      if (!run.options.keepFeed) await releaseFeed(shift).catch(() => undefined);
    }
  } else shift.lookedElsewhere = run.options.look;
  await workOff(shift);
  progress(run, 'telling');
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
 * A run around `work`: recorded in the ledger, with a summary whatever ends it.
 *
 * @throws CosellError `LEDGER_…` when the ledger or the queue fails
 */
export async function perform(context: RunContext, work: (shift: Shift) => Promise<void>): Promise<RunSummary> {
  const shift = startShift(context);

  context.inFlight?.();
  const stopped = await work(shift).then(() => undefined, stoppedBy);
  const summary = await summarize(shift, stopped);
  await recordEnd(shift, summary);
  return summary;
}

/**
 * One pass of the engine: look, read, merge, plan, apply, tell (handbook, the road of one change). Level-triggered and
 * repeatable; whatever interrupts it, the next run finishes the work. A record that fails never stops the others. Several runs,
 * processes and machines may work side by side: one of them looks, all of them share the queue.
 *
 * @returns what was done; `stopped` says why the run ended early when a system could not be worked with
 * @throws CosellError `LEDGER_…` when the ledger or the queue fails
 */
export const runOnce = (context: RunContext): Promise<RunSummary> => perform(context, pass);

/** How many records are left to others or to a later run, when this one was asked to end early. */
async function leftOver({ run, queue, cutShort }: Shift): Promise<number | undefined> {
  if (run.signal?.aborted !== true) return undefined;
  const { ready } = await queue.depth(run.mapping.name);
  return cutShort || ready > 0 ? ready : undefined;
}

async function summarize(shift: Shift, stopped: RunSummary['stopped']): Promise<RunSummary> {
  const { run, lookedElsewhere } = shift;
  const { left, right, tally, clock, mapping, id } = run;
  const { at: startedAt, calls: before } = run.started ?? { at: isoNow(clock), calls: { left: 0, right: 0 } };
  const over = await leftOver(shift);
  const outcome = tally.outcome(stopped !== undefined);
  return {
    runId: id,
    mapping: mapping.name,
    startedAt,
    finishedAt: isoNow(clock),
    durationMs: clock.now() - Date.parse(startedAt),
    outcome: over !== undefined && outcome !== 'stopped' ? 'unfinished' : outcome,
    counts: tally.counts,
    calls: { [left.system]: left.calls() - before.left, [right.system]: right.calls() - before.right },
    ...(run.inFlight ? { inFlight: run.inFlight() } : {}),
    ...(lookedElsewhere ? { looked: false } : {}),
    ...(over === undefined ? {} : { left: over }),
    skipped: tally.skipped,
    issues: tally.issues,
    ...(stopped ? { stopped } : {})
  };
}
