import type { Kysely } from 'kysely';
import type { EngineSql } from './engine-sql.js';
import { noticeCutoff } from './port.js';
import type { Tables } from './schema.js';

/** `Ledger.addNotice` by SQL. */
export async function storeNotice(db: Kysely<Tables>, mapping: string, id: string, at: string): Promise<boolean> {
  await db.deleteFrom('notices').where('mapping', '=', mapping).where('received_at', '<', noticeCutoff(at)).execute();
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('notices')
    .values({ mapping, id, received_at: at })
    .onConflict((conflict) => conflict.columns(['mapping', 'id']).doNothing())
    .executeTakeFirst();
  return Number(added) > 0;
}

/** `Ledger.notices` by SQL. */
export async function readNotices(db: Kysely<Tables>, mapping: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('notices')
    .select('id')
    .where('mapping', '=', mapping)
    .orderBy('received_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** `Ledger.removeNotices` by SQL. */
export async function dropNotices(
  db: Kysely<Tables>,
  engine: EngineSql,
  mapping: string,
  ids: readonly string[]
): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('notices').where('mapping', '=', mapping).where(engine.among('id', ids)).execute();
}
