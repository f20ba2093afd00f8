import type { Kysely } from 'kysely';
import { CosellError } from '../ports/errors.js';
import { Kysely as KyselyDatabase } from './kysely.js';
import type { Engine } from './location.js';
import { engineOf, shownLocation, withoutSecrets } from './location.js';
import { migrateFile, migratePool } from './migrate.js';
import type { Ledger } from './port.js';
import type { Tables } from './schema.js';
import type { Durability } from './sqlite.js';
import { fileDialect, openFile } from './sqlite.js';
import { SqlLedger } from './sql.js';

export interface DatabaseOptions {
  /** Files only. @default 'normal' */
  durability?: Durability;
  /** PostgreSQL only: the schema that holds the tables, so that they can live in a shared database. @default 'cosell' */
  schema?: string;
  /** PostgreSQL only: connections of this process. @default 5 */
  poolSize?: number;
}

/** The database that ledger and work queue share. */
export interface LedgerDatabase {
  db: Kysely<Tables>;
  engine: Engine;
  /** The address as it may be shown: never with a password. */
  location: string;
  /** The schema of the tables; PostgreSQL only. */
  schema?: string;
  close(): Promise<void>;
}

const SCHEMA = 'cosell';

const NEXT_STEPS: Record<Engine, string[]> = {
  sqlite: ['Check the path and its permissions, or name another file under "ledger" in the settings.'],
  postgres: [
    'Check the address, the user and the password under "ledger" in the settings or in COSELL_DATABASE_URL, and that the database accepts connections from this machine.',
    'The user needs the right to create a schema in the database, or a schema of that name that belongs to it.'
  ]
};

/** The first sentence of a driver's error: some give an empty message and a list of attempts. */
function reasonOf(error: unknown, location: string): string {
  const { message, errors = [], code } = error as Error & { errors?: readonly Error[]; code?: string };
  return withoutSecrets(message || errors[0]?.message || code || 'no answer', location).replace(/\.$/, '');
}

function unusable(location: string, error: unknown): CosellError {
  if (error instanceof CosellError) return error;
  return new CosellError(
    'LEDGER_UNUSABLE',
    `The ledger ${shownLocation(location)} cannot be used: ${reasonOf(error, location)}.`,
    NEXT_STEPS[engineOf(location)],
    engineOf(location) === 'sqlite' ? { cause: error } : {}
  );
}

async function openSqlite(location: string, options: DatabaseOptions): Promise<LedgerDatabase> {
  const file = openFile(location, options.durability ?? 'normal');
  const db = new KyselyDatabase<Tables>({ dialect: fileDialect(file) });
  const close = async (): Promise<void> => db.destroy();
  try {
    await migrateFile(file, db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, engine: 'sqlite', location, close };
}

async function openPostgres(location: string, options: DatabaseOptions): Promise<LedgerDatabase> {
  const schema = options.schema ?? SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new CosellError('LEDGER_UNUSABLE', `"${schema}" cannot be the name of the ledger's schema.`, [
      'Use lower-case letters, digits and underscores, beginning with a letter.'
    ]);
  }
  // Loaded when it is needed: the driver takes 13 MB, which nobody with a file wants to pay for.
  const { openPool, poolDialect, POOL_SIZE } = await import('./postgres.js');
  const pool = openPool(location, schema, Math.max(2, options.poolSize ?? POOL_SIZE));
  const db = new KyselyDatabase<Tables>({ dialect: poolDialect(pool) });
  try {
    await migratePool(pool, db, schema);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, engine: 'postgres', location: shownLocation(location), schema, close: async () => db.destroy() };
}

/**
 * Opens the database of the ledger and brings its tables up to date; a missing file, folder or schema is made.
 *
 * @param location path of a file, or `postgres://user:password@host:port/database`
 * @throws CosellError `LEDGER_UNUSABLE` when it cannot be opened or is not a ledger; `LEDGER_TOO_NEW` when a newer
 * version of the program has written it
 */
export async function openDatabase(location: string, options: DatabaseOptions = {}): Promise<LedgerDatabase> {
  try {
    return await (engineOf(location) === 'sqlite' ? openSqlite : openPostgres)(location, options);
  } catch (error) {
    throw unusable(location, error);
  }
}

/** Opens a ledger of its own; see `openDatabase`. Closing the ledger closes the database. */
export async function openLedger(location: string, options: DatabaseOptions = {}): Promise<Ledger> {
  return new SqlLedger(await openDatabase(location, options));
}
