import type { PathValues } from '../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import { collectRows } from './listing.js';
import { allOf, instant, text } from './query.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';
import { readRow, writeValue } from './values.js';

async function search(context: SetContext, field: string, value: string, since?: string): Promise<RemoteRecord[]> {
  const rows = await collectRows(context.api, pathOf(context), {
    filter: allOf([
      `${field} eq ${text(value)}`,
      since === undefined ? undefined : `lastModifiedDateTime ge ${instant(Date.parse(since))}`
    ]),
    expand: context.facts.lines
  });
  return rows.map((row) => toRecord(context, row));
}

/** What was sent, as a row that came back would read. */
function expected({ set }: SetContext, sent: PathValues): JsonObject {
  const fields = Object.entries(sent).filter(([, value]) => value === null || typeof value !== 'object');
  return readRow(set, Object.fromEntries(fields.map(([name, value]) => [name, writeValue(set, name, value)])));
}

const same = (first: JsonValue | undefined, second: JsonValue | undefined): boolean =>
  (first ?? '') === (second ?? '') || String(first ?? '').trim() === String(second ?? '').trim();

/**
 * `CreatingConnector.findByMarker`. Documents carry our key in the external document number. Customers, contacts and items have no
 * field for it: there a record counts that changed since and still carries everything that was sent. Without knowing what was
 * sent nothing is found, and nothing is created a second time before somebody has looked.
 */
export async function findByMarker(
  context: SetContext,
  marker: string,
  since: string | undefined,
  sent: PathValues | undefined
): Promise<RemoteRecord[]> {
  const { marking } = context.facts;
  if (marking.by === 'field') {
    const found = await search(context, marking.field, marker, since);
    return found.filter(({ counterpart }) => counterpart === marker);
  }
  const value = sent?.[marking.search];
  if (sent === undefined || typeof value !== 'string' || value === '') return [];
  const wanted = Object.entries(expected(context, sent));
  const found = await search(context, marking.search, value, since);
  return found
    .filter(({ document }) => wanted.every(([name, given]) => same(given, document[name])))
    .map((record) => ({ ...record, counterpart: marker }));
}
