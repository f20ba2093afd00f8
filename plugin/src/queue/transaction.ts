import type { Kysely } from 'kysely';
import type { LedgerDatabase } from '../ledger/index.js';
import type { Tables } from '../ledger/schema.js';

/** Rows per statement: seven values each stay far below SQLite's 32,766 parameters and PostgreSQL's 65,535. */
const ROWS_PER_STATEMENT = 1000;

/** PostgreSQL ends one of two transactions that wait for each other; all of the queue's may simply be repeated. */
const DEADLOCK = '40P01';
const TRIES = 5;

export function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT)
    yield items.slice(start, start + ROWS_PER_STATEMENT);
}

/** Runs `work` in one transaction; repeats it when PostgreSQL broke a deadlock. */
export async function writing<T>(
  { db, engine }: Pick<LedgerDatabase, 'db' | 'engine'>,
  work: (within: Kysely<Tables>) => Promise<T>
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const transaction = db.transaction();
      if (engine === 'sqlite') return await transaction.execute(work);
      // Every statement sees what was committed before it: after waiting for a lock the queue looks again.
      return await transaction.setIsolationLevel('read committed').execute(work);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}
