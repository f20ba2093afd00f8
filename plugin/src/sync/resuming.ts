import type { RunContext } from './context.js';
import { isoNow } from './context.js';
import { runOnce } from './run.js';
import type { RunSummary } from './summary.js';

export interface ResumeResult {
  /** Absent when nothing was left to do. */
  run?: RunSummary;
  /** Runs that began and never ended, newest first. */
  interrupted: { runId: string; startedAt: string }[];
  /** Work whose time has not come, and when the first of it may be taken up; ISO 8601 UTC. */
  waiting: number;
  nextAt?: string;
}

/** What a run that was killed, or that is still going on in another process, says of itself. */
const UNENDED: ReadonlySet<string> = new Set(['running', 'interrupted']);
const LOOKED_THROUGH = 20;

/** The runs that began since the last one that came to its end. */
export async function unendedRuns({
  ledger,
  mapping
}: Pick<RunContext, 'ledger' | 'mapping'>): Promise<ResumeResult['interrupted']> {
  const runs = await ledger.runs(mapping.name, LOOKED_THROUGH);
  const ended = runs.findIndex(({ outcome }) => !UNENDED.has(outcome));
  return runs.slice(0, ended < 0 ? runs.length : ended).map(({ id, startedAt }) => ({ runId: id, startedAt }));
}

/**
 * Finishes what earlier runs left: waiting work, open intents, reports that were not delivered, retries whose time has come.
 * Does not look for new changes, and makes no call when nothing is left.
 */
export async function resumeRuns(context: RunContext): Promise<ResumeResult> {
  const { ledger, queue, mapping, clock } = context;
  const interrupted = await unendedRuns(context);
  const due = await ledger.due(mapping.name, isoNow(clock), 1);
  const { ready } = await queue.depth(mapping.name);
  const options = { ...context.options, look: false };
  const run = due.length + ready > 0 ? await runOnce({ ...context, options }) : undefined;
  const after = await queue.depth(mapping.name);
  const nextAt = await queue.nextAt(mapping.name);
  return {
    ...(run ? { run } : {}),
    interrupted,
    waiting: after.ready + after.later,
    ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() })
  };
}
