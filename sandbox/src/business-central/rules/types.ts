import type { MutableValues, Values } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Row } from '../store/row-store.js';

/** A row that is about to be stored. */
export interface Draft {
  readonly scope: Scope;
  /** What will be stored; rules change it. */
  readonly values: MutableValues;
  /** What the writer sent. */
  readonly given: Values;
  /** The row as it is; undefined for a new one. */
  readonly before: Row | undefined;
}

/** What the application does when a row of one set is written. Each throws `ApiFault`. */
export interface SetRules {
  insert?(draft: Draft): void;
  update?(draft: Draft): void;
  remove?(scope: Scope, row: Row): void;
  /** After the row is stored or gone, in the same transaction; `row` is the last state of it. */
  after?(scope: Scope, row: Row, kind: 'insert' | 'update' | 'remove'): void;
}
