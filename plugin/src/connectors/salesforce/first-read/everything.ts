import { ConnectorError } from '../../../ports/errors.js';
import type { ChangePage } from '../../../sync/ports.js';
import type { BulkPorts } from '../bulk/job.js';
import { beginning, earlier, later, latestStamp } from '../cursor.js';
import { nextPage, pageOf, queryPath } from '../query.js';
import type { QueryPage } from '../query.js';
import { toRecords } from '../reading.js';
import type { ReadingContext } from '../reading.js';
import { childParts, inScope, opportunitySelect } from '../soql.js';
import { readByBulk } from './by-bulk.js';
import { OutOfOrder } from './merge-join.js';
import { bulkIsCheaper } from './read-plan.js';

export interface FirstReadOptions {
  /** How far a cursor stays behind the server's time, so that a transaction that commits late is still seen. */
  overlapMs: number;
  bulk: Omit<BulkPorts, 'rest'>;
  /** `auto` takes what costs fewer calls, see `bulkIsCheaper`. */
  firstRead: 'auto' | 'rest' | 'bulk';
}

/**
 * Pages of a Bulk read come in the order of ids, so their cursor says "start over" until the last one: what changed
 * before a break and lies behind it was not read. The jobs see each object at a moment of its own; a record or child
 * that changed in between is younger than the cursor and comes again with the next poll.
 */
async function* byBulk(context: ReadingContext, options: FirstReadOptions): AsyncGenerator<ChangePage> {
  const ports: BulkPorts = { ...options.bulk, rest: context.rest };
  const { pages, serverTime } = await readByBulk(ports, context.shape, context.extraFields);
  for await (const rows of pages) yield { records: await toRecords(context, rows, serverTime), cursor: beginning };
  yield { records: [], cursor: earlier(serverTime, options.overlapMs) };
}

/** A page's cursor lets a broken load go on behind its last record. */
async function* byRest(
  context: ReadingContext,
  options: FirstReadOptions,
  first: QueryPage,
  serverTime: number
): AsyncGenerator<ChangePage> {
  let cursor: string | undefined;
  for (let page: QueryPage | undefined = first; page;) {
    const records = await toRecords(context, page.records, serverTime);
    const reached = page.next ? latestStamp(page.records) : Math.max(serverTime, latestStamp(page.records));
    cursor = later(earlier(reached, options.overlapMs), cursor);
    yield { records, cursor };
    page = page.next ? await nextPage(context.rest, page.next) : undefined;
  }
}

/** An org or user without the Bulk API, or ids in an order of their own: the other way works. */
function otherWayWorks(error: unknown): boolean {
  return error instanceof OutOfOrder || (error instanceof ConnectorError && error.kind === 'rejected');
}

/** First load: everything in scope. The first REST page tells how many records there are and how large pages get. */
export async function* everything(context: ReadingContext, options: FirstReadOptions): AsyncGenerator<ChangePage> {
  const soql = `${opportunitySelect(context.shape, context.extraFields)} ${inScope(undefined)}`;
  const answer = await context.rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
  const first = pageOf(answer.json);
  const size = { total: first.total, firstPage: first.records.length, jobs: 1 + childParts(context.shape).length };
  const bulk = options.firstRead === 'bulk' || (options.firstRead === 'auto' && first.next && bulkIsCheaper(size));
  if (bulk) {
    try {
      yield* byBulk(context, options);
      return;
    } catch (error) {
      if (!otherWayWorks(error)) throw error;
    }
  }
  yield* byRest(context, options, first, answer.serverTime);
}
