import type { Kysely } from 'kysely';
import { sql } from './kysely.js';
import { KEPT_CALLS_MS } from './port.js';
import type { Tables } from './schema.js';

/** `Ledger.addCalls` by SQL. */
export async function storeCalls(db: Kysely<Tables>, system: string, bucket: number, count: number): Promise<void> {
  await db
    .insertInto('calls')
    .values({ system, bucket, count })
    .onConflict((conflict) =>
      conflict.columns(['system', 'bucket']).doUpdateSet({ count: sql`calls.count + excluded.count` })
    )
    .execute();
  await db
    .deleteFrom('calls')
    .where('system', '=', system)
    .where('bucket', '<', bucket - KEPT_CALLS_MS)
    .execute();
}

/** `Ledger.callsSince` by SQL. */
export async function readCalls(db: Kysely<Tables>, system: string, bucket: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('calls')
    .select(['bucket', 'count'])
    .where('system', '=', system)
    .where('bucket', '>=', bucket)
    .orderBy('bucket')
    .execute();
  return new Map(rows.map((row) => [row.bucket, row.count]));
}
