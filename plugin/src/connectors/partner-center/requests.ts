import type { JsonObject } from '../../ports/json.js';
import type { RightRequest } from '../../sync/ports.js';
import { inviterOf, isLead } from './categories.js';
import type { Referral } from './contract.generated.js';

/** Status and substatus of a referral that somebody else sent → what became of the request (referral resources, status). */
const STATES: Readonly<Record<string, RightRequest['state']>> = {
  new: 'waiting',
  active: 'accepted',
  'closed/declined': 'declined',
  'closed/expired': 'expired'
};

/**
 * What others ask of the partner with a referral. A deal of the partner's own making is accepted from the start, so it is no
 * request. A closed one that was neither declined nor expired had been accepted.
 */
export function requestOf(document: JsonObject): RightRequest | undefined {
  const inviter = inviterOf(document);
  if (!isLead(document) && inviter !== 'microsoft' && inviter !== 'partner') return undefined;
  const { status, substatus, expirationDateTime } = document as Referral;
  const name = String(status).toLowerCase();
  const state = STATES[name] ?? STATES[`${name}/${String(substatus).toLowerCase()}`] ?? 'accepted';
  if (state !== 'waiting' || typeof expirationDateTime !== 'string') return { state };
  return { state, until: new Date(expirationDateTime).toISOString() };
}
