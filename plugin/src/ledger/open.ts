import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { CosellError } from '../ports/errors.js';
import { migrations } from './migrations.js';
import type { Ledger } from './port.js';
import type { Tables } from './schema.js';
import { SqlLedger } from './sql.js';

/**
 * Order matters: without the busy time-out first, a second process that opens the file at the same moment gets "database
 * is locked". NORMAL survives a killed process; a power cut may lose the last commits, which both systems can give again.
 */
const PRAGMAS = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON'];

function openFile(file: string): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  for (const pragma of PRAGMAS) database.exec(`PRAGMA ${pragma}`);
  return database;
}

/**
 * Brings the tables up to date in one transaction: Kysely makes none around SQLite's schema changes, and two processes
 * that start together must not both create them.
 */
async function migrate(database: Database.Database, db: Kysely<Tables>): Promise<void> {
  database.exec('BEGIN IMMEDIATE');
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  database.exec(error === undefined ? 'COMMIT' : 'ROLLBACK');
  if (error !== undefined) throw error as Error;
}

/**
 * Opens the ledger file, making it and its folder when missing, and brings its tables up to date.
 * @throws CosellError `LEDGER_UNUSABLE` when the file cannot be opened or is not a ledger.
 */
export async function openLedger(file: string): Promise<Ledger> {
  let db: Kysely<Tables> | undefined;
  try {
    const database = openFile(file);
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: database as never }) });
    await migrate(database, db);
    return new SqlLedger(db);
  } catch (error) {
    await db?.destroy();
    throw new CosellError(
      'LEDGER_UNUSABLE',
      `The ledger ${file} cannot be used: ${(error as Error).message}.`,
      ['Check the path and its permissions, or name another file under "ledger" in the settings.'],
      { cause: error }
    );
  }
}
