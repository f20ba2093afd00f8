import { flag, number, text, type XmlElement } from '../xml/element.js';
import { conditionalAttributes, falseIsHarmless, fieldTypeRules, type FieldTypeRule } from './field-types.js';
import { textLengthProblems } from './names.js';
import { picklistProblems } from './picklist-values.js';

/**
 * Checks the values of a custom field against its type, without looking at other components.
 *
 * @param element `CustomField`, or the `nameField` of an object
 */
export function fieldValueProblems(element: XmlElement): string[] {
  const type = text(element, 'type') ?? '';
  if (type === '') return ["Must specify 'type' for a CustomField"];
  const rule = fieldTypeRules[type];
  if (!rule) return [`CustomField of type ${type}: Not available for deploy for this organization`];
  if (text(element, 'formula') !== undefined) {
    return [`Formula CustomField of type ${type}: Not available for deploy for this organization`];
  }
  return [
    ...labelProblems(element),
    ...attributeProblems(element, type, rule),
    ...sizeProblems(element, type, rule),
    ...numberProblems(element, type),
    ...defaultProblems(element, type),
    ...(rule.describeType === 'picklist' || rule.describeType === 'multipicklist' ? picklistProblems(element) : []),
    ...(type === 'AutoNumber' ? autoNumberProblems(element) : [])
  ];
}

function labelProblems(element: XmlElement): string[] {
  const missing = text(element, 'label') ? [] : ['Must specify a non-empty label for the CustomField'];
  return [
    ...missing,
    ...textLengthProblems(element, {
      label: ['MasterLabel', 40],
      description: ['Description', 1000],
      inlineHelpText: ['InlineHelpText', 510],
      relationshipLabel: ['RelatedListLabel', 80]
    })
  ];
}

function attributeProblems(element: XmlElement, type: string, rule: FieldTypeRule): string[] {
  const problems: string[] = [];
  for (const attribute of rule.must) {
    if (!element.children.some(({ name }) => name === attribute)) {
      problems.push(`Must specify '${attribute}' for a CustomField of type ${type}`);
    }
  }
  for (const attribute of conditionalAttributes) {
    const value = text(element, attribute);
    if (value === undefined || rule.must.includes(attribute) || rule.may.includes(attribute)) continue;
    if (falseIsHarmless.has(attribute) && !flag(element, attribute)) continue;
    problems.push(
      type === 'MasterDetail' && attribute === 'required'
        ? 'Master-Detail Relationship Fields Cannot be Optional or Required'
        : `Can not specify '${attribute}' for a CustomField of type ${type}`
    );
  }
  return problems;
}

function sizeProblems(element: XmlElement, type: string, rule: FieldTypeRule): string[] {
  const sizes = [
    ['length', rule.length],
    ['visibleLines', rule.visibleLines]
  ] as const;
  return sizes.flatMap(([attribute, range]) => {
    const value = number(element, attribute);
    if (!range || value === undefined || (value >= range[0] && value <= range[1])) return [];
    return [`${attribute} must be between ${range[0]} and ${range[1]} for a CustomField of type ${type}`];
  });
}

/** At most 18 digits, and no more of them after the point than there are. */
function numberProblems(element: XmlElement, type: string): string[] {
  const precision = number(element, 'precision');
  const scale = number(element, 'scale');
  const problems: string[] = [];
  if (precision !== undefined && (precision < 1 || precision > 18)) {
    problems.push(`precision must be between 1 and 18 for a CustomField of type ${type}`);
  }
  if (precision !== undefined && scale !== undefined && (scale < 0 || scale > precision)) {
    problems.push('Scale must be less than or equal to precision');
  }
  return problems;
}

function defaultProblems(element: XmlElement, type: string): string[] {
  const value = text(element, 'defaultValue');
  if (type === 'Checkbox') {
    if (value === undefined) return ["Must specify 'defaultValue' for a CustomField of type Checkbox"];
    return value === 'true' || value === 'false'
      ? []
      : [`Invalid default value for a CustomField of type Checkbox: ${value}`];
  }
  const without = ['AutoNumber', 'Lookup', 'MasterDetail', 'Picklist', 'MultiselectPicklist', 'LongTextArea', 'Html'];
  return value !== undefined && without.includes(type)
    ? [`Can not specify 'defaultValue' for a CustomField of type ${type}`]
    : [];
}

/** One counter between braces; dates may stand beside it. */
function autoNumberProblems(element: XmlElement): string[] {
  const format = text(element, 'displayFormat') ?? '';
  if (format === '') return [];
  const counters = format.match(/\{0+\}/g) ?? [];
  const rest = format.replace(/\{(0+|Y{2}|Y{4}|MM|DD)\}/g, '');
  return counters.length === 1 && !/[{}]/.test(rest) && format.length <= 30
    ? []
    : [`Invalid display format: ${format}`];
}
