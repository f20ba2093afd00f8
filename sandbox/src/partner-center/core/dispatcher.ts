import { setTimeout as delay } from 'node:timers/promises';
import type { CallCounters } from '../control/call-counters.js';
import type { Fault, FaultPlan } from '../control/faults.js';
import type { Diagnostics } from './error-answers.js';
import { errorAnswer, throttled, troubled } from './error-answers.js';
import { ReferralApiError, TokenError } from './errors.js';
import type { Host, Route, RouteMatch } from './routes.js';
import { Router } from './routes.js';
import type { Throttle } from './throttle.js';
import type { ApiRequest, ServiceResponse } from './transport.js';
import { ConnectionCut } from './transport.js';
import type { World } from './world.js';
import { newId } from './world.js';

export interface DispatcherParts {
  world: World;
  routes: readonly Route[];
  faults: FaultPlan;
  counters: CallCounters;
  throttle: Throttle;
  /** Work that is due before a call is answered, for example expiry. */
  beforeCall: () => void;
}

/** Hosts whose calls are counted, limited and hit by faults; the inbox is for people. */
const API_HOSTS: readonly Host[] = ['referrals', 'webhooks', 'identity'];
const LIMITED_HOSTS: readonly Host[] = ['referrals', 'webhooks'];

/** One call in, one answer out, or `ConnectionCut`. */
export class Dispatcher {
  private readonly router: Router;

  public constructor(private readonly parts: DispatcherParts) {
    this.router = new Router(parts.routes);
  }

  public async dispatch(request: ApiRequest): Promise<ServiceResponse> {
    const found = this.router.match(request);
    const host = 'route' in found ? found.route.host : hostOf(request.path);
    const diagnostics = diagnosticsOf(request, this.parts.world);
    const name = 'route' in found ? found.route.path : '(other)';
    try {
      const answer = await this.parts.counters.during(() => this.answer(request, found, host, diagnostics));
      if (API_HOSTS.includes(host)) this.parts.counters.record(request.method, name, answer.status);
      return decorate(answer, request, diagnostics);
    } catch (error) {
      if (error instanceof ConnectionCut) this.parts.counters.record(request.method, name, 'cut');
      throw error;
    }
  }

  private async answer(
    request: ApiRequest,
    found: RouteMatch | { allowed: readonly string[] },
    host: Host,
    diagnostics: Diagnostics
  ): Promise<ServiceResponse> {
    const call = LIMITED_HOSTS.includes(host) ? 'data' : 'signIn';
    const faults = API_HOSTS.includes(host) ? this.parts.faults.meet(request, call) : [];
    const early = await this.meet(faults, 'before', diagnostics);
    if (early) return early;
    const wait = LIMITED_HOSTS.includes(host) ? this.limit() : 0;
    if (wait > 0) return throttled(wait);
    this.parts.beforeCall();
    const answer = await this.handle(request, found, host, diagnostics);
    return (await this.meet(faults, 'after', diagnostics)) ?? answer;
  }

  private limit(): number {
    const { throttle, world } = this.parts;
    return throttle.check(world.clock.now(), world.settings().rateLimit);
  }

  private async meet(
    faults: readonly Fault[],
    when: 'before' | 'after',
    diagnostics: Diagnostics
  ): Promise<ServiceResponse | undefined> {
    for (const fault of faults.filter((each) => (each.when ?? 'before') === when)) {
      if (fault.kind === 'cut') throw new ConnectionCut(when === 'after');
      if (fault.kind === 'status') return troubled(fault.status ?? 500, fault.retryAfterSeconds, diagnostics);
      await delay(fault.milliseconds);
    }
    return undefined;
  }

  private async handle(
    request: ApiRequest,
    found: RouteMatch | { allowed: readonly string[] },
    host: Host,
    diagnostics: Diagnostics
  ): Promise<ServiceResponse> {
    try {
      if ('route' in found) return await found.route.handle(request, found.params);
      throw notFound(request, host, found.allowed);
    } catch (error) {
      return errorAnswer(error, host, diagnostics);
    }
  }
}

function hostOf(path: string): Host {
  if (path.startsWith('/v1.0/')) return 'referrals';
  if (path.startsWith('/webhooks/')) return 'webhooks';
  return path.startsWith('/inbox') || path === '/' ? 'inbox' : 'identity';
}

function notFound(request: ApiRequest, host: Host, allowed: readonly string[]): Error {
  if (host === 'identity')
    return new TokenError(404, 'not_found', 900561, `The endpoint ${request.path} does not exist.`);
  if (allowed.length === 0) return new ReferralApiError(404, 'itemNotFound', 'The resource was not found.');
  return new ReferralApiError(405, 'invalidRequest', `The method ${request.method} is not allowed.`, null, {
    allow: allowed.join(', ')
  });
}

function diagnosticsOf(request: ApiRequest, world: World): Diagnostics {
  return {
    requestId: newId(),
    correlationId: request.headers['client-request-id'] ?? request.headers['ms-correlationid'] ?? newId(),
    at: new Date(world.clock.now()).toISOString()
  };
}

/** Partner Center: REST headers, responses. */
function decorate(answer: ServiceResponse, request: ApiRequest, diagnostics: Diagnostics): ServiceResponse {
  const echoed = ['client-request-id', 'ms-correlationid'].flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const server = { ServerInfo: { DataCenter: 'Sandbox', Slice: 'SliceA', Role: 'Referrals' } };
  return {
    ...answer,
    headers: {
      'request-id': diagnostics.requestId,
      'x-ms-ags-diagnostic': JSON.stringify(server),
      timestamp: diagnostics.at,
      ...Object.fromEntries(echoed),
      ...answer.headers
    }
  };
}
