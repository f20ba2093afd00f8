export type * from './port.js';
export type { FullAction, FullMapping, FullReason, FullStep } from './review.js';
export { inOrder, review } from './review.js';
export type { FullPorts } from './run.js';
export { runFull } from './run.js';
export type { FullOutcome, FullRun, StepError, StepState, StepStatus } from './state.js';
export { isSettled, newRun, outcomeOf, resumedRun } from './state.js';
