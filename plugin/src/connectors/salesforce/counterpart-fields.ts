import type { JsonObject, JsonValue } from '../../ports/json.js';

/** Opportunity field → where its value stands in the partner's referral; the first path that holds something wins. */
export const counterpartFields: Readonly<Record<string, readonly string[]>> = {
  Engagement_Identifier__c: ['engagementId'],
  Referral_Status__c: ['status'],
  Referral_Substatus__c: ['substatus'],
  Referral_Program__c: ['referralProgram'],
  Microsoft_Status__c: ['microsoft.status'],
  Microsoft_Substatus__c: ['microsoft.substatus'],
  Microsoft_CRM_Identifier__c: ['microsoft.trackingInfo.microsoftMsxId', 'trackingInfo.microsoftMsxId'],
  Microsoft_Seller__c: ['microsoft.seller.name'],
  Microsoft_Seller_Email__c: ['microsoft.seller.email'],
  Referral_Origin__c: ['origin'],
  Referral_Expires_On__c: ['answerBy']
};

/** The same on leads, which say besides where they were won. */
export const leadCounterpartFields: Readonly<Record<string, readonly string[]>> = {
  ...counterpartFields,
  Referral_Source__c: ['referralSource']
};

/** Once a deal is visible to Microsoft sellers it stays visible, so only `true` ever travels back. */
export const visibleField = 'Referral_Visible_to_Microsoft_Sellers__c';
export const visiblePath = 'consent.consentToShareReferralWithMicrosoftSellers';

/** The value at a dotted path; undefined where a step is missing. */
export function valueAt(document: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = value[step];
  }
  return value;
}

export function firstText(document: JsonObject, paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = valueAt(document, path);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
