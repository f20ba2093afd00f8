import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { EntitySetName } from './contract.generated.js';
import { entitySets, enumMembers } from './contract.generated.js';
import { system } from './system.js';

/** What Business Central writes where there is no value: it has no null (Business Central: resource types). */
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const NO_DATE = '0001-01-01';

/** Type of a field as $metadata names it, for example `String(20)`; undefined for a field that it does not know. */
export function fieldType(set: EntitySetName, field: string): string | undefined {
  return (entitySets[set].fields as Readonly<Record<string, string>>)[field];
}

const enumOf = (type: string): Readonly<Record<string, string>> | undefined =>
  type.startsWith('enum ') ? enumMembers[type.slice(5) as keyof typeof enumMembers] : undefined;

/** Samples show members both ways: as they travel (`In_x0020_Review`) and as people read them (`In Review`). */
const decoded = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).trim();

function readValue(value: JsonValue, type: string | undefined): JsonValue {
  if (typeof value !== 'string') return value;
  if (value === NO_GUID || value.startsWith(NO_DATE)) return null;
  return type?.startsWith('enum ') === true ? decoded(value) || null : value;
}

/**
 * A row as the mapping sees it: empty markers are null and enumeration members have their readable names. Expanded rows keep
 * their shape and are treated alike.
 */
export function readRow(set: EntitySetName, row: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [name, value = null] of Object.entries(row)) {
    if (name.startsWith('@odata.')) continue;
    if (Array.isArray(value) && name in entitySets)
      result[name] = value.map((item) => readRow(name as EntitySetName, item as JsonObject));
    else result[name] = readValue(value, fieldType(set, name));
  }
  return result;
}

/** What stands for "nothing" in a write. */
function emptyOf(type: string): JsonValue {
  if (type === 'Guid') return NO_GUID;
  if (type === 'Date') return NO_DATE;
  if (type === 'Boolean') return false;
  if (type === 'Decimal' || type.startsWith('Int')) return 0;
  return enumOf(type)?.[''] ?? '';
}

function refused(code: string, field: string, message: string, nextStep: string): ConnectorError {
  return new ConnectorError(system, 'rejected', code, message, { target: field, nextSteps: [nextStep] });
}

function writeText(field: string, text: string, type: string): JsonValue {
  const members = enumOf(type);
  if (members) {
    const member = members[text] ?? Object.values(members).find((name) => name === text);
    if (member !== undefined) return member;
    const choices = Object.keys(members).filter((name) => name !== '');
    const message = `Business Central has no value "${text}" for ${field}.`;
    throw refused('VALUE_UNKNOWN', field, message, `Use one of: ${choices.join(', ')}.`);
  }
  const longest = Number(/\((\d+)\)$/.exec(type)?.[1] ?? Infinity);
  if (text.length <= longest) return text;
  const message = `${field} has ${text.length} characters, and Business Central takes ${longest}.`;
  throw refused('TEXT_TOO_LONG', field, message, `Shorten it to ${longest} characters.`);
}

/**
 * A canonical value in Business Central's form.
 * @throws ConnectorError `FIELD_UNKNOWN`, `VALUE_UNKNOWN`, `TEXT_TOO_LONG`: what it would refuse is refused here, without a call
 */
export function writeValue(set: EntitySetName, field: string, value: JsonValue): JsonValue {
  const type = fieldType(set, field);
  if (type === undefined)
    throw refused('FIELD_UNKNOWN', field, `${set} has no field ${field}.`, 'Correct the path in the mapping.');
  if (value === null) return emptyOf(type);
  return typeof value === 'string' ? writeText(field, value, type) : value;
}
