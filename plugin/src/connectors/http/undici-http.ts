import { Agent, DecoratorHandler, request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { type Clock, systemClock } from '../../ports/clock.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../ports/http.js';

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

/** Its published type leaves out what it has. */
const Decorator = DecoratorHandler as unknown as new (handler: Dispatcher.DispatchHandler) => {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void;
};

/**
 * Looks at the clock when a connection is there, in the same turn of the event loop in which undici writes to it. Time-outs do
 * not do: a process that stood still learns what its sockets have before it learns what its timers have.
 */
class PunctualHandler extends Decorator {
  public constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly isLate: () => boolean
  ) {
    super(handler);
  }

  public override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    if (this.isLate()) controller.abort(new Error('The time for this request was over before it was sent.'));
    else super.onRequestStart?.(controller, context);
  }
}

type Body = Dispatcher.ResponseData['body'];

interface Opened {
  status: number;
  headers: Record<string, string>;
  body: Body;
  failure: (error: unknown) => HttpTransportError;
}

/** Decodes across pieces: a character of several bytes may be cut in two. */
async function* pieces(body: Body, failure: Opened['failure']): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) yield decoder.decode(piece as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw failure(error);
  }
}

const punctual = (agent: Agent, isLate: () => boolean): Dispatcher =>
  agent.compose((dispatch) => (options, handler) => dispatch(options, new PunctualHandler(handler, isLate)));

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
  const clock = options.clock ?? systemClock;
  const userAgent = options.userAgent ?? 'sf-plugin-cosell';
  const open = async (request: HttpRequest): Promise<Opened> => {
    const { notAfter = Infinity } = request;
    const isLate = (): boolean => clock.now() > notAfter;
    const timeoutMs = Math.min(request.timeoutMs ?? options.timeoutMs ?? 30_000, notAfter - clock.now());
    const timer = AbortSignal.timeout(Math.max(0, Math.ceil(timeoutMs)));
    const failure = (error: unknown): HttpTransportError => {
      const kind = kindOf(error, request, timer.aborted || isLate());
      return new HttpTransportError(kind, `${new URL(request.url).host} ${sentences[kind]}.`, { cause: error });
    };
    try {
      const answer = await send(request.url, {
        dispatcher: punctual(agent, isLate),
        method: request.method,
        headers: { 'user-agent': userAgent, ...request.headers },
        body: request.body ?? null,
        signal: request.signal ? AbortSignal.any([timer, request.signal]) : timer
      });
      return { status: answer.statusCode, headers: flatten(answer.headers), body: answer.body, failure };
    } catch (error) {
      throw failure(error);
    }
  };
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { status, headers, body, failure } = await open(request);
      try {
        return { status, headers, body: await body.text() };
      } catch (error) {
        throw failure(error);
      }
    },
    async stream(request: HttpRequest): Promise<HttpStream> {
      const { status, headers, body, failure } = await open(request);
      return { status, headers, body: pieces(body, failure) };
    },
    close: () => agent.close()
  };
}
