import { formatInstant } from '../core/clock.js';
import type { Organization } from '../core/directory.js';
import { MICROSOFT } from '../core/directory.js';
import { invalid, ReferralApiError } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import { newId } from '../core/world.js';
import { findSolution } from '../solution-catalogue.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';
import { bind } from './bind.js';
import type { Problem } from './content-rules.js';
import { contentProblems, helpProblems } from './content-rules.js';
import type { Referral } from './resource.js';
import { referralShape } from './resource.js';
import { inScope } from './sight.js';
import type { Change } from './write.js';
import { commitChanges, draftOf } from './write.js';

const DAY = 86_400_000;

/**
 * `POST /referrals` (Partner Center: create a referral). Without `engagementId` it opens an engagement with the
 * partner's own referral; with one and the target `msft` it invites Microsoft into it. Not repeatable: every call makes
 * a referral.
 */
export function createReferral(world: World, caller: Caller, body: unknown, writer: Writer): StoredReferral {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid(null, 'The request body must be a referral.');
  }
  const document = bind(referralShape, body);
  const toMicrosoft = document.target.some(
    (target) => target.type === 'BusinessProfileLocation' && target.id?.toLowerCase() === MICROSOFT.id
  );
  if (document.engagementId === null && toMicrosoft) {
    throw invalid('engagementId', 'Microsoft is invited into an existing engagement: engagementId is required.');
  }
  const own = document.engagementId === null ? undefined : ownReferral(world, caller, document.engagementId);
  if (own && !toMicrosoft) throw invalid('target', 'A referral in an existing engagement must have the target msft.');
  refuse([
    ...contentProblems(document, { solutionsChecked: world.settings().solutionsChecked }),
    ...helpProblems(document)
  ]);
  const changes = own ? inviteMicrosoft(world, caller, document, own) : [ownDeal(world, caller, document)];
  commitChanges(world, writer, changes);
  return (changes[0] as Change).after;
}

/** Throws 400 for the first problem; the others are named in the message. */
export function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (!first) return;
  const more = others.length === 0 ? '' : ` Also refused: ${others.map((problem) => problem.target).join(', ')}.`;
  throw invalid(first.target, `${first.message}${more}`.slice(0, 1024));
}

function ownReferral(world: World, caller: Caller, engagementId: string): StoredReferral {
  const engagement = world.store.engagement(engagementId.toLowerCase());
  const own = engagement.find((stored) => stored.owner === caller.organization.id && inScope(world, caller, stored));
  if (own) return own;
  const status = world.settings().unknownEngagementStatus;
  throw new ReferralApiError(
    status,
    status === 404 ? 'itemNotFound' : 'invalidRequest',
    `The engagement ${engagementId} was not found.`,
    'engagementId'
  );
}

function ownDeal(world: World, caller: Caller, document: Referral): Change {
  const at = world.clock.stamp();
  const after = prepare(document, newId(), caller.organization, caller.organization);
  Object.assign(after.document, {
    status: 'Active',
    substatus: 'Accepted',
    direction: world.settings().ownDealDirection,
    mpnId: document.mpnId ?? caller.organization.mpnId,
    createdDateTime: at,
    acceptedDateTime: at,
    expirationDateTime: null
  });
  return { after, action: 'Created' };
}

/** Microsoft's referral waits 14 days for a seller; the partner's becomes shared and visible by the same call. */
function inviteMicrosoft(world: World, caller: Caller, document: Referral, own: StoredReferral): Change[] {
  const { closedIsFinal, secondInvitationRefused, expiryDays } = world.settings();
  if (closedIsFinal && own.document.status === 'Closed') throw invalid('engagementId', 'The deal is closed.');
  if (secondInvitationRefused && world.store.engagement(own.engagementId).some((s) => s.owner === MICROSOFT.id)) {
    throw invalid('target', 'Microsoft already takes part in this engagement.');
  }
  if ((document.inviteContext?.assistanceRequestCode ?? 'Unknown') === 'Unknown') {
    throw invalid('inviteContext.assistanceRequestCode', 'Inviting Microsoft requires the kind of help that is asked.');
  }
  const invited = prepare(document, own.engagementId, MICROSOFT, caller.organization);
  Object.assign(invited.document, {
    type: 'Shared',
    status: 'New',
    substatus: 'Pending',
    direction: 'Outgoing',
    mpnId: null,
    acceptedDateTime: null,
    expirationDateTime: formatInstant(world.clock.now() + expiryDays * DAY)
  });
  return [{ after: invited, action: 'Microsoft invited' }, ...markShared(own)];
}

function markShared(own: StoredReferral): Change[] {
  const after = draftOf(own);
  after.document.type = 'Shared';
  after.document.consent.consentToShareReferralWithMicrosoftSellers = true;
  const same =
    own.document.type === 'Shared' && own.document.consent.consentToShareReferralWithMicrosoftSellers === true;
  return same ? [] : [{ before: own, after, action: 'Shared with Microsoft' }];
}

/** Sets what the service owns on a new referral. */
export function prepare(
  document: Referral,
  engagementId: string,
  owner: Organization,
  inviter: Organization
): StoredReferral {
  const id = newId();
  const prepared: Referral = {
    ...document,
    ...SERVER_OWNED,
    id,
    engagementId,
    organizationId: owner.id,
    organizationName: owner.name,
    qualification: document.qualification ?? 'None',
    inviteContext: {
      notes: document.inviteContext?.notes ?? null,
      assistanceRequestCode: document.inviteContext?.assistanceRequestCode ?? 'Unknown',
      invitedBy: { organizationId: inviter.id, organizationName: inviter.name }
    },
    links: linksOf(id, engagementId)
  };
  prepared.consent.consentToShareReferralWithMicrosoftSellers ??= false;
  describeSolutions(prepared);
  return { id, engagementId, owner: owner.id, inviter: inviter.id, document: prepared };
}

/** What a caller cannot set: ignored on create, whatever was sent. */
const SERVER_OWNED = {
  createdDateTime: null,
  updatedDateTime: null,
  closedDateTime: null,
  statusReason: null,
  eTag: null,
  trackingInfo: null,
  favorite: false,
  quality: null,
  isSpam: null,
  tags: [],
  registrations: [],
  registrationStatus: null,
  lastModifiedVia: null,
  lastRunId: null
} satisfies Partial<Referral>;

/** Links as the service prints them, misspelling and unquoted id included; clients must not depend on them. */
function linksOf(id: string, engagementId: string): Referral['links'] {
  const base = 'https://api.partner.microsoft.com/v1.0/engagments/referrals';
  return {
    relatedReferrals: { uri: `${base}?$filter=engagementId eq ${engagementId}`, method: 'GET' },
    self: { uri: `${base}/${id}`, method: 'GET' }
  };
}

/** Name, publisher and kind come from the catalogue; the caller only has to send the id. */
export function describeSolutions(referral: Referral): void {
  for (const solution of referral.details.requirements.solutions) {
    const known = solution.id === null ? undefined : findSolution(solution.id);
    solution.type ??= 'Name';
    if (!known) continue;
    solution.id = known.id;
    solution.name = known.name;
    solution.publisherName = known.publisherName;
    solution.solutionType = known.type;
  }
}
