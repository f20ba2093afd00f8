import type { RouteContext } from '../core/contract.js';
import { masterRecordTypeId, type RecordTypeInfo } from '../core/record-types.js';
import type { FieldSchema, SObjectFieldType, SObjectSchema } from '../core/schema.js';
import type { ApiResponse } from '../core/transport.js';
import { Viewer, eTag } from './common.js';

/** Data types of the UI API by describe type (UI API guide, Field: dataType). */
const dataTypes: Readonly<Record<SObjectFieldType, string>> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  reference: 'Reference',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  address: 'Address'
};

/** `GET /ui-api/object-info/{objectApiName}`: what this user may see and do with the object (Object Info). */
export function objectInfo(context: RouteContext): ApiResponse {
  const viewer = Viewer.of(context);
  const object = viewer.readableObject(context.params[0] ?? '');
  const info = describe(viewer, object);
  return { status: 200, body: { ...info, eTag: eTag(info) } };
}

function describe(viewer: Viewer, object: SObjectSchema): object {
  const access = viewer.org.access.object(viewer.session, object.name);
  const fields = viewer.fields(object).map((field) => [field.name, fieldInfo(viewer, object, field)] as const);
  return {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: childRelationships(viewer, object),
    compactLayoutable: true,
    createable: object.createable && access.create,
    custom: object.custom,
    defaultRecordTypeId: masterRecordTypeId,
    deletable: object.deletable && access.delete,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(fields),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mruEnabled: false,
    nameFields: [object.nameField],
    queryable: object.queryable,
    recordTypeInfos: Object.fromEntries(
      viewer.org.recordTypes
        .infos(viewer.session, object.name)
        .map((info) => [info.recordTypeId, recordTypeInfo(info)] as const)
    ),
    searchable: true,
    themeInfo: null,
    updateable: object.updateable && access.edit
  };
}

/** Record Type Info of the UI API: what describe says, without the developer name. */
export function recordTypeInfo(info: RecordTypeInfo): object {
  const { available, defaultRecordTypeMapping, master, name, recordTypeId } = info;
  return { available, defaultRecordTypeMapping, master, name, recordTypeId };
}

function childRelationships(viewer: Viewer, object: SObjectSchema): object[] {
  return viewer.org.schema
    .children(object.name)
    .filter(({ childObject, field }) => field.reference?.childRelationshipName && viewer.field(childObject, field.name))
    .filter(({ childObject }) => viewer.object(childObject))
    .map(({ childObject, field }) => ({
      childObjectApiName: childObject,
      fieldName: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.reference?.childRelationshipName
    }));
}

function fieldInfo(viewer: Viewer, object: SObjectSchema, field: FieldSchema): object {
  const { editable } = viewer.org.access.field(viewer.session, object.name, field.name);
  const access = viewer.org.access.object(viewer.session, object.name);
  return {
    ...shape(field),
    createable: field.createable && editable && access.create,
    updateable: field.updateable && editable && access.edit,
    nameField: field.name === object.nameField,
    referenceToInfos: (field.reference?.to ?? []).map((name) => ({
      apiName: name,
      nameFields: [viewer.org.schema.object(name)?.nameField ?? 'Name']
    }))
  };
}

function shape(field: FieldSchema): object {
  const reference = field.reference;
  return {
    apiName: field.name,
    calculated: false,
    compound: field.type === 'address',
    compoundComponentName: null,
    compoundFieldName: field.compoundPrefix ? `${field.compoundPrefix}Address` : null,
    controllerName: null,
    controllingFields: [],
    custom: field.custom,
    dataType: dataTypes[field.type],
    externalId: field.externalId ?? false,
    extraTypeInfo: field.longText ? 'PlainTextArea' : null,
    filterable: !field.longText,
    htmlFormatted: false,
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: field.length ?? 0,
    polymorphicForeignKey: (reference?.to.length ?? 0) > 1,
    precision: field.precision ?? 0,
    reference: reference !== undefined,
    referenceTargetField: null,
    relationshipName: reference?.relationshipName ?? null,
    required: !field.nillable && field.type !== 'boolean' && field.createable && field.defaultValue === undefined,
    scale: field.scale ?? 0,
    sortable: !field.longText,
    unique: field.unique ?? false
  };
}
