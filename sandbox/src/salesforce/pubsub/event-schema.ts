import { changeEventName } from '../core/change-bus.js';
import type { FieldSchema, SObjectFieldType, SObjectSchema } from '../core/schema.js';

export type AvroType = string | readonly AvroType[] | AvroRecord | { type: 'array'; items: AvroType } | AvroEnum;
interface AvroEnum {
  type: 'enum';
  name: string;
  symbols: readonly string[];
}
export interface AvroField {
  name: string;
  type: AvroType;
  default?: null;
}
export interface AvroRecord {
  type: 'record';
  name: string;
  namespace?: string;
  fields: readonly AvroField[];
}

/** A member of an event: a field of the object, or a compound with the fields behind its members. */
export interface EventField {
  name: string;
  field?: FieldSchema;
  /** Member name → field of the object. */
  members?: ReadonlyMap<string, FieldSchema>;
}

const strings: AvroType = { type: 'array', items: 'string' };

/** Members and order of the header (Change Data Capture guide, "Change Event Header Fields"). */
const header: AvroRecord = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: strings },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: [
          'CREATE',
          'UPDATE',
          'DELETE',
          'UNDELETE',
          'GAP_CREATE',
          'GAP_UPDATE',
          'GAP_DELETE',
          'GAP_UNDELETE',
          'GAP_OVERFLOW',
          'SNAPSHOT'
        ]
      }
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: strings },
    { name: 'diffFields', type: strings },
    { name: 'changedFields', type: strings }
  ]
};

/** Dates and instants are milliseconds since the epoch, UTC. Everything else that is not a number or a flag is text. */
const scalars: Partial<Record<SObjectFieldType, string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'long',
  datetime: 'long'
};

/** The header says who and when; the others never are in events (Change Data Capture guide, "Change Event Message Structure"). */
const leftOut: ReadonlySet<string> = new Set(['Id', 'IsDeleted', 'SystemModstamp']);
const addressMembers = [
  'Street',
  'City',
  'State',
  'PostalCode',
  'Country',
  'StateCode',
  'CountryCode',
  'Latitude',
  'Longitude',
  'GeocodeAccuracy'
];
/** Objects whose Name is the name of a person. */
const personObjects: ReadonlySet<string> = new Set(['Contact', 'Lead', 'User']);
const nameMembers = ['Salutation', 'FirstName', 'LastName', 'MiddleName', 'Suffix'];

function membersOf(object: SObjectSchema, prefix: string, names: readonly string[]): ReadonlyMap<string, FieldSchema> {
  return new Map(
    names.flatMap((name) => {
      const field = object.fields.get(`${prefix}${name}`);
      return field === undefined ? [] : [[name, field] as const];
    })
  );
}

/** The members of an object's events after the header; compound names and addresses are nested. */
export function eventFields(object: SObjectSchema): EventField[] {
  const all = [...object.fields.values()];
  const compounds = new Map<string, ReadonlyMap<string, FieldSchema>>();
  for (const { name, type, compoundPrefix } of all)
    if (type === 'address') compounds.set(name, membersOf(object, compoundPrefix ?? '', addressMembers));
  if (personObjects.has(object.name)) compounds.set('Name', membersOf(object, '', nameMembers));
  const nested = new Set([...compounds.values()].flatMap((members) => [...members.values()]));
  return all
    .filter((field) => !leftOut.has(field.name) && !nested.has(field))
    .map((field) => {
      const members = compounds.get(field.name);
      return members === undefined ? { name: field.name, field } : { name: field.name, members };
    });
}

const scalarOf = (field: FieldSchema): string => scalars[field.type] ?? 'string';
const optional = (name: string, type: AvroType): AvroField => ({ name, type: ['null', type], default: null });

/** The Avro schema of an object's change events. A named type is written out once and referred to by its name after that. */
export function eventSchema(object: SObjectSchema): AvroRecord {
  const written = new Set<string>();
  const compound = (name: string, members: ReadonlyMap<string, FieldSchema>): AvroType => {
    const type = name === 'Name' ? 'PersonName' : 'Address';
    if (written.has(type)) return type;
    written.add(type);
    const fields = [...members].map(([member, field]) => optional(member, scalarOf(field)));
    return { type: 'record', name: type, fields };
  };
  return {
    type: 'record',
    name: changeEventName(object.name),
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: 'ChangeEventHeader', type: header },
      ...eventFields(object).map(({ name, field, members }) =>
        optional(name, members === undefined ? scalarOf(field as FieldSchema) : compound(name, members))
      )
    ]
  };
}
