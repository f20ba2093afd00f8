export { contentHash, isEmpty, recordHash, sameValue, stableText } from './compare.js';
export { canWrite, creationRecord, creationValues, labelOf, toCanonical, toPathValues } from './convert.js';
export { loadMapping, MappingError, parseMapping, STANDARD_MAPPING } from './load.js';
export { valueAt } from './paths.js';
export { inScope, preflight } from './preflight.js';
