export { contentHash, isEmpty, recordHash, sameValue, stableText } from './compare.js';
export {
  agreedOnCreate,
  canWrite,
  creationRecord,
  creationValues,
  labelOf,
  toCanonical,
  toPathValues
} from './convert.js';
export { MappingError } from './errors.js';
export type { MappingProblem } from './errors.js';
export { isMappingName, loadMapping, parseMapping, shippedMappings, STANDARD_MAPPING } from './load.js';
export type { MappingChanges } from './load.js';
export { valueAt } from './paths.js';
export { inScope, keptOut, preflight } from './preflight.js';
export { pathsRead } from './used-paths.js';
