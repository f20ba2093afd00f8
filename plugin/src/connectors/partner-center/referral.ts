import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import type { Referral } from './contract.generated.js';
import { markerOf } from './marker.js';
import { registrationIn } from './registration.js';

/** Organisation id and invitation target that stand for Microsoft. */
export const microsoft = 'msft';

function equals(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text;
}

/** The half of a co-sell engagement that is aimed at Microsoft. */
export function isMicrosofts(document: JsonObject): boolean {
  const referral = document as Referral;
  const targets = Array.isArray(referral.target) ? referral.target : [];
  return equals(referral.organizationId, microsoft) || targets.some((target) => equals(target.id, microsoft));
}

/**
 * Whether a referral is a co-sell opportunity, not a lead. `direction` is not asked: live deals of a partner's own
 * making carry "Incoming" (Partner Center: introduction to the referrals API, categories).
 */
export function isOpportunity(document: JsonObject): boolean {
  const referral = document as Referral;
  const qualification = String(referral.qualification ?? 'None').toLowerCase();
  if (qualification === 'direct') return false;
  const invitedByMicrosoft = equals(referral.inviteContext?.invitedBy?.organizationId, microsoft);
  return !(equals(referral.type, 'independent') && invitedByMicrosoft);
}

/**
 * A partner-made deal that is `Independent` has no second referral; a shared one may have one, and so may one that was shared
 * later, whose type Partner Center is not known to change. Microsoft is only invited to deals that its sellers may see.
 */
export function mayHaveMicrosoft(document: JsonObject): boolean {
  const { consent } = document as Referral;
  return !equals(document['type'], 'independent') || consent?.consentToShareReferralWithMicrosoftSellers === true;
}

export function engagementOf(document: JsonObject): string {
  return String(document['engagementId'] ?? '').toLowerCase();
}

/** Without `@odata.context` and the like, which depend on the call and not on the referral. */
function plain(referral: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(referral).filter(([name]) => !name.startsWith('@')));
}

/**
 * The right document: the partner's referral with Microsoft's referral of the same engagement as `microsoft` (null when
 * Microsoft takes no part) and `outcome`, status and substatus as one value.
 */
export function toRecord(own: JsonObject, microsofts: JsonObject | null): RemoteRecord {
  const marker = markerOf(own['externalReferenceId']);
  const registration = registrationIn(own);
  return {
    key: String(own['id']),
    document: {
      ...plain(own),
      microsoft: microsofts && plain(microsofts),
      outcome: `${String(own['status'])}/${String(own['substatus'])}`,
      ...(registration ? { registration } : {})
    },
    version: String(own['eTag'] ?? ''),
    modifiedAt: new Date(String(own['updatedDateTime'])).toISOString(),
    lifecycle: equals(own['status'], 'closed') ? 'final' : 'open',
    ...(marker === undefined ? {} : { counterpart: marker }),
    context: { engagementId: own['engagementId'] ?? null }
  };
}

/** Records of the referrals of one or more engagements; a referral that is listed twice counts once, newest first. */
export function recordsOf(referrals: readonly JsonObject[]): RemoteRecord[] {
  const byId = new Map<string, JsonObject>();
  for (const referral of referrals) if (!byId.has(String(referral['id']))) byId.set(String(referral['id']), referral);
  const microsofts = new Map<string, JsonObject>();
  for (const referral of byId.values()) {
    if (isMicrosofts(referral) && !microsofts.has(engagementOf(referral)))
      microsofts.set(engagementOf(referral), referral);
  }
  return [...byId.values()]
    .filter((referral) => !isMicrosofts(referral))
    .map((own) => toRecord(own, microsofts.get(engagementOf(own)) ?? null));
}
