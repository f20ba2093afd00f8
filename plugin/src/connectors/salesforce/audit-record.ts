import type { JsonObject } from '../../ports/json.js';
import type { AuditEntry } from '../../sync/ports.js';
import { clip, valueText } from './text.js';

/** Values of the restricted picklists, by what the engine calls them. */
const directions = { toRight: 'ToPartnerCenter', toLeft: 'FromPartnerCenter', none: 'None' } as const;
const outcomes = { success: 'Success', attention: 'Attention', conflict: 'Conflict', failed: 'Failed' } as const;

/** One `Cosell_Audit__c` row for an entry of the trail. */
export function auditRecord(opportunityId: string, entry: AuditEntry): JsonObject {
  return {
    attributes: { type: 'Cosell_Audit__c' },
    Opportunity__c: opportunityId,
    Audit_Key__c: entry.key,
    Occurred_At__c: entry.at,
    Direction__c: directions[entry.direction],
    Action__c: entry.action,
    Field__c: entry.field === undefined ? null : clip(entry.fieldLabel ?? entry.field, 255),
    Old_Value__c: valueText(entry.oldValue),
    New_Value__c: valueText(entry.newValue),
    Outcome__c: outcomes[entry.outcome],
    Message__c: clip(entry.message, 4000),
    Correlation_Identifier__c: entry.correlationId === undefined ? null : clip(entry.correlationId, 100)
  };
}
