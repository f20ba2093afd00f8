import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import type { Sql } from './scope.js';

/** How a column becomes a value of the answer. */
export type ColumnKind = 'plain' | 'boolean' | 'instant' | 'label' | 'formatted';

export interface ColumnEntry {
  kind: 'column';
  name: string;
  index: number;
  conversion: ColumnKind;
  field?: FieldSchema;
}

/** A compound address: its members by the names of the answer, with their column indexes. */
export interface AddressEntry {
  kind: 'address';
  name: string;
  members: readonly { name: string; index: number }[];
}

export interface ParentEntry {
  kind: 'parent';
  name: string;
  shape: RecordShape;
}

export interface ChildrenEntry {
  kind: 'children';
  name: string;
  query: CompiledQuery;
  /** Column of the child that holds the parent's id, as SQL. */
  foreignKey: string;
}

export type ShapeEntry = ColumnEntry | AddressEntry | ParentEntry | ChildrenEntry;

/** A record of the answer: where its id is, and its members in the order of the select list. */
export interface RecordShape {
  object: SObjectSchema;
  idIndex: number;
  entries: ShapeEntry[];
}

export interface CompiledQuery {
  object: SObjectSchema;
  /** Alias of the queried object's table. */
  alias: string;
  columns: readonly string[];
  from: string;
  where: Sql;
  groupBy: string;
  having: Sql;
  orderBy: string;
  limit?: number;
  offset: number;
  shape: RecordShape;
  /** `rows`: records; `count`: SELECT COUNT(); `aggregate`: AggregateResult rows. */
  mode: 'rows' | 'count' | 'aggregate';
}
