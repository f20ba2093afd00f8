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
  const { answer, children } = await poll(context, since);
  const leads = await leadsSince(context, since);
  const seen = new Set<string>();
  let latest = answer.serverTime;
  for (let page: QueryPage = pageOf(succeeded(answer, 'opportunities')); ;) {
    const records = await toRecords(context, page.records, answer.serverTime);
    for (const record of records) seen.add(record.key);
    latest = Math.max(latest, latestStamp(page.records));
    if (!page.next) {
      const rest = await remainder(context, answer, children, seen);
      yield { records: [...records, ...rest, ...leads], cursor: later(earlier(latest, options.overlapMs), since) };
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
  return readByIds(context, ids);
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
