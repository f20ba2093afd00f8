import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Tables } from './schema.js';

/** Rows per statement, largest first: few different texts, each compiled by Kysely and prepared by the engine once. */
const SIZES = [512, 64, 16, 4, 1] as const;

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

/** Cuts rows into pieces of the sizes above. */
export function* pieces<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length;) {
    const left = rows.length - start;
    const size = SIZES.find((candidate) => candidate <= left) ?? 1;
    yield rows.slice(start, start + size);
    start += size;
  }
}

/**
 * Statements that repeat for ever with other values. Building and compiling one costs ten times as much as running it, so
 * each is compiled once.
 */
export class Statements {
  private readonly compiled = new Map<string, CompiledQuery>();

  public constructor(private readonly db: Kysely<Tables>) {}

  /** Runs the statement known by `name`, building it the first time; `parameters` stand in the order of its text. */
  public async run<R>(
    db: Kysely<Tables>,
    name: string,
    build: (db: Kysely<Tables>) => { compile(): CompiledQuery },
    parameters: readonly unknown[]
  ): Promise<QueryResult<R>> {
    let known = this.compiled.get(name);
    if (known === undefined) {
      known = build(this.db).compile();
      this.compiled.set(name, known);
    }
    return db.executeQuery<R>({ ...known, parameters } as CompiledQuery<R>);
  }

  /** Inserts rows of the same columns; a row whose key is there already is replaced, or is an error without a key. */
  public async insert(
    db: Kysely<Tables>,
    table: keyof Tables,
    rows: readonly Row[],
    key?: readonly string[]
  ): Promise<void> {
    for (const piece of pieces(rows)) {
      const columns = Object.keys(piece[0] ?? {});
      const others = columns.filter((column) => key?.includes(column) !== true);
      await this.run(
        db,
        `insert ${table} ${piece.length}`,
        (builder) => {
          const insert = builder.insertInto(table).values(piece as never);
          if (key === undefined) return insert;
          return insert.onConflict((conflict) =>
            conflict
              .columns(key as never)
              .doUpdateSet(((set: { ref: (name: string) => unknown }) =>
                Object.fromEntries(others.map((column) => [column, set.ref(`excluded.${column}`)]))) as never)
          );
        },
        piece.flatMap((row) => columns.map((column) => row[column]))
      );
    }
  }
}
