import type { HttpResponse } from '../../ports/http.js';

/**
 * The server's time when a request was sent: its `Date` header minus the time the call took. Earlier than or equal to
 * the moment the server looked at its data, so a cursor built on it cannot step over a change made meanwhile.
 * The header has whole seconds, cut off, which errs on the same safe side.
 * @param header the service's own header where it has one that is more exact
 * @returns milliseconds since the epoch, undefined without a readable header
 */
export function serverTimeAtStart(
  answer: Pick<HttpResponse, 'headers'>,
  elapsedMs: number,
  header: 'date' | 'timestamp' = 'date'
): number | undefined {
  const date = Date.parse(answer.headers[header] ?? '');
  return Number.isNaN(date) ? undefined : date - Math.max(0, elapsedMs);
}
