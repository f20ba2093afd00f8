/**
 * Switches of the stand-in. Where Microsoft publishes nothing the default is our choice and can be turned, so that a
 * wrong guess does not become a habit of the client.
 */
export interface PartnerCenterSettings {
  /** Seconds an access token lives; Entra ID gives about an hour. @default 3600 */
  accessTokenSeconds: number;
  /** Days a refresh token lives unless used. @default 90 */
  refreshTokenDays: number;
  /** Whether a refresh token may be used again after it was exchanged; Entra ID allows it. @default true */
  refreshTokenReuse: boolean;
  /** Status of a successful create; the contract says 200, a newer page also lists 201. @default 200 */
  createStatus: 200 | 201;
  /** A token of one host is refused by the other with 401. @default true */
  audienceChecked: boolean;
  /** Status for a create with an `engagementId` nobody knows. @default 404 */
  unknownEngagementStatus: 400 | 404;
  /** Paths outside the published list are refused. @default true */
  patchPathsClosed: boolean;
  /** Closed referrals refuse every change except registrations on Won. @default true */
  closedIsFinal: boolean;
  /** Code of a 412. @default preconditionFailed */
  staleCode: 'preconditionFailed' | 'resourceModified';
  /** Unknown solution ids are refused. @default true */
  solutionsChecked: boolean;
  /** `$filter` knows `externalReferenceId`; not documented. @default false */
  externalReferenceIdFilterable: boolean;
  /** `$filter` takes lt, le, gt and ge on `updatedDateTime`; listed as filterable, operators not shown. @default true */
  dateRangeFilters: boolean;
  /** `direction` of a deal that the partner made itself; live data also shows Incoming. @default Outgoing */
  ownDealDirection: 'Outgoing' | 'Incoming';
  /** Value, currency and closing date of one referral show on the others of the engagement. @default true */
  detailsSharedInEngagement: boolean;
  /** Once Microsoft is invited the customer contacts cannot be changed (bulk page only). @default false */
  customerContactFrozenAfterSharing: boolean;
  /** A second invitation of Microsoft into one engagement is refused instead of making a duplicate. @default false */
  secondInvitationRefused: boolean;
  /** Calls without `client-request-id` are refused (headers page; the contract does not know it). @default false */
  clientRequestIdRequired: boolean;
  /** `lastModifiedVia` shows the `X-Caller-Id` of the last write. @default true */
  callerIdShown: boolean;
  /** Which referral a related event names. @default changed */
  relatedEventNames: 'changed' | 'own';
  /** Days a New referral waits before it expires. @default 14 */
  expiryDays: number;
  /** Calls per window and tenant before 429; Microsoft publishes no number. */
  rateLimit: { calls: number; windowSeconds: number };
}

export const defaultSettings: PartnerCenterSettings = {
  accessTokenSeconds: 3600,
  refreshTokenDays: 90,
  refreshTokenReuse: true,
  createStatus: 200,
  audienceChecked: true,
  unknownEngagementStatus: 404,
  patchPathsClosed: true,
  closedIsFinal: true,
  staleCode: 'preconditionFailed',
  solutionsChecked: true,
  externalReferenceIdFilterable: false,
  dateRangeFilters: true,
  ownDealDirection: 'Outgoing',
  detailsSharedInEngagement: true,
  customerContactFrozenAfterSharing: false,
  secondInvitationRefused: false,
  clientRequestIdRequired: false,
  callerIdShown: true,
  relatedEventNames: 'changed',
  expiryDays: 14,
  rateLimit: { calls: 1200, windowSeconds: 60 }
};

/** Takes over known switches of the right type. Throws a plain `Error` naming the first that is unknown or mistyped. */
export function mergeSettings(
  base: PartnerCenterSettings,
  change: Readonly<Record<string, unknown>>
): PartnerCenterSettings {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in defaultSettings)) throw new Error(`Unknown setting ${name}.`);
    if (typeof value !== typeof defaultSettings[name as keyof PartnerCenterSettings]) {
      throw new Error(`Setting ${name} has the wrong type.`);
    }
  }
  return { ...base, ...change };
}
