import { invalid, ReferralApiError } from '../core/errors.js';
import type { Route } from '../core/routes.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import type { Caller, World } from '../core/world.js';
import { listPage } from '../odata/list.js';
import { readListOptions } from '../odata/query-options.js';
import type { StoredReferral, Writer } from '../store/referral-store.js';
import { createReferral } from './create.js';
import { patchReferral } from './patch.js';
import { replaceReferral } from './replace.js';
import { mayRead, readable } from './sight.js';

const BASE = '/v1.0/engagements/referrals';
const CONTEXT = 'https://api.partner.microsoft.com/v1.0/engagements/$metadata#referrals';
/** As printed in official answers: no TLS, and without `/engagements`. Clients keep their own base. */
const NEXT_LINK_BASE = 'http://api.partner.microsoft.com/v1.0/referrals';

export type Authenticate = (request: ApiRequest) => Promise<Caller>;

/** The referrals host (contract: operations of PartnerCenterReferrals). */
export function referralRoutes(world: World, authenticate: Authenticate): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    handle: (call: Call, params: Readonly<Record<string, string>>) => ServiceResponse
  ): Route => ({
    host: 'referrals',
    method,
    path,
    handle: async (request, params) => {
      const caller = await authenticate(request);
      checkRequestId(world, request);
      return handle({ world, request, caller, writer: writerOf(request, caller) }, params);
    }
  });
  return [
    route('GET', BASE, list),
    route('POST', BASE, (call) => {
      const created = createReferral(world, call.caller, jsonBody(call.request), call.writer);
      return resource(created, world.settings().createStatus);
    }),
    route('GET', `${BASE}/{id}`, (call, { id = '' }) => resource(readable(world, call.caller, id), 200)),
    route('PATCH', `${BASE}/{id}`, patch),
    route('PUT', `${BASE}/{id}`, (call, { id = '' }) => {
      const ifMatch = call.request.headers['if-match'];
      return resource(replaceReferral(world, call.caller, id, jsonBody(call.request), ifMatch, call.writer), 200);
    })
  ];
}

interface Call {
  world: World;
  request: ApiRequest;
  caller: Caller;
  writer: Writer;
}

function list({ world, request, caller }: Call): ServiceResponse {
  const options = readListOptions(request.query, world.settings());
  const page = listPage(
    world.store.all().filter((stored) => mayRead(world, caller, stored)),
    options
  );
  const body: Record<string, unknown> = { '@odata.context': CONTEXT };
  if (page.total !== undefined) body['@odata.count'] = page.total;
  body['value'] = page.rows;
  if (page.skipToken !== undefined) body['@odata.nextLink'] = nextLink(request.query, page.skipToken);
  return { status: 200, body };
}

function nextLink(query: URLSearchParams, skipToken: string): string {
  const next = [...query].filter(([name]) => name !== '$skiptoken' && name !== '$skip');
  const pairs = [...next, ['$skiptoken', skipToken] as [string, string]];
  return `${NEXT_LINK_BASE}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

function patch(
  { world, request, caller, writer }: Call,
  { id = '' }: Readonly<Record<string, string>>
): ServiceResponse {
  const patched = patchReferral(world, caller, id, jsonBody(request), request.headers['if-match'], writer);
  return /\breturn=representation\b/i.test(request.headers['prefer'] ?? '')
    ? { ...resource(patched, 200), headers: { ...etag(patched), 'preference-applied': 'return=representation' } }
    : { status: 204, headers: etag(patched) };
}

function resource(stored: StoredReferral, status: number): ServiceResponse {
  return { status, headers: etag(stored), body: { '@odata.context': `${CONTEXT}/$entity`, ...stored.document } };
}

const etag = (stored: StoredReferral): Record<string, string> => ({ etag: stored.document.eTag ?? '' });

/** JSON only, also for PATCH: `application/json-patch+json` is not the documented type. */
export function jsonBody(request: ApiRequest): unknown {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ReferralApiError(415, 'invalidRequest', 'The content type must be application/json.', 'Content-Type');
  }
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown;
  } catch {
    throw invalid(null, 'The request body is not valid JSON.');
  }
}

function checkRequestId(world: World, request: ApiRequest): void {
  if (world.settings().clientRequestIdRequired && !request.headers['client-request-id']) {
    throw invalid('client-request-id', 'The header client-request-id is required.');
  }
}

function writerOf(request: ApiRequest, caller: Caller): Writer {
  return {
    kind: 'partner',
    name: caller.name,
    callerId: request.headers['x-caller-id'] ?? null,
    correlationId: request.headers['ms-correlationid'] ?? request.headers['client-request-id'] ?? null
  };
}
