import { ApiError } from '../transport.js';
import { personRules } from './people.js';
import type { ObjectRules } from './types.js';

/** A converted lead is history: its account, contact and opportunity go on (Object Reference, Lead). */
export const leadRules: ObjectRules = {
  beforeSave(context) {
    if (context.before?.['IsConverted'] === true) {
      throw new ApiError(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    personRules.beforeSave?.(context);
  }
};
