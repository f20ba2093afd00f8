import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import { isLead, originOf } from './categories.js';
import type { Referral } from './contract.generated.js';
import { markerOf } from './marker.js';
import { equals, microsoft } from './organizations.js';
import { registrationIn, registrationRemarks } from './registration.js';
import { requestOf } from './requests.js';

/** The half of a co-sell engagement that is aimed at Microsoft. */
export function isMicrosofts(document: JsonObject): boolean {
  const referral = document as Referral;
  const targets = Array.isArray(referral.target) ? referral.target : [];
  return equals(referral.organizationId, microsoft) || targets.some((target) => equals(target.id, microsoft));
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

type Member = NonNullable<NonNullable<Referral['team']>[number]>;

const membersOf = ({ team }: Referral): Member[] =>
  (Array.isArray(team) ? team : []).filter((member): member is Member => member !== null && member !== undefined);

const domainOf = ({ email }: Member): string =>
  String(email ?? '')
    .replace(/^.*@/, '')
    .trim()
    .toLowerCase();

const isFilled = (part: string | null | undefined): part is string =>
  part !== undefined && part !== null && part !== '';

/**
 * Who works on the deal at Microsoft. An invitation needs a team and repeats the partner's own (Partner Center: create a referral),
 * so nobody is known while it waits, and later colleagues, and people of the same mail domain as they, are left out.
 */
function sellerIn(microsofts: Referral, own: Referral): JsonObject | null {
  if (equals(microsofts.status, 'new')) return null;
  const ours = new Set(membersOf(own).map(domainOf));
  const seller = membersOf(microsofts).find((member) => !ours.has(domainOf(member)));
  if (seller === undefined) return null;
  const name = [seller.firstName, seller.lastName].filter(isFilled).join(' ');
  return { name: name === '' ? null : name, email: seller.email ?? null };
}

/** Microsoft's half with its seller apart, who is shown on the left; a list has no place there. */
const sellersSide = (referral: JsonObject, own: JsonObject): JsonObject => ({
  ...plain(referral),
  seller: sellerIn(referral as Referral, own as Referral)
});

/**
 * The right document: the partner's referral with Microsoft's referral of the same engagement as `microsoft` (null when
 * Microsoft takes no part), `outcome`, status and substatus as one value, `origin`, who brought the deal, and `answerBy`, until
 * when a request waits.
 */
export function toRecord(own: JsonObject, microsofts: JsonObject | null): RemoteRecord {
  const marker = markerOf(own['externalReferenceId']);
  const registration = registrationIn(own);
  const remarks = registrationRemarks(own);
  const request = requestOf(own);
  const waiting = request?.state === 'waiting';
  const context: Record<string, JsonValue> = { engagementId: own['engagementId'] ?? null };
  return {
    key: String(own['id']),
    document: {
      ...plain(own),
      microsoft: microsofts && sellersSide(microsofts, own),
      outcome: `${String(own['status'])}/${String(own['substatus'])}`,
      origin: originOf(own),
      answerBy: request?.until ?? null,
      ...(registration ? { registration } : {})
    },
    version: String(own['eTag'] ?? ''),
    modifiedAt: new Date(String(own['updatedDateTime'])).toISOString(),
    lifecycle: equals(own['status'], 'closed') ? 'final' : 'open',
    ...(marker === undefined ? {} : { counterpart: marker }),
    ...(isLead(own) ? { category: 'lead' } : {}),
    ...(request ? { request } : {}),
    ...(remarks.length > 0 ? { remarks } : {}),
    // Kept with the coupling, so that an answer given elsewhere is noticed.
    context: waiting ? { ...context, request: 'waiting' } : context
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
