import type { RunCounts } from '../sync/index.js';
import type { DeskInput } from './desk.js';
import { atDesk } from './desk.js';

export interface ListedRun {
  runId: string;
  /** ISO 8601 UTC; the end is `null` while the run goes on, or after it was killed. */
  startedAt: string;
  finishedAt: string | null;
  outcome: string;
  counts: Partial<RunCounts>;
  /** Whether it left anything in the journal that could be taken back. */
  undoable: boolean;
}

export interface RunsInput extends DeskInput {
  /** Runs to list at most. */
  limit: number;
  /** Leave out runs that changed nothing. */
  changed: boolean;
}

/** Runs kept that are looked through when those without changes are left out. */
const LOOKED_THROUGH = 1_000;

/** The runs that the ledger knows, newest first. Asks no connected system. */
export async function syncRuns({ limit, changed, ...input }: RunsInput): Promise<ListedRun[]> {
  const runs = await atDesk(input, (desk) => desk.ledger.runs(desk.mapping.name, changed ? LOOKED_THROUGH : limit));
  return runs
    .filter(({ journalLines }) => !changed || journalLines > 0)
    .slice(0, limit)
    .map(({ id, startedAt, finishedAt, outcome, summary, journalLines }) => ({
      runId: id,
      startedAt,
      finishedAt: outcome === 'running' ? null : finishedAt,
      outcome,
      counts: (summary['counts'] ?? {}) as Partial<RunCounts>,
      undoable: journalLines > 0
    }));
}
