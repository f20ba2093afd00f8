import type { Filter } from '../odata/filter.js';
import type { Values } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Row } from '../store/row-store.js';

/** A row as the API shows it. */
export interface ViewRow {
  readonly id: string;
  readonly version: number;
  readonly values: Values;
  /** The stored row behind it; undefined for a row that was computed. */
  readonly stored?: Row;
}

export interface ViewRequest {
  readonly scope: Scope;
  readonly filter: Filter | undefined;
  /** Fields that the reader's way fixes, for example the parent's id. */
  readonly given: Values;
}

/** Rows of a set that is computed at each read. */
export type View = (request: ViewRequest) => readonly ViewRow[];

/** Fields of a stored row that are computed at each read (flow fields). */
export type Overlay = (scope: Scope, row: Row) => Values;
