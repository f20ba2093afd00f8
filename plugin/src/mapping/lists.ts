import type { JsonObject, JsonValue } from '../ports/json.js';
import { setAt, valueAt } from './paths.js';
import { canonicalText } from './scalars.js';
import type { FieldEnd, FieldRule } from './types.js';

/** The key of a canonical item, without case; empty when it has none. */
export function itemKey(item: JsonValue, field: FieldRule): string {
  const value = typeof item === 'object' && item !== null && !Array.isArray(item) ? item[field.key ?? ''] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
}

const byKey = (field: FieldRule) => (first: JsonObject, second: JsonObject) =>
  itemKey(first, field) < itemKey(second, field) ? -1 : 1;

function readItem(item: JsonValue, members: Readonly<Record<string, string>>): JsonObject {
  const source = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {};
  const result: JsonObject = {};
  for (const [name, path] of Object.entries(members)) {
    const value = valueAt(source, path) ?? null;
    result[name] = typeof value === 'string' ? canonicalText(value) : value;
  }
  return result;
}

/**
 * System list → canonical list: items keyed, sorted by key, without repetitions (the first one counts).
 * An item without a key cannot be found again on the other side, so it does not take part.
 */
export function readList(value: JsonValue, field: FieldRule, end: FieldEnd): JsonValue | undefined {
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const items = new Map<string, JsonObject>();
  for (const source of value) {
    const item = readItem(source, end.item ?? {});
    const key = itemKey(item, field);
    if (key !== '' && !items.has(key)) items.set(key, item);
  }
  return [...items.values()].sort(byKey(field));
}

/** Canonical list → system list. Empty members are left out, as both systems treat missing and null alike in items. */
export function writeList(value: JsonValue, end: FieldEnd): JsonValue {
  if (!Array.isArray(value)) return [];
  return value.map((item) => {
    const target: JsonObject = { ...end.itemDefaults };
    const source = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {};
    for (const [name, path] of Object.entries(end.item ?? {})) {
      const member = source[name];
      if (member !== undefined && member !== null) setAt(target, path, member);
    }
    return target;
  });
}

/** The items of a canonical list by key. */
export function itemsByKey(value: JsonValue | undefined, field: FieldRule): Map<string, JsonValue> {
  return new Map((Array.isArray(value) ? value : []).map((item) => [itemKey(item, field), item]));
}

/** A canonical list from items, sorted by key. */
export function listOf(items: Iterable<JsonValue>, field: FieldRule): JsonValue {
  return ([...items] as JsonObject[]).sort(byKey(field));
}
