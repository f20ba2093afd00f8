import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Ledger, LedgerDatabase } from '../../plugin/src/ledger/index.js';
import { MemoryLedger, openDatabase, SqlLedger } from '../../plugin/src/ledger/index.js';
import { startPostgres } from '../support/postgres.js';

export interface Bench {
  ledger: Ledger;
  /** Puts a record into a worker's hands, or takes it out of them. */
  hold: (mapping: string, leftKey: string, fence: number | undefined) => Promise<void>;
}

export const folder = mkdtempSync(join(tmpdir(), 'cosell-ledger-'));
let files = 0;
let address: Promise<string> | undefined;

/** A database of this test file. */
export async function postgresAddress(): Promise<string> {
  address ??= startPostgres().then(async (server) => server.database());
  return address;
}

export function newFile(): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${(files += 1)}.ledger`);
}

function onDatabase(database: LedgerDatabase): Bench {
  const { db } = database;
  return {
    ledger: new SqlLedger(database),
    hold: async (mapping, leftKey, fence) => {
      await db.deleteFrom('holds').where('mapping', '=', mapping).where('left_key', '=', leftKey).execute();
      if (fence === undefined) return;
      const row = { mapping, left_key: leftKey, owner: 'w', fence, expires_at: Date.parse('2100-01-01') };
      await db.insertInto('holds').values(row).execute();
    }
  };
}

function inMemory(): Bench {
  const held = new Map<string, number>();
  return {
    ledger: new MemoryLedger((mapping, key, fence) => held.get(`${mapping} ${key}`) === fence),
    hold: async (mapping, key, fence) => {
      if (fence === undefined) held.delete(`${mapping} ${key}`);
      else held.set(`${mapping} ${key}`, fence);
      return Promise.resolve();
    }
  };
}

const TABLES = [
  'couplings',
  'intents',
  'issues',
  'tellings',
  'disputes',
  'journal',
  'runs',
  'cursors',
  'calls',
  'notices'
];

async function onEmptyPostgres(): Promise<Bench> {
  const database = await openDatabase(await postgresAddress());
  const tables = [...TABLES, 'leases', 'holds'].map((name) => sql`delete from ${sql.table(name)}`);
  for (const statement of tables) await statement.execute(database.db);
  return onDatabase(database);
}

/** Every implementation that has to keep the ledger's contract. */
export const engines: [string, () => Promise<Bench>][] = [
  ['memory', async () => Promise.resolve(inMemory())],
  ['libsql file', async () => onDatabase(await openDatabase(newFile()))],
  ['PostgreSQL', onEmptyPostgres]
];

/** Removes the files of this test file; the next one has a database and files of its own. */
export function cleanUp(): void {
  address = undefined;
  rmSync(folder, { recursive: true, force: true });
}
