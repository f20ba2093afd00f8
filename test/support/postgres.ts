import type { Postgres } from '../../scripts/lib/postgres.mjs';
import { startPostgres as start } from '../../scripts/lib/postgres.mjs';

let running: Promise<Postgres> | undefined;

/**
 * The private PostgreSQL of this process, in which each test file makes databases of its own: started with the first call,
 * it ends with the process. Fails, saying how to get one, when the machine has no PostgreSQL.
 */
export async function startPostgres(): Promise<Pick<Postgres, 'database'>> {
  running ??= start();
  return running;
}
