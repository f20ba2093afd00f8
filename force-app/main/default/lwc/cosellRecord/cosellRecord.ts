import { getFieldValue } from 'lightning/uiRecordApi';
import type { FieldId, UiRecord } from 'lightning/uiRecordApi';
import MODIFIED from '@salesforce/schema/Opportunity.LastModifiedDate';
import STAGE from '@salesforce/schema/Opportunity.StageName';
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
import MICROSOFT_SELLER from '@salesforce/schema/Opportunity.Microsoft_Seller__c';
import MICROSOFT_SELLER_EMAIL from '@salesforce/schema/Opportunity.Microsoft_Seller_Email__c';
import ORIGIN from '@salesforce/schema/Opportunity.Referral_Origin__c';
import EXPIRES_ON from '@salesforce/schema/Opportunity.Referral_Expires_On__c';
import STATE from '@salesforce/schema/Opportunity.Cosell_Sync_State__c';
import MESSAGE from '@salesforce/schema/Opportunity.Cosell_Sync_Message__c';
import ISSUE_CODES from '@salesforce/schema/Opportunity.Cosell_Issue_Codes__c';
import LAST_SYNC from '@salesforce/schema/Opportunity.Cosell_Last_Sync__c';

/** Values of Cosell_Sync_State__c, and what only the page knows: the sync was switched off after sharing. */
export type SyncState = 'NotShared' | 'Pending' | 'Synced' | 'Attention' | 'Conflict' | 'Error' | 'Closed' | 'Paused';

/** What the sales rep decides. */
export interface CosellEdits {
  sync: boolean;
  help: string;
  visible: boolean;
}

/** The co-sell side of an opportunity. Empty text stands for no value; instants are ISO 8601. */
export interface CosellRecord extends CosellEdits {
  referralId: string;
  referralLink: string;
  referralStatus: string;
  referralSubstatus: string;
  microsoftStatus: string;
  microsoftSubstatus: string;
  microsoftCrmId: string;
  microsoftSeller: string;
  microsoftSellerEmail: string;
  /** `Own`, `Microsoft` or `Partner`: who brought the deal to Partner Center. */
  origin: string;
  /** When an offer lapses. */
  expiresOn: string;
  state: string;
  message: string;
  issueCodes: string;
  lastSync: string;
  modified: string;
  /** Value of StageName. */
  stage: string;
}

const TEXT_FIELDS = {
  help: HELP,
  referralId: REFERRAL_ID,
  referralLink: REFERRAL_LINK,
  referralStatus: REFERRAL_STATUS,
  referralSubstatus: REFERRAL_SUBSTATUS,
  microsoftStatus: MICROSOFT_STATUS,
  microsoftSubstatus: MICROSOFT_SUBSTATUS,
  microsoftCrmId: MICROSOFT_CRM_ID,
  microsoftSeller: MICROSOFT_SELLER,
  microsoftSellerEmail: MICROSOFT_SELLER_EMAIL,
  origin: ORIGIN,
  expiresOn: EXPIRES_ON,
  state: STATE,
  message: MESSAGE,
  issueCodes: ISSUE_CODES,
  lastSync: LAST_SYNC,
  modified: MODIFIED,
  stage: STAGE
} as const;

export const EDIT_FIELDS = { sync: SYNC, help: HELP, visible: VISIBLE } as const;
export const REQUIRED_FIELDS: readonly FieldId[] = [MODIFIED];
/** Optional, so that a user without field access gets an explanation instead of an error. */
export const OPTIONAL_FIELDS: readonly FieldId[] = [
  SYNC,
  VISIBLE,
  ...Object.values(TEXT_FIELDS).filter((field) => field !== MODIFIED)
];

/** The co-sell side of the record; undefined when the user may not see it. */
export function readCosell(record: UiRecord): CosellRecord | undefined {
  if (getFieldValue(record, SYNC) === undefined) return undefined;
  const text = Object.fromEntries(
    Object.entries(TEXT_FIELDS).map(([name, field]) => [name, String(getFieldValue(record, field) ?? '')])
  ) as Omit<CosellRecord, 'sync' | 'visible'>;
  return { ...text, sync: getFieldValue(record, SYNC) === true, visible: getFieldValue(record, VISIBLE) === true };
}

/** The kinds of deal of Partner Center; a deal may only move to the right. */
export const DEAL_KINDS = ['Private', 'PartnerLed', 'Cosell'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

const KIND_BY_SETTING: Readonly<Record<string, DealKind>> = { partnerLed: 'PartnerLed', coSell: 'Cosell' };

/** The kind that the service's setting `cosell.defaultDealKind` stands for. */
export const kindOfSetting = (setting: string | undefined): DealKind => KIND_BY_SETTING[setting ?? ''] ?? 'Private';

/** The rep chose nothing and nothing is shared yet, so the kind of new deals applies. */
export const takesDefaultKind = ({ help, visible, microsoftStatus, origin, referralId }: CosellRecord): boolean =>
  help === '' && !visible && microsoftStatus === '' && origin !== 'Microsoft' && referralId === '';

/**
 * What the deal is at Partner Center, or becomes with the next sync: asking for help invites Microsoft, whatever else is
 * set, and what Microsoft offers it works on already.
 * @param byDefault kind of a new deal for which the rep chose nothing
 */
export function dealKind(record: CosellRecord, byDefault: DealKind = 'Private'): DealKind {
  const { help, visible, microsoftStatus, origin } = record;
  if (help !== '' || microsoftStatus !== '' || origin === 'Microsoft') return 'Cosell';
  if (visible) return 'PartnerLed';
  return takesDefaultKind(record) ? byDefault : 'Private';
}

/** The kind that an edit makes of the deal, when Partner Center cannot take that back; undefined when it can. */
export function upgradeBy(before: CosellRecord, after: CosellRecord, byDefault?: DealKind): DealKind | undefined {
  const rankOf = (record: CosellRecord): number =>
    record.sync || record.referralId !== '' ? DEAL_KINDS.indexOf(dealKind(record, byDefault)) : 0;
  return rankOf(after) > rankOf(before) ? DEAL_KINDS[rankOf(after)] : undefined;
}

/** Somebody else offers the deal, and it waits for the rep's answer: deals of one's own are never New at Partner Center. */
export const isIncoming = ({ sync, referralId, referralStatus }: CosellRecord): boolean =>
  sync && referralId !== '' && referralStatus === 'New';

/** Microsoft sellers see the deal, or will with the next sync. Partner Center takes this back never. */
export const isShared = ({ sync, visible, referralId }: CosellRecord): boolean =>
  visible && (sync || referralId !== '');

/** The state to show: what the service reported, corrected by what the rep has done since. */
export function shownState(record: CosellRecord, waiting: boolean): SyncState {
  if (record.state === 'Closed') return 'Closed';
  if (!record.sync) return record.referralId === '' ? 'NotShared' : 'Paused';
  const reported = record.state === '' || record.state === 'NotShared';
  return reported || waiting ? 'Pending' : (record.state as SyncState);
}

/** Changes whenever the service reported something. */
export const outcomeOf = ({ state, lastSync, message, referralId }: CosellRecord): string =>
  [state, lastSync, message, referralId].join('\n');
