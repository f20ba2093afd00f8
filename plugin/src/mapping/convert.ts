import type { JsonObject, JsonValue } from '../ports/json.js';
import { isEmpty, sameValue } from './compare.js';
import { readList, writeList } from './lists.js';
import { valueAt } from './paths.js';
import { readScalar, writeScalar } from './scalars.js';
import { transformedSide, transformRead, transformWritten } from './transform.js';
import type { CanonicalRecord, FieldRule, Mapping, PathValues, Side } from './types.js';

const reader = (field: FieldRule) => (field.type === 'list' ? readList : readScalar);

function readRaw(
  document: JsonObject,
  field: FieldRule,
  side: Side,
  raw: JsonValue | undefined
): JsonValue | undefined {
  if (raw === undefined) return undefined;
  if (field.transform === undefined) return reader(field)(raw, field, field[side]);
  const { value } = transformRead(field, side, raw, document) ?? {};
  return value === undefined ? undefined : reader(field)(value, field, field[side]);
}

/** The first of an end's paths that holds something, else its default. A path that was not read is passed over. */
function readEnd(document: JsonObject, field: FieldRule, side: Side): JsonValue | undefined {
  const end = field[side];
  let found = readRaw(document, field, side, valueAt(document, end.path));
  for (const path of end.alternatives ?? []) {
    if (!isEmpty(found)) return found;
    const value = readRaw(document, field, side, valueAt(document, path));
    if (value === undefined) continue;
    found = isEmpty(value) ? (found ?? value) : value;
  }
  // A field that could not be read is not the same as an empty one.
  if (end.default === undefined || found === undefined || !isEmpty(found)) return found;
  return readRaw(document, field, side, end.default) ?? found;
}

/**
 * A system's document in canonical form (handbook, the road, step 2): numbers, dates and text normalised per field type.
 * Fields that are missing from the document, or hold something that cannot be understood, are absent.
 */
export function toCanonical(mapping: Mapping, side: Side, document: JsonObject): CanonicalRecord {
  const record: Record<string, JsonValue> = {};
  for (const field of mapping.fields) {
    const value = readEnd(document, field, side);
    if (value !== undefined) record[field.name] = value;
  }
  if (side === 'right') return record;
  for (const { name, impliedBy } of mapping.fields) {
    if (impliedBy !== undefined && !isEmpty(record[impliedBy.field])) record[name] = impliedBy.value;
  }
  return record;
}

function writeEnd(field: FieldRule, side: Side, value: JsonValue): JsonValue | undefined {
  const raw = field.type === 'list' ? writeList(value, field[side]) : writeScalar(value, field, field[side]);
  if (field.transform === undefined || raw === undefined || transformedSide(field) !== side) return raw;
  const turned = transformWritten(field, side, raw);
  // What does not come back as it went would look like an edit at the next read, and the pair would never come to rest.
  return turned !== undefined && sameValue(field, readBack(field, side, turned), value) ? turned : undefined;
}

function readBack(field: FieldRule, side: Side, raw: JsonValue): JsonValue | undefined {
  const { value } = transformRead(field, side, raw, {}) ?? {};
  return value === undefined ? undefined : reader(field)(value, field, field[side]);
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

const emptyOf = ({ type }: FieldRule): JsonValue => (type === 'boolean' ? false : type === 'list' ? [] : null);

/**
 * What both sides agree on right after a creation, from what was sent: a value that only the fallback gave was never the
 * left side's, so that there the field starts empty and nobody seems to have emptied it.
 */
export function agreedOnCreate(mapping: Mapping, sent: CanonicalRecord): CanonicalRecord {
  const agreed: Record<string, JsonValue> = { ...sent };
  for (const field of mapping.fields) {
    const { name, fallback } = field;
    if (fallback !== undefined && name in agreed && sameValue(field, agreed[name], fallback))
      agreed[name] = emptyOf(field);
  }
  return agreed;
}

/** The right-hand values of a new counterpart, constants of the mapping included. */
export function creationValues(mapping: Mapping, left: CanonicalRecord): PathValues {
  return { ...mapping.right.onCreate, ...toPathValues(mapping, 'right', creationRecord(mapping, left)) };
}

/** The name of a field for people. */
export function labelOf(mapping: Mapping, field: string): string {
  return mapping.fields.find(({ name }) => name === field)?.label ?? field;
}
