import type { Dispute, OpenConflict } from '../ledger/port.js';
import { stableText } from '../mapping/compare.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import type { FieldConflict } from './merge.js';
import type { PairWork } from './pair.js';
import type { Verdict } from './telling.js';

const sameText = (first: OpenConflict, second: FieldConflict, side: 'left' | 'right'): boolean =>
  stableText(first[side]) === stableText(second[side]);

/** A decision that may still be carried out: what it waits for is not the person who made it. */
const waits = (conflicts: readonly FieldConflict[], field: string): boolean =>
  conflicts.some(
    (conflict) => conflict.field === field && conflict.decision !== undefined && conflict.decision.refused === undefined
  );

/**
 * The dispute after a verdict: `null` when nothing is in conflict any more, `undefined` when the verdict says nothing about
 * conflicts. Conflicts keep the time they were first seen, and the times of values that did not change; decisions that were
 * carried out, could not be, or were about other values are dropped.
 */
export function disputeAfter(
  run: ActiveRun,
  work: PairWork,
  { state, conflicts }: Verdict
): Dispute | null | undefined {
  const { left, right, entry } = work;
  const before = entry.dispute;
  const none = before === undefined ? undefined : null;
  if (conflicts === undefined) return state === 'NotShared' ? none : undefined;
  if (conflicts.length === 0) return none;
  const now = isoNow(run.clock);
  return {
    conflicts: conflicts.map((conflict): OpenConflict => {
      const { field, base, left: ours, right: theirs, reason } = conflict;
      const known = before?.conflicts.filter((one) => one.field === field) ?? [];
      return {
        field,
        base,
        left: ours,
        right: theirs,
        leftAt: known.find((one) => sameText(one, conflict, 'left'))?.leftAt ?? left?.modifiedAt ?? '',
        rightAt: known.find((one) => sameText(one, conflict, 'right'))?.rightAt ?? right?.modifiedAt ?? '',
        reason,
        since: known[0]?.since ?? now
      };
    }),
    decisions: (before?.decisions ?? []).filter(({ field }) => waits(conflicts, field))
  };
}
