import type { JsonObject } from '../../../ports/json.js';
import type { LeftAnswer, RemoteRecord } from '../../../sync/ports.js';
import { isoTime } from '../document-values.js';
import { versionText } from '../document.js';
import { declinedStatuses } from './rules.js';

export const leadPrefix = '00Q';
export const isLeadKey = (key: string): boolean => key.startsWith(leadPrefix);

/** Fields of the package on Lead that the service keeps up to date; names as on Opportunity. */
export const toldLeadFields: readonly string[] = [
  'Audit__c',
  'Cosell_Issue_Codes__c',
  'Cosell_Last_Sync__c',
  'Cosell_Sync_Message__c',
  'Cosell_Sync_State__c',
  'Engagement_Identifier__c',
  'Microsoft_CRM_Identifier__c',
  'Microsoft_Seller__c',
  'Microsoft_Seller_Email__c',
  'Referral_Expires_On__c',
  'Referral_Identifier__c',
  'Referral_Link__c',
  'Referral_Origin__c',
  'Referral_Program__c',
  'Referral_Source__c',
  'Referral_Status__c',
  'Referral_Substatus__c'
];

/** What is read of a lead. Its own fields are the people's: nothing of them travels. */
export const readLeadFields: readonly string[] = [
  'Status',
  'IsConverted',
  'ConvertedOpportunityId',
  'LastModifiedDate',
  'SystemModstamp',
  'Sync_with_Partner_Center__c',
  'Referral_Decline_Reason__c',
  ...toldLeadFields
];

const textOf = (row: JsonObject, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** A lead answers by what becomes of it: converting accepts, a status of no interest declines. Pure. */
export function leadAnswer(row: JsonObject): LeftAnswer {
  const reason = textOf(row, 'Referral_Decline_Reason__c');
  const rightKey = textOf(row, 'Referral_Identifier__c');
  const key = textOf(row, 'ConvertedOpportunityId');
  if (row['IsConverted'] === true) {
    const goesOn = key !== undefined && rightKey !== undefined;
    return { choice: 'accept', ...(goesOn ? { successor: { key, rightKey } } : {}) };
  }
  if (!declinedStatuses.has(String(row['Status']).toLowerCase())) return { choice: 'wait' };
  return { choice: 'decline', ...(reason === undefined ? {} : { reason }) };
}

/** A lead that was converted takes no further change, and names its referral no longer: its opportunity does. */
export function toLeadRecord(row: JsonObject, serverTime: number): RemoteRecord {
  const modifiedAt = isoTime(row['LastModifiedDate']);
  const referral = textOf(row, 'Referral_Identifier__c');
  const answer = leadAnswer(row);
  const { attributes: _attributes, ...document } = row;
  return {
    key: String(row['Id']),
    document,
    version: versionText({ modified: Date.parse(modifiedAt), read: serverTime }),
    modifiedAt,
    lifecycle: row['IsConverted'] === true ? 'final' : 'open',
    ...(referral === undefined || answer.successor ? {} : { counterpart: referral }),
    answer,
    answerOnly: true
  };
}
