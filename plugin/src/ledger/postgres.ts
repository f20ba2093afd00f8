import type { Dialect } from 'kysely';
import pg from 'pg';
import { PostgresDialect } from './kysely.js';

/** How long a connection may take, and how long a statement or an idle transaction may. Ours take milliseconds. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/** Connections per process. Statements are short, and a fleet has many processes: PostgreSQL's default allows 100 in all. */
export const POOL_SIZE = 5;

/** Times and fences are 64-bit integers, which the driver hands out as text; ours stay far below 2^53. */
const INT8 = 20;
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? (text: string) => Number(text)
      : (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown)
};

/**
 * A pool whose connections see the ledger's schema first. Needs sessions of its own: a pooler in between must run in
 * session mode.
 */
export function openPool(location: string, schema: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: location,
    max: size,
    application_name: 'sf-plugin-cosell',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    allowExitOnIdle: true,
    options: `-c search_path=${schema}`,
    types
  });
  // A connection that is lost while idle is replaced by the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Kysely over the pool. */
export const poolDialect = (pool: pg.Pool): Dialect => new PostgresDialect({ pool: pool as never });
