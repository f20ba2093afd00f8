import { hash } from 'node:crypto';
import type { JsonValue } from '../ports/json.js';
import { itemKey } from './lists.js';
import type { CanonicalRecord, FieldRule, Mapping, Side } from './types.js';

/** Quoted member names: few, and asked for with every value of every record. */
const quoted = new Map<string, string>();

function quotedName(name: string): string {
  let text = quoted.get(name);
  if (text === undefined) quoted.set(name, (text = JSON.stringify(name)));
  return text;
}

/** JSON text with sorted member names: equal values give equal text. */
export function stableText(value: JsonValue | undefined): string {
  if (value === undefined) return 'absent';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Text is grown piece by piece: this runs several times per record, and lists of pieces cost twice as much.
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${stableText(item)}`;
    return `[${text}]`;
  }
  for (const name of Object.keys(value).sort())
    text += `${text === '' ? '' : ','}${quotedName(name)}:${stableText(value[name])}`;
  return `{${text}}`;
}

/** SHA-256 of the stable text, 32 hex digits: short enough for keys, long enough for a lifetime of records. */
export function contentHash(value: JsonValue | undefined): string {
  return hash('sha256', stableText(value)).slice(0, 32);
}

/** What counts when two items of a list are compared: the key without case, and the members unless only the key counts. */
export function comparableItem(item: JsonValue, field: FieldRule): JsonValue {
  const key = itemKey(item, field);
  if (field.compare === 'key' || typeof item !== 'object' || item === null || Array.isArray(item)) return key;
  return { ...item, [field.key ?? '']: key };
}

function comparable(value: JsonValue | undefined, field: FieldRule): JsonValue | undefined {
  if (field.type !== 'list' || !Array.isArray(value)) return value;
  return value.map((item) => comparableItem(item, field));
}

/** Whether two canonical values of a field are the same value. */
export function sameValue(field: FieldRule, first: JsonValue | undefined, second: JsonValue | undefined): boolean {
  if (first === second) return true;
  // Plain values are the same only when they are identical; there is no text to compare.
  if (typeof first !== 'object' || typeof second !== 'object') return false;
  return stableText(comparable(first, field)) === stableText(comparable(second, field));
}

/**
 * Hash over every field of a side; two reads with the same hash are the same to the engine. On the right, fields that
 * only mattered for the creation do not count.
 */
export function recordHash(mapping: Mapping, side: Side, record: CanonicalRecord): string {
  const content: Record<string, JsonValue> = {};
  for (const field of mapping.fields) {
    const ignored = side === 'right' && field.onCreateOnly;
    const value = ignored ? undefined : comparable(record[field.name], field);
    if (value !== undefined) content[field.name] = value;
  }
  return contentHash(content);
}

/** Whether a canonical value counts as empty. An unticked checkbox is empty, as Salesforce has no third state. */
export function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}
