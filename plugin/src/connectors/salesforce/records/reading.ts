import { setAt, valueAt } from '../../../mapping/paths.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { RecordRef, RemoteRecord } from '../../../sync/ports.js';
import { composite, maxQueriesPerComposite, succeeded } from '../composite.js';
import { versionText } from '../document.js';
import { isoTime } from '../document-values.js';
import { allRecords, childRecords, pageOf, queryPath } from '../query.js';
import { chunks } from '../reading.js';
import type { Rest } from '../rest.js';
import { withIds } from '../soql.js';
import type { ObjectShape } from './object-shape.js';
import { erpFields } from './object-shape.js';

/** Keeps a sub-request's address short; five of them go into a call. */
const idsPerQuery = 200;

export interface RecordsContext {
  rest: Rest;
  shape: ObjectShape;
}

/** `SELECT … FROM object` with everything the document holds. */
export function recordSelect({ object, columns, children, hasDeleted, told }: ObjectShape, deletedToo = false): string {
  const own = ['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp', ...columns.values()];
  const ours = told ? Object.values(erpFields) : [];
  const live = deletedToo && hasDeleted ? ' WHERE IsDeleted = false' : '';
  const below = children.map(
    ({ relationship, columns: wanted }) =>
      `(SELECT ${[...new Set(['Id', ...wanted])].join(', ')} FROM ${relationship}${live} ORDER BY Id)`
  );
  const all = new Set([...own, ...ours, ...(deletedToo && hasDeleted ? ['IsDeleted'] : []), ...below]);
  return `SELECT ${[...all].join(', ')} FROM ${object}`;
}

/** What a conditional write and the report need, and the mapped fields under the names that the mapping has for them. */
async function documentOf({ rest, shape }: RecordsContext, row: JsonObject): Promise<JsonObject> {
  const { attributes: _attributes, IsDeleted: _deleted, ...document } = row;
  for (const [path, column] of shape.columns) {
    if (path === column) continue;
    const value: JsonValue | undefined = valueAt(row, column);
    if (value !== undefined) setAt(document, path, value);
  }
  for (const { relationship } of shape.children)
    document[relationship] = { records: await childRecords(rest, row[relationship]) };
  return document;
}

/** A row as the engine sees it. */
export async function toRecord(context: RecordsContext, row: JsonObject, serverTime: number): Promise<RemoteRecord> {
  const modifiedAt = isoTime(row['LastModifiedDate']);
  const deleted = row['IsDeleted'] === true;
  const coupled = row[erpFields.recordId];
  return {
    key: String(row['Id']),
    document: await documentOf(context, row),
    version: deleted ? '' : versionText({ modified: Date.parse(modifiedAt), read: serverTime }),
    modifiedAt,
    createdAt: isoTime(row['CreatedDate']),
    lifecycle: deleted ? 'deleted' : 'open',
    ...(typeof coupled === 'string' && coupled !== '' ? { counterpart: coupled } : {})
  };
}

export const toRecords = (
  context: RecordsContext,
  rows: readonly JsonObject[],
  serverTime: number
): Promise<RemoteRecord[]> => Promise.all(rows.map((row) => toRecord(context, row, serverTime)));

async function readGroup(context: RecordsContext, groups: readonly string[][]): Promise<RemoteRecord[]> {
  const select = recordSelect(context.shape);
  const answer = await composite(
    context.rest,
    groups.map((ids, index) => ({
      referenceId: `ids${index}`,
      method: 'GET',
      url: queryPath(`${select} ${withIds(ids)}`)
    })),
    true
  );
  const records: RemoteRecord[] = [];
  for (const index of groups.keys()) {
    const rows = await allRecords(context.rest, pageOf(succeeded(answer, `ids${index}`)));
    records.push(...(await toRecords(context, rows, answer.serverTime)));
  }
  return records;
}

/** `Connector.read`: fresh reads by id, up to 1,000 in a call. Ids that are gone are absent. */
export async function readRecords(
  context: RecordsContext,
  refs: readonly RecordRef[]
): Promise<ReadonlyMap<string, RemoteRecord>> {
  const ids = [...new Set(refs.map(({ key }) => key))];
  const records: RemoteRecord[] = [];
  for (const groups of chunks(chunks(ids, idsPerQuery), maxQueriesPerComposite))
    records.push(...(await readGroup(context, groups)));
  return new Map(records.map((record) => [record.key, record]));
}
