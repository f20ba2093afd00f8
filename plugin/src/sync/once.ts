import { ConnectorError } from '../ports/errors.js';
import type { ActiveRun } from './context.js';
import { ledgerNow, lookupAt, SEND_WITHIN_MS } from './attempts.js';
import type { PairWork } from './pair.js';
import type { Operation } from './plan.js';
import { store } from './settle.js';

/** Whether a write makes something that no condition keeps from being made twice (promise G1). */
export const isOnce = ({ right }: ActiveRun, { side, values }: Operation): boolean =>
  side === 'right' && right.once?.(values) === true;

async function keep(run: ActiveRun, work: PairWork, times: Record<'attemptedAt' | 'endedAt', string | null>) {
  const { intent } = work.entry;
  if (intent) await store(run, work, { intent: { ...intent, payload: { ...intent.payload, ...times } } });
}

/** Right before such a write goes out: that it does is stored, and it goes out right after it. */
export async function attemptOnce(run: ActiveRun, work: PairWork): Promise<void> {
  let since: number;
  do {
    since = run.clock.now();
    await keep(run, work, { attemptedAt: await ledgerNow(run), endedAt: null });
    await run.beforeWrite(work);
  } while (run.clock.now() - since > SEND_WITHIN_MS);
}

/** After an answer that did not come: from now on the write can only be seen by looking. */
export async function attemptEnded(run: ActiveRun, work: PairWork, error: unknown): Promise<void> {
  const { attemptedAt } = work.entry.intent?.payload ?? {};
  if (!(error instanceof ConnectorError) || error.kind !== 'unknownOutcome' || typeof attemptedAt !== 'string') return;
  await keep(run, work, { attemptedAt, endedAt: await ledgerNow(run) });
}

/**
 * Before such a write is repeated: until when the earlier one may still arrive, whose answer was lost or whose process died;
 * ISO 8601 UTC. Undefined when it would be seen by now.
 */
export async function mayArriveUntil(
  run: ActiveRun,
  { entry: { intent } }: PairWork,
  operations: readonly Operation[]
): Promise<string | undefined> {
  if (typeof intent?.payload?.['attemptedAt'] !== 'string') return undefined;
  if (!operations.some((operation) => isOnce(run, operation))) return undefined;
  const local = run.clock.now();
  const left = lookupAt(run, intent) - (await run.ledger.now(local));
  return left > 0 ? new Date(local + left).toISOString() : undefined;
}
