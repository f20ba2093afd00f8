import { Agent, request as send } from 'undici';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../ports/http.js';

export interface UndiciHttpOptions {
  /** Whole-request time-out where the request names none. @default 30000 */
  timeoutMs?: number;
  /** Time to reach the host. @default 5000 */
  connectTimeoutMs?: number;
  /** Sockets per host. @default 16 */
  connections?: number;
  /** Sent unless the request sets its own. */
  userAgent?: string;
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

function kindOf(error: unknown, request: HttpRequest, timer: AbortSignal): HttpTransportError['kind'] {
  if (request.signal?.aborted) return 'aborted';
  if (timer.aborted) return 'timeout';
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

/**
 * HTTP over undici's keep-alive sockets. Redirects are not followed: neither connected system uses them, and a token
 * must not travel to another host. The message of a failure names the host only, never path, query or body.
 */
export function undiciHttp(options: UndiciHttpOptions = {}): ClosableHttp {
  const agent = new Agent({
    connections: options.connections ?? 16,
    connect: { timeout: options.connectTimeoutMs ?? 5000 },
    // The per-request timer below is the only clock; undici's own would fire at 300 s.
    headersTimeout: 0,
    bodyTimeout: 0
  });
  const userAgent = options.userAgent ?? 'sf-plugin-cosell';
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const timer = AbortSignal.timeout(request.timeoutMs ?? options.timeoutMs ?? 30_000);
      const signal = request.signal ? AbortSignal.any([timer, request.signal]) : timer;
      try {
        const answer = await send(request.url, {
          dispatcher: agent,
          method: request.method,
          headers: { 'user-agent': userAgent, ...request.headers },
          body: request.body ?? null,
          signal
        });
        return { status: answer.statusCode, headers: flatten(answer.headers), body: await answer.body.text() };
      } catch (error) {
        const kind = kindOf(error, request, timer);
        throw new HttpTransportError(kind, `${new URL(request.url).host} ${sentences[kind]}.`, { cause: error });
      }
    },
    close: () => agent.close()
  };
}
