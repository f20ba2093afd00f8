import type { JsonObject } from '../../ports/json.js';
import { isoTime } from './document-values.js';

/** Says that nothing was read to its end yet: a feed with this cursor starts over. */
export const beginning = '1970-01-01T00:00:00.000Z';

/** The cursor for a server time, milliseconds since the epoch. */
export function earlier(time: number, overlapMs: number): string {
  return new Date(time - overlapMs).toISOString();
}

/** Cursors never go back: a server whose clock was set back must not make the feed start over. */
export function later(a: string, b: string | undefined): string {
  return b !== undefined && b > a ? b : a;
}

export function latestStamp(records: readonly JsonObject[]): number {
  return Math.max(0, ...records.map((row) => Date.parse(isoTime(row['SystemModstamp']))));
}
