import type { Row, Session } from '../contract.js';
import { quote } from '../database.js';
import { storedInstant } from '../org-clock.js';
import { objectRules } from '../rules/index.js';
import type { FieldSchema, SObjectSchema } from '../schema.js';
import { ApiError } from '../transport.js';
import type { Engine } from './engine.js';
import { readRow, updateRow } from './rows.js';

/**
 * Puts a record and its dependants into the recycle bin: children cascade, refuse (DELETE_FAILED) or lose their reference,
 * as their field says. Setup records are gone at once.
 */
export function deleteRecord(engine: Engine, session: Session, object: SObjectSchema, row: Row): void {
  const id = String(row['Id']);
  engine.faults.requireUnlocked(id);
  objectRules[object.name]?.beforeDelete?.(engine, row);
  refuseRestricted(engine, object, id);
  markDeleted(engine, session, object, row);
  for (const { childObject, field } of engine.schema.children(object.name)) {
    if (field.name === 'CreatedById' || field.name === 'LastModifiedById' || field.name === 'OwnerId') continue;
    const child = engine.schema.object(childObject);
    if (child === undefined) continue;
    for (const childRow of liveChildren(engine, child, field, id)) release(engine, session, child, field, childRow);
  }
  objectRules[object.name]?.afterDelete?.(engine, row);
}

function refuseRestricted(engine: Engine, object: SObjectSchema, id: string): void {
  for (const { childObject, field } of engine.schema.children(object.name)) {
    const child = engine.schema.object(childObject);
    if (field.reference?.onDelete !== 'Restrict' || child === undefined) continue;
    const blocking = liveChildren(engine, child, field, id);
    if (blocking.length === 0) continue;
    const names = blocking.slice(0, 5).map((each) => String(each[child.nameField] ?? each['Id']));
    const text =
      `Your attempt to delete this record could not be completed because it is associated with the following ` +
      `${child.labelPlural.toLowerCase()}.: ${names.join(', ')}`;
    throw new ApiError(400, 'DELETE_FAILED', text);
  }
}

function liveChildren(engine: Engine, child: SObjectSchema, field: FieldSchema, parentId: string): Row[] {
  const ids = engine.database.all<{ Id: string }>(
    `SELECT "Id" FROM ${quote(child.name)} WHERE ${quote(field.name)} = ? AND "IsDeleted" = 0`,
    parentId
  );
  return ids.map(({ Id }) => readRow(engine.database, child, Id)).filter((row): row is Row => row !== undefined);
}

function release(engine: Engine, session: Session, child: SObjectSchema, field: FieldSchema, row: Row): void {
  if (field.reference?.onDelete === 'Cascade') {
    // A cascade may meet the same record on two ways.
    const current = readRow(engine.database, child, String(row['Id']));
    if (current?.['IsDeleted'] === false) deleteRecord(engine, session, child, current);
    return;
  }
  const after = { ...row, [field.name]: null, SystemModstamp: storedInstant(engine.clock.now()) };
  updateRow(engine.database, child, after, [field.name, 'SystemModstamp']);
  engine.pending.push({
    object: child,
    id: String(row['Id']),
    type: 'UPDATE',
    changedFields: [field.name],
    values: { [field.name]: null }
  });
}

function markDeleted(engine: Engine, session: Session, object: SObjectSchema, row: Row): void {
  if (object.setupObject) {
    engine.database.run(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`, row['Id']);
    return;
  }
  const now = storedInstant(engine.clock.now());
  const after: Row = {
    ...row,
    IsDeleted: true,
    LastModifiedDate: now,
    LastModifiedById: session.userId,
    SystemModstamp: now
  };
  updateRow(engine.database, object, after, ['IsDeleted', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp']);
  engine.pending.push({ object, id: String(row['Id']), type: 'DELETE', changedFields: [], values: {} });
}
