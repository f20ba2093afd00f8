import type { Row } from '../contract.js';
import { quote } from '../database.js';
import type { FieldSchema } from '../schema.js';
import { ApiError } from '../transport.js';
import type { SaveContext } from './engine.js';
import { checkRecordType } from './record-type.js';

const EMAIL = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]{2,}$/;
const limited = new Set(['string', 'textarea', 'url', 'email', 'phone', 'picklist', 'multipicklist']);
const SHOWN_VALUE = 80;

/** Field rules in the order in which an org reports them; only fields the caller gave are checked on update. */
export function validate(context: SaveContext): void {
  requireValues(context);
  for (const field of context.object.fields.values()) {
    const value = context.row[field.name];
    if (!context.given.has(field.name) || value === null || value === undefined) continue;
    checkValue(field, value);
    if (field.type === 'reference') checkReference(context, field, value as string);
    if (field.unique === true) checkUnique(context, field, value);
  }
}

function requireValues({ object, row, before, given }: SaveContext): void {
  const missing = [...object.fields.values()]
    .filter((field) => !field.nillable && (field.createable || field.updateable) && field.autoNumber !== true)
    .filter((field) => (before === undefined || given.has(field.name)) && (row[field.name] ?? null) === null)
    .map((field) => field.name);
  if (missing.length > 0) {
    throw new ApiError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  }
}

function checkValue(field: FieldSchema, value: string | number | boolean): void {
  if (typeof value !== 'string') return;
  if (limited.has(field.type) && field.length !== undefined && value.length > field.length) {
    const shown = value.length > SHOWN_VALUE ? `${value.slice(0, SHOWN_VALUE)}...` : value;
    const text = `${field.label}: data value too large: ${shown} (max length=${String(field.length)})`;
    throw new ApiError(400, 'STRING_TOO_LONG', text, [field.name]);
  }
  if (field.type === 'email' && !EMAIL.test(value)) {
    throw new ApiError(400, 'INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);
  }
  if (field.picklist?.restricted === true) checkPicklist(field, value);
}

function checkPicklist(field: FieldSchema, value: string): void {
  const parts = field.type === 'multipicklist' ? value.split(';') : [value];
  const allowed = field.picklist?.values.filter((each) => each.active).map((each) => each.value) ?? [];
  const wrong = parts.find((part) => !allowed.includes(part));
  if (wrong === undefined) return;
  const text = `${field.label}: bad value for restricted picklist field: ${wrong}`;
  throw new ApiError(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', text, [field.name]);
}

function checkReference(context: SaveContext, field: FieldSchema, id: string): void {
  const { engine, session } = context;
  const target = engine.schema.objectOfId(id);
  if (target === undefined || field.reference?.to.includes(target.name) !== true) {
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [
      field.name
    ]);
  }
  if (field.name === 'RecordTypeId') {
    checkRecordType(context, field, id);
    return;
  }
  const found = engine.database.first<{ IsDeleted: number }>(
    `SELECT "IsDeleted" FROM ${quote(target.name)} WHERE "Id" = ?`,
    id
  );
  if (found?.IsDeleted === 1) throw new ApiError(400, 'ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  const access = engine.access.object(session, target.name);
  if (found === undefined || !access.read) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  }
  // Writing a detail record changes its master, so the master must be editable ("Read/Write" is the default of the relationship).
  if (field.reference.masterDetail && !access.edit) {
    throw new ApiError(
      400,
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${id}`,
      [field.name]
    );
  }
}

function checkUnique({ engine, object, row }: SaveContext, field: FieldSchema, value: Row[string]): void {
  const other = engine.database.first<{ Id: string }>(
    `SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? AND "Id" <> ? AND "IsDeleted" = 0 LIMIT 1`,
    value,
    row['Id']
  );
  if (other === undefined) return;
  throw object.name === 'User'
    ? new ApiError(
        400,
        'DUPLICATE_USERNAME',
        `Duplicate Username.<br>Another user has already selected this Username.`,
        [field.name]
      )
    : new ApiError(
        400,
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.Id}`
      );
}
