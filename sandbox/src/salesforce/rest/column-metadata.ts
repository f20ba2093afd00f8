import type { SObjectFieldType } from '../core/schema.js';
import type { CompiledQuery, RecordShape, ShapeEntry } from '../soql/compiled-query.js';

const numbers: ReadonlySet<SObjectFieldType> = new Set(['int', 'double', 'currency', 'percent']);
const texts: ReadonlySet<SObjectFieldType> = new Set([
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist'
]);

/** Answer of `columns=true`: what the columns of a query are, without its rows. The sf CLI formats tables by it. */
export function columnMetadata(query: CompiledQuery): object {
  return {
    columnMetadata: columnsOf(query.shape),
    entityName: query.object.name,
    groupBy: query.groupBy !== '',
    idSelected: query.shape.entries.some((entry) => entry.name === 'Id'),
    keyPrefix: query.object.keyPrefix
  };
}

function columnsOf(shape: RecordShape): object[] {
  return shape.entries.map((entry) => describeColumn(entry));
}

function describeColumn(entry: ShapeEntry): object {
  const field = entry.kind === 'column' ? entry.field : undefined;
  return {
    aggregate: entry.kind === 'children' || (entry.kind === 'column' && field === undefined),
    apexType: null,
    booleanType: field?.type === 'boolean',
    columnName: entry.name,
    custom: field?.custom ?? false,
    displayName: entry.name,
    foreignKeyName: field?.reference?.relationshipName ?? null,
    insertable: field?.createable ?? false,
    joinColumns: joinColumns(entry),
    numberType: field !== undefined && numbers.has(field.type),
    textType: field !== undefined && texts.has(field.type),
    updatable: field?.updateable ?? false
  };
}

function joinColumns(entry: ShapeEntry): object[] {
  if (entry.kind === 'parent') return columnsOf(entry.shape);
  return entry.kind === 'children' ? columnsOf(entry.query.shape) : [];
}
