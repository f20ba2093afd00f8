import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { CsvRow } from '../bulk/csv-parser.js';

const numbers = new Set(['currency', 'double', 'int', 'percent', 'long']);

/** A text of Bulk API 2.0 as the REST API gives the same value, by describe's type. Empty is null. */
export function typedValue(text: string, type: string | undefined): JsonValue {
  if (text === '') return type === 'boolean' ? false : null;
  if (type === 'boolean') return text === 'true';
  if (type !== undefined && numbers.has(type)) return Number(text);
  return type === 'datetime' ? text.replace(/Z$/, '+0000') : text;
}

/**
 * A row as the REST API gives it: `Account.Name` becomes a member of `Account`, and a parent of which nothing is set is
 * null, because CSV cannot tell a missing parent from an empty one.
 */
export function typedRow(row: CsvRow, types: Readonly<Record<string, string>>): JsonObject {
  const typed: JsonObject = {};
  const parents: Record<string, JsonObject> = {};
  for (const [column, text] of Object.entries(row)) {
    const [first = '', second] = column.split('.');
    if (second === undefined) typed[column] = typedValue(text, types[column]);
    else (parents[first] ??= {})[second] = typedValue(text, types[column]);
  }
  for (const [name, fields] of Object.entries(parents)) {
    typed[name] = Object.values(fields).some((value) => value !== null) ? fields : null;
  }
  return typed;
}
