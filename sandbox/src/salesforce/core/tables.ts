import type { OrgDatabase } from './database.js';
import { quote } from './database.js';
import type { FieldSchema, SObjectSchema, SObjectFieldType } from './schema.js';

const numeric: ReadonlySet<SObjectFieldType> = new Set(['double', 'currency', 'percent']);

/** Compound addresses are made of their members when read. */
export function isStored(field: FieldSchema): boolean {
  return field.type !== 'address';
}

/** SOQL compares text without case, except ids, dates and case-sensitive unique fields. */
function columnType(field: FieldSchema): string {
  if (field.type === 'boolean' || field.type === 'int') return 'INTEGER';
  if (numeric.has(field.type)) return 'REAL';
  if (['id', 'reference', 'date', 'datetime'].includes(field.type) || field.caseSensitive === true) return 'TEXT';
  return 'TEXT COLLATE NOCASE';
}

function isIndexed(field: FieldSchema): boolean {
  if (field.name === 'SystemModstamp' || field.name === 'LastModifiedDate') return true;
  if (field.name === 'CreatedById' || field.name === 'LastModifiedById') return false;
  return field.type === 'reference' || field.externalId === true || field.unique === true;
}

function indexName(object: string, field: string): string {
  return quote(`${object}.${field}`);
}

function createIndex(database: OrgDatabase, object: string, field: string): void {
  // The order of ids breaks ties of time stamps, which have a granularity of one second.
  const columns = field === 'SystemModstamp' ? `${quote(field)}, "Id"` : quote(field);
  database.define(`CREATE INDEX IF NOT EXISTS ${indexName(object, field)} ON ${quote(object)} (${columns})`);
}

/** Creates the table of an object, or adds the columns and indexes it lacks. Data in place is kept. */
export function ensureTable(database: OrgDatabase, schema: SObjectSchema): void {
  const existing = new Set(
    database.all<{ name: string }>(`SELECT name FROM pragma_table_info(?)`, schema.name).map((column) => column.name)
  );
  const stored = [...schema.fields.values()].filter(isStored);
  if (existing.size === 0) {
    const columns = stored.map((field) =>
      field.type === 'id' ? `${quote(field.name)} TEXT PRIMARY KEY` : `${quote(field.name)} ${columnType(field)}`
    );
    database.define(`CREATE TABLE ${quote(schema.name)} (${columns.join(', ')})`);
  } else {
    for (const field of stored) if (!existing.has(field.name)) addColumn(database, schema.name, field);
  }
  for (const field of stored) if (isIndexed(field)) createIndex(database, schema.name, field.name);
}

/** Rows that exist already get the default of a check box, as in an org, and nothing for other types. */
function addColumn(database: OrgDatabase, object: string, field: FieldSchema): void {
  database.define(`ALTER TABLE ${quote(object)} ADD COLUMN ${quote(field.name)} ${columnType(field)}`);
  if (field.type === 'boolean') {
    database.run(`UPDATE ${quote(object)} SET ${quote(field.name)} = ?`, field.defaultValue === true);
  }
}

/** Deletes the data of a field together with the field. */
export function dropColumn(database: OrgDatabase, object: string, field: FieldSchema): void {
  if (!isStored(field)) return;
  database.define(`DROP INDEX IF EXISTS ${indexName(object, field.name)}`);
  database.define(`ALTER TABLE ${quote(object)} DROP COLUMN ${quote(field.name)}`);
}

export function dropTable(database: OrgDatabase, object: string): void {
  database.define(`DROP TABLE IF EXISTS ${quote(object)}`);
}
