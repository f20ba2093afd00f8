import type { Kysely, RawBuilder } from 'kysely';
import { sql } from '../ledger/kysely.js';
import type { LedgerDatabase } from '../ledger/index.js';
import type { Tables } from '../ledger/schema.js';
import type { Clock } from '../ports/clock.js';
import { hold, keepHolds, keysOf, letGo, nextFences } from './holds.js';
import { collapse, sortedByKey } from './items.js';
import type { Claim, ClaimRequest, Priority, QueueDepth, WorkItem, WorkQueue } from './port.js';
import { slices, writing } from './transaction.js';

/**
 * What `work.again` says: 0, the record waits; 1, it is in hand; 2 and more, it is in hand and wanted again, with the
 * priority `again - 2` and from `not_before` on. One row tells it all, so that an enqueue is one statement without a look
 * at the holds, which could change at the same moment.
 */
const WAITS = 0;
const IN_HAND = 1;
const WANTED_AGAIN = 2;

const count = (condition: unknown): ReturnType<typeof sql<number>> =>
  sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`;

const isAgain = sql`work.again >= ${sql.lit(WANTED_AGAIN)}`;
const smaller = (one: string, other: string): RawBuilder<number> =>
  sql<number>`case when ${sql.ref(one)} < ${sql.ref(other)} then ${sql.ref(one)} else ${sql.ref(other)} end`;

/** How an enqueue meets the row of the same record: what waits keeps the better, what is in hand remembers the wish. */
const MERGED = {
  priority: smaller('work.priority', 'excluded.priority'),
  not_before: sql<number>`case when work.again = ${sql.lit(IN_HAND)} then excluded.not_before
    else ${smaller('work.not_before', 'excluded.not_before')} end`,
  again: sql<number>`case when work.again = ${sql.lit(WAITS)} then ${sql.lit(WAITS)}
    when ${isAgain} and work.again < excluded.priority + ${sql.lit(WANTED_AGAIN)} then work.again
    else excluded.priority + ${sql.lit(WANTED_AGAIN)} end`
};

/**
 * The work queue on the ledger's own database: a SQLite file that several processes of one machine share, or PostgreSQL.
 * Locks are taken in one order: rows of `work` by key, the counter of the fences, rows of `holds` by key.
 */
export class SqlQueue implements WorkQueue {
  public readonly kind = 'embedded';

  /** @param clock decides what is due and which lease ran out; all workers have to share its machine */
  public constructor(
    private readonly database: Pick<LedgerDatabase, 'db' | 'engine'>,
    private readonly clock: Clock
  ) {}

  public async enqueue(mapping: string, items: readonly WorkItem[]): Promise<void> {
    const now = this.clock.now();
    const rows = collapse(items).map(({ key, priority, notBefore = now }) => ({
      mapping,
      left_key: key,
      priority,
      not_before: notBefore,
      enqueued_at: now,
      attempts: 0,
      again: WAITS
    }));
    if (rows.length === 0) return;
    await this.write(async (db) => {
      for (const some of slices(rows)) {
        await db
          .insertInto('work')
          .values([...some])
          .onConflict((conflict) => conflict.columns(['mapping', 'left_key']).doUpdateSet(MERGED))
          .execute();
      }
    });
  }

  public async claim(mapping: string, request: ClaimRequest): Promise<readonly Claim[]> {
    return this.write(async (db) => {
      const now = this.clock.now();
      const chosen = await this.candidates(db, mapping, request, now);
      if (chosen.length === 0) return [];
      const fences = await nextFences(db, chosen.length);
      const wanted = chosen.map((row, index): Claim => ({
        key: row.left_key,
        priority: row.priority as Priority,
        fence: fences + index,
        attempts: row.attempts + 1
      }));
      const held = new Set<string>();
      for (const some of slices(sortedByKey(wanted))) {
        const keys = await hold(db, mapping, some, { owner: request.owner, now, until: now + request.leaseMs });
        for (const key of keys) held.add(key);
        if (keys.length === 0) continue;
        await db
          .updateTable('work')
          .set({ attempts: sql`attempts + 1`, again: IN_HAND })
          .where('mapping', '=', mapping)
          .where('left_key', 'in', keys)
          .execute();
      }
      return wanted.filter(({ key }) => held.has(key));
    });
  }

  public async extend(
    mapping: string,
    owner: string,
    claims: readonly Claim[],
    leaseMs: number
  ): Promise<ReadonlySet<string>> {
    const until = this.clock.now() + leaseMs;
    return this.eachHeld(mapping, claims, async (db, some) => keepHolds(db, mapping, some, { owner, until }));
  }

  public async complete(mapping: string, owner: string, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const now = this.clock.now();
    return this.eachHeld(mapping, claims, async (db, some) => {
      const keys = await letGo(db, mapping, some, { owner });
      if (keys.length === 0) return keys;
      const ended = db.deleteFrom('work').where('mapping', '=', mapping).where('left_key', 'in', keys);
      await ended.where('again', '<', WANTED_AGAIN).execute();
      await db
        .updateTable('work')
        .set({ priority: sql`again - ${sql.lit(WANTED_AGAIN)}`, enqueued_at: now, attempts: 0, again: WAITS })
        .where('mapping', '=', mapping)
        .where('left_key', 'in', keys)
        .execute();
      return keys;
    });
  }

  public async giveBack(mapping: string, owner: string, claims: readonly Claim[], notBefore?: number): Promise<void> {
    const from = notBefore ?? this.clock.now();
    await this.eachHeld(mapping, claims, async (db, some) => {
      const keys = await letGo(db, mapping, some, { owner });
      if (keys.length === 0) return keys;
      await db
        .updateTable('work')
        .set({
          not_before: sql`case when ${isAgain} and not_before < ${from} then not_before else ${from} end`,
          attempts: sql`attempts - 1`,
          again: WAITS
        })
        .where('mapping', '=', mapping)
        .where('left_key', 'in', keys)
        .execute();
      return keys;
    });
  }

  public async depth(mapping: string): Promise<QueueDepth> {
    const now = this.clock.now();
    const held = sql`holds.expires_at > ${now}`;
    const waits = sql`(holds.expires_at is null or holds.expires_at <= ${now})`;
    const due = sql`(again <> ${sql.lit(WAITS)} or not_before <= ${now})`;
    const row = await this.workAndHolds(this.database.db, mapping)
      .select([
        count(held).as('held'),
        count(sql`${waits} and ${due}`).as('ready'),
        count(sql`${waits} and not ${due}`).as('later')
      ])
      .executeTakeFirstOrThrow();
    return { ready: Number(row.ready), later: Number(row.later), held: Number(row.held) };
  }

  public async nextAt(mapping: string): Promise<number | undefined> {
    const now = this.clock.now();
    const row = await this.workAndHolds(this.database.db, mapping)
      .select(sql<number | null>`min(coalesce(holds.expires_at, work.not_before))`.as('at'))
      .where(sql<boolean>`(holds.expires_at is null or holds.expires_at <= ${now})`)
      .executeTakeFirst();
    return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
  }

  /** The database belongs to whoever opened it. */
  public async close(): Promise<void> {
    return Promise.resolve();
  }

  private async write<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return writing(this.database, work);
  }

  private workAndHolds(db: Kysely<Tables>, mapping: string) {
    return db
      .selectFrom('work')
      .leftJoin('holds', (join) =>
        join.onRef('holds.mapping', '=', 'work.mapping').onRef('holds.left_key', '=', 'work.left_key')
      )
      .where('work.mapping', '=', mapping);
  }

  private async candidates(db: Kysely<Tables>, mapping: string, request: ClaimRequest, now: number) {
    const waits = sql<boolean>`(again = ${sql.lit(WAITS)} and not_before <= ${now})`;
    const expired = sql<boolean>`(again <> ${sql.lit(WAITS)} and (holds.expires_at is null or holds.expires_at <= ${now}))`;
    return this.workAndHolds(db, mapping)
      .select(['work.left_key', 'work.priority', 'work.attempts'])
      .where('work.priority', '<=', request.leastUrgent ?? 2)
      .where((where) => where.or([waits, expired]))
      .orderBy('work.priority')
      .orderBy('work.enqueued_at')
      .orderBy('work.left_key')
      .limit(request.limit)
      .$if(this.database.engine === 'postgres', (query) => query.forUpdate('work').skipLocked())
      .execute();
  }

  /** SQLite has locked everything by then. */
  private async lock(db: Kysely<Tables>, mapping: string, claims: readonly Claim[]): Promise<void> {
    if (this.database.engine === 'sqlite') return;
    await db
      .selectFrom('work')
      .select('left_key')
      .where('mapping', '=', mapping)
      .where('left_key', 'in', keysOf(claims))
      .orderBy('left_key')
      .forUpdate()
      .execute();
  }

  /** Locks the claimed rows and does `work` on them, in one transaction; `work` returns the keys it found held. */
  private async eachHeld(
    mapping: string,
    claims: readonly Claim[],
    work: (db: Kysely<Tables>, some: readonly Claim[]) => Promise<string[]>
  ): Promise<ReadonlySet<string>> {
    if (claims.length === 0) return new Set();
    return this.write(async (db) => {
      const keys = new Set<string>();
      for (const some of slices(sortedByKey(claims))) {
        await this.lock(db, mapping, some);
        for (const key of await work(db, some)) keys.add(key);
      }
      return keys;
    });
  }
}
