import type { MetadataChange } from './contract.js';
import type { OrgDatabase } from './database.js';
import { storedInstant } from './org-clock.js';
import type { Engine } from './save/engine.js';

/** Stands for every object: what users may see changed. */
const ALL = '*';

export function defineDescribeDates(database: OrgDatabase): void {
  database.define(`CREATE TABLE IF NOT EXISTS _described (object TEXT PRIMARY KEY COLLATE NOCASE, at TEXT NOT NULL)`);
}

/** Notes that the description of these objects, or of all, is another one from now on. */
export function noteDescribeChange(engine: Engine, objects: readonly string[] = [ALL]): void {
  const now = storedInstant(engine.clock.now());
  for (const object of objects) {
    engine.database.run(`INSERT INTO _described VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at`, object, now);
  }
}

/**
 * Notes what a deploy changes: its objects, the parents of its look-ups (their child relationships), and everything when
 * permissions changed or something went away.
 */
export function noteDeploy(engine: Engine, change: MetadataChange): void {
  const wide = [change.deleteObjects, change.deleteFields, change.upsertPermissionSets, change.deletePermissionSets];
  if (wide.some((each) => each.length > 0)) noteDescribeChange(engine);
  const objects = change.upsertObjects.map(({ name }) => name);
  const fields = change.upsertFields.map(({ object }) => object);
  const added = [
    ...change.upsertObjects.flatMap((object) => [...object.fields.values()]),
    ...change.upsertFields.map(({ field }) => field)
  ];
  const parents = added.flatMap((field) => field.reference?.to ?? []);
  noteDescribeChange(engine, [...new Set([...objects, ...fields, ...parents])]);
}

/** When the description of this object (of the latest changed object without a name) changed last; the org's first day otherwise. */
export function describeChangedAt(engine: Engine, object?: string): Date {
  const row = engine.database.first<{ at: string | null }>(
    `SELECT MAX(at) AS at FROM (SELECT at FROM _described WHERE ? IS NULL OR object IN (?, ?)
     UNION ALL SELECT "CreatedDate" AS at FROM "Organization")`,
    object,
    object,
    ALL
  );
  return new Date(row?.at ?? 0);
}
