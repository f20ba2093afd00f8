import type { Kysely } from 'kysely';
import type Database from 'libsql';
import type pg from 'pg';
import { Migrator, sql } from './kysely.js';
import { CosellError } from '../ports/errors.js';
import { migrations, VERSIONS } from './migrations.js';
import type { Tables } from './schema.js';

/** Names the lock of everybody who brings a ledger up to date; any number that nobody else uses. */
const LOCK = 20_260_105;

/** Versions of the tables that are there; none when the ledger is new. */
async function versionsOf(db: Kysely<Tables>): Promise<readonly string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (/no such table|does not exist/i.test((error as Error).message)) return [];
    throw error;
  }
}

/** Whether the tables are those of this program. @throws CosellError `LEDGER_TOO_NEW` */
async function isCurrent(db: Kysely<Tables>): Promise<boolean> {
  const found = await versionsOf(db);
  const unknown = found.find((version) => !VERSIONS.includes(version));
  if (unknown === undefined) return found.length === VERSIONS.length;
  throw new CosellError(
    'LEDGER_TOO_NEW',
    `The ledger was written by a newer version of this program (its tables are at ${unknown}).`,
    ['Update the plugin (sf plugins update), or name another ledger in the settings.']
  );
}

async function toLatest(db: Kysely<Tables>, schema?: string): Promise<void> {
  if (await isCurrent(db)) return;
  // Named, as another program's table of the same name may be in the database.
  const place = schema === undefined ? {} : { migrationTableSchema: schema };
  const { error } = await new Migrator({ db, provider: migrations, ...place }).migrateToLatest();
  if (error !== undefined) throw error as Error;
}

/**
 * Brings a file's tables up to date in one transaction: Kysely makes none around SQLite's schema changes, and two
 * processes that start together must not both create them.
 */
export async function migrateFile(database: Database.Database, db: Kysely<Tables>): Promise<void> {
  if (await isCurrent(db)) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    await toLatest(db);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

async function schemaExists(client: pg.PoolClient, schema: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
  return rowCount === 1;
}

/** The same on PostgreSQL, under an advisory lock that ends with its connection. Makes the schema when it is missing. */
export async function migratePool(pool: pg.Pool, db: Kysely<Tables>, schema: string): Promise<void> {
  if (await isCurrent(db)) return;
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    // Asked first: a role that may not create schemas may still use one that its administrator has made.
    if (!(await schemaExists(client, schema))) await client.query(`create schema "${schema}"`);
    await toLatest(db, schema);
  } finally {
    // Closing the session gives the lock back even when the statement that should do so fails.
    client.release(true);
  }
}
