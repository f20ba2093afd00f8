import type { Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import type { SObjectSchema } from '../core/schema.js';
import { describeField } from './describe-field.js';

/** Entry of the list of objects (sObject Describe Global). */
export function describeGlobalEntry(org: OrgHandle, session: Session, object: SObjectSchema, version: string): object {
  const access = org.access.object(session, object.name);
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable && access.create,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable && access.delete,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: !object.setupObject,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: !object.setupObject,
    name: object.name,
    queryable: object.queryable,
    replicateable: !object.setupObject,
    retrieveable: true,
    searchable: !object.setupObject,
    triggerable: !object.setupObject,
    undeletable: !object.setupObject && access.delete,
    updateable: object.updateable && access.edit,
    urls: { describe: `${base}/describe`, rowTemplate: `${base}/{ID}`, sobject: base }
  };
}

/** sObject Describe: what the session can see of the object and its fields. */
export function describeObject(org: OrgHandle, session: Session, object: SObjectSchema, version: string): object {
  const fields = [...object.fields.values()].filter(
    (field) => org.access.field(session, object.name, field.name).readable
  );
  return {
    actionOverrides: [],
    childRelationships: childRelationships(org, session, object),
    compactLayoutable: !object.setupObject,
    ...describeGlobalEntry(org, session, object, version),
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: fields.map((field) => describeField(object, field, org.access.field(session, object.name, field.name))),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(org, session, object, version),
    searchLayoutable: !object.setupObject,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [
      { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' }
    ]
  };
}

function childRelationships(org: OrgHandle, session: Session, object: SObjectSchema): object[] {
  return org.schema
    .children(object.name)
    .filter(({ childObject, field }) => org.access.field(session, childObject, field.name).readable)
    .map(({ childObject, field }) => ({
      cascadeDelete: field.reference?.onDelete === 'Cascade',
      childSObject: childObject,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.reference?.childRelationshipName ?? null,
      restrictedDelete: field.reference?.onDelete === 'Restrict'
    }));
}

function recordTypeInfos(org: OrgHandle, session: Session, object: SObjectSchema, version: string): object[] {
  const layouts = `/services/data/v${version}/sobjects/${object.name}/describe/layouts`;
  return org.recordTypes.infos(session, object.name).map((info) => ({
    ...info,
    urls: { layout: `${layouts}/${info.recordTypeId}` }
  }));
}
