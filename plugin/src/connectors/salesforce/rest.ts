import type { Clock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpResponse, HttpStream } from '../../ports/http.js';
import type { ConnectorError } from '../../ports/errors.js';
import type { JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import { withBudget } from '../http/budgeted-http.js';
import { withCallCount } from '../http/call-count.js';
import type { CountingHttp } from '../http/call-count.js';
import type { CallLog } from '../http/call-log.js';
import { withRetry } from '../http/retry.js';
import type { RepeatableRequest, RetryingHttp, RetryPolicy } from '../http/retry.js';
import { retryAfterMs } from '../http/retry-after.js';
import { serverTimeAtStart } from '../http/server-time.js';
import { onePiece, textOf } from '../http/streaming.js';
import { ApiBudget } from './budget/api-budget.js';
import type { BudgetOptions } from './budget/rules.js';
import { answerError, transportError } from './rest-errors.js';
import type { ApiUsage, SalesforceSession } from './session.js';

export const apiVersion = '66.0';
/** Names this product in `Sforce-Call-Options`, on every call. */
export const clientId = 'sf-plugin-cosell';
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
  /** Text of a Bulk API upload, sent instead of `body`. */
  csv?: string;
  /** Whole-request time-out. @default that of the connector */
  timeoutMs?: number;
}

export interface RestAnswer {
  status: number;
  json: JsonValue;
  /** Server time when the call was sent, milliseconds since the epoch; our own clock when the server sent none. */
  serverTime: number;
}

/** An answer read piece by piece. */
export interface RestStream extends Omit<HttpStream, 'status'> {
  /** As in `RestAnswer`. */
  serverTime: number;
}

export interface RestPorts {
  session: SalesforceSession;
  http: HttpClient;
  clock: Clock;
  random: Random;
  retry?: RetryPolicy;
  timeoutMs?: number;
  /** @default `defaultBudget` */
  budget?: Partial<BudgetOptions>;
  /** Where the calls of all processes are counted. @default only those of this process */
  callLog?: CallLog;
}

/** What the connector may ask of the REST API; the modules of this folder depend on this, not on HTTP. */
export interface Rest {
  /** Throws `ConnectorError` for every status ≥ 400 that is not in `accept`. */
  call(request: RestRequest): Promise<RestAnswer>;
  /** As `call`, for answers too large to hold. */
  open(request: RestRequest): Promise<RestStream>;
  calls(): number;
  /** As last seen in `Sforce-Limit-Info`; undefined before the first answer. */
  limits(): ApiUsage | undefined;
  readonly budget: ApiBudget;
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

type Head = Pick<HttpResponse, 'status' | 'headers'>;

/** REST over `HttpClient`: authorization with one renewal, repeats, budget and server time. */
export class SalesforceRest implements Rest {
  public readonly budget: ApiBudget;
  private readonly counting: CountingHttp;
  private readonly whole: RetryingHttp;
  private readonly streamed: RetryingHttp<HttpStream>;

  public constructor(private readonly ports: RestPorts) {
    const { http, clock, random, retry, timeoutMs: totalMs } = ports;
    this.budget = new ApiBudget(clock, ports.budget, ports.callLog);
    this.counting = withCallCount(http);
    const budgeted = withBudget(this.counting, this.budget);
    const repeats = {
      clock,
      random,
      ...(retry ? { policy: retry } : {}),
      ...(totalMs === undefined ? {} : { totalMs })
    };
    this.whole = withRetry(budgeted, repeats);
    this.streamed = withRetry({ request: (request) => shortWhenRefused(budgeted.stream(request)) }, repeats);
  }

  public calls(): number {
    return this.counting.calls();
  }

  public limits(): ApiUsage | undefined {
    return this.budget.usage();
  }

  public async call(request: RestRequest): Promise<RestAnswer> {
    const { answer, serverTime } = await this.signedIn(request, this.whole);
    const json = parse(answer.body);
    if (answer.status >= 400 && !request.accept?.includes(answer.status)) throw this.refused(answer, json);
    return { status: answer.status, json, serverTime };
  }

  public async open(request: RestRequest): Promise<RestStream> {
    const { answer, serverTime } = await this.signedIn(request, this.streamed);
    if (answer.status >= 400) throw this.refused(answer, parse(await textOf(answer.body)));
    return { headers: answer.headers, body: answer.body, serverTime };
  }

  private async signedIn<A extends Head>(
    request: RestRequest,
    http: RetryingHttp<A>
  ): Promise<{ answer: A; serverTime: number }> {
    const { session, clock } = this.ports;
    let started = clock.now();
    let answer = await this.send(request, await session.accessToken(), http);
    if (answer.status === 401) {
      // Nothing was carried out, so even a request that is not repeatable may be sent again.
      const token = await session.renew();
      started = clock.now();
      answer = await this.send(request, token, http);
    }
    return { answer, serverTime: serverTimeAtStart(answer, clock.now() - started) ?? started };
  }

  private refused(answer: Head, json: JsonValue): ConnectorError {
    const error = answerError(answer.status, json, retryAfterMs(answer.headers, this.ports.clock.now()));
    if (error.code !== 'REQUEST_LIMIT_EXCEEDED' || error.kind !== 'connection') return error;
    this.budget.refused();
    // The org names no time itself.
    return answerError(answer.status, json, this.budget.retryAfterMs());
  }

  private async send<A extends Head>(request: RestRequest, token: string, http: RetryingHttp<A>): Promise<A> {
    const { session } = this.ports;
    const { body, csv } = request;
    const timeoutMs = request.timeoutMs ?? this.ports.timeoutMs;
    const content = csv ?? (body === undefined ? undefined : JSON.stringify(body));
    try {
      return await http.request({
        method: request.method,
        url: `${session.instanceUrl}${request.path}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          // Comes back as changeOrigin in change events, so that our own writes can be told apart.
          'sforce-call-options': `client=${clientId}`,
          ...(content === undefined
            ? {}
            : { 'content-type': csv === undefined ? 'application/json' : 'text/csv; charset=UTF-8' }),
          ...request.headers
        },
        ...(content === undefined ? {} : { body: content }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        repeatable: request.repeatable
      });
    } catch (error) {
      if (error instanceof HttpTransportError) throw transportError(error, request.repeatable);
      throw error;
    }
  }
}

/** A refusal is short: read at once, so that a repeat leaves no connection behind with an unread answer. */
async function shortWhenRefused(opening: Promise<HttpStream>): Promise<HttpStream> {
  const answer = await opening;
  if (answer.status < 400) return answer;
  const text = await textOf(answer.body);
  return { ...answer, body: onePiece(text) };
}
