import type { FieldValues, Row, SaveOptions, Session } from '../contract.js';
import { storedInstant } from '../org-clock.js';
import { objectRules } from '../rules/index.js';
import type { SObjectSchema } from '../schema.js';
import { ApiError } from '../transport.js';
import { isStored } from '../tables.js';
import { newRow } from './defaults.js';
import type { Engine, SaveContext } from './engine.js';
import { readIncoming } from './incoming.js';
import { settleRecordType } from './record-type.js';
import { changedNames, insertRow, readRow, updateRow } from './rows.js';
import { validate } from './validate.js';

const stamps = ['LastModifiedDate', 'LastModifiedById', 'SystemModstamp'] as const;
/** Not told in change notices: the header of the event says who and when. */
const unannounced: ReadonlySet<string> = new Set(['Id', 'IsDeleted', 'SystemModstamp']);

export function createRecord(engine: Engine, session: Session, object: SObjectSchema, values: FieldValues): string {
  if (!object.createable || !engine.access.object(session, object.name).create) {
    throw new ApiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
  }
  const incoming = readIncoming(engine, session, object, values, 'create');
  const given = new Set(Object.keys(incoming));
  const id = engine.newId(object.keyPrefix);
  const row = newRow({ engine, session, object, given }, id, incoming);
  const context: SaveContext = { engine, session, object, row, given };
  const rules = objectRules[object.name];
  validateBeforeRules(context);
  rules?.beforeSave?.(context);
  insertRow(engine.database, object, row);
  const values_ = Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== null && !unannounced.has(name))
  );
  engine.pending.push({ object, id, type: 'CREATE', changedFields: Object.keys(values_), values: values_ });
  rules?.afterSave?.(context);
  return id;
}

export function updateRecord(
  engine: Engine,
  session: Session,
  object: SObjectSchema,
  before: Row,
  values: FieldValues,
  options: SaveOptions = {}
): void {
  const id = String(before['Id']);
  requireEditable(engine, session, object, id);
  requireUnmodified(before, options);
  const incoming = readIncoming(engine, session, object, values, 'update');
  const now = storedInstant(engine.clock.now());
  const row: Row = {
    ...before,
    ...incoming,
    LastModifiedDate: now,
    LastModifiedById: session.userId,
    SystemModstamp: now
  };
  if (object.custom) row['Name'] ??= id.slice(0, 15);
  const context: SaveContext = { engine, session, object, row, before, given: new Set(Object.keys(incoming)) };
  const rules = objectRules[object.name];
  validateBeforeRules(context);
  rules?.beforeSave?.(context);
  const changed = changedNames(before, row).filter((name) => !stamps.some((stamp) => stamp === name));
  updateRow(engine.database, object, row, [...changed, ...stamps]);
  const announced = [...changed, 'LastModifiedDate'].filter((name) => !unannounced.has(name));
  const told = Object.fromEntries(announced.map((name) => [name, row[name] ?? null]));
  engine.pending.push({ object, id, type: 'UPDATE', changedFields: announced, values: told });
  rules?.afterSave?.(context);
}

/** Field rules look at what the caller gave, so they come before the rules that compute the rest. */
function validateBeforeRules(context: SaveContext): void {
  settleRecordType(context);
  const required = new Set(context.given);
  if (context.before === undefined) {
    for (const field of context.object.fields.values()) if (isStored(field)) required.add(field.name);
  }
  validate({ ...context, given: required });
}

function requireEditable(engine: Engine, session: Session, object: SObjectSchema, id: string): void {
  engine.faults.requireUnlocked(id);
  if (!object.updateable) {
    throw new ApiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be updated: ${object.label}`);
  }
  if (!engine.access.object(session, object.name).edit) {
    throw new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  }
}

/** Instants of HTTP have a granularity of one second, as have the stored ones. */
function requireUnmodified(before: Row, { ifUnmodifiedSince }: SaveOptions): void {
  if (ifUnmodifiedSince === undefined) return;
  if (new Date(String(before['LastModifiedDate'])).getTime() <= ifUnmodifiedSince.getTime()) return;
  throw new ApiError(
    412,
    'PRECONDITION_FAILED',
    `The record was modified at ${String(before['LastModifiedDate'])}, after the instant given in If-Unmodified-Since.`
  );
}

/** The record a request names by its id; NOT_FOUND or ENTITY_IS_DELETED otherwise. */
export function requireRecord(engine: Engine, session: Session, object: SObjectSchema, id: string): Row {
  const row = readRow(engine.database, object, id);
  if (row === undefined || !engine.access.object(session, object.name).read) {
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  if (row['IsDeleted'] === true) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return row;
}
