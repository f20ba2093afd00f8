export type * from './port.js';
export type { FullAction, FullMapping, FullReason, FullStep } from './review.js';
export { inOrder, review } from './review.js';
