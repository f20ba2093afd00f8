import type { ChangePage } from '../../sync/ports.js';
import { listRows } from './listing.js';
import { allOf, instant } from './query.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';

export interface FeedOptions {
  /** How far a cursor stays behind: a long transaction commits rows whose time of change lies before others' that are seen already. */
  overlapMs: number;
  /** @default the service's own size */
  pageRows?: number;
}

/**
 * `Connector.changes`: rows by their time of change, oldest first. A quiet poll is one call. The cursor never passes the server's
 * time minus the overlap, and is kept with each page, so that a walk that was cut goes on where it was. Movements of stock and
 * balances do not change an item's or customer's time (Business Central: flow fields).
 */
export async function* businessCentralChanges(
  context: SetContext,
  { overlapMs, pageRows }: FeedOptions,
  cursor: string | undefined
): AsyncGenerator<ChangePage> {
  const changed = cursor === undefined ? undefined : `lastModifiedDateTime ge ${instant(Date.parse(cursor))}`;
  let latest = cursor;
  const pages = listRows(context.api, pathOf(context), {
    filter: allOf([context.filter, changed]),
    orderby: 'lastModifiedDateTime',
    expand: context.facts.lines,
    ...(pageRows === undefined ? {} : { pageRows })
  });
  let startedAt: number | undefined;
  for await (const { rows, last, serverTime } of pages) {
    startedAt ??= serverTime;
    const records = rows.map((row) => toRecord(context, row));
    const seen = last ? startedAt : Date.parse(records.at(-1)?.modifiedAt ?? '');
    const next = Number.isNaN(seen) ? undefined : instant(Math.min(seen, startedAt) - overlapMs);
    if (next !== undefined && (latest === undefined || next > latest)) latest = next;
    yield { records, cursor: latest ?? instant(0) };
  }
}
