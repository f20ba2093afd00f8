export { availabilityOf, stepOn } from './availability.js';
export type { AvailabilityRules, LocationAvailability, Movement, ProjectionStep, Stock } from './availability.js';
export { counterpartOf } from './matching.js';
export type { Candidate, Counterpart, Match } from './matching.js';
export { projectionText, readProjection } from './projection-text.js';
export { missingText } from './reasons.js';
export type { Missing, Reason } from './reasons.js';
export { statisticsOf } from './statistics.js';
export type { Aged, CustomerFigures, Part, Statistics } from './statistics.js';
