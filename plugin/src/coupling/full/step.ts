import type { MappingProgress, MappingRunner, MatchCounts, StepOptions, SyncAllResult } from './port.js';
import type { StepState, StepStatus } from './state.js';

/** What one mapping came to. */
export type StepResult = Pick<StepStatus, 'result' | 'error'> & { state: StepState };

interface StepWork extends Pick<StepOptions, 'signal'> {
  onProgress: (progress: MappingProgress) => void;
  onMatched: (matched: MatchCounts) => void;
}

function stateAfter({ outcome }: SyncAllResult, matched: MatchCounts | undefined): StepState {
  if (outcome === 'unfinished') return 'unfinished';
  if (outcome === 'stopped') return 'failed';
  // What fits nothing may well belong to nobody on the left; what fits several times waits for a decision.
  return outcome === 'partial' || (matched?.several ?? 0) > 0 ? 'partial' : 'done';
}

/** Couples where both sides have records, then brings everything in step, with creations where the review says so. */
export async function workOnStep(
  runner: MappingRunner,
  { mapping, action, create }: StepStatus,
  { signal, onProgress, onMatched }: StepWork
): Promise<StepResult> {
  const matched = action === 'match' ? await runner.match(mapping, { signal, onProgress }) : undefined;
  if (matched) onMatched(matched);
  if (signal.aborted) return { state: 'unfinished' };
  const options = action === 'create' && create !== undefined ? { create } : {};
  const all = await runner.syncAll(mapping, { signal, onProgress, ...options });
  const { counts, calls, stopped } = all;
  return { state: stateAfter(all, matched), result: { counts, calls }, ...(stopped ? { error: stopped } : {}) };
}
