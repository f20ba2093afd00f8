import Database from 'libsql';

export type SqlValue = string | number | boolean | null | undefined;
type Bound = string | number | null;
type Prepared = Database.Statement<Bound[]>;

const MAX_STATEMENTS = 1000;

/**
 * SQLite through libsql, with the two habits this driver needs: booleans are bound as 0 and 1 (it aborts the process on a
 * JavaScript boolean), and rows are read with `all`, because `get` adds a member of its own to the row. Blobs are kept as
 * base64 text for the same reason: reading a BLOB column aborts in 0.5.29.
 */
export class OrgDatabase {
  private readonly connection: Database.Database;
  private readonly objects = new Map<string, Prepared>();
  private readonly arrays = new Map<string, Prepared>();
  private depth = 0;

  public constructor(file: string) {
    this.connection = new Database(file);
    if (file !== ':memory:') {
      this.connection.exec('PRAGMA journal_mode = WAL');
      this.connection.exec('PRAGMA synchronous = NORMAL');
    }
    // Another process may hold the file for a moment: a backup, or a second command on the same sandbox.
    this.connection.exec('PRAGMA busy_timeout = 5000');
    this.connection.exec('PRAGMA cache_size = -65536');
  }

  public get inTransaction(): boolean {
    return this.depth > 0;
  }

  /** Statements without parameters, for schema changes. Drops prepared statements, which may know old columns. */
  public define(sql: string): void {
    this.connection.exec(sql);
    this.objects.clear();
    this.arrays.clear();
  }

  public run(sql: string, ...parameters: SqlValue[]): number {
    return this.statement(this.objects, sql, false).run(...bind(parameters)).changes;
  }

  public all<T = Record<string, Bound>>(sql: string, ...parameters: SqlValue[]): T[] {
    return this.statement(this.objects, sql, false).all(...bind(parameters)) as T[];
  }

  public first<T = Record<string, Bound>>(sql: string, ...parameters: SqlValue[]): T | undefined {
    return this.all<T>(sql, ...parameters)[0];
  }

  /** Rows as arrays in the order of the select list: the fast road for queries. */
  public rows(sql: string, parameters: readonly SqlValue[]): Bound[][] {
    return this.statement(this.arrays, sql, true).all(...bind(parameters)) as Bound[][];
  }

  /** Everything in `work` or nothing. Nested calls are savepoints, so a caller may catch and go on. */
  public transaction<T>(work: () => T): T {
    const name = this.depth === 0 ? undefined : `level_${String(this.depth)}`;
    this.connection.exec(name === undefined ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.depth++;
    try {
      const result = work();
      this.connection.exec(name === undefined ? 'COMMIT' : `RELEASE ${name}`);
      return result;
    } catch (error) {
      this.connection.exec(name === undefined ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.depth--;
    }
  }

  public close(): void {
    this.objects.clear();
    this.arrays.clear();
    this.connection.close();
  }

  private statement(cache: Map<string, Prepared>, sql: string, raw: boolean): Prepared {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    if (cache.size >= MAX_STATEMENTS) cache.delete(cache.keys().next().value as string);
    const prepared = this.connection.prepare<Bound[]>(sql);
    if (raw) prepared.raw(true);
    cache.set(sql, prepared);
    return prepared;
  }
}

function bind(parameters: readonly SqlValue[]): Bound[] {
  return parameters.map((value) => (typeof value === 'boolean' ? Number(value) : (value ?? null)));
}

/** A name of a table or column as SQL reads it. Names come from the schema, never from a request. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
