import { describe } from 'vitest';
import { itFitsItsSchema } from '../support/generated-checks.js';

describe('the check of the settings', () => {
  itFitsItsSchema('plugin/src/service/settings-check.generated.ts');
});
