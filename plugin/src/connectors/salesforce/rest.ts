import type { Clock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpResponse } from '../../ports/http.js';
import type { JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import { withCallCount } from '../http/call-count.js';
import type { CountingHttp } from '../http/call-count.js';
import { withRetry } from '../http/retry.js';
import type { RepeatableRequest, RetryingHttp, RetryPolicy } from '../http/retry.js';
import { retryAfterMs } from '../http/retry-after.js';
import { serverTimeAtStart } from '../http/server-time.js';
import { answerError, transportError } from './rest-errors.js';
import type { ApiUsage, SalesforceSession } from './session.js';

export const apiVersion = '66.0';
/** Root of every resource path used here. */
export const dataRoot = `/services/data/v${apiVersion}`;

export interface RestRequest {
  method: RepeatableRequest['method'];
  /** From `/services` on. */
  path: string;
  body?: JsonValue;
  headers?: Readonly<Record<string, string>>;
  /** Carrying it out twice equals once. */
  repeatable: boolean;
  /** Error statuses that are an answer to the caller, not an error. */
  accept?: readonly number[];
}

export interface RestAnswer {
  status: number;
  json: JsonValue;
  /** Server time when the call was sent, milliseconds since the epoch; our own clock when the server sent none. */
  serverTime: number;
}

export interface RestPorts {
  session: SalesforceSession;
  http: HttpClient;
  clock: Clock;
  random: Random;
  retry?: RetryPolicy;
  timeoutMs?: number;
}

/** What the connector may ask of the REST API; the modules of this folder depend on this, not on HTTP. */
export interface Rest {
  /** Throws `ConnectorError` for every status ≥ 400 that is not in `accept`. */
  call(request: RestRequest): Promise<RestAnswer>;
  calls(): number;
  /** As last seen in `Sforce-Limit-Info`; undefined before the first answer. */
  limits(): ApiUsage | undefined;
}

/** REST API guide, "Limit Info Header": `api-usage=18/5000`. */
function usageOf(headers: HttpResponse['headers']): ApiUsage | undefined {
  const match = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
  return match ? { used: Number(match[1]), allowed: Number(match[2]) } : undefined;
}

function parse(body: string): JsonValue {
  if (body === '') return null;
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    // A load balancer's HTML page; the status says enough.
    return null;
  }
}

/** REST over `HttpClient`: authorization with one renewal, repeats, limits and server time. */
export class SalesforceRest implements Rest {
  private readonly counting: CountingHttp;
  private readonly http: RetryingHttp;
  private usage: ApiUsage | undefined;

  public constructor(private readonly ports: RestPorts) {
    this.counting = withCallCount(ports.http);
    this.http = withRetry(this.counting, {
      clock: ports.clock,
      random: ports.random,
      ...(ports.retry ? { policy: ports.retry } : {})
    });
  }

  public calls(): number {
    return this.counting.calls();
  }

  public limits(): ApiUsage | undefined {
    return this.usage;
  }

  public async call(request: RestRequest): Promise<RestAnswer> {
    const { session, clock } = this.ports;
    let started = clock.now();
    let answer = await this.send(request, await session.accessToken());
    if (answer.status === 401) {
      // Nothing was carried out, so even a request that is not repeatable may be sent again.
      const token = await session.renew();
      started = clock.now();
      answer = await this.send(request, token);
    }
    this.usage = usageOf(answer.headers) ?? this.usage;
    const json = parse(answer.body);
    if (answer.status >= 400 && !request.accept?.includes(answer.status)) {
      throw answerError(answer.status, json, retryAfterMs(answer.headers, clock.now()));
    }
    return { status: answer.status, json, serverTime: serverTimeAtStart(answer, clock.now() - started) ?? started };
  }

  private async send(request: RestRequest, token: string): Promise<HttpResponse> {
    const { session, timeoutMs } = this.ports;
    try {
      return await this.http.request({
        method: request.method,
        url: `${session.instanceUrl}${request.path}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          // Comes back as changeOrigin in change events, so that our own writes can be told apart.
          'sforce-call-options': 'client=sf-plugin-cosell',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        repeatable: request.repeatable
      });
    } catch (error) {
      if (error instanceof HttpTransportError) throw transportError(error, request.repeatable);
      throw error;
    }
  }
}
