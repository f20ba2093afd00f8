import type { JsonObject } from '../../ports/json.js';
import type { Referral } from './contract.generated.js';
import { equals, microsoft } from './organizations.js';

type Inviter = 'own' | 'microsoft' | 'partner' | 'nobody';

interface Category {
  types: readonly string[];
  qualifications: readonly string[];
  inviters: readonly Inviter[];
}

/**
 * What makes a referral a lead (Partner Center: introduction to the referrals API, categories): marketplace leads and qualified
 * leads. Everything else is a co-sell deal. `direction` is not asked, because live deals of a partner's own making carry
 * "Incoming"; neither are `referralSource` and `callToAction`, which Microsoft advises against.
 */
const LEADS: readonly Category[] = [
  { types: ['independent'], qualifications: ['direct'], inviters: ['microsoft', 'nobody'] },
  { types: ['independent'], qualifications: ['salesqualified', 'marketingqualified'], inviters: ['microsoft'] }
];

/** Who brought the deal to Partner Center. */
export function inviterOf(document: JsonObject): Inviter {
  const { inviteContext, organizationId } = document as Referral;
  const inviter = inviteContext?.invitedBy?.organizationId;
  if (inviter === undefined || inviter === null || inviter === '') return 'nobody';
  if (equals(inviter, microsoft)) return 'microsoft';
  return typeof organizationId === 'string' && equals(inviter, organizationId.toLowerCase()) ? 'own' : 'partner';
}

const lower = (value: string | null | undefined, empty: string): string => (value ?? empty).toLowerCase();

export function isLead(document: JsonObject): boolean {
  const { type, qualification } = document as Referral;
  const inviter = inviterOf(document);
  return LEADS.some(
    ({ types, qualifications, inviters }) =>
      types.includes(lower(type, '')) &&
      qualifications.includes(lower(qualification, 'None')) &&
      inviters.includes(inviter)
  );
}

/** Names of the origins, as the picklist in the org has them. */
const ORIGINS: Readonly<Record<Inviter, string>> = {
  own: 'Own',
  nobody: 'Own',
  microsoft: 'Microsoft',
  partner: 'Partner'
};

/** A marketplace lead names no inviter and comes from Microsoft all the same. */
export const originOf = (document: JsonObject): string =>
  isLead(document) ? ORIGINS.microsoft : ORIGINS[inviterOf(document)];
