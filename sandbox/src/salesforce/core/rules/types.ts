import type { Row } from '../contract.js';
import type { Engine, SaveContext } from '../save/engine.js';

/** What a standard object does beyond its field rules. */
export interface ObjectRules {
  /** Runs after defaults and before the field rules; may change `context.row` and refuse. */
  beforeSave?(context: SaveContext): void;
  /** Runs when the row is written, in the same transaction. */
  afterSave?(context: SaveContext): void;
  /** Runs before a record goes, by request or by cascade; may refuse. */
  beforeDelete?(engine: Engine, row: Row): void;
  afterDelete?(engine: Engine, row: Row): void;
}

export function changed({ row, before }: SaveContext, field: string): boolean {
  return before === undefined || (before[field] ?? null) !== (row[field] ?? null);
}

export function number(value: Row[string] | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
