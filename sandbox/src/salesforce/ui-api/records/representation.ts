import type { QueryRow } from '../../core/contract.js';
import { eTag } from '../common.js';
import type { Viewer } from '../common.js';
import { fieldValue } from '../display-value.js';
import type { FieldValue } from '../display-value.js';
import { recordTypeInfo } from '../object-info.js';
import type { FieldTree } from './field-tree.js';

/** Record (UI API guide, response bodies). */
export interface RecordRepresentation {
  apiName: string;
  childRelationships: Record<string, never>;
  eTag: string;
  fields: Record<string, FieldValue>;
  id: string;
  lastModifiedById: string | null;
  lastModifiedDate: string | null;
  recordTypeId: string | null;
  recordTypeInfo: object | null;
  systemModstamp: string | null;
  /** Milliseconds of the last change. */
  weakEtag: number;
}

export function representation(viewer: Viewer, tree: FieldTree, row: QueryRow): RecordRepresentation {
  const own = [...tree.fields.values()].map(
    (field) => [field.name, fieldValue(field, row[field.name], viewer.formats, row['CurrencyIsoCode'])] as const
  );
  const parents = [...tree.parents].map(([name, parent]) => [name, parentValue(viewer, parent, row[name])] as const);
  const fields = Object.fromEntries([...own, ...parents]);
  return {
    apiName: tree.object.name,
    childRelationships: {},
    eTag: eTag(fields),
    fields,
    id: String(row['Id']),
    lastModifiedById: text(row['LastModifiedById']),
    lastModifiedDate: instant(row['LastModifiedDate']),
    ...recordType(viewer, tree, text(row['RecordTypeId'])),
    systemModstamp: instant(row['SystemModstamp']),
    weakEtag: Date.parse(instant(row['SystemModstamp']) ?? '') || 0
  };
}

/** Both are null for records without a record type of their own. */
function recordType(
  viewer: Viewer,
  tree: FieldTree,
  id: string | null
): Pick<RecordRepresentation, 'recordTypeId' | 'recordTypeInfo'> {
  if (id === null) return { recordTypeId: null, recordTypeInfo: null };
  const infos = viewer.org.recordTypes.infos(viewer.session, tree.object.name);
  const info = infos.find(({ recordTypeId }) => recordTypeId === id);
  return { recordTypeId: id, recordTypeInfo: info ? recordTypeInfo(info) : null };
}

function parentValue(viewer: Viewer, tree: FieldTree, row: unknown): FieldValue {
  if (typeof row !== 'object' || row === null) return { value: null, displayValue: null };
  const parent = row as QueryRow;
  return { value: representation(viewer, tree, parent), displayValue: text(parent[tree.object.nameField]) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** SOQL answers write the zone as `+0000`, the UI API as `Z`. */
function instant(value: unknown): string | null {
  return text(value)?.replace(/\+0000$/, 'Z') ?? null;
}
