import type { ApplyResult } from '../sync/index.js';
import { applyPlan, checkPlan } from '../sync/index.js';
import { exitCodes } from './commands.js';
import { readPlan } from './plan.js';
import type { EngineInput } from './with-sync.js';
import { endsOf, withSync } from './with-sync.js';

export interface ApplyInput extends EngineInput {
  planFile: string;
  username?: string;
  /** How long to go on beginning records, milliseconds. @default no end */
  waitMs?: number;
}

/**
 * A plan file from reading to summary.
 * @throws CosellError `PLAN_NOT_FOUND`, `PLAN_INVALID`, `PLAN_VERSION`, `PLAN_FOREIGN`, `PLAN_STALE`
 */
export async function syncApply(input: ApplyInput): Promise<ApplyResult> {
  const { planFile, waitMs } = input;
  const plan = await readPlan(planFile);
  return withSync(input, (context, sync) => {
    checkPlan(plan, context.mapping, endsOf(input, sync));
    return applyPlan(context, plan, waitMs === undefined ? undefined : context.clock.now() + waitMs);
  });
}

/** 69 while records are left that were not begun, as for commands of the CLI whose work goes on. */
export function applyExitCode({ applied, run }: ApplyResult): number {
  if (run.outcome === 'stopped') return exitCodes.failed;
  if (applied.left > 0) return exitCodes.running;
  return applied.refused + applied.failed > 0 ? exitCodes.partial : exitCodes.success;
}
