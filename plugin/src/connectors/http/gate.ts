import type { Clock } from '../../ports/clock.js';
import { ConnectorError } from '../../ports/errors.js';
import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../ports/http.js';
import { defaultRetryPolicy } from './retry.js';
import { retryAfterMs } from './retry-after.js';
import { openStream } from './streaming.js';

/** Longest pause taken from a server's word: what it says of hours may be wrong, and one call then tells. */
const LONGEST_PAUSE_MS = 900_000;

export interface GatedHttp extends HttpClient {
  stream(request: HttpRequest): Promise<HttpStream>;
  /** Until when the system wants no calls, milliseconds since the epoch; undefined when it takes them. */
  pausedUntil(): number | undefined;
  /** The error that calls get meanwhile; undefined when they only have to wait a moment or not at all. */
  refusal(): ConnectorError | undefined;
}

export interface GateInput {
  system: string;
  /** Name for people. */
  label: string;
  clock: Clock;
}

/**
 * One gate for everything in the process that calls a system. An answer 429 with `Retry-After` (RFC 6585 §4) closes it for all of
 * them, at most for 15 minutes: each call that goes on in spite of it makes the pause longer. Calls wait for a short pause, and
 * are refused during one that no call should sleep through, or that would outlast their own time.
 */
export function withGate(http: HttpClient, { system, label, clock }: GateInput): GatedHttp {
  let until = 0;
  const leftMs = (): number => Math.max(0, until - clock.now());
  const refused = (): ConnectorError =>
    new ConnectorError(
      system,
      'connection',
      'THROTTLED',
      `${label} wants no calls before ${new Date(until).toISOString()} (status 429).`,
      {
        status: 429,
        retryAfterMs: leftMs(),
        nextSteps: ['Wait: the synchronization goes on by itself then.']
      }
    );
  const isLong = (): boolean => leftMs() > defaultRetryPolicy.maxRetryAfterMs;
  const enter = async ({ notAfter = Infinity, signal }: HttpRequest): Promise<void> => {
    while (leftMs() > 0) {
      if (isLong() || until >= notAfter) throw refused();
      await clock.sleep(leftMs(), signal);
    }
  };
  const heed = ({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>): void => {
    if (status !== 429) return;
    const now = clock.now();
    const asked = Math.min(retryAfterMs(headers, now) ?? 0, LONGEST_PAUSE_MS);
    until = Math.max(until, now + asked);
    // Not carried out, so nobody has to be told of the record whose call it was.
    if (asked > 0 && isLong()) throw refused();
  };
  return {
    request: async (request) => {
      await enter(request);
      const answer = await http.request(request);
      heed(answer);
      return answer;
    },
    stream: async (request) => {
      await enter(request);
      const answer = await openStream(http, request);
      if (answer.status === 429) await drained(answer, heed);
      return answer;
    },
    pausedUntil: () => (leftMs() > 0 ? until : undefined),
    refusal: () => (isLong() ? refused() : undefined)
  };
}

/** An answer that nobody will read must not keep its connection. */
async function drained(answer: HttpStream, heed: (answer: HttpStream) => void): Promise<void> {
  try {
    heed(answer);
  } catch (error) {
    for await (const _piece of answer.body);
    throw error;
  }
}
