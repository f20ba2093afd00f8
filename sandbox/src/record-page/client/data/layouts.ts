import type { ObjectInfo } from './representations.js';

/** Layouts of the demo org's standard objects, as a new org has them (compact layout, page layout, list view columns). */
export const compactLayouts: Readonly<Record<string, { icon: string; fields: readonly string[] }>> = {
  Opportunity: { icon: 'standard:opportunity', fields: ['Account.Name', 'CloseDate', 'Amount', 'Owner.Name'] },
  Lead: { icon: 'standard:lead', fields: ['Company', 'Status', 'Phone', 'Email', 'Owner.Name'] },
  Account: { icon: 'standard:account', fields: ['Type', 'Phone', 'Website', 'Owner.Name'] }
};

export interface LayoutSection {
  heading: string;
  fields: readonly string[];
}

const pageLayouts: Readonly<Record<string, readonly LayoutSection[]>> = {
  Opportunity: [
    {
      heading: 'Opportunity Information',
      fields: ['Name', 'Amount', 'Account.Name', 'CloseDate', 'StageName', 'Probability', 'NextStep', 'Owner.Name']
    },
    { heading: 'Description Information', fields: ['Description'] }
  ],
  Lead: [
    { heading: 'Lead Information', fields: ['Name', 'Company', 'Status', 'Phone', 'Email', 'Owner.Name'] },
    {
      heading: 'Microsoft Co-sell',
      fields: [
        'Cosell_Sync_State__c',
        'Cosell_Sync_Message__c',
        'Referral_Status__c',
        'Referral_Expires_On__c',
        'Referral_Deal_Value__c',
        'Referral_Closing_Date__c',
        'Microsoft_Seller__c',
        'Referral_Link__c',
        'Referral_Decline_Reason__c'
      ]
    },
    { heading: 'Description Information', fields: ['Description'] }
  ],
  Account: [
    { heading: 'Account Information', fields: ['Name', 'Phone', 'Type', 'Website', 'Industry', 'Owner.Name'] },
    { heading: 'Description Information', fields: ['Description'] }
  ]
};

const systemFields = new Set(['Id', 'IsDeleted', 'CreatedById', 'LastModifiedById', 'OwnerId', 'SystemModstamp']);

/** An object without a layout of its own shows all fields the user may read. */
export function pageLayout(objectApiName: string, info: ObjectInfo | undefined): readonly LayoutSection[] | undefined {
  const own = pageLayouts[objectApiName];
  if (own || !info) return own;
  return [{ heading: 'Information', fields: Object.keys(info.fields).filter((name) => !systemFields.has(name)) }];
}

/** Fields that fill the row. */
export const wideFields = new Set(['Description']);
