import type { Postgres } from '../../scripts/lib/postgres.mjs';
import { startPostgres as start } from '../../scripts/lib/postgres.mjs';

let running: Promise<Postgres> | undefined;

/**
 * The private PostgreSQL of this test file: started with the first call, stopped with `stop()` or, at the latest, with the
 * process. Fails, saying how to get one, when the machine has no PostgreSQL.
 */
export async function startPostgres(): Promise<Postgres> {
  running ??= start();
  return running;
}

export type { Postgres };
