import type { MappingProgress, MatchCounts, SyncAllResult } from './port.js';
import type { FullStep } from './review.js';

/**
 * Where a mapping of a full synchronization stands. `blocked`: a mapping that it waits for failed. `unfinished`: the run was
 * asked to stop while it was under way. `nothing`: the review found nothing to do.
 */
export type StepState = 'waiting' | 'running' | 'done' | 'partial' | 'failed' | 'blocked' | 'unfinished' | 'nothing';

export interface StepError {
  code: string;
  message: string;
  nextSteps: readonly string[];
}

/** A line of the review with what became of it: data, stored after each change. */
export interface StepStatus extends FullStep {
  state: StepState;
  progress?: MappingProgress;
  matched?: MatchCounts;
  result?: Pick<SyncAllResult, 'counts' | 'calls'>;
  /** Why it failed; or which mapping it waits for in vain. */
  error?: StepError;
  /** ISO 8601 UTC. */
  startedAt?: string;
  finishedAt?: string;
}

/**
 * `success`: every mapping is in step. `partial`: some records or mappings are not. `failed`: no mapping could be worked on.
 * `unfinished`: it was asked to stop, or killed; it can be resumed.
 */
export type FullOutcome = 'running' | 'success' | 'partial' | 'failed' | 'unfinished';

export interface FullRun {
  id: string;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt?: string;
  outcome: FullOutcome;
  steps: readonly StepStatus[];
}

/** States of a step that a resumed run does not go through again. */
const SETTLED: ReadonlySet<StepState> = new Set(['done', 'partial', 'nothing']);

/** States with which the mappings that wait for this one may begin. */
export const isSettled = ({ state }: StepStatus): boolean => SETTLED.has(state);

/** A run as it begins: what the review found nothing to do for is settled already. */
export function newRun(id: string, startedAt: string, steps: readonly FullStep[]): FullRun {
  return {
    id,
    startedAt,
    outcome: 'running',
    steps: steps.map((step) => ({ ...step, state: step.action === 'nothing' ? 'nothing' : 'waiting' }))
  };
}

/**
 * A run that goes on after a stop or a crash. What was under way, failed or waited in vain is done again, as it was decided at
 * the beginning: a record that a crash left uncoupled would make a new review recommend something else.
 */
export function resumedRun({ finishedAt: _over, ...run }: FullRun): FullRun {
  const steps = run.steps.map((step): StepStatus => {
    if (isSettled(step)) return step;
    const { error: _error, progress: _progress, finishedAt: _finished, startedAt: _started, ...rest } = step;
    return { ...rest, state: 'waiting' };
  });
  return { ...run, outcome: 'running', steps };
}

/** What a run came to, once nothing of it is under way. */
export function outcomeOf(steps: readonly StepStatus[]): Exclude<FullOutcome, 'running'> {
  const any = (...states: StepState[]): boolean => steps.some(({ state }) => states.includes(state));
  if (any('waiting', 'running', 'unfinished')) return 'unfinished';
  if (any('failed', 'blocked')) return any('done', 'partial') ? 'partial' : 'failed';
  return any('partial') ? 'partial' : 'success';
}
