import type { Intent } from '../ledger/port.js';
import { toPathValues } from '../mapping/convert.js';
import type { CanonicalRecord, PathValues } from '../mapping/types.js';
import type { ActiveRun } from './context.js';

/** Between storing an intent and sending the create; a process that stood still for longer stores it anew. */
export const SEND_WITHIN_MS = 5_000;

/**
 * From when on the list of the other system shows what an attempt made, by the ledger's clock. An attempt of which nobody knows
 * when it ended, because the process died, may have been under way for as long as a call can take.
 */
export function lookupAt({ options }: ActiveRun, { startedAt, payload = {} }: Intent): number {
  const { endedAt, attemptedAt = startedAt } = payload;
  if (typeof endedAt === 'string') return Date.parse(endedAt) + options.lookupDelayMs;
  return Date.parse(String(attemptedAt)) + SEND_WITHIN_MS + options.requestTimeoutMs + options.lookupDelayMs;
}

/** The ledger's clock, which processes on several machines share; ISO 8601 UTC. */
export const ledgerNow = async (run: ActiveRun): Promise<string> =>
  new Date(await run.ledger.now(run.clock.now())).toISOString();

/** What an attempt sent, in the words of the other system. */
export function sentBy({ mapping }: ActiveRun, { payload }: Intent): PathValues | undefined {
  const sent = payload?.['sent'] as CanonicalRecord | undefined;
  return sent && toPathValues(mapping, 'right', sent);
}

/** What is left of a creation that is found again: the part of it that must not be made twice may still be under way. */
export function remainder(run: ActiveRun, intent: Intent | undefined): Intent | null {
  if (intent?.kind !== 'create') return null;
  const { attemptedAt, endedAt = null } = intent.payload ?? {};
  const sent = sentBy(run, intent);
  if (typeof attemptedAt !== 'string' || sent === undefined || run.right.once?.(sent) !== true) return null;
  return { ...intent, kind: 'update', payload: { changes: [], conflicts: [], attemptedAt, endedAt } };
}
