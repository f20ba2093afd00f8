import type { World } from '../core/world.js';
import type { Referral } from './resource.js';
import type { Change } from './write.js';
import { draftOf } from './write.js';

const SHARED = ['dealValue', 'currency', 'closingDateTime'] as const;

/**
 * Adds the engagement's other open referrals to a change when value, currency or closing date moved: both sides of a
 * co-sell deal look at the same figures. Our choice, see `detailsSharedInEngagement`.
 */
export function withSharedDetails(world: World, change: Change): Change[] {
  const { before, after } = change;
  if (!before || !world.settings().detailsSharedInEngagement) return [change];
  const moved = SHARED.filter((name) => before.document.details[name] !== after.document.details[name]);
  if (moved.length === 0) return [change];
  const others = world.store
    .engagement(after.engagementId)
    .filter((other) => other.id !== after.id && other.document.status !== 'Closed')
    .map((other) => {
      const draft = draftOf(other);
      copyDetails(after.document, draft.document);
      return { before: other, after: draft, action: 'Details of the engagement changed' };
    });
  return [change, ...others];
}

function copyDetails(from: Referral, to: Referral): void {
  to.details.dealValue = from.details.dealValue;
  to.details.currency = from.details.currency;
  to.details.closingDateTime = from.details.closingDateTime;
}
