import type { Kysely } from 'kysely';
import { sql } from './kysely.js';
import type { EngineSql } from './engine-sql.js';
import type { LedgerEntry } from './port.js';
import { couplingOf, disputeOf, intentOf, issueOf, tellingOf } from './rows.js';
import type { Tables } from './schema.js';
import type { Statements } from './statements.js';

/** Keys per statement: bounds the rows in memory. */
const KEYS_PER_QUERY = 1_000;

type Cells = Record<string, string | null>;

/** The small tables, which one statement reads together: columns as text, and what they become. */
const SMALL = {
  intents: {
    columns: ['kind', 'marker', 'attempt', 'started_at', 'payload'],
    put: (entry: LedgerEntry, row: Cells) => {
      entry.intent = intentOf({ ...row, attempt: Number(row['attempt']) } as never);
    }
  },
  issues: {
    columns: ['state', 'code', 'attempts', 'left_hash', 'right_hash', 'not_before', 'detail'],
    put: (entry: LedgerEntry, row: Cells) => {
      entry.issue = issueOf({ ...row, attempts: Number(row['attempts']) } as never);
    }
  },
  tellings: {
    columns: ['told_hash', 'pending'],
    put: (entry: LedgerEntry, row: Cells) => {
      entry.telling = tellingOf(row as never);
    }
  },
  disputes: {
    columns: ['conflicts', 'decisions'],
    put: (entry: LedgerEntry, row: Cells) => {
      entry.dispute = disputeOf(row as never);
    }
  }
} as const;

type Small = keyof typeof SMALL;
const TABLES = Object.keys(SMALL) as Small[];
const WIDTH = Math.max(...TABLES.map((table) => SMALL[table].columns.length));

/** All tables must give the same columns of the same type: text, and empty where a table has fewer. */
function cells(table: Small): ReturnType<typeof sql> {
  const { columns } = SMALL[table];
  const each = Array.from({ length: WIDTH }, (_item, index) => {
    const column = columns[index];
    const value = column === undefined ? sql`null` : sql.ref(column);
    return sql`cast(${value} as text) as ${sql.ref(`c${index}`)}`;
  });
  return sql.join(each);
}

function smallQuery(db: Kysely<Tables>, engine: EngineSql, mapping: string, keys: readonly string[]) {
  const selects = TABLES.map(
    (table) =>
      sql`select ${sql.lit(table)} as part, left_key, ${cells(table)} from ${sql.table(table)} where mapping = ${mapping} and ${engine.among('left_key', keys)}`
  );
  const query = sql<Cells & { part: Small; left_key: string }>`${sql.join(selects, sql` union all `)}`;
  return { compile: () => query.compile(db) };
}

/** `Ledger.entries` by SQL: two statements for up to a thousand keys. */
export async function readEntries(
  db: Kysely<Tables>,
  statements: Statements,
  engine: EngineSql,
  mapping: string,
  leftKeys: readonly string[]
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const found = new Map<string, LedgerEntry>();
  const entry = (leftKey: string): LedgerEntry => {
    const known = found.get(leftKey) ?? { leftKey };
    found.set(leftKey, known);
    return known;
  };
  for (let start = 0; start < leftKeys.length; start += KEYS_PER_QUERY) {
    const keys = leftKeys.slice(start, start + KEYS_PER_QUERY);
    const bound = engine.keys(keys);
    const couplings = await statements.run<Tables['couplings']>(
      db,
      'couplings of',
      (builder) =>
        builder
          .selectFrom('couplings')
          .selectAll()
          .where('mapping', '=', mapping)
          .where(engine.among('left_key', keys)),
      [mapping, bound]
    );
    for (const row of couplings.rows) entry(row.left_key).coupling = couplingOf(row);
    const small = await statements.run<Cells & { part: Small; left_key: string }>(
      db,
      'parts of',
      (builder) => smallQuery(builder, engine, mapping, keys),
      TABLES.flatMap(() => [mapping, bound])
    );
    for (const row of small.rows) {
      const { columns, put } = SMALL[row.part];
      put(entry(row.left_key), Object.fromEntries(columns.map((column, index) => [column, row[`c${index}`] ?? null])));
    }
  }
  return found;
}

/** `Ledger.leftKeysOf` by SQL. */
export async function readLeftKeys(
  db: Kysely<Tables>,
  statements: Statements,
  engine: EngineSql,
  mapping: string,
  rightKeys: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await statements.run<{ left_key: string; right_key: string }>(
    db,
    'left keys of',
    (builder) =>
      builder
        .selectFrom('couplings')
        .select(['left_key', 'right_key'])
        .where('mapping', '=', mapping)
        .where(engine.among('right_key', rightKeys)),
    [mapping, engine.keys(rightKeys)]
  );
  return new Map(rows.map((row) => [row.right_key, row.left_key]));
}
