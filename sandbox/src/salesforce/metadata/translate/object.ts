import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import { owner, systemFields } from '../../core/standard/fields.js';
import { child, text, type XmlElement } from '../xml/element.js';

/**
 * The schema of a custom object as deployed: system fields, the name field and the fields deployed with it.
 *
 * @param fields custom fields, of the organization and of the package
 */
export function customObjectSchema(
  element: XmlElement,
  identity: { name: string; keyPrefix: string },
  fields: readonly FieldSchema[]
): SObjectSchema {
  const label = text(element, 'label') ?? identity.name;
  const isDetail = fields.some((field) => field.reference?.masterDetail === true);
  const all = [...systemFields(), nameField(element), ...(isDetail ? [] : [owner()]), ...fields];
  return {
    ...identity,
    label,
    labelPlural: text(element, 'pluralLabel') ?? label,
    custom: true,
    fields: new Map(all.map((field) => [field.name, field])),
    nameField: 'Name',
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    setupObject: false
  };
}

/** Text names are 80 characters and fall back to the record id; auto-numbers are given by the organization. */
function nameField(object: XmlElement): FieldSchema {
  const element = child(object, 'nameField');
  const automatic = element && text(element, 'type') === 'AutoNumber';
  const base: FieldSchema = {
    name: 'Name',
    label: (element && text(element, 'label')) || 'Name',
    type: 'string',
    custom: false,
    length: automatic ? 30 : 80,
    nillable: !automatic,
    createable: !automatic,
    updateable: !automatic,
    permissionable: false
  };
  if (!automatic) return base;
  return { ...base, autoNumber: true, displayFormat: text(element, 'displayFormat') ?? '' };
}
