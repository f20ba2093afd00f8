import type { RebuildOptions, RebuildResult } from '../sync/index.js';
import { rebuildLedger } from '../sync/index.js';
import { exitCodes } from './commands.js';
import type { EngineInput } from './with-sync.js';
import { withSync } from './with-sync.js';

/**
 * Rebuilds the ledger from the couplings that both systems carry.
 * @throws CosellError `LEDGER_NOT_EMPTY`, `RUN_ACTIVE`
 */
export const ledgerRebuild = ({ dryRun, merge, ...input }: EngineInput & RebuildOptions): Promise<RebuildResult> =>
  withSync(input, (context) =>
    rebuildLedger(context, {
      ...(dryRun === undefined ? {} : { dryRun }),
      ...(merge === undefined ? {} : { merge })
    })
  );

/** 68 when something needs a person. */
export function rebuildExitCode({ counts, fields }: RebuildResult): number {
  const { twins, orphans, disagreements } = counts;
  const open = fields.reduce((sum, field) => sum + field.open, 0);
  return twins + orphans + disagreements + open > 0 ? exitCodes.partial : exitCodes.success;
}
