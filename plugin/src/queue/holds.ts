import type { Kysely, RawBuilder } from 'kysely';
import { sql } from '../ledger/kysely.js';
import type { Tables } from '../ledger/schema.js';
import type { Claim } from './port.js';

/** Milliseconds since the epoch: a number of ours, or an expression when the database's clock decides. */
export type Instant = number | RawBuilder<number>;

/** The first of `count` new fences. The row stays locked until the transaction ends, so a later claim has a higher fence. */
export async function nextFences(db: Kysely<Tables>, count: number): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ name: 'fence', value: count })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counters.value + ${count}` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(value) - count + 1;
}

/**
 * Takes records in hand: those that nobody holds and those whose lease ran out. The condition is checked on the row as it
 * is at that moment, whatever a query before it saw. Returns the keys taken.
 */
export async function hold(
  db: Kysely<Tables>,
  mapping: string,
  claims: readonly Claim[],
  by: { owner: string; now: Instant; until: Instant }
): Promise<string[]> {
  const rows = await db
    .insertInto('holds')
    .values(claims.map(({ key, fence }) => ({ mapping, left_key: key, owner: by.owner, fence, expires_at: by.until })))
    .onConflict((conflict) =>
      conflict
        .columns(['mapping', 'left_key'])
        .doUpdateSet((excluded) => ({
          owner: excluded.ref('excluded.owner'),
          fence: excluded.ref('excluded.fence'),
          expires_at: excluded.ref('excluded.expires_at')
        }))
        .where('holds.expires_at', '<=', by.now)
    )
    .returning('left_key')
    .execute();
  return rows.map((row) => row.left_key);
}

/** Keeps holds that still have their fence. Returns their keys. */
export async function keepHolds(
  db: Kysely<Tables>,
  mapping: string,
  claims: readonly Claim[],
  by: { owner: string; until: Instant }
): Promise<string[]> {
  const rows = await db
    .updateTable('holds')
    .set({ expires_at: by.until })
    .where('mapping', '=', mapping)
    .where('owner', '=', by.owner)
    .where('left_key', 'in', keysOf(claims))
    .where('fence', 'in', fencesOf(claims))
    .returning('left_key')
    .execute();
  return rows.map((row) => row.left_key);
}

/** Removes holds that still have their fence. Returns their keys. */
export async function letGo(
  db: Kysely<Tables>,
  mapping: string,
  claims: readonly Claim[],
  by: { owner: string }
): Promise<string[]> {
  const rows = await db
    .deleteFrom('holds')
    .where('mapping', '=', mapping)
    .where('owner', '=', by.owner)
    .where('left_key', 'in', keysOf(claims))
    .where('fence', 'in', fencesOf(claims))
    .returning('left_key')
    .execute();
  return rows.map((row) => row.left_key);
}

export const keysOf = (claims: readonly Claim[]): string[] => claims.map(({ key }) => key);
/** Fences never repeat, so a key in the one list and a fence in the other belong together. */
const fencesOf = (claims: readonly Claim[]): number[] => claims.map(({ fence }) => fence);
