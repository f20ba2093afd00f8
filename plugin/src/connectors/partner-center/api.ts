import type { Clock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../ports/http.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import type { Admission } from '../http/budgeted-http.js';
import { withBudget } from '../http/budgeted-http.js';
import { withCallCount } from '../http/call-count.js';
import type { CountingHttp } from '../http/call-count.js';
import { withRetry } from '../http/retry.js';
import type { RetryingHttp, RetryPolicy } from '../http/retry.js';
import { retryAfterMs } from '../http/retry-after.js';
import { serverTimeAtStart } from '../http/server-time.js';
import { answerError, transportError } from './api-errors.js';
import { flawOf } from './token-claims.js';
import { referralsAudience } from './tokens.js';
import type { TokenProvider } from './tokens.js';

const resource = '/v1.0/engagements/referrals';

export interface ApiPorts {
  /** Scheme and host, for example `https://api.partner.microsoft.com`. */
  baseUrl: string;
  tokens: TokenProvider;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Identifies this program to Partner Center, which shows it as `lastModifiedVia`. A GUID of our own. */
  callerId: string;
  audience?: string;
  retry?: RetryPolicy;
  timeoutMs?: number;
  /** @default no limit */
  budget?: Admission;
}

export interface ApiRequest {
  method: HttpRequest['method'];
  /** After `/referrals`, for example `/0f8…`. @default none */
  id?: string;
  /** With its question mark. */
  query?: string;
  body?: JsonValue;
  headers?: Readonly<Record<string, string>>;
  /** Carrying it out twice equals once. */
  repeatable: boolean;
  /** Error statuses that are an answer to the caller, not an error. */
  accept?: readonly number[];
}

export interface ApiAnswer {
  status: number;
  json: JsonValue;
  /** Server time when the call was sent, milliseconds since the epoch; our own clock when the server sent none. */
  serverTime: number;
}

/** What the connector may ask of Partner Center. */
export interface Api {
  /** Throws `ConnectorError` for every status ≥ 400 that is not in `accept`. */
  call(request: ApiRequest): Promise<ApiAnswer>;
  calls(): number;
}

function parse(body: string): JsonValue {
  if (body === '') return null;
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return null;
  }
}

/** The referrals API over `HttpClient`: tokens, identifiers per call, repeats and typed errors. */
export class ReferralsApi implements Api {
  private readonly counting: CountingHttp;
  private readonly http: RetryingHttp;
  private readonly audience: string;
  private readonly root: string;

  public constructor(private readonly ports: ApiPorts) {
    this.counting = withCallCount(ports.http);
    this.http = withRetry(ports.budget ? withBudget(this.counting, ports.budget) : this.counting, {
      clock: ports.clock,
      random: ports.random,
      ...(ports.retry ? { policy: ports.retry } : {}),
      ...(ports.timeoutMs === undefined ? {} : { totalMs: ports.timeoutMs })
    });
    this.audience = ports.audience ?? referralsAudience;
    this.root = `${ports.baseUrl.replace(/\/+$/, '')}${resource}`;
  }

  public calls(): number {
    return this.counting.calls();
  }

  public async call(request: ApiRequest): Promise<ApiAnswer> {
    const { clock, tokens, random, timeoutMs } = this.ports;
    const correlationId = random.uuid();
    // Counted from here, where the caller has just seen that the record is in hand.
    const notAfter = timeoutMs === undefined ? Infinity : clock.now() + timeoutMs;
    let token = await tokens.token(this.audience);
    let started = clock.now();
    let answer = await this.send(request, token, correlationId, notAfter);
    if (answer.status === 401 && tokens.reject) {
      // A refused call was not carried out, so a create may be sent again too.
      tokens.reject(this.audience, token);
      token = await tokens.token(this.audience);
      started = clock.now();
      answer = await this.send(request, token, correlationId, notAfter);
    }
    const json = parse(answer.body);
    if (answer.status >= 400 && !request.accept?.includes(answer.status)) {
      throw answerError(answer, json, {
        repeatable: request.repeatable,
        oneRecord: request.id !== undefined,
        correlationId,
        flaw: flawOf(token, clock.now()),
        retryAfterMs: retryAfterMs(answer.headers, clock.now())
      });
    }
    return { status: answer.status, json, serverTime: this.serverTime(answer, started) };
  }

  /** `timestamp` is the service's own response header (Partner Center: REST headers); gateways only send `Date`. */
  private serverTime(answer: HttpResponse, started: number): number {
    const elapsed = this.ports.clock.now() - started;
    return serverTimeAtStart(answer, elapsed, 'timestamp') ?? serverTimeAtStart(answer, elapsed) ?? started;
  }

  private async send(
    request: ApiRequest,
    token: string,
    correlationId: string,
    notAfter: number
  ): Promise<HttpResponse> {
    const { callerId, random, timeoutMs } = this.ports;
    try {
      return await this.http.request({
        method: request.method,
        url: `${this.root}${request.id === undefined ? '' : `/${encodeURIComponent(request.id)}`}${request.query ?? ''}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          // The contract requires it on every operation, reads included; for PATCH too, not application/json-patch+json.
          'content-type': 'application/json',
          'client-request-id': random.uuid(),
          'ms-correlationid': correlationId,
          'x-caller-id': callerId,
          ...request.headers
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(timeoutMs === undefined ? {} : { timeoutMs, notAfter }),
        repeatable: request.repeatable
      });
    } catch (error) {
      if (error instanceof HttpTransportError) throw transportError(error, request.repeatable, correlationId);
      throw error;
    }
  }
}

/** Objects of a list answer's `value`. */
export function valuesOf(json: JsonValue): JsonObject[] {
  const value = (json as JsonObject | null)?.['value'];
  return Array.isArray(value) ? (value as JsonObject[]) : [];
}
