import { MICROSOFT } from '../core/directory.js';
import { invalid, ReferralApiError } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';
import { contentProblems } from './content-rules.js';
import { describeSolutions, refuse } from './create.js';
import type { PatchOperation } from './patch-operations.js';
import { applyOperations, readOperations, targetOf } from './patch-operations.js';
import { isRegistrationPath } from './patch-paths.js';
import type { Referral } from './resource.js';
import { registerDeal } from './registration.js';
import { withSharedDetails } from './shared-details.js';
import { writable } from './sight.js';
import { checkTransition } from './transitions.js';
import { commitChanges, draftOf } from './write.js';

/**
 * `PATCH /referrals/{id}` (Partner Center: update a referral). All operations or none. `ifMatch` is compared when it
 * was sent. Answers the stored referral.
 */
export function patchReferral(
  world: World,
  caller: Caller,
  id: string,
  body: unknown,
  ifMatch: string | undefined,
  writer: Writer
): StoredReferral {
  const before = writable(world, caller, id);
  checkVersion(world, before, ifMatch);
  const operations = readOperations(body, world.settings().patchPathsClosed);
  const registering = operations.filter((operation) => isRegistrationPath(operation.path));
  const after = draftOf(before);
  if (registering.length === 0) {
    checkOpen(world, before);
    changeDeal(world, before.document, after.document, operations);
  } else {
    if (registering.length < operations.length) {
      throw invalid('registrations', 'A deal registration cannot be combined with other changes.');
    }
    registerDeal(world, after.document, operations);
  }
  commitChanges(world, writer, withSharedDetails(world, { before, after, action: 'Updated' }));
  return after;
}

/** 412 when the caller's version is not the stored one. `*` matches any. */
export function checkVersion(world: World, stored: StoredReferral, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*' || ifMatch.trim() === stored.document.eTag) return;
  throw new ReferralApiError(412, world.settings().staleCode, 'The referral was changed since it was read.', 'eTag');
}

/** Closed referrals take no change (Partner Center: referrals FAQ). */
export function checkOpen(world: World, stored: StoredReferral): void {
  if (world.settings().closedIsFinal && stored.document.status === 'Closed') {
    throw invalid('status', `The referral is closed (${stored.document.substatus}) and cannot be changed.`);
  }
}

function changeDeal(world: World, before: Referral, draft: Referral, operations: readonly PatchOperation[]): void {
  applyOperations(draft, operations);
  describeSolutions(draft);
  checkTransition(before, draft);
  checkVisibility(before, draft);
  if (world.settings().customerContactFrozenAfterSharing) checkContactFrozen(world, before, operations);
  const touched = operations.map((operation) => targetOf(operation.place));
  refuse(
    contentProblems(draft, { solutionsChecked: world.settings().solutionsChecked }).filter((problem) =>
      touched.some((target) => isInside(problem.target, target))
    )
  );
  setStatusDates(world, before, draft);
}

const isInside = (path: string, root: string): boolean =>
  path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);

/** Once visible to Microsoft's sellers a deal stays visible (Partner Center: manage co-sell opportunities). */
export function checkVisibility(before: Referral, after: Referral): void {
  const name = 'consentToShareReferralWithMicrosoftSellers';
  if (before.consent[name] === true && after.consent[name] !== true) {
    throw invalid(`consent.${name}`, 'A deal that Microsoft sellers can see cannot be hidden again.');
  }
  after.consent[name] ??= false;
}

function checkContactFrozen(world: World, before: Referral, operations: readonly PatchOperation[]): void {
  const shared = world.store.engagement(before.engagementId ?? '').some((stored) => stored.owner === MICROSOFT.id);
  if (shared && operations.some((operation) => targetOf(operation.place) === 'customerProfile.team')) {
    throw invalid('customerProfile.team', 'The customer contact cannot be changed after the deal was shared.');
  }
}

/** Acceptance and closing carry the time they happened. */
export function setStatusDates(world: World, before: Referral, draft: Referral): void {
  if (before.status === draft.status) return;
  const at = world.clock.stamp();
  if (draft.status === 'Active') draft.acceptedDateTime = at;
  if (draft.status === 'Closed') draft.closedDateTime = at;
}
