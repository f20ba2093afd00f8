import type { FieldValues, Row, Session } from '../contract.js';
import { quote } from '../database.js';
import type { FieldSchema, SObjectSchema } from '../schema.js';
import { ApiError } from '../transport.js';
import { coerce } from './coerce.js';
import type { Engine } from './engine.js';

type Mode = 'create' | 'update';

/**
 * Values of a request by the field's true name, in stored form. Refuses unknown and invisible fields (INVALID_FIELD) and
 * those the caller may not write (INVALID_FIELD_FOR_INSERT_UPDATE, all of them in one message).
 */
export function readIncoming(
  engine: Engine,
  session: Session,
  object: SObjectSchema,
  values: FieldValues,
  mode: Mode
): Row {
  const row: Row = {};
  const refused: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (key === 'attributes' || value === undefined) continue;
    const field = engine.schema.field(object.name, key);
    if (field === undefined) {
      const reference = readParentReference(engine, session, object, key, value);
      if (!isWritable(engine, session, object, reference.field, mode)) refused.push(reference.field.name);
      row[reference.field.name] = reference.id;
      continue;
    }
    requireVisible(engine, session, object, key);
    if (field.name === 'Id') throw idGiven(mode);
    if (!isWritable(engine, session, object, field, mode)) refused.push(field.name);
    else row[field.name] = coerce(field, value);
  }
  if (refused.length > 0) throw notWritable(refused);
  return row;
}

export function requireVisible(engine: Engine, session: Session, object: SObjectSchema, name: string): FieldSchema {
  const field = engine.schema.field(object.name, name);
  if (field === undefined || !engine.access.field(session, object.name, field.name).readable) {
    throw new ApiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  }
  return field;
}

function isWritable(engine: Engine, session: Session, object: SObjectSchema, field: FieldSchema, mode: Mode): boolean {
  const allowed = mode === 'create' ? field.createable : field.updateable;
  return allowed && engine.access.field(session, object.name, field.name).editable;
}

function idGiven(mode: Mode): ApiError {
  return mode === 'create'
    ? new ApiError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])
    : new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
}

function notWritable(names: readonly string[]): ApiError {
  const hint =
    'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
  return new ApiError(
    400,
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. ${hint}`,
    names
  );
}

/** `"Account": {"Code__c": "x"}` names the parent by an external id. */
function readParentReference(
  engine: Engine,
  session: Session,
  object: SObjectSchema,
  key: string,
  value: unknown
): { field: FieldSchema; id: string | null } {
  const lowered = key.toLowerCase();
  const field = [...object.fields.values()].find((each) => each.reference?.relationshipName.toLowerCase() === lowered);
  if (field?.reference === undefined || !engine.access.field(session, object.name, field.name).readable) {
    throw new ApiError(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
  }
  if (value === null) return { field, id: null };
  const entries = typeof value === 'object' ? Object.entries(value).filter(([name]) => name !== 'attributes') : [];
  const [name, wanted] = entries[0] ?? ['', undefined];
  const parent = engine.schema.object(field.reference.to[0] ?? '');
  const external = parent === undefined ? undefined : engine.schema.field(parent.name, name);
  if (parent === undefined || entries.length !== 1 || external?.externalId !== true) {
    const text = `The relationship ${key} must be given as one external ID field of ${field.reference.to.join(' or ')}.`;
    throw new ApiError(400, 'INVALID_FIELD', text, [key]);
  }
  const found = engine.database.all<{ Id: string }>(
    `SELECT "Id" FROM ${quote(parent.name)} WHERE ${quote(external.name)} = ? AND "IsDeleted" = 0 LIMIT 2`,
    coerce(external, wanted)
  );
  if (found[0] === undefined || found.length > 1) {
    const text = `Foreign key external ID: ${String(wanted).toLowerCase()} not found for field ${external.name} in entity ${parent.name}`;
    throw new ApiError(400, 'INVALID_FIELD', text);
  }
  return { field, id: found[0].Id };
}
