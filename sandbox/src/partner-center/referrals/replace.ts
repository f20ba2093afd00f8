import { invalid } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';
import { bind } from './bind.js';
import { contentProblems } from './content-rules.js';
import { describeSolutions, refuse } from './create.js';
import { checkOpen, checkVersion, checkVisibility, setStatusDates } from './patch.js';
import type { Referral } from './resource.js';
import { referralShape } from './resource.js';
import { withSharedDetails } from './shared-details.js';
import { writable } from './sight.js';
import { checkTransition } from './transitions.js';
import { commitChanges, draftOf } from './write.js';

/** Fixed once the deal exists (Partner Center: bulk upload, read-only columns). */
const READ_ONLY: readonly { target: string; read: (referral: Referral) => unknown }[] = [
  { target: 'customerProfile.name', read: (r) => r.customerProfile.name },
  { target: 'customerProfile.address', read: (r) => r.customerProfile.address },
  { target: 'consent.consentToContact', read: (r) => r.consent.consentToContact },
  { target: 'mpnId', read: (r) => r.mpnId }
];

/** Taken over from the body; everything else stays with the service. */
const REPLACED = [
  'name',
  'externalReferenceId',
  'status',
  'substatus',
  'statusReason',
  'qualification',
  'target',
  'details',
  'team',
  'salesStage',
  'campaignId',
  'referralProgram'
] as const satisfies readonly (keyof Referral)[];

/** `PUT /referrals/{id}`, deprecated: needs `If-Match`, and the `links` object must be left out. */
export function replaceReferral(
  world: World,
  caller: Caller,
  id: string,
  body: unknown,
  ifMatch: string | undefined,
  writer: Writer
): StoredReferral {
  const before = writable(world, caller, id);
  if (ifMatch === undefined) throw invalid('If-Match', 'The header If-Match is required.');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid(null, 'The request body must be a referral.');
  }
  if (Object.keys(body).some((name) => name.toLowerCase() === 'links')) {
    throw invalid('links', 'The property links must not be sent.');
  }
  checkVersion(world, before, ifMatch);
  checkOpen(world, before);
  const after = draftOf(before);
  replaceContent(world, before.document, after.document, bind(referralShape, body));
  commitChanges(world, writer, withSharedDetails(world, { before, after, action: 'Updated' }));
  return after;
}

function replaceContent(world: World, before: Referral, draft: Referral, sent: Referral): void {
  for (const { target, read } of READ_ONLY) {
    if (JSON.stringify(read(sent)) !== JSON.stringify(read(before))) {
      throw invalid(target, `The property ${target} cannot be changed.`);
    }
  }
  for (const name of REPLACED) Object.assign(draft, { [name]: sent[name] });
  draft.consent = sent.consent;
  draft.customerProfile.team = sent.customerProfile.team;
  describeSolutions(draft);
  checkTransition(before, draft);
  checkVisibility(before, draft);
  refuse(contentProblems(draft, { solutionsChecked: world.settings().solutionsChecked }));
  setStatusDates(world, before, draft);
}
