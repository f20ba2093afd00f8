import type { AuditScope } from './audit.js';
import { changeEntries, conflictEntry } from './audit.js';
import type { ActiveRun } from './context.js';
import type { FieldConflict } from './merge.js';
import type { PairWork } from './pair.js';
import type { FieldChange } from './plan.js';
import type { AuditEntry } from './ports.js';
import { journal } from './settle.js';
import { announcedConflicts } from './unconfirmed.js';

/** The trail of a write: what changed, and which edits lost to it. */
export function entriesFor(
  scope: AuditScope,
  changes: readonly FieldChange[],
  conflicts: readonly FieldConflict[]
): AuditEntry[] {
  const lost = conflicts.filter(({ field }) => changes.some((change) => change.field === field));
  return [...changeEntries(scope, changes), ...lost.map((conflict) => conflictEntry(scope, conflict))];
}

const rightKeyOf = ({ right, entry }: PairWork): string => right?.key ?? entry.coupling?.rightKey ?? '';

/** The values that were replaced although somebody had changed them. */
function journalLost(run: ActiveRun, work: PairWork, conflicts: readonly FieldConflict[]): void {
  const lost = conflicts.flatMap(({ field, left, right, resolution }): FieldChange[] => {
    if (resolution === 'none') return [];
    const loser = resolution === 'left' ? 'right' : 'left';
    return [{ field, to: loser, oldValue: { left, right }[loser], newValue: { left, right }[resolution] }];
  });
  if (lost.length > 0) journal(run, work, 'lost', lost, rightKeyOf(work));
}

/** What was written, and which edits lost to it. */
export function journalWrite(
  run: ActiveRun,
  work: PairWork,
  changes: readonly FieldChange[],
  conflicts: readonly FieldConflict[]
): void {
  if (changes.length === 0) return;
  journal(run, work, 'updated', changes, rightKeyOf(work));
  const written = conflicts.filter(({ field }) => changes.some((change) => change.field === field));
  journalLost(run, work, written);
}

/**
 * The edits that an update under way may have overwritten, of a record that is gone before anybody looked: the journal is the
 * only place left that can name them (promise G2).
 */
export function journalUnconfirmed(run: ActiveRun, work: PairWork): void {
  const { intent } = work.entry;
  if (intent?.kind !== 'update') return;
  journalLost(run, work, announcedConflicts(intent));
}
