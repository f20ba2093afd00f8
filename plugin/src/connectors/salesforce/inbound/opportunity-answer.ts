import type { JsonObject } from '../../../ports/json.js';
import type { LeftAnswer } from '../../../sync/ports.js';

/** An opportunity answers by its stage: on hold it waits, lost it declines, anywhere else it accepts. Pure. */
export function opportunityAnswer(row: JsonObject, onHoldStage: string): LeftAnswer {
  if (row['StageName'] === onHoldStage) return { choice: 'wait' };
  if (row['IsClosed'] !== true || row['IsWon'] === true) return { choice: 'accept' };
  const reason = row['Referral_Decline_Reason__c'];
  return { choice: 'decline', ...(typeof reason === 'string' && reason !== '' ? { reason } : {}) };
}
