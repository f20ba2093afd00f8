import { getFieldValue } from 'lightning/uiRecordApi';
import MODIFIED from '@salesforce/schema/Opportunity.LastModifiedDate';
import SYNC from '@salesforce/schema/Opportunity.Sync_with_Partner_Center__c';
import HELP from '@salesforce/schema/Opportunity.How_can_Microsoft_help__c';
import VISIBLE from '@salesforce/schema/Opportunity.Referral_Visible_to_Microsoft_Sellers__c';
import REFERRAL_ID from '@salesforce/schema/Opportunity.Referral_Identifier__c';
import REFERRAL_LINK from '@salesforce/schema/Opportunity.Referral_Link__c';
import REFERRAL_STATUS from '@salesforce/schema/Opportunity.Referral_Status__c';
import REFERRAL_SUBSTATUS from '@salesforce/schema/Opportunity.Referral_Substatus__c';
import MICROSOFT_STATUS from '@salesforce/schema/Opportunity.Microsoft_Status__c';
import MICROSOFT_SUBSTATUS from '@salesforce/schema/Opportunity.Microsoft_Substatus__c';
import MICROSOFT_CRM_ID from '@salesforce/schema/Opportunity.Microsoft_CRM_Identifier__c';
import STATE from '@salesforce/schema/Opportunity.Cosell_Sync_State__c';
import MESSAGE from '@salesforce/schema/Opportunity.Cosell_Sync_Message__c';
import ISSUE_CODES from '@salesforce/schema/Opportunity.Cosell_Issue_Codes__c';
import LAST_SYNC from '@salesforce/schema/Opportunity.Cosell_Last_Sync__c';
const TEXT_FIELDS = {
  help: HELP,
  referralId: REFERRAL_ID,
  referralLink: REFERRAL_LINK,
  referralStatus: REFERRAL_STATUS,
  referralSubstatus: REFERRAL_SUBSTATUS,
  microsoftStatus: MICROSOFT_STATUS,
  microsoftSubstatus: MICROSOFT_SUBSTATUS,
  microsoftCrmId: MICROSOFT_CRM_ID,
  state: STATE,
  message: MESSAGE,
  issueCodes: ISSUE_CODES,
  lastSync: LAST_SYNC,
  modified: MODIFIED
};
export const EDIT_FIELDS = { sync: SYNC, help: HELP, visible: VISIBLE };
export const REQUIRED_FIELDS = [MODIFIED];
/** Optional, so that a user without field access gets an explanation instead of an error. */
export const OPTIONAL_FIELDS = [SYNC, VISIBLE, ...Object.values(TEXT_FIELDS).filter((field) => field !== MODIFIED)];
/** The co-sell side of the record; undefined when the user may not see it. */
export function readCosell(record) {
  if (getFieldValue(record, SYNC) === undefined) return undefined;
  const text = Object.fromEntries(
    Object.entries(TEXT_FIELDS).map(([name, field]) => [name, String(getFieldValue(record, field) ?? '')])
  );
  return { ...text, sync: getFieldValue(record, SYNC) === true, visible: getFieldValue(record, VISIBLE) === true };
}
/** Microsoft sellers see the deal, or will with the next sync. Partner Center takes this back never. */
export const isShared = ({ sync, visible, referralId }) => visible && (sync || referralId !== '');
/** The state to show: what the service reported, corrected by what the rep has done since. */
export function shownState(record, waiting) {
  if (record.state === 'Closed') return 'Closed';
  if (!record.sync) return record.referralId === '' ? 'NotShared' : 'Paused';
  const reported = record.state === '' || record.state === 'NotShared';
  return reported || waiting ? 'Pending' : record.state;
}
/** Changes whenever the service reported something. */
export const outcomeOf = ({ state, lastSync, message, referralId }) =>
  [state, lastSync, message, referralId].join('\n');
