import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import { normalizeId } from '../core/ids.js';
import { parseInstant } from '../core/save/coerce.js';
import type { FieldSchema, SObjectFieldType } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import { invalidField } from './errors.js';

const numbers: ReadonlySet<SObjectFieldType> = new Set(['int', 'double', 'currency', 'percent']);
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export interface Literal {
  raw: string;
  type: LiteralType | undefined;
}

/** Text of a quoted literal. `keepWildcards` leaves `\%` and `\_` to LIKE. */
export function unquote(raw: string, keepWildcards = false): string {
  const inner = raw.startsWith("'") ? raw.slice(1, -1) : raw;
  return inner.replace(/\\(.)/gs, (pair, character: string) => {
    if (keepWildcards && (character === '%' || character === '_' || character === '\\')) return pair;
    return escapes[character] ?? character;
  });
}

/** A literal as the column stores it. Throws INVALID_FIELD when the literal is of another kind than the field. */
export function literalValue(
  soql: string,
  field: FieldSchema,
  { raw, type }: Literal
): string | number | boolean | null {
  if (type === 'NULL') return null;
  const quoted = type === 'STRING';
  if (field.type === 'boolean') {
    if (type !== 'BOOLEAN') throw wrongKind(soql, field, raw, 'boolean', false);
    return raw.toUpperCase() === 'TRUE';
  }
  if (numbers.has(field.type)) return numberValue(soql, field, raw, type);
  if (field.type === 'date') {
    if (type !== 'DATE') throw wrongKind(soql, field, raw, 'date', false);
    return raw;
  }
  if (field.type === 'datetime') return instantValue(soql, field, raw, type);
  if (!quoted)
    throw wrongKind(soql, field, raw, field.type === 'id' || field.type === 'reference' ? 'ID' : 'string', true);
  if (field.type === 'id' || field.type === 'reference') return idValue(unquote(raw));
  return unquote(raw);
}

function numberValue(soql: string, field: FieldSchema, raw: string, type: LiteralType | undefined): number {
  if (type !== 'INTEGER' && type !== 'DECIMAL' && type?.endsWith('_WITH_CURRENCY_PREFIX') !== true) {
    throw wrongKind(soql, field, raw, field.type === 'int' ? 'int' : 'double', false);
  }
  return Number(raw.replace(/^[A-Za-z]{3}/, ''));
}

function instantValue(soql: string, field: FieldSchema, raw: string, type: LiteralType | undefined): string {
  const instant = type === 'DATETIME' ? parseInstant(raw) : undefined;
  if (instant === undefined) throw wrongKind(soql, field, raw, 'dateTime', false);
  return instant.toISOString();
}

function idValue(text: string): string {
  const id = text === '' ? '' : normalizeId(text);
  if (id === undefined) throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return id;
}

function wrongKind(soql: string, field: FieldSchema, raw: string, kind: string, quotes: boolean): ApiError {
  const enclosed = quotes ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const message = `value of filter criterion for field '${field.name}' must be of type ${kind} and ${enclosed}`;
  return invalidField(soql, raw, message);
}
