import type { Session } from './contract.js';
import { noteDescribeChange } from './describe-dates.js';
import { storedInstant } from './org-clock.js';
import { recordTypeField, type RecordTypeDefinition } from './record-types.js';
import { newRow } from './save/defaults.js';
import type { Engine } from './save/engine.js';
import { insertRow, readRow, updateRow } from './save/rows.js';

/** Makes a deployed record type a row of RecordType; the first one of a custom object gives the object its RecordTypeId. */
export function upsertRecordType(engine: Engine, session: Session, definition: RecordTypeDefinition): void {
  const object = engine.schema.object('RecordType');
  const owner = engine.schema.object(definition.object);
  if (object === undefined || owner === undefined) return;
  if (!owner.fields.has('RecordTypeId')) engine.schema.upsertField(owner.name, recordTypeField());
  const values = {
    Name: definition.label,
    DeveloperName: definition.developerName,
    SobjectType: owner.name,
    Description: definition.description ?? null,
    IsActive: definition.active
  };
  const known = engine.recordTypes.idOf(owner.name, definition.developerName);
  const row = known === undefined ? undefined : readRow(engine.database, object, known);
  const id = known ?? engine.newId(object.keyPrefix);
  if (row === undefined) {
    const given = new Set(Object.keys(values));
    insertRow(engine.database, object, newRow({ engine, session, object, given }, id, values));
  } else {
    const now = storedInstant(engine.clock.now());
    const stamps = { LastModifiedDate: now, LastModifiedById: session.userId, SystemModstamp: now };
    const after = { ...row, ...values, ...stamps };
    updateRow(engine.database, object, after, [...Object.keys(values), ...Object.keys(stamps)]);
  }
  engine.recordTypes.setPicklists(id, definition.picklists);
  noteDescribeChange(engine, [owner.name]);
}
