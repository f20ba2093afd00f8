export { STANDARD_CRITERIA } from './criteria.js';
export type { Criterion } from './criteria.js';
export { matchRecords } from './match.js';
export type { Candidate, MatchResult, ProposedCoupling, Unmatched } from './match.js';
