import type { FieldAccess } from '../core/contract.js';
import type { FieldSchema, SObjectFieldType, SObjectSchema } from '../core/schema.js';

const soapTypes: Readonly<Record<SObjectFieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
  string: 'xsd:string',
  textarea: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string'
};

const numbers: ReadonlySet<SObjectFieldType> = new Set(['double', 'currency', 'percent']);
const notFilterable = (field: FieldSchema): boolean => field.longText === true;
const notSortable = (field: FieldSchema): boolean =>
  field.longText === true || field.type === 'address' || field.type === 'multipicklist';

/** One field of sObject Describe; write flags say what the session may do. */
export function describeField(object: SObjectSchema, field: FieldSchema, access: FieldAccess): object {
  return {
    aggregatable: !notSortable(field) && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber === true,
    byteLength: (field.length ?? 0) * (field.type === 'id' || field.type === 'reference' ? 1 : 3),
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: field.reference?.onDelete === 'Cascade' && field.custom,
    caseSensitive: field.caseSensitive === true,
    compoundFieldName: compoundName(object, field),
    controllerName: null,
    createable: field.createable && access.editable,
    custom: field.custom,
    defaultValue: field.defaultValue ?? null,
    defaultValueFormula: null,
    defaultedOnCreate: isDefaulted(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.precision ?? 8) : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId === true,
    extraTypeInfo: field.longText === true ? 'plaintextarea' : null,
    filterable: !notFilterable(field),
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: !notSortable(field) && !numbers.has(field.type) && field.type !== 'datetime',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === 'id' || field.externalId === true,
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: field.length ?? 0,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: object.nameField === field.name,
    namePointing: false,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: picklistValues(field),
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    precision: numbers.has(field.type) ? (field.precision ?? 18) : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.relationshipName ?? null,
    relationshipOrder: field.reference?.masterDetail === true ? 0 : null,
    restrictedDelete: field.reference?.onDelete === 'Restrict',
    restrictedPicklist: field.picklist?.restricted === true,
    scale: field.scale ?? 0,
    searchPrefilterable: false,
    soapType: soapTypes[field.type],
    sortable: !notSortable(field),
    type: field.type,
    unique: field.unique === true,
    updateable: field.updateable && access.editable,
    writeRequiresMasterRead: false
  };
}

/** Members of an address point at it, parts of a person's name at the name. */
function compoundName(object: SObjectSchema, field: FieldSchema): string | null {
  if (['Salutation', 'FirstName', 'LastName'].includes(field.name) && object.fields.get('Name')?.createable === false)
    return 'Name';
  const part = /^(.*)(Street|City|State|PostalCode|Country|Latitude|Longitude)$/.exec(field.name);
  if (part === null || field.custom) return null;
  const compound = `${part[1] ?? ''}Address`;
  return object.fields.get(compound)?.type === 'address' ? compound : null;
}

function isDefaulted(field: FieldSchema): boolean {
  return (
    field.autoNumber === true ||
    field.type === 'boolean' ||
    field.name === 'OwnerId' ||
    (!field.nillable && !field.createable) ||
    field.picklist?.values.some((value) => value.defaultValue) === true
  );
}

function picklistValues(field: FieldSchema): object[] {
  return (field.picklist?.values ?? []).map(({ value, label, active, defaultValue }) => ({
    active,
    defaultValue,
    label,
    validFor: null,
    value
  }));
}
