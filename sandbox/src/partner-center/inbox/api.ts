import { PARTNER, users } from '../core/directory.js';
import { invalid, ReferralApiError } from '../core/errors.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import type { World } from '../core/world.js';
import {
  acceptAsMicrosoft,
  answerAsPartner,
  closeAsPartner,
  declineAsMicrosoft,
  editAsMicrosoft
} from '../microsoft/answer.js';
import type { IncomingReferral } from '../microsoft/send.js';
import { sendFromMicrosoft } from '../microsoft/send.js';
import { jsonBody } from '../referrals/routes.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';

type Body = Readonly<Record<string, unknown>>;

const [person] = users;
/** Somebody of the partner working in the portal: no calling program. */
const portal: Writer = {
  kind: 'partner',
  name: `${person?.firstName} ${person?.lastName} (${PARTNER.name})`,
  callerId: null,
  correlationId: null
};

/** What the inbox's buttons do, by name. Not part of the official API. */
const ACTIONS: Readonly<Record<string, (world: World, id: string, body: Body) => StoredReferral>> = {
  'msft-accept': (world, id) => acceptAsMicrosoft(world, id),
  'msft-decline': (world, id, body) => declineAsMicrosoft(world, id, reasonOf(body)),
  'msft-edit': (world, id, body) => editAsMicrosoft(world, id, body),
  'partner-accept': (world, id) => answerAsPartner(world, id, true, '', portal),
  'partner-decline': (world, id, body) => answerAsPartner(world, id, false, reasonOf(body), portal),
  'partner-won': (world, id) => closeAsPartner(world, id, 'Won', '', portal),
  'partner-lost': (world, id, body) => closeAsPartner(world, id, 'Lost', reasonOf(body), portal)
};

function reasonOf(body: Body): string {
  return [body['reason'], body['comment']].filter((part) => typeof part === 'string' && part.trim() !== '').join(': ');
}

/** `POST /inbox/api/referrals/{id}/{action}` */
export function act(world: World, request: ApiRequest, id: string, action: string): ServiceResponse {
  const body = bodyOf(request);
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!run) throw new ReferralApiError(404, 'itemNotFound', `The inbox knows no action ${action}.`);
  return { status: 200, body: { id: run(world, id, body).id } };
}

/** `POST /inbox/api/referrals` */
export function send(world: World, request: ApiRequest): ServiceResponse {
  const { id } = sendFromMicrosoft(world, bodyOf(request) as unknown as IncomingReferral);
  return { status: 200, body: { id, location: `/inbox/referrals/${id}` } };
}

/** JSON from the inbox's own pages only: another site's page cannot act here. */
function bodyOf(request: ApiRequest): Body {
  const origin = request.headers['origin'];
  if (origin !== undefined && new URL(origin).host !== request.headers['host']) {
    throw new ReferralApiError(403, 'accessDenied', 'The inbox takes actions from its own pages only.');
  }
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid(null, 'The body must be an object.');
  return body as Body;
}
