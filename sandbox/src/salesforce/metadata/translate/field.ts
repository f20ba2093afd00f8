import type { FieldSchema, PicklistValue } from '../../core/schema.js';
import { fieldTypeRules } from '../rules/field-types.js';
import { child, children, flag, number, text, type XmlElement } from '../xml/element.js';

/** A checked CustomField as describe shows it. */
export function fieldSchema(element: XmlElement): FieldSchema {
  const name = text(element, 'fullName') ?? '';
  const type = text(element, 'type') ?? '';
  const rule = fieldTypeRules[type];
  if (!rule) throw new Error(`CustomField ${name}: no translation for type ${type}`);
  const automatic = type === 'AutoNumber';
  const required = type === 'Checkbox' || type === 'MasterDetail' || flag(element, 'required');
  return {
    name,
    label: text(element, 'label') ?? name,
    type: rule.describeType,
    custom: true,
    nillable: !required && !automatic,
    createable: !automatic,
    updateable: !automatic && (type !== 'MasterDetail' || flag(element, 'reparentableMasterDetail')),
    permissionable: type !== 'MasterDetail' && !flag(element, 'required'),
    ...sizes(element, rule.fixedLength),
    ...(automatic ? { autoNumber: true, displayFormat: text(element, 'displayFormat') ?? '' } : {}),
    ...(flag(element, 'unique') ? { unique: true } : {}),
    ...(flag(element, 'caseSensitive') ? { caseSensitive: true } : {}),
    ...(flag(element, 'externalId') ? { externalId: true } : {}),
    ...(type === 'LongTextArea' || type === 'Html' ? { longText: true } : {}),
    ...defaultValue(element, type),
    ...picklist(element),
    ...reference(element, name, type),
    ...optional('helpText', text(element, 'inlineHelpText'))
  };
}

function sizes(element: XmlElement, fixedLength: number | undefined): Partial<FieldSchema> {
  return {
    ...optional('length', fixedLength ?? number(element, 'length')),
    ...optional('precision', number(element, 'precision')),
    ...optional('scale', number(element, 'scale')),
    ...optional('visibleLines', number(element, 'visibleLines'))
  };
}

/** A literal; text literals stand in quotes, as in every formula. */
function defaultValue(element: XmlElement, type: string): Partial<FieldSchema> {
  const value = text(element, 'defaultValue');
  if (value === undefined || value === '') return {};
  if (type === 'Checkbox') return { defaultValue: value === 'true' };
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(value);
  if (quoted) return { defaultValue: quoted[1] ?? quoted[2] ?? '' };
  return { defaultValue: Number.isFinite(Number(value)) ? Number(value) : value };
}

function picklist(element: XmlElement): Partial<FieldSchema> {
  const valueSet = child(element, 'valueSet');
  const definition = valueSet && child(valueSet, 'valueSetDefinition');
  if (!valueSet || !definition) return {};
  const values: PicklistValue[] = children(definition, 'value').map((value) => {
    const name = text(value, 'fullName') ?? '';
    return {
      value: name,
      label: text(value, 'label') ?? name,
      active: text(value, 'isActive') !== 'false',
      defaultValue: flag(value, 'default')
    };
  });
  if (flag(definition, 'sorted')) values.sort((one, other) => one.label.localeCompare(other.label, 'en'));
  return { picklist: { restricted: flag(valueSet, 'restricted'), values } };
}

function reference(element: XmlElement, name: string, type: string): Partial<FieldSchema> {
  const to = text(element, 'referenceTo');
  if (to === undefined) return {};
  const childName = text(element, 'relationshipName');
  const masterDetail = type === 'MasterDetail';
  const constraint = text(element, 'deleteConstraint') as 'Cascade' | 'Restrict' | 'SetNull' | undefined;
  return {
    reference: {
      to: [to],
      relationshipName: name.replace(/__c$/, '__r'),
      ...optional('childRelationshipName', childName ? `${childName}__r` : undefined),
      onDelete: masterDetail ? 'Cascade' : (constraint ?? 'SetNull'),
      masterDetail
    }
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}
