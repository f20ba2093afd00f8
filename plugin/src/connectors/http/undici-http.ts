import { createRequire } from 'node:module';
import { clearTimeout, setTimeout as startTimer } from 'node:timers';
import type { Agent as UndiciAgent, Dispatcher } from 'undici';
import { type Clock, systemClock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../ports/http.js';
import { WholeAnswer } from './whole-answer.js';

/** The part of undici that every call needs: all of it takes twice the memory and three times as long to load. */
const Agent = createRequire(import.meta.url)('undici/lib/dispatcher/agent.js') as typeof UndiciAgent;

/** A call that names no time-out of its own. */
export const DEFAULT_TIMEOUT_MS = 30_000;

export interface UndiciHttpOptions {
  /** Whole-request time-out where the request names none. @default 30000 */
  timeoutMs?: number;
  /** Time to reach the host. @default 5000 */
  connectTimeoutMs?: number;
  /** Sockets per host. @default 16 */
  connections?: number;
  /** Sent unless the request sets its own. */
  userAgent?: string;
  clock?: Clock;
}

/** An `HttpClient` that holds sockets; `close` lets them go so that the process can end. */
export interface ClosableHttp extends HttpClient {
  close(): Promise<void>;
}

/** No request was carried out: the host was not reached at all. */
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const connectTimeout = 'UND_ERR_CONNECT_TIMEOUT';
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function kindOf(error: unknown, request: HttpRequest, isOver: boolean): HttpTransportError['kind'] {
  if (request.signal?.aborted) return 'aborted';
  if (isOver) return 'timeout';
  const code = codeOf(error);
  if (unreachable.has(code) || code === connectTimeout) return 'refused';
  return timeouts.has(code) ? 'timeout' : 'cut';
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const sentences: Record<HttpTransportError['kind'], string> = {
  refused: 'cannot be reached',
  cut: 'closed the connection before the answer was complete',
  timeout: 'did not answer in time',
  aborted: 'was not waited for'
};

type Body = Dispatcher.ResponseData['body'];

/** Decodes across pieces: a character of several bytes may be cut in two. */
async function* pieces(body: Body, failure: (error: unknown) => HttpTransportError): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) yield decoder.decode(piece as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw failure(error);
  }
}

/** When a request has to be over, and what it failed with. */
interface Limits {
  timeoutMs: number;
  isLate: () => boolean;
  failure: (error: unknown, isOver: boolean) => HttpTransportError;
}

function limitsOf(request: HttpRequest, longestMs: number, clock: Clock): Limits {
  const { url, notAfter = Infinity } = request;
  const isLate = (): boolean => clock.now() > notAfter;
  const timeoutMs = Math.max(0, Math.ceil(Math.min(request.timeoutMs ?? longestMs, notAfter - clock.now())));
  const failure: Limits['failure'] = (error, isOver) => {
    const kind = kindOf(error, request, isOver || isLate());
    return new HttpTransportError(kind, `${new URL(url).host} ${sentences[kind]}.`, { cause: error });
  };
  return { timeoutMs, isLate, failure };
}

/** One timer and at most one listener per call; both are gone when it ends. */
async function whole(agent: UndiciAgent, request: HttpRequest, { timeoutMs, isLate }: Limits, over: () => void) {
  const { origin, pathname, search } = new URL(request.url);
  const { method, headers, body = null, signal } = request;
  const handler = new WholeAnswer(isLate);
  const giveUp = (): void => handler.giveUp(new Error('The request was not waited for.'));
  const timer = startTimer(() => {
    over();
    giveUp();
  }, timeoutMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    if (signal?.aborted) giveUp();
    else agent.dispatch({ origin, path: `${pathname}${search}`, method, headers: headers ?? {}, body }, handler);
    return await handler.answer;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/**
 * HTTP over undici's keep-alive sockets. Redirects are not followed: neither connected system uses them, and a token
 * must not travel to another host. The message of a failure names the host only, never path, query or body.
 */
export function undiciHttp(options: UndiciHttpOptions = {}): ClosableHttp {
  const agent = new Agent({
    connections: options.connections ?? 16,
    connect: { timeout: options.connectTimeoutMs ?? 5000 },
    // The per-request timer is the only clock; undici's own would fire at 300 s.
    headersTimeout: 0,
    bodyTimeout: 0
  });
  const { clock = systemClock, userAgent = 'sf-plugin-cosell', timeoutMs: longestMs = DEFAULT_TIMEOUT_MS } = options;
  const named = (request: HttpRequest): Record<string, string> => ({ 'user-agent': userAgent, ...request.headers });
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const limits = limitsOf(request, longestMs, clock);
      let isOver = false;
      try {
        const over = (): void => {
          isOver = true;
        };
        const { status, headers, body } = await whole(agent, { ...request, headers: named(request) }, limits, over);
        return { status, headers: flatten(headers), body };
      } catch (error) {
        throw limits.failure(error, isOver);
      }
    },
    async stream(request: HttpRequest): Promise<HttpStream> {
      const { openBody } = await import('./undici-stream.js');
      const { timeoutMs, isLate, failure } = limitsOf(request, longestMs, clock);
      const timer = AbortSignal.timeout(timeoutMs);
      const signal = request.signal ? AbortSignal.any([timer, request.signal]) : timer;
      const { url, method, body = null } = request;
      try {
        const answer = await openBody(agent, { url, method, headers: named(request), body, signal }, isLate);
        const failed = (error: unknown): HttpTransportError => failure(error, timer.aborted);
        return { status: answer.statusCode, headers: flatten(answer.headers), body: pieces(answer.body, failed) };
      } catch (error) {
        throw failure(error, timer.aborted);
      }
    },
    close: () => agent.close()
  };
}
