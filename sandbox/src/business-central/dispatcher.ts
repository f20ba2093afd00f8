import { setTimeout as delay } from 'node:timers/promises';
import type { CallCounters } from '../partner-center/control/call-counters.js';
import type { ApiRequest, ServiceResponse } from '../partner-center/core/transport.js';
import { ConnectionCut } from '../partner-center/core/transport.js';
import { newId } from '../partner-center/core/world.js';
import { publicBase } from '../partner-center/identity/routes.js';
import { parseAddress } from './api/address.js';
import type { Answer, Call } from './api/call.js';
import { faultAnswer, handleApi } from './api/handle.js';
import type { Limits } from './api/limits.js';
import type { Fault, FaultPlan } from './control/faults.js';
import { ApiFault } from './core/errors.js';
import type { Application } from './identity/applications.js';
import { TENANT } from './identity/applications.js';
import { authenticate } from './identity/bearer.js';
import { answerIdentity, isIdentityPath } from './identity/routes.js';
import type { Identity } from './identity/token-endpoint.js';
import { onPremisesUser } from './legacy/web-service-key.js';
import { legacyService } from './legacy/product-item-availability.js';
import type { Subscriptions } from './webhooks/subscriptions.js';

export interface DispatcherParts {
  readonly identity: Identity;
  readonly faults: FaultPlan;
  readonly counters: CallCounters;
  readonly limits: Limits;
  readonly subscriptions: Subscriptions;
  /** The pages for people; undefined for a path that is not theirs. */
  readonly pages: (request: ApiRequest) => ServiceResponse | undefined;
}

/** What a service in trouble answers (operational limits; error codes). A gateway does not speak JSON. */
const TROUBLE: Readonly<Record<number, readonly [code: string, message: string]>> = {
  408: ['Internal_ServerError', 'The operation was canceled because it took longer than 8 minutes.'],
  429: ['Application_TooManyRequests', 'Too many requests reached. Actual (101). Maximum (100).'],
  500: ['Internal_ServerError', 'An unexpected error occurred.'],
  503: ['Internal_TenantUnavailable', 'The tenant is not accessible.']
};

/** One call in, one answer out, or `ConnectionCut`. */
export class Dispatcher {
  public constructor(private readonly parts: DispatcherParts) {}

  public async dispatch(request: ApiRequest): Promise<ServiceResponse> {
    const page = this.parts.pages(request);
    if (page) return page;
    const { counters } = this.parts;
    const name = patternOf(request.path);
    const correlationId = request.headers['client-request-id'] ?? newId();
    try {
      const answer = await counters.during(() => this.throughFaults(request, correlationId));
      counters.record(request.method, name, answer.status);
      return { ...answer, headers: { 'request-id': newId(), 'ms-correlation-x': correlationId, ...answer.headers } };
    } catch (error) {
      if (error instanceof ConnectionCut) counters.record(request.method, name, 'cut');
      throw error;
    }
  }

  private async throughFaults(request: ApiRequest, correlationId: string): Promise<ServiceResponse> {
    const signIn = isIdentityPath(request.path);
    const faults = this.parts.faults.meet(request, signIn ? 'signIn' : 'data');
    const early = await meet(faults, 'before', correlationId);
    if (early) return early;
    const answer = signIn ? await answerIdentity(this.parts.identity, request) : await this.api(request, correlationId);
    return (await meet(faults, 'after', correlationId)) ?? answer;
  }

  private async api(request: ApiRequest, correlationId: string): Promise<ServiceResponse> {
    try {
      return responseOf(await this.handle(request));
    } catch (error) {
      if (error instanceof ApiFault) return responseOf(faultAnswer(error, correlationId));
      throw error;
    }
  }

  private async handle(request: ApiRequest): Promise<Answer> {
    const { identity, limits, subscriptions } = this.parts;
    const { world, applications, signer } = identity;
    if (/^\/environments\/v1\.\d+\/?$/.test(request.path)) {
      const application = await authenticate(request, world, signer, applications);
      return limits.during(application.clientId, () => Promise.resolve(environments(this.parts.identity, request)));
    }
    const call = callOf(request);
    const application: Application = call.address.onPremises
      ? onPremisesUser(world, request)
      : await authenticate(request, world, signer, applications);
    return limits.during(application.clientId, async () => {
      if (call.address.route === 'ODataV4') return legacyService(world, call);
      return handleApi({ world, subscriptions }, call, application);
    });
  }
}

function callOf(request: ApiRequest): Call {
  return {
    method: request.method,
    address: parseAddress(request.path),
    query: new Map(request.query),
    headers: request.headers,
    body: request.body,
    origin: publicBase(request)
  };
}

/** `GET /environments/v1.2`: the environments of the caller's tenant. */
function environments({ world }: Identity, request: ApiRequest): Answer {
  if (request.method !== 'GET')
    throw new ApiFault(405, 'BadRequest_MethodNotAllowed', `'${request.method}' requests are not allowed.`);
  const names = (world.kept.get('service', 'environments') as string[] | undefined) ?? [];
  const base = publicBase(request);
  return {
    status: 200,
    body: {
      value: names.map((name) => ({
        aadTenantId: TENANT.id,
        applicationFamily: 'BusinessCentral',
        type: name === 'Production' ? 'Production' : 'Sandbox',
        name,
        countryCode: 'NL',
        webServiceUrl: base,
        webClientLoginUrl: `${base}/${TENANT.id}/${name}`
      }))
    }
  };
}

function responseOf(answer: Answer): ServiceResponse {
  const { body } = answer;
  if (body === undefined || body === null) return { status: answer.status, headers: answer.headers };
  if (Buffer.isBuffer(body) || typeof body === 'string')
    return { status: answer.status, headers: answer.headers, body };
  const headers = {
    'content-type': 'application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8',
    'odata-version': '4.0',
    ...answer.headers
  };
  return { status: answer.status, headers, body: JSON.stringify(body) };
}

async function meet(
  faults: readonly Fault[],
  when: 'before' | 'after',
  correlationId: string
): Promise<ServiceResponse | undefined> {
  for (const fault of faults.filter((each) => (each.when ?? 'before') === when)) {
    if (fault.kind === 'cut') throw new ConnectionCut(when === 'after');
    if (fault.kind === 'status') return troubled(fault, correlationId);
    await delay(fault.milliseconds);
  }
  return undefined;
}

function troubled({ status = 500, retryAfterSeconds }: Fault, correlationId: string): ServiceResponse {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const [code, message] = TROUBLE[status] ?? [];
  if (code === undefined || message === undefined) {
    const title = status === 502 ? '502 Bad Gateway' : '504 Gateway Time-out';
    const body = `<html><head><title>${title}</title></head><body>${title}</body></html>`;
    return { status, headers: { ...headers, 'content-type': 'text/html' }, body };
  }
  return responseOf(faultAnswer(new ApiFault(status, code, message, headers), correlationId));
}

/** Path with keys left out, under which calls are counted. */
const patternOf = (path: string): string =>
  isIdentityPath(path)
    ? path.replace(/^\/[^/]+/, '/{tenant}')
    : path.replace(/\([^)]*\)/g, '()').replace(/^.*?\/(?=api\/|ODataV4\/)/, '/');
