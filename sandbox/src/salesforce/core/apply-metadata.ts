import { upsertRecordType } from './apply-record-types.js';
import { refreshChannelMembers } from './channel-members.js';
import type { MetadataChange, Session } from './contract.js';
import { noteDeploy } from './describe-dates.js';
import type { SqlComponentStore } from './key-value-stores.js';
import { storedInstant } from './org-clock.js';
import { newRow } from './save/defaults.js';
import type { Engine } from './save/engine.js';
import { insertRow, updateRow, readRow } from './save/rows.js';

/** Applies what a deploy found valid: everything in one transaction, or nothing. */
export function applyMetadata(
  engine: Engine,
  components: SqlComponentStore,
  change: MetadataChange,
  deployer: Session
): void {
  try {
    engine.database.transaction(() => {
      for (const object of change.upsertObjects) engine.schema.upsertObject(object);
      for (const { object, field } of change.upsertFields) engine.schema.upsertField(object, field);
      for (const { object, field } of change.deleteFields) engine.schema.deleteField(object, field);
      for (const type of change.upsertRecordTypes ?? []) upsertRecordType(engine, deployer, type);
      for (const object of change.deleteObjects) deleteObject(engine, object);
      for (const set of change.upsertPermissionSets) upsertPermissionSet(engine, deployer, set);
      for (const name of change.deletePermissionSets) deletePermissionSet(engine, name);
      for (const component of change.upsertComponents) components.upsert(component);
      for (const { type, fullName } of change.deleteComponents) components.delete(type, fullName);
      noteDeploy(engine, change);
      refreshChannelMembers(engine, deployer, components.list('PlatformEventChannelMember'));
    });
  } catch (error) {
    engine.schema.load();
    throw error;
  } finally {
    engine.access.invalidate();
    engine.bus.invalidate();
  }
}

function deleteObject(engine: Engine, object: string): void {
  engine.recordTypes.deleteAll(object);
  engine.schema.deleteObject(object);
}

function upsertPermissionSet(
  engine: Engine,
  session: Session,
  set: MetadataChange['upsertPermissionSets'][number]
): void {
  const object = engine.schema.object('PermissionSet');
  if (object === undefined) return;
  const known = engine.database.first<{ Id: string }>(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?`, set.name);
  const values = { Name: set.name, Label: set.label, Description: set.description === '' ? null : set.description };
  const row = known === undefined ? undefined : readRow(engine.database, object, known.Id);
  if (row === undefined) {
    const given = new Set(Object.keys(values));
    insertRow(
      engine.database,
      object,
      newRow({ engine, session, object, given }, engine.newId(object.keyPrefix), values)
    );
  } else {
    const after = { ...row, ...values, SystemModstamp: storedInstant(engine.clock.now()) };
    updateRow(engine.database, object, after, ['Label', 'Description', 'SystemModstamp']);
  }
  engine.access.setGrant(set.name, set.grant);
}

function deletePermissionSet(engine: Engine, name: string): void {
  engine.database.run(
    `DELETE FROM "PermissionSetAssignment" WHERE "PermissionSetId" IN (SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?)`,
    name
  );
  engine.database.run(`DELETE FROM "PermissionSet" WHERE "Name" = ?`, name);
  engine.access.deleteGrant(name);
}
