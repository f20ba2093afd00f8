import type { ChangePage, RemoteRecord } from '../../sync/ports.js';
import { composite, succeeded } from './composite.js';
import type { CompositeAnswer } from './composite.js';
import { beginning, earlier, later, latestStamp } from './cursor.js';
import { everything } from './first-read/everything.js';
import type { FirstReadOptions } from './first-read/everything.js';
import { leadsSince } from './inbound/leads.js';
import { allRecords, nextPage, pageOf, queryPath } from './query.js';
import type { QueryPage } from './query.js';
import { readByIds, toRecords } from './reading.js';
import type { ReadingContext } from './reading.js';
import { childChangeQueries, inScope, opportunitySelect, parentIdOf } from './soql.js';

async function childParents(
  context: ReadingContext,
  answer: CompositeAnswer,
  names: readonly string[]
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const name of names) {
    const rows = await allRecords(context.rest, pageOf(succeeded(answer, name)));
    for (const row of rows) ids.add(String(row[parentIdOf(name)]));
  }
  return ids;
}

async function poll(context: ReadingContext, since: string): Promise<{ answer: CompositeAnswer; children: string[] }> {
  const select = opportunitySelect(context.shape, context.extraFields, true);
  const children = childChangeQueries(context.shape, since);
  const answer = await composite(
    context.rest,
    [
      { referenceId: 'opportunities', method: 'GET', url: queryPath(`${select} ${inScope(since)}`, 'queryAll') },
      ...Object.entries(children).map(([referenceId, soql]) => ({
        referenceId,
        method: 'GET' as const,
        url: queryPath(soql, 'queryAll')
      }))
    ],
    true
  );
  return { answer, children: Object.keys(children) };
}

/** A page of opportunities as records, without the rows that they were made of. */
interface Taken {
  records: RemoteRecord[];
  /** Latest time stamp of the rows, milliseconds since the epoch. */
  latest: number;
  next?: string;
}

async function take(context: ReadingContext, page: QueryPage, serverTime: number): Promise<Taken> {
  const records = await toRecords(context, page.records, serverTime);
  return { records, latest: latestStamp(page.records), ...(page.next ? { next: page.next } : {}) };
}

/** The first look, of which only records and ids are kept: the answer is some megabytes, and its page is worked on for minutes. */
async function look(context: ReadingContext, since: string) {
  const { answer, children } = await poll(context, since);
  const leads = await leadsSince(context, since);
  const first = await take(context, pageOf(succeeded(answer, 'opportunities')), answer.serverTime);
  const parents = await childParents(context, answer, children);
  return { first, leads, parents, serverTime: answer.serverTime };
}

/**
 * What changed since a cursor: one composite call of five queries (opportunities with their accounts, deleted ones
 * included, and the four kinds of children), which is all an idle poll costs, with one more while a lead waits. Further calls are made for further pages and for
 * opportunities of which only a child changed. The cursor moves on with the last page only.
 */
async function* changedSince(
  context: ReadingContext,
  options: FirstReadOptions,
  since: string
): AsyncGenerator<ChangePage> {
  const { first, leads, parents, serverTime } = await look(context, since);
  const seen = new Set<string>();
  let latest = serverTime;
  for (let page = first; ;) {
    for (const { key } of page.records) seen.add(key);
    latest = Math.max(latest, page.latest);
    if (page.next === undefined) {
      const rest = await readByIds(
        context,
        [...parents].filter((id) => !seen.has(id))
      );
      const records = [...page.records, ...rest, ...leads];
      yield { records, cursor: later(earlier(latest, options.overlapMs), since) };
      return;
    }
    yield { records: page.records, cursor: since };
    page = await take(context, await nextPage(context.rest, page.next), serverTime);
  }
}

/** `Connector.changes`. The cursor is a server time stamp, ISO 8601 UTC. */
export function salesforceChanges(
  context: ReadingContext,
  options: FirstReadOptions,
  cursor: string | undefined
): AsyncGenerator<ChangePage> {
  const first = cursor === undefined || cursor === beginning;
  return first ? everythingWithLeads(context, options) : changedSince(context, options, cursor);
}

async function* everythingWithLeads(context: ReadingContext, options: FirstReadOptions): AsyncGenerator<ChangePage> {
  const leads = await leadsSince(context, undefined);
  if (leads.length > 0) yield { records: leads, cursor: beginning };
  yield* everything(context, options);
}
