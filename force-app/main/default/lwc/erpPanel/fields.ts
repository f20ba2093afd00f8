import ACCOUNT_REQUESTED from '@salesforce/schema/Account.ERP_Refresh_Requested__c';
import ACCOUNT_REFRESHED from '@salesforce/schema/Account.ERP_Refreshed__c';
import ACCOUNT_CODE from '@salesforce/schema/Account.ERP_Refresh_Code__c';
import ACCOUNT_MESSAGE from '@salesforce/schema/Account.ERP_Refresh_Message__c';
import REQUESTED from '@salesforce/schema/Opportunity.ERP_Refresh_Requested__c';
import REFRESHED from '@salesforce/schema/Opportunity.ERP_Refreshed__c';
import CODE from '@salesforce/schema/Opportunity.ERP_Refresh_Code__c';
import MESSAGE from '@salesforce/schema/Opportunity.ERP_Refresh_Message__c';
import ACCOUNT_ID from '@salesforce/schema/Opportunity.AccountId';
import CLOSE_DATE from '@salesforce/schema/Opportunity.CloseDate';
import type { UiRecord } from 'lightning/uiRecordApi';

export const REQUEST_FIELD = 'ERP_Refresh_Requested__c';

const FIELDS = {
  Opportunity: [REQUESTED, REFRESHED, CODE, MESSAGE, ACCOUNT_ID, CLOSE_DATE],
  Account: [ACCOUNT_REQUESTED, ACCOUNT_REFRESHED, ACCOUNT_CODE, ACCOUNT_MESSAGE]
} as const;

export const fieldsOf = (objectApiName: string | undefined) =>
  objectApiName === 'Opportunity' || objectApiName === 'Account' ? [...FIELDS[objectApiName]] : undefined;

/** How the refresh of a page stands. */
export interface RefreshState {
  requested: string;
  refreshed: string;
  code: string;
  message: string;
  accountId: string;
  closeDate: string;
}

const textOf = (record: UiRecord, name: string): string => {
  const value = record.fields[name]?.value;
  return typeof value === 'string' ? value : '';
};

/** @returns undefined when the user may not see the fields */
export function readState(record: UiRecord, objectApiName: string, recordId: string): RefreshState | undefined {
  if (!('ERP_Refreshed__c' in record.fields)) return undefined;
  return {
    requested: textOf(record, REQUEST_FIELD),
    refreshed: textOf(record, 'ERP_Refreshed__c'),
    code: textOf(record, 'ERP_Refresh_Code__c'),
    message: textOf(record, 'ERP_Refresh_Message__c'),
    accountId: objectApiName === 'Account' ? recordId : textOf(record, 'AccountId'),
    closeDate: textOf(record, 'CloseDate')
  };
}
