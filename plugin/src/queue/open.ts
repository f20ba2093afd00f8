import type { LedgerDatabase } from '../ledger/index.js';
import type { Clock } from '../ports/clock.js';
import type { WorkQueue } from './port.js';
import { SqlQueue } from './sql.js';

export interface QueueOptions {
  /** The ledger's database; it stays open when the queue is closed. */
  database: LedgerDatabase;
  clock: Clock;
}

/** Opens the work queue that belongs to a ledger. */
export async function openQueue({ database, clock }: QueueOptions): Promise<WorkQueue> {
  return Promise.resolve(new SqlQueue(database, clock));
}
