import type { FieldSchema, SObjectSchema } from './schema.js';
import { owner, systemFields } from './standard/fields.js';
import { currencyField } from './standard/index.js';

/**
 * Fields that the platform adds to a new custom object: id and audit fields, a name, a currency, and an owner unless a master
 * stands for it.
 */
export function platformFields(given: SObjectSchema, multiCurrency: boolean): FieldSchema[] {
  const isDetail = [...given.fields.values()].some((field) => field.reference?.masterDetail === true);
  const own = given.fields.has('Name') ? [] : [nameField(given)];
  return [
    ...systemFields(),
    ...own,
    ...(isDetail ? [] : [owner()]),
    ...(multiCurrency ? [currencyField()] : [])
  ].filter((field) => !given.fields.has(field.name));
}

function nameField(object: SObjectSchema): FieldSchema {
  return {
    name: 'Name',
    label: `${object.label} Name`,
    type: 'string',
    length: 80,
    custom: false,
    nillable: true,
    createable: true,
    updateable: true,
    permissionable: false
  };
}

/** A field that a deploy cannot redefine. */
export function isPlatformField(known: SObjectSchema, field: FieldSchema): boolean {
  return known.fields.has(field.name) && !field.custom && field.name !== known.nameField;
}
