import { removedPerTurn } from '../connectors/salesforce/index.js';
import { CosellError } from '../ports/errors.js';
import type { RunSummary } from '../sync/index.js';
import type { OpenSync } from './opened-sync.js';

const DAY_MS = 86_400_000;
/** Where the ledger keeps when the audit trail was last brought to its retention. */
const RETENTION = 'auditRetention';
/** Where it keeps whether names may lack a mark: what a run touched is too fresh to be written to in the same turn. */
const MARKS = 'nameMarks';

/** What was done beside the synchronization, and what went wrong with it. */
export interface Upkeep {
  removed: number;
  marked: number;
  /** Code of the failure; the next turn tries again. */
  failed?: string;
}

/** Once a day, and again right away while there is more to remove. */
async function keepRetention({ settings, clock, cursors, keepCursors, upkeep }: OpenSync): Promise<number> {
  const { auditRetentionDays: days } = settings.cosell;
  if (days === 0) return 0;
  const now = clock.now();
  const last = Date.parse((await cursors())[RETENTION] ?? '');
  if (now - last < DAY_MS) return 0;
  const removed = await upkeep.removeAudit(new Date(now - days * DAY_MS).toISOString());
  if (removed < removedPerTurn) await keepCursors({ [RETENTION]: new Date(now).toISOString() });
  return removed;
}

/** Only after a run that saw a change, and until nothing is left: an idle pass costs no call for it. */
async function keepMarks({ cursors, keepCursors, upkeep }: OpenSync, { counts }: RunSummary): Promise<number> {
  const due = Object.values(counts).some((count) => count > 0) || (await cursors())[MARKS] !== 'done';
  if (!due) return 0;
  const { marked, left } = await upkeep.markNames();
  // A mark that was just written makes a change of its own, which the next look shows.
  await keepCursors({ [MARKS]: left === 0 ? 'done' : 'due' });
  return marked;
}

/**
 * What is done after a run by the process that looked: marks in names, and old rows of the audit trail. Least urgent of
 * all: nothing happens while calls are scarce, and a failure never fails the run.
 */
export async function keepUp(sync: OpenSync, summary: RunSummary): Promise<Upkeep> {
  const { markName } = sync.settings.cosell;
  const done: Upkeep = { removed: 0, marked: 0 };
  if (summary.stopped !== undefined || summary.looked === false || sync.upkeep.scarce()) return done;
  try {
    if (markName) done.marked = await keepMarks(sync, summary);
    done.removed = await keepRetention(sync);
  } catch (error) {
    done.failed = error instanceof CosellError ? error.code : 'INTERNAL';
  }
  return done;
}
