import type { Intent } from '../ledger/port.js';
import { conflictEntry } from './audit.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import type { FieldConflict } from './merge.js';
import type { PairWork } from './pair.js';
import type { AuditEntry } from './ports.js';

/** The edits that lose to an update, as its intent announced them before it was sent. */
export const announcedConflicts = ({ payload }: Intent): readonly FieldConflict[] =>
  (payload?.['conflicts'] ?? []) as unknown as FieldConflict[];

/**
 * The edits that an update may have overwritten, when its intent ends before anybody has looked whether it was carried out:
 * a crash after the write, and then sharing is switched off or the record is parked. They are named as if they had been
 * overwritten, for nobody can tell any more later (promise G2).
 */
export function unconfirmedLosses(run: ActiveRun, work: PairWork): AuditEntry[] {
  const { intent, coupling } = work.entry;
  if (intent?.kind !== 'update' || work.confirmed === intent.startedAt) return [];
  const scope = {
    mapping: run.mapping,
    leftKey: work.leftKey,
    rightKey: coupling?.rightKey ?? '',
    epoch: String(intent.payload?.['epoch']),
    at: isoNow(run.clock),
    labels: { left: run.left.label, right: run.right.label }
  };
  return announcedConflicts(intent).map((conflict) => conflictEntry(scope, conflict));
}
