/** Types as `describe` names them (REST API Developer Guide, field types). */
export type SObjectFieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url'
  | 'address';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  defaultValue: boolean;
}

export interface FieldSchema {
  name: string;
  label: string;
  type: SObjectFieldType;
  custom: boolean;
  /** Characters, for text types. */
  length?: number;
  precision?: number;
  scale?: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  unique?: boolean;
  caseSensitive?: boolean;
  externalId?: boolean;
  autoNumber?: boolean;
  /** Auto-number display format, for example `AU-{000000}`. */
  displayFormat?: string;
  /** LongTextArea or Html rather than TextArea. */
  longText?: boolean;
  visibleLines?: number;
  defaultValue?: string | number | boolean;
  picklist?: { restricted: boolean; values: readonly PicklistValue[] };
  reference?: {
    to: readonly string[];
    /** Name used in SOQL to reach the parent, for example `Account` or `Opportunity__r`. */
    relationshipName: string;
    /** Name of the child relationship on the parent, for example `Contacts` or `Audit_Entries__r`. */
    childRelationshipName?: string;
    onDelete: 'SetNull' | 'Restrict' | 'Cascade';
    masterDetail: boolean;
  };
  /** Members of a compound address field live in fields of their own; this field is read-only. */
  compoundPrefix?: string;
  /** Fields that every user sees and field-level security does not govern (Id, Name of a required kind, audit fields, master-detail …). */
  permissionable: boolean;
  helpText?: string;
}

export interface SObjectSchema {
  name: string;
  label: string;
  labelPlural: string;
  /** First three characters of an id. */
  keyPrefix: string;
  custom: boolean;
  /** By API name; look-ups are without case, see `SchemaRegistry.field`. */
  fields: ReadonlyMap<string, FieldSchema>;
  nameField: string;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  queryable: boolean;
  /** Custom settings, setup objects and the like are governed by administrative permissions instead of object permissions. */
  setupObject: boolean;
}
