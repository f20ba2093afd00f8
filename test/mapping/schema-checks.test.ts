import { describe } from 'vitest';
import { itFitsItsSchema } from '../support/generated-checks.js';

describe('the checks of a mapping', () => {
  itFitsItsSchema('plugin/src/mapping/schema-checks.generated.ts');
});
