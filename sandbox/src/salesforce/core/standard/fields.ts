import type { FieldSchema, PicklistValue, SObjectFieldType, SObjectSchema } from '../schema.js';

/** Deviations from what a builder assumes: optional, writable, governed by field-level security. */
export type FieldTraits = Partial<Omit<FieldSchema, 'name' | 'label' | 'type'>> & { required?: boolean };

/** A standard field; `required` means neither empty nor hidden, as for Opportunity.StageName. */
export function field(name: string, label: string, type: SObjectFieldType, traits: FieldTraits = {}): FieldSchema {
  const { required = false, ...rest } = traits;
  return {
    name,
    label,
    type,
    custom: false,
    nillable: !required,
    createable: true,
    updateable: true,
    permissionable: !required,
    ...rest
  };
}

export const text = (name: string, label: string, length: number, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'string', { length, ...traits });

export const longText = (name: string, label: string, length: number, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'textarea', { length, longText: length > 255, ...traits });

export const url = (name: string, label: string): FieldSchema => field(name, label, 'url', { length: 255 });
export const email = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'email', { length: 80, ...traits });
export const phone = (name: string, label: string): FieldSchema => field(name, label, 'phone', { length: 40 });
export const date = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'date', traits);
export const datetime = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'datetime', traits);
export const integer = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'int', { precision: 8, scale: 0, ...traits });
export const double = (
  name: string,
  label: string,
  precision: number,
  scale: number,
  traits?: FieldTraits
): FieldSchema => field(name, label, 'double', { precision, scale, ...traits });
export const percent = (name: string, label: string, precision: number, scale: number): FieldSchema =>
  field(name, label, 'percent', { precision, scale });
export const currency = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'currency', { precision: 18, scale: 2, ...traits });

/** Check boxes are never empty; an absent value is stored as the default. */
export const checkbox = (name: string, label: string, traits?: FieldTraits): FieldSchema =>
  field(name, label, 'boolean', { nillable: false, defaultValue: false, ...traits });

export function picklistValues(values: readonly string[], defaultValue?: string): PicklistValue[] {
  return values.map((value) => ({ value, label: value, active: true, defaultValue: value === defaultValue }));
}

/** Standard picklists are not restricted: the API takes values outside the list. */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  traits: FieldTraits & { restricted?: boolean; initial?: string } = {}
): FieldSchema {
  const { restricted = false, initial, ...rest } = traits;
  return field(name, label, 'picklist', {
    length: 255,
    picklist: { restricted, values: picklistValues(values, initial) },
    ...rest
  });
}

/** A look-up; the relationship name is the field name without `Id`. */
export function lookup(
  name: string,
  label: string,
  to: string,
  childRelationshipName?: string,
  traits: FieldTraits & { onDelete?: 'SetNull' | 'Restrict' | 'Cascade' } = {}
): FieldSchema {
  const { onDelete = 'SetNull', ...rest } = traits;
  return field(name, label, 'reference', {
    length: 18,
    reference: {
      to: [to],
      relationshipName: name.replace(/Id$/, ''),
      ...(childRelationshipName === undefined ? {} : { childRelationshipName }),
      onDelete,
      masterDetail: false
    },
    ...rest
  });
}

/** Street, city, state, postal code, country and the read-only compound field over them. */
export function address(prefix: string, compound = `${prefix}Address`): FieldSchema[] {
  const label = prefix === '' ? '' : `${prefix} `;
  return [
    longText(`${prefix}Street`, `${label}Street`, 255),
    text(`${prefix}City`, `${label}City`, 40),
    text(`${prefix}State`, `${label}State/Province`, 80),
    text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20),
    text(`${prefix}Country`, `${label}Country`, 80),
    double(`${prefix}Latitude`, `${label}Latitude`, 18, 15),
    double(`${prefix}Longitude`, `${label}Longitude`, 18, 15),
    field(compound, `${label}Address`, 'address', { createable: false, updateable: false, compoundPrefix: prefix })
  ];
}

const readOnly = { createable: false, updateable: false } as const;
const system = { ...readOnly, permissionable: false } as const;

export const readOnlyTraits: FieldTraits = readOnly;

/** Id, deletion flag and the audit fields that every object carries. */
export function systemFields(): FieldSchema[] {
  return [
    field('Id', 'Record ID', 'id', { length: 18, nillable: false, ...system }),
    checkbox('IsDeleted', 'Deleted', system),
    datetime('CreatedDate', 'Created Date', { nillable: false, ...system }),
    lookup('CreatedById', 'Created By ID', 'User', undefined, { nillable: false, ...system }),
    datetime('LastModifiedDate', 'Last Modified Date', { nillable: false, ...system }),
    lookup('LastModifiedById', 'Last Modified By ID', 'User', undefined, { nillable: false, ...system }),
    datetime('SystemModstamp', 'System Modstamp', { nillable: false, ...system })
  ];
}

/** `required` is false for the API: an owner left out is the user who saves. */
export const owner = (): FieldSchema =>
  lookup('OwnerId', 'Owner ID', 'User', undefined, { nillable: false, permissionable: false });

export type ObjectTraits = Partial<Omit<SObjectSchema, 'name' | 'keyPrefix' | 'fields' | 'label'>>;

/** A standard object: system fields first, then its own. */
export function standardObject(
  name: string,
  keyPrefix: string,
  label: string,
  fields: readonly FieldSchema[],
  traits: ObjectTraits = {}
): SObjectSchema {
  const all = [...systemFields(), ...fields];
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: false,
    fields: new Map(all.map((each) => [each.name, each])),
    nameField: 'Name',
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    setupObject: false,
    ...traits
  };
}
