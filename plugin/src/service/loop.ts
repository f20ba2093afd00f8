import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { Random } from '../ports/random.js';
import type { RunSummary } from '../sync/index.js';
import { didSomething } from '../sync/index.js';
import type { EventLog } from './log.js';
import { errorFields } from './log.js';
import type { Wake } from './wake.js';

/** What the service knows about itself; read by the health endpoint. */
export interface ServiceState {
  startedAt: string;
  cycles: number;
  /** Cycles in a row that ended early. */
  failures: number;
  lastRun?: RunSummary;
  /** Last cycle that went through, milliseconds since the epoch. */
  lastGoodAt?: number;
  lastError?: { code: string; message: string };
  stopping: boolean;
}

export interface LoopOptions {
  run: (signal: AbortSignal) => Promise<RunSummary>;
  clock: Clock;
  random: Random;
  intervalMs: number;
  signal: AbortSignal;
  log: EventLog;
  state: ServiceState;
  /** Ends pauses early; absent: only the interval counts. */
  wake?: Wake;
  /** Does what others put into the queue, without looking for changes; undefined when there was nothing. */
  share?: (signal: AbortSignal) => Promise<RunSummary | undefined>;
  /** Called after each cycle in which something was done or went wrong. */
  onCycle?: (summary: RunSummary) => void;
}

/** Longest pause after failures in a row: an operator who repairs a connection does not want to wait longer. */
const LONGEST_PAUSE_MS = 300_000;
/** Longest pause that a system asks for without another look: an estimate of hours may be wrong. */
const LONGEST_WAIT_MS = 900_000;
/** Pause before records that changed under our hands are taken up again, when polling is slower. */
const SOON_MS = 2_000;
/** How often idle workers look into the queue; a query of the ledger, no call. */
const SHARE_MS = 1_000;

/** Milliseconds until the next cycle: the interval, or a growing pause with jitter while a system is down. */
export function pauseAfter(
  summary: RunSummary | undefined,
  failures: number,
  { intervalMs, random }: Pick<LoopOptions, 'intervalMs' | 'random'>
): number {
  if (failures === 0) return (summary?.counts.deferred ?? 0) > 0 ? Math.min(intervalMs, SOON_MS) : intervalMs;
  const ceiling = Math.min(LONGEST_PAUSE_MS, Math.max(intervalMs, 1_000) * 2 ** (failures - 1));
  const pause = Math.round(ceiling * (0.5 + random.next() / 2));
  return Math.max(pause, Math.min(summary?.stopped?.retryAfterMs ?? 0, LONGEST_WAIT_MS));
}

/** A line for a run that did something or ended early, and one for each issue of it. */
export function logRun({ log }: Pick<LoopOptions, 'log'>, summary: RunSummary): void {
  const { runId, mapping, outcome, durationMs, counts, calls, stopped } = summary;
  const done = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const level = outcome === 'success' ? (didSomething(summary) ? 'info' : 'debug') : 'warn';
  log.write(level, 'run', { runId, mapping, outcome, durationMs, counts: done, calls });
  if (stopped) log.write('warn', 'stopped', { runId, system: stopped.system, code: stopped.code });
  for (const { key, code } of summary.issues) log.write('info', 'issue', { runId, key, code });
  for (const { key, side, code } of didSomething(summary) ? summary.skipped : [])
    log.write('info', 'skipped', { runId, key, side, code });
}

async function cycle(options: LoopOptions): Promise<RunSummary | undefined> {
  const { state, clock, log, signal } = options;
  state.cycles += 1;
  try {
    const summary = await options.run(signal);
    state.lastRun = summary;
    state.failures = summary.stopped ? state.failures + 1 : 0;
    if (!summary.stopped) {
      state.lastGoodAt = clock.now();
      delete state.lastError;
    } else state.lastError = { code: summary.stopped.code, message: summary.stopped.message };
    logRun(options, summary);
    if (didSomething(summary)) options.onCycle?.(summary);
    return summary;
  } catch (error) {
    state.failures += 1;
    const known = error instanceof CosellError;
    state.lastError = {
      code: known ? error.code : 'INTERNAL',
      message: known ? error.message : 'An unexpected error ended the run.'
    };
    log.write('error', 'run failed', errorFields(error));
    return undefined;
  }
}

/** Shares the work of other processes until `over`; a failure leaves it to the next cycle, which says what is wrong. */
async function shareWork(options: LoopOptions, over: AbortSignal): Promise<void> {
  const { clock, signal, log, state, share } = options;
  if (share === undefined || clock.instant === true) return;
  try {
    while (!over.aborted && !signal.aborted) {
      await clock.sleep(SHARE_MS, AbortSignal.any([over, signal]));
      const summary = await share(signal);
      if (summary === undefined) continue;
      state.lastRun = summary;
      logRun(options, summary);
      if (didSomething(summary)) options.onCycle?.(summary);
    }
  } catch (error) {
    if (!over.aborted && !signal.aborted) log.write('warn', 'sharing failed', errorFields(error));
  }
}

/** While a system is down events do not help: the growing pause is kept, and nothing is taken up. */
async function pause(options: LoopOptions, delayMs: number, lookedAt: number): Promise<void> {
  const { clock, wake, state, signal } = options;
  if (state.failures > 0) return clock.sleep(delayMs, signal);
  const over = new AbortController();
  const sharing = shareWork(options, over.signal);
  try {
    await (wake ? wake.pause(delayMs, lookedAt, signal) : clock.sleep(delayMs, signal));
  } finally {
    over.abort(new Error('The pause is over.'));
    await sharing;
  }
}

/** Runs until `signal` is aborted. The records in hand are finished first; a cycle that fails never ends the loop. */
export async function runLoop(options: LoopOptions): Promise<void> {
  const { signal, clock, state, log } = options;
  while (!signal.aborted) {
    const lookedAt = clock.now();
    const summary = await cycle(options);
    if (signal.aborted) break;
    const delayMs = pauseAfter(summary, state.failures, options);
    if (state.failures > 0) log.write('warn', 'waiting', { delayMs, attempt: state.failures });
    await pause(options, delayMs, lookedAt).catch((reason: unknown) => {
      if (!signal.aborted) throw reason;
    });
  }
  state.stopping = true;
}
