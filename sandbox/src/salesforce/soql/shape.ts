import type { QueryResult, QueryRow } from '../core/contract.js';
import { wireInstant } from '../core/org-clock.js';
import type { ColumnEntry, RecordShape, ShapeEntry } from './compiled-query.js';

export type SqlRow = readonly (string | number | null)[];
/** Answers of the child queries: entry → parent id → children. */
export type ChildResults = ReadonlyMap<ShapeEntry, ReadonlyMap<string, QueryResult>>;

/** One record of an answer, with `attributes` first and members in the order of the select list. */
export function shapeRecord(shape: RecordShape, row: SqlRow, version: string, children: ChildResults): QueryRow {
  const id = String(row[shape.idIndex]);
  const record: QueryRow = {
    attributes: { type: shape.object.name, url: `/services/data/v${version}/sobjects/${shape.object.name}/${id}` }
  };
  for (const entry of shape.entries) record[entry.name] = shapeEntry(entry, row, version, children, id);
  return record;
}

export function shapeAggregate(shape: RecordShape, row: SqlRow): QueryRow {
  const record: QueryRow = { attributes: { type: 'AggregateResult' } };
  for (const entry of shape.entries) if (entry.kind === 'column') record[entry.name] = convert(entry, row);
  return record;
}

function shapeEntry(entry: ShapeEntry, row: SqlRow, version: string, children: ChildResults, id: string): unknown {
  switch (entry.kind) {
    case 'column':
      return convert(entry, row);
    case 'address':
      return shapeAddress(entry.members, row);
    case 'parent':
      return row[entry.shape.idIndex] === null ? null : shapeRecord(entry.shape, row, version, children);
    default:
      return children.get(entry)?.get(id) ?? null;
  }
}

function shapeAddress(members: readonly { name: string; index: number }[], row: SqlRow): object | null {
  if (members.every(({ index }) => row[index] === null)) return null;
  return { ...Object.fromEntries(members.map(({ name, index }) => [name, row[index] ?? null])), geocodeAccuracy: null };
}

function convert(entry: ColumnEntry, row: SqlRow): unknown {
  const value = row[entry.index] ?? null;
  if (value === null) return null;
  switch (entry.conversion) {
    case 'boolean':
      return value === 1;
    case 'instant':
      return wireInstant(String(value));
    case 'label':
      return entry.field?.picklist?.values.find((each) => each.value === value)?.label ?? value;
    case 'formatted':
      return format(entry, value);
    default:
      return value;
  }
}

/** FORMAT(): numbers and dates as the locale en_US writes them. */
function format(entry: ColumnEntry, value: string | number): string {
  if (typeof value === 'number')
    return value.toLocaleString('en-US', { minimumFractionDigits: entry.field?.scale ?? 0 });
  if (entry.field?.type === 'date')
    return new Date(`${value}T00:00:00Z`).toLocaleDateString('en-US', { timeZone: 'UTC' });
  return entry.field?.type === 'datetime' ? new Date(value).toLocaleString('en-US', { timeZone: 'UTC' }) : value;
}
