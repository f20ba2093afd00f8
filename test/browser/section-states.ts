/** One look of the section: what the opportunity, its issues, solutions and audit trail hold. */
export interface SectionState {
  name: string;
  opportunity: Record<string, unknown>;
  /** A text that shows that the page is ready. */
  shows: string;
  conflicts?: number;
  auditEntries?: number;
  solutions?: number;
}

const referral = {
  Sync_with_Partner_Center__c: true,
  Referral_Identifier__c: '3f0c7a52-3c0e-4c1f-9d5c-8a1c5f0b7d21',
  Referral_Link__c: 'https://partner.example/referrals/3f0c7a52-3c0e-4c1f-9d5c-8a1c5f0b7d21',
  Referral_Status__c: 'Active',
  Referral_Substatus__c: 'Accepted',
  Referral_Origin__c: 'Own',
  Cosell_Last_Sync__c: '2026-11-20T09:00:00.000Z',
  Cosell_Sync_State__c: 'Synced'
};
const withMicrosoft = {
  ...referral,
  How_can_Microsoft_help__c: 'Quotes or Licensing',
  Referral_Visible_to_Microsoft_Sellers__c: true,
  Microsoft_Status__c: 'Active',
  Microsoft_Substatus__c: 'Accepted',
  Microsoft_CRM_Identifier__c: '7-0EB0ADD',
  Microsoft_Seller__c: 'Wilhelmina van den Heuvel-Oosterwijk',
  Microsoft_Seller_Email__c: 'wilhelmina.vandenheuvel-oosterwijk@microsoft.example'
};
const offer = {
  ...referral,
  Referral_Status__c: 'New',
  Referral_Substatus__c: 'Pending',
  Referral_Origin__c: 'Microsoft',
  Referral_Expires_On__c: '2027-01-15T09:00:00.000Z',
  Cosell_Sync_State__c: 'Attention',
  Cosell_Issue_Codes__c: 'AWAITING_ANSWER'
};

/** Every look that a rep can meet, from the deal that nobody shared to the one that is over. */
export const sectionStates: readonly SectionState[] = [
  { name: 'not-shared', opportunity: {}, shows: 'Not shared' },
  { name: 'pending', opportunity: { Sync_with_Partner_Center__c: true }, shows: 'Waiting' },
  { name: 'synced', opportunity: withMicrosoft, shows: 'Synced', solutions: 3, auditEntries: 2 },
  {
    name: 'attention',
    opportunity: {
      Sync_with_Partner_Center__c: true,
      Cosell_Sync_State__c: 'Attention',
      Cosell_Issue_Codes__c: 'SOLUTION_MISSING;CONTACT_MISSING;COUNTRY_NOT_TWO_LETTERS;REJECTED',
      Cosell_Sync_Message__c:
        'No Microsoft solution is chosen.\nNo contact has a role.\nThe country is no code.\n' +
        'Partner Center refused the change (customerProfile.address.addressLine1_is_longer_than_the_250_characters).'
    },
    shows: 'Needs attention'
  },
  {
    name: 'conflict',
    opportunity: { ...withMicrosoft, Cosell_Sync_State__c: 'Conflict' },
    shows: 'Deal value',
    conflicts: 2
  },
  { name: 'incoming', opportunity: offer, shows: 'Microsoft offers you this deal' },
  {
    name: 'declined',
    opportunity: {
      ...withMicrosoft,
      StageName: 'Closed Lost',
      Referral_Status__c: 'Closed',
      Referral_Substatus__c: 'Declined',
      Referral_Decline_Reason__c: 'Budget',
      Cosell_Sync_State__c: 'Closed'
    },
    shows: 'Closed',
    solutions: 1
  },
  {
    name: 'microsoft-declined',
    opportunity: { ...withMicrosoft, Microsoft_Status__c: 'Closed', Microsoft_Substatus__c: 'Declined' },
    shows: 'Synced'
  },
  { name: 'paused', opportunity: { ...referral, Sync_with_Partner_Center__c: false }, shows: 'Sync is off' },
  {
    name: 'error',
    opportunity: {
      ...referral,
      Cosell_Sync_State__c: 'Error',
      Cosell_Issue_Codes__c: 'INTERNAL',
      Cosell_Sync_Message__c: 'Something went wrong.'
    },
    shows: 'Error'
  },
  { name: 'long-trail', opportunity: withMicrosoft, shows: 'Synced', auditEntries: 45 }
];

/** Rows of Cosell_Issue__c. */
export const conflictsOf = (opportunity: string, count: number): Record<string, unknown>[] =>
  ['Deal value', 'Notes'].slice(0, count).map((field, index) => ({
    Opportunity__c: opportunity,
    Issue_Key__c: `${opportunity}-${index}`,
    Kind__c: 'Conflict',
    Code__c: 'CONFLICT',
    Field__c: field,
    Salesforce_Value__c:
      field === 'Notes' ? 'Call the customer about the second phase before the board meets. '.repeat(3) : '5000',
    Partner_Center_Value__c:
      field === 'Notes' ? 'See https://partner.example/a/very/long/address/without/any/blank' : '6000',
    Agreed_Value__c: field === 'Notes' ? null : '1000',
    Salesforce_Changed_At__c: '2026-01-05T09:00:00.000Z',
    Partner_Center_Changed_At__c: '2026-01-05T09:01:00.000Z',
    Message__c: `${field} was changed in Salesforce and in Partner Center.`,
    Next_Step__c: 'Keep one of the values.',
    Status__c: 'Open'
  }));

const kinds = [
  {
    Direction__c: 'ToPartnerCenter',
    Action__c: 'updated',
    Field__c: 'Deal value',
    Old_Value__c: '5000',
    New_Value__c: '6000',
    Outcome__c: 'Success'
  },
  {
    Direction__c: 'FromPartnerCenter',
    Action__c: 'created',
    Outcome__c: 'Success',
    Message__c: 'Referral taken in from Partner Center.'
  },
  {
    Direction__c: 'None',
    Action__c: 'checked',
    Field__c: 'Sales team',
    Old_Value__c: '[]',
    New_Value__c: '["sam.seller@cosell.example","lena.seller@cosell.example"]',
    Outcome__c: 'Attention',
    Message__c: 'Sales team: not sent, because the record is closed in Partner Center.'
  },
  {
    Direction__c: 'ToPartnerCenter',
    Action__c: 'conflict',
    Field__c: 'Notes',
    Old_Value__c: 'Short.',
    New_Value__c:
      'A longer note of what the customer said on the telephone, which goes on over several lines on a narrow screen.',
    Outcome__c: 'Conflict'
  },
  {
    Direction__c: 'ToPartnerCenter',
    Action__c: 'updated',
    Outcome__c: 'Failed',
    Message__c: 'Partner Center could not be reached.'
  }
];

/** Rows of Cosell_Audit__c, one per minute. */
export const auditOf = (opportunity: string, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => ({
    Opportunity__c: opportunity,
    Audit_Key__c: `${opportunity}-${index}`,
    Occurred_At__c: new Date(Date.UTC(2026, 10, 20, 9, 59 - index)).toISOString(),
    ...kinds[index % kinds.length]
  }));
