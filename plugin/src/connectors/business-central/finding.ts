import type { PathValues } from '../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import { collectRows } from './listing.js';
import type { Query } from './query.js';
import { allOf, instant, queryString, text } from './query.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';
import { readRow, writeValue } from './values.js';

/** What was sent, as a row that came back would read. */
function expected({ set }: SetContext, sent: PathValues): JsonObject {
  const fields = Object.entries(sent).filter(([, value]) => value === null || typeof value !== 'object');
  return readRow(set, Object.fromEntries(fields.map(([name, value]) => [name, writeValue(set, name, value)])));
}

const same = (first: JsonValue | undefined, second: JsonValue | undefined): boolean =>
  (first ?? '') === (second ?? '') || String(first ?? '').trim() === String(second ?? '').trim();

/** What is looked for: the arguments of `CreatingConnector.findByMarker`. */
export interface MarkerSearch {
  marker: string;
  since: string | undefined;
  sent: PathValues | undefined;
}

function queryFor({ facts: { marking, lines } }: SetContext, { marker, since, sent }: MarkerSearch): Query | undefined {
  const [field, value] = marking.by === 'field' ? [marking.field, marker] : [marking.search, sent?.[marking.search]];
  if (typeof value !== 'string' || value === '') return undefined;
  return {
    filter: allOf([
      `${field} eq ${text(value)}`,
      since === undefined ? undefined : `lastModifiedDateTime ge ${instant(Date.parse(since))}`
    ]),
    expand: lines
  };
}

/** Address of the rows among which the record would be; undefined when there is nothing to search by. */
export function searchFor(context: SetContext, search: MarkerSearch): string | undefined {
  const query = queryFor(context, search);
  return query && `${pathOf(context)}${queryString(query)}`;
}

/** Those of the rows that count as the creation looked for. */
export function matching(
  context: SetContext,
  { marker, sent }: MarkerSearch,
  rows: readonly JsonObject[]
): RemoteRecord[] {
  const found = rows.map((row) => toRecord(context, row));
  if (context.facts.marking.by === 'field') return found.filter(({ counterpart }) => counterpart === marker);
  const wanted = Object.entries(expected(context, sent ?? {}));
  return found
    .filter(({ document }) => wanted.every(([name, given]) => same(given, document[name])))
    .map((record) => ({ ...record, counterpart: marker }));
}

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
  const search = { marker, since, sent };
  const query = queryFor(context, search);
  if (query === undefined) return [];
  return matching(context, search, await collectRows(context.api, pathOf(context), query));
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Id of the record that people call by its number or code; an id is taken as it is. */
export async function findByName(context: SetContext, named: string): Promise<string | undefined> {
  if (GUID.test(named)) return named.toLowerCase();
  const field = context.facts.page.field === 'Code' ? 'code' : 'number';
  const query = { select: ['id'], filter: `${field} eq ${text(named)}`, top: 1 };
  const [row] = await collectRows(context.api, pathOf(context), query);
  return row === undefined ? undefined : String(row['id']);
}
