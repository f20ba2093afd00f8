import type { Row } from '../contract.js';
import type { FieldSchema } from '../schema.js';
import { storedInstant } from '../org-clock.js';
import { isStored } from '../tables.js';
import type { SaveContext } from './engine.js';

/** A new record with every column: given values first, then defaults, then nothing. */
export function newRow(context: Omit<SaveContext, 'row'>, id: string, given: Row): Row {
  const { engine, session, object } = context;
  const now = storedInstant(engine.clock.now());
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (isStored(field)) row[field.name] = given[field.name] ?? defaultOf(context, field);
  }
  if (object.fields.has('OwnerId')) row['OwnerId'] ??= session.userId;
  // A custom object's text name is never empty: the record's id stands in.
  if (object.custom) row['Name'] ??= id.slice(0, 15);
  return {
    ...row,
    Id: id,
    IsDeleted: false,
    CreatedDate: now,
    CreatedById: session.userId,
    LastModifiedDate: now,
    LastModifiedById: session.userId,
    SystemModstamp: now
  };
}

/** The API applies field defaults to fields left out; an explicit null stays empty except for check boxes. */
function defaultOf({ given, engine, object }: Omit<SaveContext, 'row'>, field: FieldSchema): Row[string] {
  if (field.autoNumber === true) return nextAutoNumber(engine, object.name, field);
  if (field.type === 'boolean') return field.defaultValue === true;
  if (given.has(field.name)) return null;
  return field.defaultValue ?? field.picklist?.values.find((value) => value.defaultValue)?.value ?? null;
}

/** `AU-{000000}` → AU-000001, AU-000002 … Numbers of deleted records are not used again. */
function nextAutoNumber(engine: SaveContext['engine'], object: string, field: FieldSchema): string {
  const key = `${object}.${field.name}`;
  const row = engine.database.all<{ next: number }>(
    `INSERT INTO _sequence VALUES (?, 1) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next`,
    key
  )[0];
  const number = row?.next ?? 1;
  const format = field.displayFormat ?? '{0}';
  return format.replace(/\{(0+)\}/, (_match, zeros: string) => String(number).padStart(zeros.length, '0'));
}
