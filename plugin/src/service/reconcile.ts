import type { ReconcileResult, RunSummary } from '../sync/index.js';
import { reconcile } from '../sync/index.js';
import { exitCodeOf, exitCodes } from './commands.js';
import { withReport } from './report-file.js';
import type { EngineInput } from './with-sync.js';
import { withSync } from './with-sync.js';

export interface ReconcileInput extends EngineInput {
  /** Put right what needs no person. */
  repair?: boolean;
  /** However many records that changes (promise G10). */
  yes?: boolean;
  /** Where everything that was found is written, one JSON object per line. */
  reportFile?: string;
}

export interface ReconcileOutcome extends ReconcileResult {
  /** The run that wrote what the repairs queued. */
  run: RunSummary | null;
  /** Path of the report. */
  report: string | null;
}

/**
 * Compares everything on both sides, and repairs when asked to: couplings and markers at once, values by a run right after.
 * @throws CosellError `RUN_ACTIVE`, `REPORT_NOT_WRITTEN`
 */
export const reconcileBoth = ({ repair = false, yes = false, ...input }: ReconcileInput): Promise<ReconcileOutcome> =>
  withReport(input.reportFile, (add) =>
    withSync(input, async (context, sync) => {
      const options = { repair, observe: add, ...(yes ? { maxRepairs: Infinity } : {}) };
      const result = await reconcile(context, options);
      const { done } = result.repairs;
      return { ...result, run: done > 0 ? await sync.run({ options: { look: false } }) : null };
    })
  );

/** 68 when something was found that is not put right. */
export function reconcileExitCode({ found, unmapped, repairs, run }: ReconcileOutcome): number {
  const left = Object.values(found).reduce((sum, count) => sum + count, 0) - repairs.done;
  if (left > 0 || unmapped.length > 0) return exitCodes.partial;
  return run ? exitCodeOf(run) : exitCodes.success;
}
