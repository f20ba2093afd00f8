import { formatInstant } from '../core/clock.js';
import { MICROSOFT, microsoftSellers, PARTNER } from '../core/directory.js';
import { invalid } from '../core/errors.js';
import type { World } from '../core/world.js';
import { newId } from '../core/world.js';
import { bind } from '../referrals/bind.js';
import { contentProblems } from '../referrals/content-rules.js';
import { prepare, refuse } from '../referrals/create.js';
import type { Referral } from '../referrals/resource.js';
import { referralShape } from '../referrals/resource.js';
import type { Change } from '../referrals/write.js';
import { commitChanges } from '../referrals/write.js';
import type { StoredReferral } from '../store/referral-store.js';
import { microsoftWriter } from './answer.js';

const DAY = 86_400_000;

/** What Microsoft's form asks for; the rest of the referral is filled in. */
export interface IncomingReferral {
  /** `lead`: a qualified lead, one referral. `cosell`: a shared deal, Microsoft has a referral of its own. */
  kind: 'lead' | 'cosell';
  name: string;
  customerName: string;
  addressLine1?: string;
  city: string;
  postalCode?: string;
  country: string;
  dealValue: number | string;
  currency: string;
  closingDateTime: string;
  notes?: string;
  contact?: { firstName: string; lastName: string; email: string; phoneNumber: string };
  solutionId?: string;
}

/** A referral from Microsoft that waits for the partner: New/Pending, 14 days. Answers the partner's referral. */
export function sendFromMicrosoft(world: World, incoming: IncomingReferral): StoredReferral {
  const document = bind(referralShape, bodyOf(incoming));
  if (incoming.kind !== 'lead' && incoming.kind !== 'cosell') throw invalid('kind', 'The kind is lead or cosell.');
  const needed = ['name', 'customerProfile', 'details.dealValue', 'details.currency', 'details.closingDateTime'];
  refuse(
    contentProblems(document, { solutionsChecked: true }).filter(
      ({ target }) =>
        needed.some((root) => target === root || target.startsWith(`${root}.`)) ||
        (target.startsWith('details.requirements') && incoming.solutionId !== undefined)
    )
  );
  const engagementId = newId();
  const own = prepare(document, engagementId, PARTNER, MICROSOFT);
  Object.assign(own.document, {
    status: 'New',
    substatus: 'Pending',
    direction: 'Incoming',
    mpnId: PARTNER.mpnId,
    acceptedDateTime: null,
    expirationDateTime: formatInstant(world.clock.now() + world.settings().expiryDays * DAY)
  } satisfies Partial<Referral>);
  const changes: Change[] = [{ after: own, action: 'Sent by Microsoft' }];
  if (incoming.kind === 'cosell') changes.push(sellersSide(world, document, engagementId));
  commitChanges(world, microsoftWriter(), changes);
  return own;
}

/** Microsoft's own referral of a deal it brings in is accepted from the start. */
function sellersSide(world: World, document: Referral, engagementId: string): Change {
  const after = prepare(structuredClone(document), engagementId, MICROSOFT, MICROSOFT);
  const at = world.clock.stamp();
  Object.assign(after.document, {
    status: 'Active',
    substatus: 'Accepted',
    direction: 'Outgoing',
    createdDateTime: at,
    acceptedDateTime: at,
    target: [],
    team: microsoftSellers.slice(0, 1).map((seller) => ({ ...seller, contactPreference: null })),
    trackingInfo: { microsoftMsxId: `7-${engagementId.slice(0, 7).toUpperCase()}` }
  } satisfies Partial<Referral>);
  return { after, action: 'Created by Microsoft' };
}

function bodyOf(incoming: IncomingReferral): object {
  const shared = incoming.kind === 'cosell';
  return {
    name: incoming.name,
    type: shared ? 'Shared' : 'Independent',
    qualification: 'SalesQualified',
    target: [{ type: 'BusinessProfileLocation', id: PARTNER.mpnId }],
    customerProfile: {
      name: incoming.customerName,
      address: {
        addressLine1: incoming.addressLine1 ?? 'Not stated',
        city: incoming.city,
        postalCode: incoming.postalCode ?? null,
        country: incoming.country
      },
      team: incoming.contact ? [incoming.contact] : []
    },
    consent: {
      consentToContact: true,
      consentToToShareInfoWithOthers: true,
      consentToShareReferralWithMicrosoftSellers: true
    },
    details: {
      dealValue: incoming.dealValue,
      currency: incoming.currency,
      closingDateTime: incoming.closingDateTime,
      notes: incoming.notes ?? null,
      requirements: { solutions: incoming.solutionId ? [{ id: incoming.solutionId, type: 'Name' }] : [] }
    },
    inviteContext: { notes: incoming.notes ?? null, assistanceRequestCode: 'Unknown' }
  };
}
