import type { Clock } from '../../../ports/clock.js';
import { ConnectorError } from '../../../ports/errors.js';
import { HttpTransportError } from '../../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../ports/http.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { Random } from '../../../ports/random.js';
import { retryAfterMs } from '../../http/retry-after.js';
import type { RetryPolicy } from '../../http/retry.js';
import { defaultRetryPolicy, withRetry } from '../../http/retry.js';
import { answerError, faultOf, transportError } from '../api-errors.js';
import { flawOf } from '../token-claims.js';
import type { TokenProvider } from '../tokens.js';
import { system, webhooksAudience } from '../tokens.js';
import type { Registration, TestResult } from './registration-shapes.js';
import { registrationOf, testResultOf } from './registration-shapes.js';

const BASE = '/webhooks/v1/registration';

/** Calls above the limit are answered with the wait; a person decides whether to wait, not a sleeping call. */
const POLICY: RetryPolicy = { ...defaultRetryPolicy, statuses: [500, 502, 503, 504] };

export interface WebhooksApiPorts {
  /** Scheme and host, for example `https://api.partnercenter.microsoft.com`. */
  baseUrl: string;
  tokens: TokenProvider;
  http: HttpClient;
  clock: Clock;
  random: Random;
}

interface Call {
  method: HttpRequest['method'];
  path?: string;
  body?: JsonObject;
  /** Statuses that are an answer to the caller, not an error. */
  accept?: readonly number[];
}

/** What to register: the address and the names of the events. */
export interface WantedRegistration {
  url: string;
  events: readonly string[];
}

/** The registration calls (Partner Center: webhooks). There is one registration for a tenant, and none to delete it. */
export class WebhooksApi {
  public constructor(private readonly ports: WebhooksApiPorts) {}

  /** Undefined when the tenant has none. */
  public async registration(): Promise<Registration | undefined> {
    const { status, json } = await this.call({ method: 'GET', accept: [404] });
    return status === 404 ? undefined : registrationOf(json);
  }

  /** Names of the events that can be registered for. */
  public async supportedEvents(): Promise<string[]> {
    const { json } = await this.call({ method: 'GET', path: '/events' });
    return Array.isArray(json) ? json.filter((name): name is string => typeof name === 'string') : [];
  }

  /** @throws ConnectorError `REGISTRATION_EXISTS` when somebody registered in the meantime */
  public async create(wanted: WantedRegistration): Promise<Registration> {
    const { status, json } = await this.call({ method: 'POST', body: bodyOf(wanted), accept: [409] });
    if (status !== 409) return registrationOf(json);
    throw new ConnectorError(
      system,
      'rejected',
      'REGISTRATION_EXISTS',
      'Another webhook registration was made in the meantime.',
      { status, nextSteps: ['Look at it with: sf cosell webhook show'] }
    );
  }

  public async replace(wanted: WantedRegistration): Promise<Registration> {
    return registrationOf((await this.call({ method: 'PUT', body: bodyOf(wanted) })).json);
  }

  /** Has a test event sent; two in a minute are allowed. Answers the id under which its delivery is looked up. */
  public async sendTest(): Promise<string> {
    const { json } = await this.call({ method: 'POST', path: '/validationEvents' });
    return String((json as JsonObject | null)?.['correlationId'] ?? '');
  }

  /** How the delivery of a test event went so far; kept for seven days. */
  public async testResult(correlationId: string): Promise<TestResult> {
    const path = `/validationEvents/${encodeURIComponent(correlationId)}`;
    return testResultOf((await this.call({ method: 'GET', path })).json);
  }

  private async call(call: Call): Promise<{ status: number; json: JsonValue }> {
    const { tokens, clock, random } = this.ports;
    const correlationId = random.uuid();
    let token = await tokens.token(webhooksAudience);
    let answer = await this.send(call, token, correlationId);
    if (answer.status === 401 && tokens.reject) {
      tokens.reject(webhooksAudience, token);
      token = await tokens.token(webhooksAudience);
      answer = await this.send(call, token, correlationId);
    }
    const json = parse(answer.body);
    if (answer.status < 400 || call.accept?.includes(answer.status)) return { status: answer.status, json };
    throw refusal(answer, json, { token, correlationId, now: clock.now() });
  }

  private async send({ method, path = '', body }: Call, token: string, correlationId: string): Promise<HttpResponse> {
    const { http, clock, random, baseUrl } = this.ports;
    // A test event that was asked for twice would spend the two of a minute.
    const repeatable = method !== 'POST';
    try {
      return await withRetry(http, { clock, random, policy: POLICY }).request({
        method,
        url: `${baseUrl.replace(/\/+$/, '')}${BASE}${path}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'ms-correlationid': correlationId
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        repeatable
      });
    } catch (error) {
      if (error instanceof HttpTransportError) throw transportError(error, repeatable, correlationId);
      throw error;
    }
  }
}

const bodyOf = ({ url, events }: WantedRegistration): JsonObject => ({
  WebhookUrl: url,
  WebhookEvents: [...events]
});

function parse(body: string): JsonValue {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return null;
  }
}

function refusal(
  answer: HttpResponse,
  json: JsonValue,
  { token, correlationId, now }: { token: string; correlationId: string; now: number }
): ConnectorError {
  const { status } = answer;
  const wait = retryAfterMs(answer.headers, now);
  const flaw = flawOf(token, now);
  const details = { status, correlationId, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  if (status === 403 && flaw !== 'appOnly') {
    return new ConnectorError(
      system,
      'connection',
      'WRONG_ROLE',
      'The signed-in user may not manage webhooks in Partner Center.',
      {
        ...details,
        nextSteps: ['Give the user the role Referrals admin in Partner Center, Account settings, User management.']
      }
    );
  }
  if (status === 429) {
    const seconds = Math.ceil((wait ?? 60_000) / 1000);
    return new ConnectorError(system, 'retryable', 'THROTTLED', 'Partner Center allows no further call right now.', {
      ...details,
      nextSteps: [`Try again in ${seconds} seconds. Two test events in a minute are allowed.`]
    });
  }
  if (status === 401 || status >= 500 || status === 403)
    return answerError(answer, json, { repeatable: true, oneRecord: false, correlationId, flaw, retryAfterMs: wait });
  const reason = faultOf(json)?.message || `status ${status}`;
  return new ConnectorError(
    system,
    'rejected',
    'WEBHOOK_REFUSED',
    `Partner Center refused the webhook call: ${reason}`,
    {
      ...details,
      nextSteps: ['Correct what the message names, and look at the registration with: sf cosell webhook show']
    }
  );
}
