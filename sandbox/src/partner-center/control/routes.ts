import { ReferralApiError } from '../core/errors.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import { acceptAsMicrosoft, declineAsMicrosoft, editAsMicrosoft } from '../microsoft/answer.js';
import type { IncomingReferral } from '../microsoft/send.js';
import { sendFromMicrosoft } from '../microsoft/send.js';
import type { PartnerCenter } from '../open.js';
import type { Fault } from './faults.js';

type Body = Readonly<Record<string, unknown>>;
type Handler = (center: PartnerCenter, body: Body, query: URLSearchParams) => unknown;

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { milliseconds: 1, minutes: 60_000, hours: HOUR, days: 24 * HOUR };

/** Test-only calls on their own port; no part of Partner Center. */
const CONTROLS: Readonly<Record<string, Handler>> = {
  'GET /health': () => ({ ok: true }),
  'GET /counters': ({ counters }) => ({ ...counters.snapshot(), mostInFlight: counters.mostInFlight }),
  'DELETE /counters': (center) => center.counters.reset(),
  'GET /faults': (center) => center.faults.list(),
  /** A fault to plan, or `{"faultRates": {"unavailable": 0.05, "dropAfter": 0.05, "seed": 7}}` for faults by chance. */
  'POST /faults': (center, body) =>
    'faultRates' in body ? center.faults.chance.set(body['faultRates']) : center.faults.add(body as unknown as Fault),
  'DELETE /faults': (center) => center.faults.clear(),
  /** Faults by chance; see `FaultRates`. */
  'GET /fault-rates': (center) => center.faults.chance.snapshot(),
  'GET /settings': (center) => center.world.settings(),
  'PATCH /settings': (center, body) => center.changeSettings(body),
  'GET /clock': (center) => ({ now: new Date(center.world.clock.now()).toISOString() }),
  'POST /clock': (center, body) => {
    center.advance(Object.entries(body).reduce((sum, [unit, amount]) => sum + Number(amount) * unitOf(unit), 0));
    return { now: new Date(center.world.clock.now()).toISOString() };
  },
  'GET /events': (center, _body, query) => center.world.store.events(Number(query.get('after') ?? 0)),
  'POST /refresh-token': (center, body) => ({ refreshToken: center.issueRefreshToken(body) }),
  'POST /access-token': async (center, body) => ({ accessToken: await center.issueAccessToken(body) }),
  'POST /revoke-tokens': (center) => center.grants.revokeAll(),
  'POST /microsoft/accept': (center, body) => acceptAsMicrosoft(center.world, idOf(body)).document,
  'POST /microsoft/decline': (center, body) =>
    declineAsMicrosoft(center.world, idOf(body), String(body['reason'] ?? '')).document,
  'POST /microsoft/edit': (center, body) => editAsMicrosoft(center.world, idOf(body), body).document,
  'POST /microsoft/send': (center, body) =>
    sendFromMicrosoft(center.world, body as unknown as IncomingReferral).document,
  'GET /webhooks/authority': async ({ webhooks }) => ({ rootPem: await webhooks.authority.rootPem() }),
  'GET /webhooks/deliveries': ({ webhooks }, _body, query) =>
    webhooks.deliveries.latest(Number(query.get('limit') ?? 100)),
  'GET /webhooks/mischief': ({ webhooks }) => webhooks.mischief.list(),
  'POST /webhooks/mischief': ({ webhooks }, body) => webhooks.mischief.add(body),
  'DELETE /webhooks/mischief': ({ webhooks }) => webhooks.mischief.clear(),
  'POST /webhooks/pause': ({ webhooks }) => webhooks.deliverer.pause(true),
  'POST /webhooks/resume': ({ webhooks }) => webhooks.deliverer.pause(false),
  'POST /reset': (center) => center.reset()
};

function unitOf(unit: string): number {
  const milliseconds = UNITS[unit];
  if (milliseconds === undefined) throw new Error(`The clock moves by ${Object.keys(UNITS).join(', ')}.`);
  return milliseconds;
}

const idOf = (body: Body): string => String(body['id'] ?? '');

/** Answers a control call; what makes no sense is a 400 with a plain message. */
export async function control(center: PartnerCenter, request: ApiRequest): Promise<ServiceResponse> {
  const handler = CONTROLS[`${request.method} ${request.path}`];
  if (!handler) return { status: 404, body: { message: `No control call ${request.method} ${request.path}.` } };
  try {
    const body = request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as Body);
    const result = await handler(center, body, request.query);
    return result === undefined ? { status: 204 } : { status: 200, body: result as object };
  } catch (error) {
    const status = error instanceof ReferralApiError ? error.status : 400;
    return { status, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
