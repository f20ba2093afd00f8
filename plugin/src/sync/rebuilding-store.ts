import type { Coupling, LedgerChange, OpenIssue } from '../ledger/port.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import type { RebuildProblem } from './rebuilding-tally.js';
import type { WorkQueue } from '../queue/port.js';

/** What a page of left records comes to. */
export interface Findings {
  couplings: Coupling[];
  /** Records that are left alone until somebody changes them, and those that no longer are. */
  changes: LedgerChange[];
  /** Records for the next run. */
  waiting: string[];
}

export const nothingYet = (): Findings => ({ couplings: [], changes: [], waiting: [] });

/** Keeps the engine from guessing about a record that a person has to look at first. */
export function parkedAs(
  run: ActiveRun,
  leftKey: string,
  code: string,
  hashes: Pick<OpenIssue, 'leftHash' | 'rightHash'>,
  problem?: RebuildProblem
): LedgerChange {
  const issues = problem ? [{ code, message: problem.message, nextStep: problem.nextStep }] : [];
  return { leftKey, issue: { state: 'parked', code, attempts: 1, ...hashes, notBefore: isoNow(run.clock), issues } };
}

/**
 * Couplings first, then the work on them: whoever takes it up finds the coupling. Repeatable. All of it is stored before the
 * cursors move (promise G6).
 */
export async function storeFindings(run: ActiveRun, queue: WorkQueue, findings: Findings): Promise<void> {
  const { ledger, mapping } = run;
  const { couplings, changes, waiting } = findings;
  if (couplings.length > 0) await ledger.load(mapping.name, couplings);
  if (changes.length > 0) await ledger.commit(mapping.name, changes);
  if (waiting.length > 0)
    await queue.enqueue(
      mapping.name,
      waiting.map((key) => ({ key, priority: 2 as const }))
    );
}
