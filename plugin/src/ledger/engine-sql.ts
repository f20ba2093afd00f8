import type { RawBuilder } from 'kysely';
import { sql } from './kysely.js';
import type { Engine } from './location.js';

/**
 * The few expressions that SQLite and PostgreSQL write differently. Everything else in the ledger is one text for both.
 */
export interface EngineSql {
  /** Milliseconds since the epoch: on a server its own clock, as machines' clocks differ; on a file the caller's. */
  now(callersNow: number): RawBuilder<number>;
  /** Whether a column's value is one of many keys: one parameter however many there are, so that the statement stays the same. */
  among(column: string, keys: readonly string[]): RawBuilder<boolean>;
  /** The value that `among` binds, for a statement that is compiled already. */
  keys(keys: readonly string[]): unknown;
  /** Ends a select whose rows nobody may change before the transaction ends. A writer of a file is alone anyway. */
  untilCommit: RawBuilder<unknown>;
}

export const ENGINE_SQL: Readonly<Record<Engine, EngineSql>> = {
  sqlite: {
    now: (callersNow) => sql<number>`${callersNow}`,
    among: (column, keys) => sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(keys)}))`,
    keys: (keys) => JSON.stringify(keys),
    untilCommit: sql``
  },
  postgres: {
    now: () => sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    among: (column, keys) => sql<boolean>`${sql.ref(column)} = any(${keys}::text[])`,
    keys: (keys) => keys,
    untilCommit: sql`for share`
  }
};
