/** UI API answers, as far as the page and its components read them (UI API guide, response bodies). */
export interface FieldValue {
  value: unknown;
  displayValue: string | null;
}

export interface RecordRepresentation {
  apiName: string;
  id: string;
  fields: Record<string, FieldValue>;
  childRelationships: Record<string, unknown>;
  lastModifiedDate: string | null;
  systemModstamp: string | null;
}

export interface FieldInfo {
  apiName: string;
  label: string;
  dataType: string;
  required: boolean;
  updateable: boolean;
  createable: boolean;
  length: number;
  precision: number;
  scale: number;
}

export interface ObjectInfo {
  apiName: string;
  label: string;
  labelPlural: string;
  fields: Record<string, FieldInfo>;
  defaultRecordTypeId: string | null;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
}

export interface PicklistValues {
  values: { value: string; label: string }[];
  defaultValue: { value: string; label: string } | null;
}
