import { RECORD_ID } from './page';

/** An opportunity that was never shared, as the UI API represents it. */
const UNSHARED = {
  LastModifiedDate: '2026-03-02T09:00:00.000Z',
  StageName: 'Prospecting',
  Sync_with_Partner_Center__c: false,
  How_can_Microsoft_help__c: null,
  Referral_Visible_to_Microsoft_Sellers__c: false,
  Referral_Identifier__c: null,
  Referral_Link__c: null,
  Referral_Status__c: null,
  Referral_Substatus__c: null,
  Microsoft_Status__c: null,
  Microsoft_Substatus__c: null,
  Microsoft_CRM_Identifier__c: null,
  Cosell_Sync_State__c: 'NotShared',
  Cosell_Sync_Message__c: null,
  Cosell_Issue_Codes__c: null,
  Cosell_Last_Sync__c: null
};

export const SYNCED = {
  Sync_with_Partner_Center__c: true,
  Referral_Identifier__c: '1f3b5c8a-0000-4000-8000-000000000001',
  Referral_Link__c: 'https://partner.example/referrals/1',
  Referral_Status__c: 'Active',
  Referral_Substatus__c: 'Accepted',
  Cosell_Sync_State__c: 'Synced',
  Cosell_Last_Sync__c: '2026-03-02T09:00:02.000Z',
  LastModifiedDate: '2026-03-02T09:00:02.000Z'
};

/** The record that `getRecord` emits; `values` replace those of an opportunity never shared. */
export function uiRecord(values = {}) {
  const fields = Object.fromEntries(
    Object.entries({ ...UNSHARED, ...values }).map(([name, value]) => [name, { value, displayValue: null }])
  );
  return { apiName: 'Opportunity', id: RECORD_ID, recordTypeId: '012000000000000AAA', fields };
}

/** The view of the record that the section hands to its children. */
export function cosellRecord(values = {}) {
  return {
    sync: false,
    help: '',
    visible: false,
    referralId: '',
    referralLink: '',
    referralStatus: '',
    referralSubstatus: '',
    microsoftStatus: '',
    microsoftSubstatus: '',
    microsoftCrmId: '',
    microsoftSeller: '',
    microsoftSellerEmail: '',
    origin: '',
    expiresOn: '',
    state: 'NotShared',
    message: '',
    issueCodes: '',
    lastSync: '',
    modified: '2026-03-02T09:00:00.000Z',
    stage: 'Prospecting',
    ...values
  };
}

const EDITABLE = [
  'Sync_with_Partner_Center__c',
  'How_can_Microsoft_help__c',
  'Referral_Visible_to_Microsoft_Sellers__c'
];

/** What `getObjectInfo` emits for an object and its fields. */
export function objectInfo(
  apiName,
  { updateable = true, createable = true, deletable = true, editable = EDITABLE } = {}
) {
  const fields = Object.fromEntries(
    EDITABLE.map((field) => [field, { apiName: field, updateable: editable.includes(field) }])
  );
  return { apiName, updateable, createable, deletable, defaultRecordTypeId: '012000000000000AAA', fields };
}
