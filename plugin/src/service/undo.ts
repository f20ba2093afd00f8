import type { UndoRequest, UndoResult } from '../sync/index.js';
import { undoRun } from '../sync/index.js';
import { exitCodes } from './commands.js';
import type { EngineInput } from './with-sync.js';
import { withSync } from './with-sync.js';

/**
 * Reverses one run.
 * @throws CosellError `RUN_UNKNOWN`, `RUN_AMBIGUOUS`, `RECORD_NOT_IN_RUN`
 */
export function syncUndo({ runId, keys, unlink, dryRun, ...input }: EngineInput & UndoRequest): Promise<UndoResult> {
  const request: UndoRequest = {
    runId,
    ...(keys === undefined ? {} : { keys }),
    ...(unlink === undefined ? {} : { unlink }),
    ...(dryRun === undefined ? {} : { dryRun })
  };
  return withSync(input, (context) => undoRun(context, request));
}

export function undoExitCode({ counts, run }: UndoResult): number {
  if (run?.outcome === 'stopped') return exitCodes.failed;
  return counts.kept + counts.cannotUndo > 0 ? exitCodes.partial : exitCodes.success;
}
