import type { JsonObject, JsonValue } from '../ports/json.js';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectsIn = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Attributes of `changes` replace those of `base`; null takes one away. `deep` are merged attribute by attribute. */
function withAttributes(base: JsonObject, changes: JsonObject, deep: readonly string[] = []): JsonObject {
  const result: JsonObject = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    const before = result[name];
    if (value === null) delete result[name];
    else
      result[name] = deep.includes(name) && isObject(before) && isObject(value) ? withAttributes(before, value) : value;
  }
  return result;
}

/** Entries of a list by their key: changed, taken away with `remove: true`, or added at the end. */
function withEntries(base: JsonValue | undefined, changes: JsonValue | undefined, key: string): JsonValue[] {
  const entries = new Map(objectsIn(base).map((entry) => [entry[key], entry]));
  for (const { remove, ...change } of objectsIn(changes)) {
    const before = entries.get(change[key]);
    if (remove === true) entries.delete(change[key]);
    else entries.set(change[key], before ? withAttributes(before, change, ['left', 'right', 'transform']) : change);
  }
  return [...entries.values()];
}

/** Names of entries that a mapping takes away although the one it extends has no such entry. */
export function removesNothing(base: JsonObject, extension: JsonObject): string[] {
  return (['fields', 'preflight'] as const).flatMap((list) => {
    const key = list === 'fields' ? 'name' : 'code';
    const known = new Set(objectsIn(base[list]).map((entry) => entry[key]));
    return objectsIn(extension[list])
      .filter((entry) => entry['remove'] === true && !known.has(entry[key]))
      .map((entry) => String(entry[key]));
  });
}

/**
 * A mapping as another one extends it: fields by name, checks by code, everything else attribute by attribute. Both are as
 * their files have them; the result is validated like a mapping of its own.
 */
export function extendMapping(base: JsonObject, extension: JsonObject): JsonObject {
  const { extends: _extends, fields, preflight, notCarried, left, right, variables, ...rest } = extension;
  return {
    ...base,
    ...rest,
    ...(isObject(base['variables']) || isObject(variables)
      ? {
          variables: withAttributes(
            isObject(base['variables']) ? base['variables'] : {},
            isObject(variables) ? variables : {}
          )
        }
      : {}),
    left: withAttributes(isObject(base['left']) ? base['left'] : {}, isObject(left) ? left : {}),
    right: withAttributes(isObject(base['right']) ? base['right'] : {}, isObject(right) ? right : {}),
    fields: withEntries(base['fields'], fields, 'name'),
    preflight: withEntries(base['preflight'], preflight, 'code'),
    ...(base['notCarried'] === undefined && notCarried === undefined
      ? {}
      : { notCarried: withEntries(base['notCarried'], notCarried, 'name') })
  };
}

/** An extension without what changes fields that the mapping does not have. */
export function onlyKnownFields(base: JsonObject, extension: JsonObject): JsonObject {
  const known = new Set(objectsIn(base['fields']).map(({ name }) => name));
  const fields = objectsIn(extension['fields']).filter(({ name }) => known.has(name));
  return { ...extension, fields };
}

const PLACEHOLDER = /\$\{([A-Za-z]\w*)\}/g;

/**
 * Puts the values of variables where `${name}` stands, in texts and in names of members.
 * @param unknown called with every name that there is no variable of
 */
export function fillIn(
  value: JsonValue,
  variables: Readonly<Record<string, string>>,
  unknown: (name: string) => void
): JsonValue {
  const filled = (text: string): string =>
    text.replace(PLACEHOLDER, (placeholder, name: string) => {
      const known = variables[name];
      if (known === undefined) unknown(name);
      return known ?? placeholder;
    });
  const walk = (item: JsonValue): JsonValue => {
    if (typeof item === 'string') return filled(item);
    if (Array.isArray(item)) return item.map(walk);
    if (!isObject(item)) return item;
    return Object.fromEntries(Object.entries(item).map(([name, member]) => [filled(name), walk(member ?? null)]));
  };
  return walk(value);
}
