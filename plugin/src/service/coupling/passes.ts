import type { Ledger } from '../../ledger/index.js';
import type { Clock } from '../../ports/clock.js';
import type { RunSummary } from '../../sync/index.js';

/** Passes over what was put off, before the rest is left to the next run. */
const MOST = 6;
/** First pause of the engine for a record after a temporary failure; doubles (see `backoff`). */
const FIRST_PAUSE_MS = 1_000;
const MARGIN_MS = 500;

type Join = (before: number, last: number) => number;

/** Counts of records that the next pass takes up again, and so counts again; all others are added up. */
const JOINED: Readonly<Record<string, Join>> = {
  deferred: (_before, last) => last,
  // The second refusal parks a record, so that a third pass knows nothing of it.
  rejected: Math.max
};

export interface Passes {
  run: () => Promise<RunSummary>;
  clock: Clock;
  signal: AbortSignal;
  /** How long after a lost answer the look-up waits. */
  lookupDelayMs: number;
  status: () => Promise<Pick<Awaited<ReturnType<Ledger['status']>>, 'issueCount' | 'disputeCount'>>;
}

/** What several passes came to. */
export type PassesResult = Pick<RunSummary, 'outcome' | 'counts' | 'calls' | 'stopped'>;

const plus: Join = (before, last) => before + last;

const sum = (first: Readonly<Record<string, number>>, second: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    [...new Set([...Object.keys(first), ...Object.keys(second)])].map((name) => [
      name,
      (JOINED[name] ?? plus)(first[name] ?? 0, second[name] ?? 0)
    ])
  );

function added(before: PassesResult, last: RunSummary): PassesResult {
  const { outcome, stopped } = last;
  return {
    outcome,
    counts: sum({ ...before.counts }, { ...last.counts }) as unknown as RunSummary['counts'],
    calls: sum(before.calls, last.calls),
    ...(stopped === undefined ? {} : { stopped })
  };
}

/**
 * Passes until nothing is put off any more: a call whose answer was lost puts its records off until it can be looked for, and who
 * wants everything in step waits for that. A record whose trouble lasts is left to the next run after some passes.
 */
export async function untilSettled({ run, clock, signal, lookupDelayMs, status }: Passes): Promise<PassesResult> {
  let result: PassesResult = await run();
  let pass = 1;
  for (; pass < MOST && result.outcome === 'partial' && result.counts.deferred > 0; pass += 1) {
    const pauseMs = Math.max(lookupDelayMs, FIRST_PAUSE_MS * 2 ** (pass - 1)) + MARGIN_MS;
    try {
      await clock.sleep(pauseMs, signal);
    } catch (reason) {
      if (!signal.aborted) throw reason;
      return { ...result, outcome: 'unfinished' };
    }
    result = added(result, await run());
  }
  if (pass === 1 || result.outcome !== 'success') return result;
  // What an earlier pass could not do and the last one did not take up is open in the ledger.
  const { issueCount, disputeCount } = await status();
  return issueCount + disputeCount > 0 ? { ...result, outcome: 'partial' } : result;
}
