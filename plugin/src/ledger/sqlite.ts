import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import Database from 'libsql';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from './kysely.js';
import { CosellError } from '../ports/errors.js';

/** `normal` survives a killed process, `full` a power cut as well, at ten to twenty times the price of a single commit. */
export type Durability = 'normal' | 'full';

/** How long a process waits while another one writes. Writes take milliseconds; a bulk load holds the file for some tenths of a second. */
const BUSY_MS = 10_000;

/** Prepared statements kept: all that the product has, at every number of rows that it uses. */
const KEPT_STATEMENTS = 300;

/**
 * Opens the file, making it and its folder when missing. The busy time-out comes first: without it, a second process that
 * opens the file at the same moment gets "database is locked".
 */
export function openFile(file: string, durability: Durability): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  const pragmas = [
    `busy_timeout = ${BUSY_MS}`,
    'journal_mode = WAL',
    `synchronous = ${durability}`,
    // Pages of the write-ahead log, 32 MB, between two waits for the disk; at SQLite's 1,000 they are half of a commit's time.
    'wal_autocheckpoint = 8000',
    // Read pages: a negative number is KiB. Enough for the inner pages of a million couplings' indexes.
    'cache_size = -16000'
  ];
  for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
  return database;
}

/** The driver ends the whole process at a bound boolean, and at a column that holds bytes: neither may get that far. */
function checked(parameters: readonly unknown[]): unknown[] {
  for (const value of parameters) {
    const type = typeof value;
    if (type !== 'string' && type !== 'number' && type !== 'bigint' && value !== null)
      throw new CosellError('LEDGER_FAILED', `The ledger cannot store a value of type ${type}.`);
  }
  return parameters as unknown[];
}

/** What the driver's types leave out. */
interface Native {
  readonly reader: boolean;
  raw(): void;
  columns(): readonly { name: string }[];
  all(parameters: unknown[]): unknown[][];
  run(parameters: unknown[]): { changes: number };
}

interface Prepared {
  statement: Native;
  /** Names of the columns that it gives; none when it gives no rows. */
  columns?: readonly string[];
}

/** Rows come as arrays: the driver takes twice as long to make objects of them. */
function prepare(database: Database.Database, sql: string): Prepared {
  const statement = database.prepare(sql) as unknown as Native;
  if (!statement.reader) return { statement };
  statement.raw();
  return { statement, columns: statement.columns().map(({ name }) => name) };
}

function named<R>(columns: readonly string[], values: readonly unknown[]): R {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) row[columns[index] ?? ''] = values[index];
  return row as R;
}

/** One connection. Statements are prepared once: preparing costs more than running. */
class FileConnection implements DatabaseConnection {
  private readonly statements = new Map<string, Prepared>();

  public constructor(public readonly database: Database.Database) {}

  public run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const { columns, statement } = this.prepare(sql);
    if (columns) return { rows: statement.all(checked(parameters)).map((values) => named<R>(columns, values)) };
    const { changes } = statement.run(checked(parameters));
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  public async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return Promise.resolve(this.run<R>(sql, parameters));
  }

  // eslint-disable-next-line require-yield -- nothing in the product streams from a file
  public async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    await Promise.reject(new CosellError('LEDGER_FAILED', 'The ledger file does not stream.'));
  }

  private prepare(sql: string): Prepared {
    const known = this.statements.get(sql);
    if (known) return known;
    const prepared = prepare(this.database, sql);
    const [oldest] = this.statements.size >= KEPT_STATEMENTS ? this.statements.keys() : [];
    if (oldest !== undefined) this.statements.delete(oldest);
    this.statements.set(sql, prepared);
    return prepared;
  }
}

/** A file has one connection per process; whoever needs it waits for it in order. */
class FileDriver implements Driver {
  private readonly connection: FileConnection;
  private last: Promise<void> = Promise.resolve();
  private free: () => void = () => undefined;

  public constructor(private readonly database: Database.Database) {
    this.connection = new FileConnection(database);
  }

  public async init(): Promise<void> {
    await Promise.resolve();
  }

  public async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.last;
    let free: () => void = () => undefined;
    this.last = new Promise((resolve) => {
      free = resolve;
    });
    await before;
    this.free = free;
    return this.connection;
  }

  public async releaseConnection(): Promise<void> {
    this.free();
    return Promise.resolve();
  }

  /** A deferred transaction that reads before it writes fails at once when another process wrote in between. */
  public async beginTransaction(): Promise<void> {
    this.connection.run('BEGIN IMMEDIATE', []);
    return Promise.resolve();
  }

  public async commitTransaction(): Promise<void> {
    this.connection.run('COMMIT', []);
    return Promise.resolve();
  }

  public async rollbackTransaction(): Promise<void> {
    this.connection.run('ROLLBACK', []);
    return Promise.resolve();
  }

  public async destroy(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }
}

/** Kysely over libsql. */
export const fileDialect = (database: Database.Database): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new FileDriver(database),
  createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler()
});
