import type { Clock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpRequest, HttpResponse } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import { retryAfterMs } from './retry-after.js';

/** When and how long to wait before a request is repeated. Data, so that a system's rules can be read in one place. */
export interface RetryPolicy {
  /** Attempts in total, the first one included. */
  attempts: number;
  /** Upper bound of the first wait; each further one is `factor` times larger, up to `capMs`. */
  baseMs: number;
  factor: number;
  capMs: number;
  /** A server that asks for more patience than this gets it from the engine, not from a sleeping call. */
  maxRetryAfterMs: number;
  statuses: readonly number[];
  transport: readonly HttpTransportError['kind'][];
}

/** Both vendors name 429, 500, 503 and 504 as worth repeating; 502 is what a load balancer says in their place. */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 4,
  baseMs: 300,
  factor: 2,
  capMs: 10_000,
  maxRetryAfterMs: 15_000,
  statuses: [429, 500, 502, 503, 504],
  transport: ['refused', 'cut', 'timeout']
};

export interface RepeatableRequest extends HttpRequest {
  /** The caller vouches that carrying this out twice equals carrying it out once. @default false */
  repeatable?: boolean;
}

/** What of an answer decides about a repeat; the body may be text or a stream. */
type AnswerHead = Pick<HttpResponse, 'status' | 'headers'>;

export interface RetryingHttp<A extends AnswerHead = HttpResponse> {
  request(request: RepeatableRequest): Promise<A>;
}

export interface RetryPorts {
  clock: Clock;
  random: Random;
  policy?: RetryPolicy;
  /**
   * Milliseconds after which nothing of a call may be under way any more, repeats included: a write that outlives the hold on
   * its record could land in somebody else's work. A request that names a longer time-out has that. @default no end
   */
  totalMs?: number;
}

/** Full jitter: anything between nothing and the exponential bound, so that clients do not march in step. */
export function backoffMs(policy: RetryPolicy, attempt: number, random: Random): number {
  const bound = Math.min(policy.capMs, policy.baseMs * policy.factor ** (attempt - 1));
  return Math.round(random.next() * bound);
}

/** Milliseconds to wait before the next attempt, or undefined when this answer is final. */
function waitAfter(
  answer: AnswerHead,
  attempt: number,
  ports: RetryPorts & { policy: RetryPolicy }
): number | undefined {
  const { policy, clock, random } = ports;
  if (attempt >= policy.attempts || !policy.statuses.includes(answer.status)) return undefined;
  const asked = retryAfterMs(answer.headers, clock.now());
  if (asked !== undefined && asked > policy.maxRetryAfterMs) return undefined;
  return (asked ?? 0) + backoffMs(policy, attempt, random);
}

function mayRepeat(error: unknown, attempt: number, policy: RetryPolicy): boolean {
  return error instanceof HttpTransportError && attempt < policy.attempts && policy.transport.includes(error.kind);
}

/** An attempt that has less time than this left is not worth a call. */
const LEAST_MS = 1_000;

/** What is left of the time for a call; without an end the request's own time-out. */
function within(request: HttpRequest, started: number, { clock, totalMs }: RetryPorts): HttpRequest {
  if (totalMs === undefined) return request;
  const left = Math.max(totalMs, request.timeoutMs ?? 0) - (clock.now() - started);
  const timeoutMs = Math.max(1, Math.min(request.timeoutMs ?? left, left));
  // Places in line, sign-in and connecting come out of the same time.
  return { ...request, timeoutMs, notAfter: Math.min(request.notAfter ?? Infinity, clock.now() + left) };
}

function isTimeUp(request: HttpRequest, started: number, wait: number, { clock, totalMs }: RetryPorts): boolean {
  if (totalMs === undefined) return false;
  return clock.now() - started + wait + LEAST_MS > Math.max(totalMs, request.timeoutMs ?? 0);
}

/**
 * Repeats requests marked `repeatable`; all others pass through once. When attempts run out, the last answer is
 * returned or the last transport error thrown, exactly as without retries.
 */
export function withRetry<A extends AnswerHead>(
  http: { request(request: HttpRequest): Promise<A> },
  ports: RetryPorts
): RetryingHttp<A> {
  const full = { policy: defaultRetryPolicy, ...ports };
  return {
    async request({ repeatable, ...request }) {
      const started = full.clock.now();
      for (let attempt = 1; ; attempt += 1) {
        let wait: number | undefined;
        try {
          const answer = await http.request(within(request, started, full));
          wait = repeatable ? waitAfter(answer, attempt, full) : undefined;
          if (wait === undefined || isTimeUp(request, started, wait, full)) return answer;
        } catch (error) {
          if (!repeatable || !mayRepeat(error, attempt, full.policy)) throw error;
          wait = backoffMs(full.policy, attempt, full.random);
          if (isTimeUp(request, started, wait, full)) throw error;
        }
        await full.clock.sleep(wait, request.signal);
      }
    }
  };
}
