import { randomInt } from 'node:crypto';
import { microsoftSellers, MICROSOFT } from '../core/directory.js';
import { invalid, ReferralApiError } from '../core/errors.js';
import type { World } from '../core/world.js';
import type { Referral } from '../referrals/resource.js';
import { contentProblems } from '../referrals/content-rules.js';
import { refuse } from '../referrals/create.js';
import { bind } from '../referrals/bind.js';
import { instant, number, text } from '../referrals/shape.js';
import { withSharedDetails } from '../referrals/shared-details.js';
import { checkTransition } from '../referrals/transitions.js';
import type { Change } from '../referrals/write.js';
import { commitChanges, draftOf } from '../referrals/write.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';

/** What a Microsoft seller changes on a deal; only what is given is changed. */
export interface SellerEdit {
  dealValue?: unknown;
  closingDateTime?: unknown;
  notes?: unknown;
}

/** The first Microsoft seller of the directory. */
export function microsoftWriter(): Writer {
  const [seller] = microsoftSellers;
  return {
    kind: 'microsoft',
    name: `${seller?.firstName} ${seller?.lastName}`,
    callerId: null,
    correlationId: null
  };
}

/**
 * Accepts a co-sell request: Microsoft's referral becomes Active/Accepted with a seller on its team, and both referrals
 * of the engagement learn the opportunity's number in Microsoft's CRM. `id` may name either referral.
 */
export function acceptAsMicrosoft(world: World, id: string): StoredReferral {
  const before = pendingRequest(world, id);
  const after = draftOf(before);
  const msxId = `7-${randomInt(10 ** 9, 10 ** 10)
    .toString(36)
    .toUpperCase()}`;
  const at = world.clock.stamp();
  Object.assign(after.document, {
    status: 'Active',
    substatus: 'Accepted',
    acceptedDateTime: at
  } satisfies Partial<Referral>);
  after.document.trackingInfo = { microsoftMsxId: msxId };
  const [seller] = microsoftSellers;
  if (seller) after.document.team.push({ ...seller, contactPreference: null });
  commitChanges(world, microsoftWriter(), [
    { before, after, action: 'Accepted by Microsoft' },
    ...partnerSide(world, before).map((own): Change => {
      const draft = draftOf(own);
      draft.document.trackingInfo = { microsoftMsxId: msxId };
      return { before: own, after: draft, action: 'Linked to Microsoft CRM' };
    })
  ]);
  return after;
}

/** Declines a co-sell request. The partner's own deal goes on without Microsoft. */
export function declineAsMicrosoft(world: World, id: string, reason: string): StoredReferral {
  const before = pendingRequest(world, id);
  const after = draftOf(before);
  Object.assign(after.document, {
    status: 'Closed',
    substatus: 'Declined',
    statusReason: reason === '' ? null : reason,
    closedDateTime: world.clock.stamp()
  } satisfies Partial<Referral>);
  commitChanges(world, microsoftWriter(), [{ before, after, action: 'Declined by Microsoft' }]);
  return after;
}

/** Changes value, closing date or notes of the partner's referral, as a seller does in the shared deal. */
export function editAsMicrosoft(world: World, id: string, edit: SellerEdit): StoredReferral {
  const before = openReferral(world, id);
  const after = draftOf(before);
  const { details } = after.document;
  if (edit.dealValue !== undefined) details.dealValue = bind(number, edit.dealValue, 'details.dealValue');
  if (edit.closingDateTime !== undefined) {
    details.closingDateTime = bind(instant, edit.closingDateTime, 'details.closingDateTime');
  }
  if (edit.notes !== undefined) details.notes = bind(text, edit.notes, 'details.notes');
  refuse(
    contentProblems(after.document, { solutionsChecked: false }).filter(({ target }) =>
      ['details.dealValue', 'details.closingDateTime'].includes(target)
    )
  );
  commitChanges(world, microsoftWriter(), withSharedDetails(world, { before, after, action: 'Edited by Microsoft' }));
  return after;
}

/** Closes the partner's referral from the portal, as the partner's own people do. */
export function closeAsPartner(
  world: World,
  id: string,
  outcome: 'Won' | 'Lost' | 'Error',
  reason: string,
  writer: Writer
): StoredReferral {
  const before = openReferral(world, id);
  const after = draftOf(before);
  Object.assign(after.document, {
    status: 'Closed',
    substatus: outcome,
    statusReason: reason === '' ? null : reason,
    closedDateTime: world.clock.stamp()
  } satisfies Partial<Referral>);
  checkTransition(before.document, after.document);
  commitChanges(world, writer, [{ before, after, action: `Closed as ${outcome}` }]);
  return after;
}

/** Accepts or declines an incoming referral from the portal, as the partner's own people do. */
export function answerAsPartner(
  world: World,
  id: string,
  accept: boolean,
  reason: string,
  writer: Writer
): StoredReferral {
  const before = openReferral(world, id);
  if (before.document.status !== 'New') throw invalid('status', 'The referral was answered already.');
  const after = draftOf(before);
  const at = world.clock.stamp();
  Object.assign(
    after.document,
    (accept
      ? { status: 'Active', substatus: 'Accepted', acceptedDateTime: at }
      : {
          status: 'Closed',
          substatus: 'Declined',
          statusReason: reason === '' ? null : reason,
          closedDateTime: at
        }) satisfies Partial<Referral>
  );
  commitChanges(world, writer, [{ before, after, action: accept ? 'Accepted' : 'Declined' }]);
  return after;
}

/** Microsoft's unanswered referral of the engagement that `id` belongs to. */
function pendingRequest(world: World, id: string): StoredReferral {
  const named = existing(world, id);
  const request = world.store
    .engagement(named.engagementId)
    .find((stored) => stored.owner === MICROSOFT.id && stored.document.status === 'New');
  if (!request) throw invalid('id', 'No request to Microsoft is waiting for an answer in this engagement.');
  return request;
}

function openReferral(world: World, id: string): StoredReferral {
  const named = existing(world, id);
  const own = named.owner === MICROSOFT.id ? partnerSide(world, named)[0] : named;
  if (!own) throw invalid('id', 'The engagement has no referral of the partner.');
  if (own.document.status === 'Closed') throw invalid('status', 'The referral is closed and cannot be changed.');
  return own;
}

function partnerSide(world: World, stored: StoredReferral): StoredReferral[] {
  return world.store.engagement(stored.engagementId).filter((other) => other.owner !== MICROSOFT.id);
}

function existing(world: World, id: string): StoredReferral {
  const stored = world.store.get(id);
  if (stored) return stored;
  throw new ReferralApiError(404, 'itemNotFound', `The referral ${id} was not found.`, 'id');
}
