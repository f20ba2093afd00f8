/**
 * What the connector reads and writes, as data. Every field listed here must be visible to the integration user;
 * `org-shape.ts` checks that once per process against describe.
 */
export const standardFields = [
  'Name',
  'Amount',
  'CloseDate',
  'Description',
  'StageName',
  'IsClosed',
  'IsWon',
  'AccountId',
  'OwnerId',
  'LastModifiedDate',
  'SystemModstamp'
] as const;

/** Opportunity fields of the package. */
export const cosellFields = [
  'Sync_with_Partner_Center__c',
  'How_can_Microsoft_help__c',
  'Referral_Identifier__c',
  'Referral_Link__c',
  'Audit__c',
  'Referral_Visible_to_Microsoft_Sellers__c',
  'Microsoft_CRM_Identifier__c',
  'Referral_Program__c',
  'Engagement_Identifier__c',
  'Referral_Status__c',
  'Referral_Substatus__c',
  'Microsoft_Status__c',
  'Microsoft_Substatus__c',
  'Microsoft_Seller__c',
  'Microsoft_Seller_Email__c',
  'Referral_Origin__c',
  'Referral_Expires_On__c',
  'Referral_Decline_Reason__c',
  'Cosell_Sync_State__c',
  'Cosell_Sync_Message__c',
  'Cosell_Issue_Codes__c',
  'Cosell_Last_Sync__c'
] as const;

export const addressFields = [
  'BillingStreet',
  'BillingCity',
  'BillingState',
  'BillingPostalCode',
  'BillingCountry'
] as const;
export const personFields = ['FirstName', 'LastName', 'Email', 'Phone'] as const;

/** Objects and fields that must be visible; an org without one of them cannot be synchronized. */
export const requiredFields: Readonly<Record<string, readonly string[]>> = {
  Opportunity: [...standardFields, ...cosellFields],
  Account: ['Name', ...addressFields],
  Contact: personFields,
  OpportunityContactRole: ['ContactId', 'Role', 'IsPrimary'],
  Microsoft_Solution__c: ['Solution_Identifier__c', 'Type__c', 'Publisher_Name__c'],
  Opportunity_Microsoft_Solution__c: ['Opportunity__c', 'Microsoft_Solution__c'],
  Cosell_Audit__c: [
    'Opportunity__c',
    'Audit_Key__c',
    'Occurred_At__c',
    'Direction__c',
    'Action__c',
    'Field__c',
    'Old_Value__c',
    'New_Value__c',
    'Outcome__c',
    'Message__c',
    'Correlation_Identifier__c'
  ],
  Cosell_Issue__c: [
    'Opportunity__c',
    'Issue_Key__c',
    'Kind__c',
    'Code__c',
    'Field__c',
    'Salesforce_Value__c',
    'Partner_Center_Value__c',
    'Agreed_Value__c',
    'Salesforce_Changed_At__c',
    'Partner_Center_Changed_At__c',
    'Message__c',
    'Next_Step__c',
    'Attempts__c',
    'First_Seen__c',
    'Last_Seen__c',
    'Status__c',
    'Resolution__c',
    'Resolved_By__c'
  ],
  Cosell_Run__c: [
    'Run_Identifier__c',
    'Mapping__c',
    'Started_At__c',
    'Ended_At__c',
    'Outcome__c',
    'Stopped_Code__c',
    'Looked_At__c',
    'Created__c',
    'Linked__c',
    'Taken_In__c',
    'Accepted__c',
    'Declined__c',
    'Updated_Partner_Center__c',
    'Updated_Salesforce__c',
    'Attention__c',
    'Conflicts__c',
    'Deferred__c',
    'Refused__c',
    'Failed__c',
    'Salesforce_Calls__c',
    'Partner_Center_Calls__c'
  ]
};

/** Exists only where Opportunity Teams are switched on. */
export const teamObject = 'OpportunityTeamMember';

/** Opportunity fields that reps edit and the engine may write; everything else on the record is not ours to change. */
export const editableFields: readonly string[] = [
  'Name',
  'Amount',
  'CurrencyIsoCode',
  'CloseDate',
  'Description',
  'StageName',
  'How_can_Microsoft_help__c',
  'Sync_with_Partner_Center__c'
];
