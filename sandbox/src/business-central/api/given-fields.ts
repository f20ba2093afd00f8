import { ticksOf } from '../../partner-center/core/clock.js';
import type { EntitySet, Property } from '../contract/model.js';
import { ApiFault, badRequest } from '../core/errors.js';
import type { Json, MutableValues } from '../core/values.js';
import { emptyValue } from '../core/values.js';
import { decodeName, memberOf } from '../odata/enum-names.js';

/** What a writer sends: fields of the row, and rows of the collections inside it. */
export interface Given {
  readonly fields: MutableValues;
  readonly children: ReadonlyMap<string, readonly Readonly<Record<string, Json>>[]>;
}

export interface WriteRules {
  /** Read-only fields that may be written all the same. */
  readonly writable: ReadonlySet<string>;
  /** Whether collections may stand inside: deep insert works, deep update does not. */
  readonly deep: boolean;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Checks a body against the set, field by field. Throws 400 in the words of the service. */
export function givenFields(body: Readonly<Record<string, Json>>, set: EntitySet, rules: WriteRules): Given {
  const fields: MutableValues = {};
  const children = new Map<string, readonly Readonly<Record<string, Json>>[]>();
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@odata.') || name.endsWith('@odata.type')) continue;
    const property = set.properties.get(name);
    if (property) fields[name] = fieldValue(property, value, set, rules);
    else children.set(name, childRows(name, value, set, rules));
  }
  return { fields, children };
}

function fieldValue(property: Property, value: Json, set: EntitySet, rules: WriteRules): Json {
  if (set.readOnly.has(property.name) && !rules.writable.has(property.name)) {
    throw new ApiFault(400, 'BadRequest_InvalidOperation', `Control '${property.name}' is read-only.`);
  }
  if (property.type === 'Stream') throw badRequest(`The stream '${property.name}' is written by its own address.`);
  if (value === null) {
    if (property.nullable) return emptyValue(property);
    throw new ApiFault(
      400,
      'BadRequest_RequiredParamNotProvided',
      `Field '${property.name}' must not be blank or empty.`
    );
  }
  const read = READERS[property.type] ?? option;
  return read(property, value);
}

function childRows(
  name: string,
  value: Json,
  set: EntitySet,
  { deep }: WriteRules
): readonly Readonly<Record<string, Json>>[] {
  const navigation = set.navigation.get(name);
  if (!navigation) {
    throw badRequest(
      `The property '${name}' does not exist on type 'Microsoft.NAV.${set.type}'. Make sure to only use property names that are defined by the type.`
    );
  }
  if (!deep) throw badRequest(`Updating the nested collection '${name}' is not supported.`);
  const rows = navigation.collection ? value : [value];
  const isRow = (each: Json): each is Record<string, Json> =>
    typeof each === 'object' && each !== null && !Array.isArray(each);
  if (!Array.isArray(rows) || !rows.every(isRow)) throw badRequest('Invalid Request Body');
  return rows as readonly Readonly<Record<string, Json>>[];
}

type Reader = (property: Property, value: Json) => Json;

const unconvertible = (property: Property, value: Json): ApiFault =>
  badRequest(
    `Cannot convert the value '${typeof value === 'object' ? JSON.stringify(value) : String(value)}' to the expected type 'Edm.${property.type}'.`
  );

function string(property: Property, value: Json): string {
  if (typeof value !== 'string') throw unconvertible(property, value);
  const { maxLength } = property;
  if (maxLength !== undefined && value.length > maxLength) {
    throw new ApiFault(
      400,
      'Application_StringExceededLength',
      `The length of the string is ${value.length}, but it must be less than or equal to ${maxLength} characters. Value: ${value}`
    );
  }
  return value;
}

function guid(property: Property, value: Json): string {
  if (typeof value !== 'string') throw unconvertible(property, value);
  if (GUID.test(value)) return value.toLowerCase();
  throw new ApiFault(
    400,
    'Application_InvalidGUID',
    'Invalid format of GUID string. The correct format of the GUID string is: CDEF7890-ABCD-0123-1234-567890ABCDEF where 0-9, A-F symbolizes hexadecimal digits.'
  );
}

function option(property: Property, value: Json): Json {
  const member = typeof value === 'string' ? memberOf(property, value) : undefined;
  if (member !== undefined) return member;
  const options = (property.members ?? []).map((each) => decodeName(each)).join(',');
  throw new ApiFault(400, 'Unknown', `'${String(value)}' is not an option. The existing options are: ${options}`);
}

function numeric(whole: boolean): Reader {
  return (property, value) => {
    if (typeof value !== 'number' || (whole && !Number.isInteger(value))) throw unconvertible(property, value);
    return value;
  };
}

const checked =
  (fits: (value: Json) => boolean): Reader =>
  (property, value) => {
    if (fits(value)) return value;
    throw unconvertible(property, value);
  };

function isInstant(value: Json): boolean {
  if (typeof value !== 'string') return false;
  try {
    ticksOf(value);
    return true;
  } catch {
    return false;
  }
}

const READERS: Readonly<Record<string, Reader>> = {
  String: string,
  Guid: guid,
  Decimal: numeric(false),
  Int32: numeric(true),
  Int64: numeric(true),
  Boolean: checked((value) => typeof value === 'boolean'),
  Date: checked((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isInstant(value)),
  DateTimeOffset: checked((value) => typeof value === 'string' && value.includes('T') && isInstant(value))
};
