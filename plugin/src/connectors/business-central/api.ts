import type { Clock } from '../../ports/clock.js';
import { ConnectorError } from '../../ports/errors.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../ports/http.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import type { Admission } from '../http/budgeted-http.js';
import { withBudget } from '../http/budgeted-http.js';
import { withCallCount } from '../http/call-count.js';
import type { CountingHttp } from '../http/call-count.js';
import { withCap } from '../http/in-flight.js';
import { withRetry } from '../http/retry.js';
import type { RetryingHttp, RetryPolicy } from '../http/retry.js';
import { retryAfterMs } from '../http/retry-after.js';
import { serverTimeAtStart } from '../http/server-time.js';
import { answerError, transportError } from './api-errors.js';
import type { Authorization } from './authorization.js';
import { limits, retryPolicy, system } from './system.js';

export interface ApiPorts {
  /** Where the APIs begin, see `apiRoot`. */
  root: string;
  authorization: Authorization;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** @default no limit */
  budget?: Admission;
  /** @default `retryPolicy` */
  retry?: RetryPolicy;
  timeoutMs?: number;
  /** Calls under way at the same time. @default as many as the service runs for one user */
  width?: number;
  /** `Accept-Language`: texts and errors come in it. @default en-US */
  language?: string;
}

export interface ApiRequest {
  method: HttpRequest['method'];
  /** Below the root, without a slash in front, for example `v2.0/companies`; or a link that the service gave. */
  path: string;
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

/** What the connector may ask of Business Central. */
export interface Api {
  /** @throws ConnectorError for every status ≥ 400 that is not in `accept` */
  call(request: ApiRequest): Promise<ApiAnswer>;
  calls(): number;
}

function parse(body: string): JsonValue {
  if (body === '') return null;
  try {
    return JSON.parse(body.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return null;
  }
}

/** Business Central's APIs over `HttpClient`: sign-in, repeats, at most five calls under way, and typed errors. */
export class BusinessCentralApi implements Api {
  private readonly counting: CountingHttp;
  private readonly http: RetryingHttp;

  public constructor(private readonly ports: ApiPorts) {
    this.counting = withCallCount(ports.http);
    const capped = withCap(this.counting, ports.width ?? limits.running);
    this.http = withRetry(ports.budget ? withBudget(capped, ports.budget) : capped, {
      clock: ports.clock,
      random: ports.random,
      policy: ports.retry ?? retryPolicy,
      ...(ports.timeoutMs === undefined ? {} : { totalMs: ports.timeoutMs })
    });
  }

  public calls(): number {
    return this.counting.calls();
  }

  public async call(request: ApiRequest): Promise<ApiAnswer> {
    const { clock, authorization, timeoutMs } = this.ports;
    const url = this.urlOf(request.path);
    // Counted from here, where the caller has just seen that the record is in hand.
    const notAfter = timeoutMs === undefined ? Infinity : clock.now() + timeoutMs;
    let header = await authorization.header();
    let started = clock.now();
    let answer = await this.send(request, url, header, notAfter);
    if (answer.status === 401 && authorization.reject) {
      // A refused call was not carried out, so a create may be sent again too.
      authorization.reject(header);
      header = await authorization.header();
      started = clock.now();
      answer = await this.send(request, url, header, notAfter);
    }
    const json = parse(answer.body);
    if (answer.status >= 400 && !request.accept?.includes(answer.status)) {
      const waitMs = retryAfterMs(answer.headers, clock.now());
      throw answerError(json, { status: answer.status, repeatable: request.repeatable, retryAfterMs: waitMs });
    }
    return {
      status: answer.status,
      json,
      serverTime: serverTimeAtStart(answer, clock.now() - started) ?? started
    };
  }

  /** The sign-in never follows a link to another host. */
  private urlOf(path: string): string {
    const { root } = this.ports;
    if (!/^https?:/i.test(path)) return `${root}/${path}`;
    const given = new URL(path);
    if (given.origin === new URL(root).origin) return path;
    throw new ConnectorError(
      system,
      'connection',
      'FOREIGN_LINK',
      `Business Central named a further page at ${given.host}, which is not where the connection leads.`,
      { nextSteps: ['Check the address of the connection: sf cosell connection test business-central'] }
    );
  }

  private async send(request: ApiRequest, url: string, authorization: string, notAfter: number): Promise<HttpResponse> {
    const { timeoutMs, language = 'en-US' } = this.ports;
    try {
      return await this.http.request({
        method: request.method,
        url,
        headers: {
          accept: 'application/json',
          'accept-language': language,
          authorization,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(timeoutMs === undefined ? {} : { timeoutMs, notAfter }),
        repeatable: request.repeatable
      });
    } catch (error) {
      if (error instanceof HttpTransportError) throw transportError(error, request.repeatable);
      throw error;
    }
  }
}

/** Objects of a list answer's `value`. */
export function valuesOf(json: JsonValue): JsonObject[] {
  const value = (json as JsonObject | null)?.['value'];
  return Array.isArray(value) ? (value as JsonObject[]) : [];
}
