import type { SObjectFieldType } from '../../core/schema.js';

/** Attributes of a CustomField that only some types take. */
export type FieldAttribute =
  | 'caseSensitive'
  | 'deleteConstraint'
  | 'displayFormat'
  | 'externalId'
  | 'formula'
  | 'length'
  | 'lookupFilter'
  | 'maskChar'
  | 'maskType'
  | 'picklist'
  | 'precision'
  | 'referenceTo'
  | 'relationshipLabel'
  | 'relationshipName'
  | 'relationshipOrder'
  | 'reparentableMasterDetail'
  | 'required'
  | 'scale'
  | 'startingNumber'
  | 'summarizedField'
  | 'summaryForeignKey'
  | 'summaryOperation'
  | 'unique'
  | 'valueSet'
  | 'visibleLines'
  | 'writeRequiresMasterRead';

export interface FieldTypeRule {
  describeType: SObjectFieldType;
  must: readonly FieldAttribute[];
  may: readonly FieldAttribute[];
  /** Characters, when the type fixes them. */
  fixedLength?: number;
  length?: readonly [minimum: number, maximum: number];
  visibleLines?: readonly [minimum: number, maximum: number];
}

const numeric: Pick<FieldTypeRule, 'must' | 'may'> = {
  must: ['precision', 'scale'],
  may: ['required', 'unique', 'externalId']
};

/** What each field type requires and allows (Metadata API Developer Guide, CustomField; Object Reference, field types). */
export const fieldTypeRules: Readonly<Record<string, FieldTypeRule>> = {
  AutoNumber: {
    describeType: 'string',
    must: ['displayFormat'],
    may: ['startingNumber', 'externalId'],
    fixedLength: 30
  },
  Checkbox: { describeType: 'boolean', must: [], may: [] },
  Currency: { describeType: 'currency', must: ['precision', 'scale'], may: ['required'] },
  Date: { describeType: 'date', must: [], may: ['required'] },
  DateTime: { describeType: 'datetime', must: [], may: ['required'] },
  Email: {
    describeType: 'email',
    must: [],
    may: ['required', 'unique', 'externalId', 'caseSensitive'],
    fixedLength: 80
  },
  Html: {
    describeType: 'textarea',
    must: ['length', 'visibleLines'],
    may: [],
    length: [256, 131_072],
    visibleLines: [10, 50]
  },
  LongTextArea: {
    describeType: 'textarea',
    must: ['length', 'visibleLines'],
    may: [],
    length: [256, 131_072],
    visibleLines: [2, 50]
  },
  Lookup: {
    describeType: 'reference',
    must: ['referenceTo'],
    may: ['relationshipName', 'relationshipLabel', 'deleteConstraint', 'required', 'lookupFilter'],
    fixedLength: 18
  },
  MasterDetail: {
    describeType: 'reference',
    must: ['referenceTo', 'relationshipName'],
    may: [
      'relationshipLabel',
      'relationshipOrder',
      'reparentableMasterDetail',
      'writeRequiresMasterRead',
      'lookupFilter'
    ],
    fixedLength: 18
  },
  MultiselectPicklist: {
    describeType: 'multipicklist',
    must: ['valueSet', 'visibleLines'],
    may: ['required'],
    fixedLength: 4099,
    visibleLines: [3, 10]
  },
  Number: { describeType: 'double', ...numeric },
  Percent: { describeType: 'percent', must: ['precision', 'scale'], may: ['required'] },
  Phone: { describeType: 'phone', must: [], may: ['required'], fixedLength: 40 },
  Picklist: { describeType: 'picklist', must: ['valueSet'], may: ['required'], fixedLength: 255 },
  Text: {
    describeType: 'string',
    must: ['length'],
    may: ['required', 'unique', 'externalId', 'caseSensitive'],
    length: [1, 255]
  },
  TextArea: { describeType: 'textarea', must: [], may: ['required'], fixedLength: 255 },
  Url: { describeType: 'url', must: [], may: ['required'], fixedLength: 255 }
};

/** Every attribute that some type takes: given for another type, it is refused. */
export const conditionalAttributes: readonly FieldAttribute[] = [
  'caseSensitive',
  'deleteConstraint',
  'displayFormat',
  'externalId',
  'formula',
  'length',
  'lookupFilter',
  'maskChar',
  'maskType',
  'picklist',
  'precision',
  'referenceTo',
  'relationshipLabel',
  'relationshipName',
  'relationshipOrder',
  'reparentableMasterDetail',
  'required',
  'scale',
  'startingNumber',
  'summarizedField',
  'summaryForeignKey',
  'summaryOperation',
  'unique',
  'valueSet',
  'visibleLines',
  'writeRequiresMasterRead'
];

/** Retrieved files carry these as `false` for every type, so only `true` is refused. */
export const falseIsHarmless: ReadonlySet<FieldAttribute> = new Set(['externalId', 'unique', 'caseSensitive']);
