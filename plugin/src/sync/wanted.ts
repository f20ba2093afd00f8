import type { LedgerEntry } from '../ledger/port.js';
import { arrivalKey } from './arrivals.js';
import type { RunContext } from './context.js';
import { isoNow } from './context.js';
import type { PairWork } from './pair.js';

/** Why a record is left alone where only coupled ones are kept in step (Business Central: "Synch. Only Coupled Records"). */
export const NOT_COUPLED = 'NOT_COUPLED';

/**
 * Whether a left record is to have a counterpart. Where only coupled records are kept in step, an uncoupled one is wanted once
 * somebody asked for it: the ask is an intent of no attempt, and an issue is an ask that could not be carried out yet.
 */
export function isWanted(
  { onlyCoupled }: Pick<RunContext, 'onlyCoupled'>,
  { coupling, intent, issue }: LedgerEntry,
  { left, right }: Pick<PairWork, 'left' | 'right'>
): boolean {
  if (onlyCoupled !== true || coupling !== undefined || intent !== undefined || issue !== undefined) return true;
  return left?.counterpart !== undefined || right !== undefined;
}

/** An intent that says no more than that somebody asked for a counterpart; nothing was sent yet. */
export const isAsk = ({ intent }: LedgerEntry): boolean =>
  intent?.kind === 'create' && intent.payload?.['asked'] === true;

/** Records of both sides that are to get a counterpart. */
export interface Asked {
  left?: readonly string[];
  right?: readonly string[];
}

/** Asks per transaction and per call of the queue. */
const AT_ONCE = 1_000;

/**
 * Asks for counterparts. The asks are stored, so any worker may carry them out and a crash loses none; what is coupled or under
 * way already is asked for in vain.
 */
export async function askFor(
  context: Pick<RunContext, 'ledger' | 'queue' | 'mapping' | 'clock'>,
  { left = [], right = [] }: Asked
): Promise<void> {
  const { ledger, queue, mapping, clock } = context;
  const startedAt = isoNow(clock);
  for (let start = 0; start < left.length; start += AT_ONCE) {
    const keys = left.slice(start, start + AT_ONCE);
    const known = await ledger.entries(mapping.name, keys);
    const open = keys.filter((key) => known.get(key)?.coupling === undefined && known.get(key)?.intent === undefined);
    const payload = { asked: true };
    await ledger.commit(
      mapping.name,
      open.map((leftKey) => ({ leftKey, intent: { kind: 'create', marker: leftKey, attempt: 0, startedAt, payload } }))
    );
    await queue.enqueue(
      mapping.name,
      open.map((key) => ({ key, priority: 0 }))
    );
  }
  for (let start = 0; start < right.length; start += AT_ONCE) {
    const items = right.slice(start, start + AT_ONCE).map((key) => ({ key: arrivalKey(key), priority: 0 as const }));
    await queue.enqueue(mapping.name, items);
  }
}
