import { MICROSOFT, PARTNER } from '../core/directory.js';
import type { World } from '../core/world.js';
import type { Referral } from '../referrals/resource.js';
import type { StoredReferral } from '../store/referral-store.js';

export const KINDS = {
  cosell: 'Co-sell',
  incoming: 'Co-sell from Microsoft',
  partnerLed: 'Partner-led',
  private: 'Private',
  lead: 'Lead'
} as const;
export type Kind = keyof typeof KINDS;

/** A deal as people see it: the partner's referral and, when Microsoft takes part, Microsoft's. */
export interface EngagementView {
  own: Referral;
  microsoft: Referral | null;
  kind: Kind;
}

/** Every deal of the partner, newest change first. */
export function engagements(world: World): EngagementView[] {
  return world.store
    .all()
    .filter((stored) => stored.owner === PARTNER.id)
    .map((stored) => viewOf(world, stored))
    .sort((a, b) => latest(b).localeCompare(latest(a)));
}

/** The deal that a referral of either side belongs to. */
export function engagementOf(world: World, referralId: string): EngagementView | undefined {
  const named = world.store.get(referralId);
  const own = named && world.store.engagement(named.engagementId).find((stored) => stored.owner === PARTNER.id);
  return own && viewOf(world, own);
}

function viewOf(world: World, own: StoredReferral): EngagementView {
  const microsoft = world.store.engagement(own.engagementId).find((stored) => stored.owner === MICROSOFT.id);
  return { own: own.document, microsoft: microsoft?.document ?? null, kind: kindOf(own.document, Boolean(microsoft)) };
}

/** Told by the inviter, never by `direction` (Partner Center: referrals API introduction). */
function kindOf(own: Referral, withMicrosoft: boolean): Kind {
  if (own.inviteContext?.invitedBy.organizationId === MICROSOFT.id) {
    return own.type === 'Independent' ? 'lead' : 'incoming';
  }
  if (withMicrosoft) return 'cosell';
  return own.consent.consentToShareReferralWithMicrosoftSellers ? 'partnerLed' : 'private';
}

/** Instants without fraction sort as text; one second is fine enough for people. */
export function latest({ own, microsoft }: EngagementView): string {
  return (
    [own.updatedDateTime, microsoft?.updatedDateTime ?? null]
      .map((at) => (at ?? '').slice(0, 19))
      .sort()
      .at(-1) ?? ''
  );
}
