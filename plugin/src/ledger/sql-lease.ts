import type { Kysely } from 'kysely';
import { sql } from './kysely.js';
import type { EngineSql } from './engine-sql.js';
import type { Tables } from './schema.js';

export interface LeaseRequest {
  mapping: string;
  owner: string;
  /** Milliseconds since the epoch. */
  now: number;
  ttlMs: number;
}

/** `Ledger.lease` by SQL: one statement, which changes nothing while another owner's lease lasts. */
export async function holdLease(
  db: Kysely<Tables>,
  engine: EngineSql,
  { mapping, owner, now, ttlMs }: LeaseRequest
): Promise<boolean> {
  const until = sql<number>`${engine.now(now)} + ${sql.lit(Math.round(ttlMs))}`;
  const row = await db
    .insertInto('leases')
    .values({ mapping, owner, expires_at: until })
    .onConflict((conflict) =>
      conflict
        .column('mapping')
        .doUpdateSet({ owner, expires_at: until })
        .where((where) =>
          where.or([where('leases.owner', '=', owner), where('leases.expires_at', '<=', engine.now(now))])
        )
    )
    .returning('owner')
    .executeTakeFirst();
  return row?.owner === owner;
}
