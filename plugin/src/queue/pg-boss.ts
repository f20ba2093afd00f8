import type { Kysely } from 'kysely';
import type PgBoss from 'pg-boss';
import { sql } from '../ledger/kysely.js';
import type { LedgerDatabase } from '../ledger/index.js';
import type { Tables } from '../ledger/schema.js';
import { makeQueue, queueName, startBoss, through } from './boss.js';
import { deliver } from './deliver.js';
import { keepHolds, keysOf, letGo } from './holds.js';
import { collapse } from './items.js';
import type { Wish } from './jobs.js';
import { dbNow, Jobs } from './jobs.js';
import type { Claim, ClaimRequest, QueueDepth, WorkItem, WorkQueue } from './port.js';
import { WEIGHT } from './weight.js';
import { writing } from './transaction.js';

/** First half of the lock that an enqueue takes; any number that nobody else uses. */
const ENQUEUE_LOCK = 20_260_107;

/**
 * The work queue for many machines: pg-boss on the ledger's PostgreSQL. pg-boss keeps the jobs, gives out what is due and
 * counts what ran out; a row in `holds` says who has a record in hand, so that two jobs of one record are never worked on at
 * a time. Every time that decides anything is the database's.
 *
 * Locks are taken in one order: jobs by record, the counter of the fences, holds by key. A claim never waits for a job.
 */
export class PgBossQueue implements WorkQueue {
  public readonly kind = 'fleet';
  private readonly queues = new Map<string, Promise<string>>();
  private readonly jobs: Jobs;

  private constructor(
    private readonly database: LedgerDatabase,
    private readonly boss: PgBoss,
    private readonly schema: string
  ) {
    this.jobs = new Jobs(schema);
  }

  /** @throws CosellError `QUEUE_UNUSABLE` when pg-boss cannot be set up */
  public static async open(database: LedgerDatabase, schema: string): Promise<PgBossQueue> {
    return new PgBossQueue(database, await startBoss(database.db, schema), schema);
  }

  public async enqueue(mapping: string, items: readonly WorkItem[]): Promise<void> {
    if (items.length === 0) return;
    const name = await this.queue(mapping);
    const wishes = collapse(items).map(({ key, priority, notBefore }): Wish => ({
      key,
      weight: WEIGHT[priority],
      ...(notBefore === undefined ? {} : { notBefore })
    }));
    await this.write(async (db) => {
      // One at a time: two that insert and change jobs of the same records would wait for each other.
      await sql`select pg_advisory_xact_lock(${ENQUEUE_LOCK}, hashtext(${name}))`.execute(db);
      const waiting = await this.jobs.merge(db, name, wishes);
      const fresh = wishes.filter(({ key }) => !waiting.has(key));
      if (fresh.length === 0) return;
      await this.boss.insert(
        fresh.map(({ key, weight, notBefore }) => ({
          name,
          singletonKey: key,
          priority: weight,
          ...(notBefore === undefined ? {} : { startAfter: new Date(notBefore).toISOString() })
        })),
        { db: through(db) }
      );
    });
  }

  public async claim(mapping: string, request: ClaimRequest): Promise<readonly Claim[]> {
    const name = await this.queue(mapping);
    if (await this.someRanOut(mapping)) await this.boss.expire();
    return this.write(async (db) => deliver({ db, boss: this.boss, jobs: this.jobs, mapping, name }, request));
  }

  public async extend(
    mapping: string,
    owner: string,
    claims: readonly Claim[],
    leaseMs: number
  ): Promise<ReadonlySet<string>> {
    const lease = Math.ceil(leaseMs);
    return this.eachHeld(mapping, claims, async (db, name) => {
      const keys = await keepHolds(db, mapping, claims, { owner, until: sql`${dbNow} + ${lease}::bigint` });
      if (keys.length > 0) await this.jobs.extend(db, name, jobsOf(claims, keys), lease);
      return keys;
    });
  }

  public async complete(mapping: string, owner: string, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    return this.letGo(mapping, owner, claims, async (db, name, keys) => this.jobs.remove(db, name, keys));
  }

  public async giveBack(mapping: string, owner: string, claims: readonly Claim[], notBefore?: number): Promise<void> {
    await this.letGo(mapping, owner, claims, async (db, name, keys) =>
      this.jobs.giveBack(db, name, jobsOf(claims, keys), notBefore)
    );
  }

  public async depth(mapping: string): Promise<QueueDepth> {
    const name = await this.queue(mapping);
    const { rows } = await sql<QueueDepth>`
      select count(*) filter (where at <= now()) as ready, count(*) filter (where at > now()) as later,
        (select count(*) from holds where mapping = ${mapping} and expires_at > ${dbNow}) as held
      from (${this.jobs.waiting(mapping, name)}) as waiting`.execute(this.database.db);
    const { ready, later, held } = rows[0] ?? { ready: 0, later: 0, held: 0 };
    return { ready: Number(ready), later: Number(later), held: Number(held) };
  }

  public async nextAt(mapping: string): Promise<number | undefined> {
    const name = await this.queue(mapping);
    const { rows } = await sql<{ at: number | string | null }>`
      select cast(round(extract(epoch from min(at)) * 1000) as bigint) as at
      from (${this.jobs.waiting(mapping, name)}) as waiting`.execute(this.database.db);
    const at = rows[0]?.at ?? undefined;
    return at === undefined ? undefined : Number(at);
  }

  /** The database belongs to whoever opened it. */
  public async close(): Promise<void> {
    await this.boss.stop({ graceful: false, close: false });
  }

  private async write<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return writing(this.database, work);
  }

  /** The queue of a mapping, made with its first use. */
  private async queue(mapping: string): Promise<string> {
    const known = this.queues.get(mapping);
    if (known) return known;
    const name = queueName(mapping);
    const made = makeQueue(this.database.db, this.boss, this.schema, name).then(() => name);
    this.queues.set(mapping, made);
    made.catch(() => this.queues.delete(mapping));
    return made;
  }

  /** Whether a lease has run out, so that pg-boss has jobs to put back. */
  private async someRanOut(mapping: string): Promise<boolean> {
    const row = await this.database.db
      .selectFrom('holds')
      .select('left_key')
      .where('mapping', '=', mapping)
      .where('expires_at', '<=', dbNow)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Locks the jobs and the holds of claims, each in the order of their keys, and does `work`, in one transaction. */
  private async eachHeld(
    mapping: string,
    claims: readonly Claim[],
    work: (db: Kysely<Tables>, name: string) => Promise<string[]>
  ): Promise<ReadonlySet<string>> {
    if (claims.length === 0) return new Set();
    const name = await this.queue(mapping);
    const keys = keysOf(claims);
    return this.write(async (db) => {
      await this.jobs.lock(db, name, keys);
      await sql`select 1 from holds where mapping = ${mapping} and left_key = any(${keys}::text[])
        order by left_key for update`.execute(db);
      return new Set(await work(db, name));
    });
  }

  private async letGo(
    mapping: string,
    owner: string,
    claims: readonly Claim[],
    work: (db: Kysely<Tables>, name: string, keys: string[]) => Promise<void>
  ): Promise<ReadonlySet<string>> {
    const ended = await this.eachHeld(mapping, claims, async (db, name) => {
      const keys = await letGo(db, mapping, claims, { owner });
      if (keys.length > 0) await work(db, name, keys);
      return keys;
    });
    // Afterwards, as a claim that waits for our holds may have locked these jobs. If this never happens, they wait for the
    // end of the lease.
    if (ended.size > 0) await this.jobs.release(this.database.db, await this.queue(mapping), [...ended]);
    return ended;
  }
}

function jobsOf(claims: readonly Claim[], keys: readonly string[]): { keys: readonly string[]; fences: number[] } {
  const held = new Set(keys);
  return { keys, fences: claims.filter(({ key }) => held.has(key)).map(({ fence }) => fence) };
}
