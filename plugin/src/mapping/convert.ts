import type { JsonObject, JsonValue } from '../ports/json.js';
import { isEmpty } from './compare.js';
import { readList, writeList } from './lists.js';
import { valueAt } from './paths.js';
import { readScalar, writeScalar } from './scalars.js';
import type { CanonicalRecord, FieldEnd, FieldRule, Mapping, PathValues, Side } from './types.js';

function readEnd(document: JsonObject, field: FieldRule, end: FieldEnd): JsonValue | undefined {
  const read = field.type === 'list' ? readList : readScalar;
  let raw = valueAt(document, end.path);
  let found = raw === undefined ? undefined : read(raw, field, end);
  for (const path of end.alternatives ?? []) {
    if (!isEmpty(found)) return found;
    raw = valueAt(document, path);
    if (raw === undefined) continue;
    const value = read(raw, field, end);
    found = isEmpty(value) ? (found ?? value) : value;
  }
  return found;
}

/**
 * A system's document in canonical form (handbook, the road, step 2): numbers, dates and text normalised per field type.
 * Fields that are missing from the document, or hold something that cannot be understood, are absent.
 */
export function toCanonical(mapping: Mapping, side: Side, document: JsonObject): CanonicalRecord {
  const record: Record<string, JsonValue> = {};
  for (const field of mapping.fields) {
    const value = readEnd(document, field, field[side]);
    if (value !== undefined) record[field.name] = value;
  }
  if (side === 'right') return record;
  for (const { name, impliedBy } of mapping.fields) {
    if (impliedBy !== undefined && !isEmpty(record[impliedBy.field])) record[name] = impliedBy.value;
  }
  return record;
}

function writeEnd(field: FieldRule, side: Side, value: JsonValue): JsonValue | undefined {
  return field.type === 'list' ? writeList(value, field[side]) : writeScalar(value, field, field[side]);
}

/** Whether a side can hold a canonical value; an open stage, for example, has no single stage name to write. */
export function canWrite(field: FieldRule, side: Side, value: JsonValue): boolean {
  return writeEnd(field, side, value) !== undefined;
}

/** Canonical values as the target side's paths and system values. Values the side cannot hold are left out. */
export function toPathValues(mapping: Mapping, side: Side, changes: CanonicalRecord): PathValues {
  const values: Record<string, JsonValue> = {};
  for (const field of mapping.fields) {
    const change = changes[field.name];
    const value = change === undefined ? undefined : writeEnd(field, side, change);
    if (value !== undefined) values[field[side].path] = value;
  }
  return values;
}

/** The canonical values that a new counterpart starts with: what is filled on the left, else the field's fallback. */
export function creationRecord(mapping: Mapping, left: CanonicalRecord): CanonicalRecord {
  const record: Record<string, JsonValue> = {};
  for (const field of mapping.fields) {
    if (field.direction === 'toLeft' || field.omitOnCreate === true || field.afterClose === true) continue;
    const own = left[field.name];
    const value = isEmpty(own) && field.fallback !== undefined ? field.fallback : own;
    if (value !== undefined && value !== null) record[field.name] = value;
  }
  return record;
}

/** The right-hand values of a new counterpart, constants of the mapping included. */
export function creationValues(mapping: Mapping, left: CanonicalRecord): PathValues {
  return { ...mapping.right.onCreate, ...toPathValues(mapping, 'right', creationRecord(mapping, left)) };
}

/** The name of a field for people. */
export function labelOf(mapping: Mapping, field: string): string {
  return mapping.fields.find(({ name }) => name === field)?.label ?? field;
}
