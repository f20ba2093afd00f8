import type { LedgerDatabase } from '../ledger/index.js';
import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { WorkQueue } from './port.js';
import { SqlQueue } from './sql.js';

export interface QueueOptions {
  /** The ledger's database; it stays open when the queue is closed. */
  database: LedgerDatabase;
  /** Used by the embedded queue only; a fleet goes by the database's clock. */
  clock: Clock;
  /** @default 'embedded' on a file, 'fleet' on PostgreSQL */
  kind?: 'embedded' | 'fleet';
  /** Fleet only: the schema of pg-boss. @default the ledger's schema followed by `_queue` */
  schema?: string;
}

/**
 * Opens the work queue that belongs to a ledger.
 * @throws CosellError `QUEUE_UNUSABLE` when a fleet is asked for on a file, or pg-boss cannot be set up
 */
export async function openQueue({ database, clock, kind, schema }: QueueOptions): Promise<WorkQueue> {
  const chosen = kind ?? (database.engine === 'sqlite' ? 'embedded' : 'fleet');
  if (chosen === 'embedded') return new SqlQueue(database, clock);
  if (database.engine === 'sqlite') {
    throw new CosellError(
      'QUEUE_UNUSABLE',
      'A fleet of workers needs a ledger on PostgreSQL, and this one is a file.',
      ['Name a PostgreSQL database under "ledger" in the settings, or use the embedded queue.']
    );
  }
  // Loaded when it is needed: with its driver it takes 8 MB, which nobody with a file wants to pay for.
  const { PgBossQueue } = await import('./pg-boss.js');
  return PgBossQueue.open(database, schema ?? `${database.schema ?? 'cosell'}_queue`);
}
