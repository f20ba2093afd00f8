import type { JsonObject, JsonValue } from '../ports/json.js';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The steps of the paths seen so far. Paths come from mappings, so they are few, and each is asked for once per record. */
const known = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (steps === undefined) known.set(path, (steps = path.split('.')));
  return steps;
}

/**
 * The value at a dotted path. `null` anywhere on the way is `null`: a referral without Microsoft has no help code.
 * A member that is not there at all is `undefined`: it was not read, which is not the same as empty.
 */
export function valueAt(document: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const name of stepsOf(path)) {
    if (value === null || value === undefined) return value;
    if (!isObject(value)) return undefined;
    value = value[name];
  }
  return value;
}

/** Sets a dotted path inside a plain object, making the objects on the way. */
export function setAt(target: JsonObject, path: string, value: JsonValue): void {
  const names = stepsOf(path);
  const last = names.at(-1) ?? path;
  let holder = target;
  for (const name of names.slice(0, -1)) {
    const next = holder[name];
    const child: JsonObject = isObject(next) ? next : {};
    holder[name] = child;
    holder = child;
  }
  holder[last] = value;
}
