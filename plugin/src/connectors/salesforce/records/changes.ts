import type { ChangePage } from '../../../sync/ports.js';
import { beginning, earlier, later, latestStamp } from '../cursor.js';
import { nextPage, pageOf, queryPath } from '../query.js';
import type { QueryPage } from '../query.js';
import type { RecordsContext } from './reading.js';
import { recordSelect, toRecords } from './reading.js';

/**
 * `Connector.changes`: rows by SystemModstamp, deleted ones included, in pages of the org's size; a quiet look is one call. The
 * cursor is the server's time minus the overlap and moves on with the last page only, so that a walk that was cut begins anew.
 */
export async function* recordChanges(
  context: RecordsContext,
  { overlapMs }: { overlapMs: number },
  cursor: string | undefined
): AsyncGenerator<ChangePage> {
  const since = cursor === beginning ? undefined : cursor;
  const select = recordSelect(context.shape, since !== undefined);
  const changed = since === undefined ? '' : ` WHERE SystemModstamp >= ${since}`;
  // The id breaks ties: SystemModstamp has steps of one second.
  const soql = `${select}${changed} ORDER BY SystemModstamp, Id`;
  const path = queryPath(soql, since === undefined ? 'query' : 'queryAll');
  const { json, serverTime } = await context.rest.call({ method: 'GET', path, repeatable: true });
  let latest = serverTime;
  for (let page: QueryPage = pageOf(json); ; page = await nextPage(context.rest, page.next)) {
    const records = await toRecords(context, page.records, serverTime);
    latest = Math.max(latest, latestStamp(page.records));
    if (page.next === undefined) {
      yield { records, cursor: later(earlier(latest, overlapMs), since) };
      return;
    }
    yield { records, cursor: since ?? beginning };
  }
}
