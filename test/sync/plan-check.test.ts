import { describe } from 'vitest';
import { itFitsItsSchema } from '../support/generated-checks.js';

describe('the check of a plan', () => {
  itFitsItsSchema('plugin/src/sync/plan-check.generated.ts');
});
