import type { Row } from '../contract.js';
import type { OrgDatabase } from '../database.js';
import { quote } from '../database.js';
import type { SObjectSchema } from '../schema.js';
import { isStored } from '../tables.js';

/** The stored record, deleted or not; booleans as booleans. */
export function readRow(database: OrgDatabase, object: SObjectSchema, id: string): Row | undefined {
  const found = database.first<Row>(`SELECT * FROM ${quote(object.name)} WHERE "Id" = ?`, id);
  return found === undefined ? undefined : fromColumns(object, found);
}

function fromColumns(object: SObjectSchema, columns: Row): Row {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (!isStored(field)) continue;
    const value = columns[field.name] ?? null;
    row[field.name] = field.type === 'boolean' ? value === 1 : value;
  }
  return row;
}

export function insertRow(database: OrgDatabase, object: SObjectSchema, row: Row): void {
  const names = Object.keys(row);
  database.run(
    `INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row)
  );
}

/** Writes the named fields of the row. */
export function updateRow(database: OrgDatabase, object: SObjectSchema, row: Row, names: readonly string[]): void {
  if (names.length === 0) return;
  database.run(
    `UPDATE ${quote(object.name)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "Id" = ?`,
    ...names.map((name) => row[name]),
    row['Id']
  );
}

/** Names of fields whose values differ between two states of a record. */
export function changedNames(before: Row, after: Row): string[] {
  return Object.keys(after).filter((name) => (before[name] ?? null) !== (after[name] ?? null));
}
