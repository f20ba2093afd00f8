import { ReferralApiError } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import type { StoredReferral } from '../store/referral-store.js';

/** The organisation's referrals and the others of its engagements, whatever the caller's role. */
export function inScope(world: World, caller: Caller, stored: StoredReferral): boolean {
  const organization = caller.organization.id;
  if (stored.owner === organization || stored.inviter === organization) return true;
  return world.store.engagement(stored.engagementId).some((other) => other.owner === organization);
}

/** A Referrals user only works with referrals whose team has the user's e-mail (Partner Center: permissions overview). */
function onTeam(caller: Caller, stored: StoredReferral): boolean {
  return stored.document.team.some((member) => member.email?.toLowerCase() === caller.upn.toLowerCase());
}

export function mayRead(world: World, caller: Caller, stored: StoredReferral): boolean {
  return inScope(world, caller, stored) && (caller.admin || onTeam(caller, stored));
}

/** The referral, or 404 when it is none of the caller's organisation, or 403 when the role does not reach it. */
export function readable(world: World, caller: Caller, id: string): StoredReferral {
  const stored = world.store.get(id);
  if (!stored || !inScope(world, caller, stored)) {
    throw new ReferralApiError(404, 'itemNotFound', `The referral ${id} was not found.`, 'id');
  }
  if (!mayRead(world, caller, stored)) {
    throw new ReferralApiError(403, 'accessDenied', 'The caller is not on the team of this referral.');
  }
  return stored;
}

/** As `readable`, and the referral belongs to the caller's organisation: Microsoft's side is Microsoft's to change. */
export function writable(world: World, caller: Caller, id: string): StoredReferral {
  const stored = readable(world, caller, id);
  if (stored.owner !== caller.organization.id) {
    throw new ReferralApiError(403, 'accessDenied', 'The referral belongs to another organization.');
  }
  return stored;
}
