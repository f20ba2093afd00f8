import type { JsonObject } from '../../ports/json.js';
import type { ChangePage, RemoteRecord } from '../../sync/ports.js';
import { composite, succeeded } from './composite.js';
import type { CompositeAnswer } from './composite.js';
import { isoTime, toDeletedRecord } from './document.js';
import { allRecords, nextPage, pageOf, queryPath } from './query.js';
import type { QueryPage } from './query.js';
import { readByIds, toRecords } from './reading.js';
import type { ReadingContext } from './reading.js';
import { childChangeQueries, deletedQuery, inScope, opportunitySelect, parentIdOf } from './soql.js';

export interface FeedOptions {
  /** How far a cursor stays behind the server's time, so that a transaction that commits late is still seen. */
  overlapMs: number;
}

function earlier(time: number, overlapMs: number): string {
  return new Date(time - overlapMs).toISOString();
}

/** Cursors never go back: a server whose clock was set back must not make the feed start over. */
function later(a: string, b: string | undefined): string {
  return b !== undefined && b > a ? b : a;
}

function latestStamp(records: readonly JsonObject[]): number {
  return Math.max(0, ...records.map((row) => Date.parse(isoTime(row['SystemModstamp']))));
}

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

/** First load: everything in scope, page by page. A page's cursor lets a broken load go on behind its last record. */
async function* everything(context: ReadingContext, options: FeedOptions): AsyncGenerator<ChangePage> {
  const soql = `${opportunitySelect(context.shape, context.extraFields)} ${inScope(undefined)}`;
  const first = await context.rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
  let cursor: string | undefined;
  for (let page: QueryPage | undefined = pageOf(first.json); page;) {
    const records = await toRecords(context, page.records, first.serverTime);
    const reached = page.next ? latestStamp(page.records) : Math.max(first.serverTime, latestStamp(page.records));
    cursor = later(earlier(reached, options.overlapMs), cursor);
    yield { records, cursor };
    page = page.next ? await nextPage(context.rest, page.next) : undefined;
  }
}

async function poll(context: ReadingContext, since: string): Promise<{ answer: CompositeAnswer; children: string[] }> {
  const select = opportunitySelect(context.shape, context.extraFields);
  const children = childChangeQueries(context.shape, since);
  const answer = await composite(
    context.rest,
    [
      { referenceId: 'opportunities', method: 'GET', url: queryPath(`${select} ${inScope(since)}`) },
      { referenceId: 'deleted', method: 'GET', url: queryPath(deletedQuery(since), 'queryAll') },
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

/**
 * What changed since a cursor: one composite call of five queries (opportunities with their accounts, deletions, and
 * the three kinds of children), which is all an idle poll costs. Further calls are made for further pages and for
 * opportunities of which only a child changed. The cursor moves on with the last page only.
 */
async function* changedSince(context: ReadingContext, options: FeedOptions, since: string): AsyncGenerator<ChangePage> {
  const { answer, children } = await poll(context, since);
  const seen = new Set<string>();
  let latest = answer.serverTime;
  for (let page: QueryPage = pageOf(succeeded(answer, 'opportunities')); ;) {
    const records = await toRecords(context, page.records, answer.serverTime);
    for (const record of records) seen.add(record.key);
    latest = Math.max(latest, latestStamp(page.records));
    if (!page.next) {
      const rest = await remainder(context, answer, children, seen);
      yield { records: [...records, ...rest], cursor: later(earlier(latest, options.overlapMs), since) };
      return;
    }
    yield { records, cursor: since };
    page = await nextPage(context.rest, page.next);
  }
}

async function remainder(
  context: ReadingContext,
  answer: CompositeAnswer,
  children: readonly string[],
  seen: ReadonlySet<string>
): Promise<RemoteRecord[]> {
  const ids = [...(await childParents(context, answer, children))].filter((id) => !seen.has(id));
  const deleted = await allRecords(context.rest, pageOf(succeeded(answer, 'deleted')));
  return [...(await readByIds(context, ids)), ...deleted.map(toDeletedRecord)];
}

/** `Connector.changes`. The cursor is a server time stamp, ISO 8601 UTC. */
export function salesforceChanges(
  context: ReadingContext,
  options: FeedOptions,
  cursor: string | undefined
): AsyncGenerator<ChangePage> {
  return cursor === undefined ? everything(context, options) : changedSince(context, options, cursor);
}
