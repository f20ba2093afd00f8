import type { Kysely } from 'kysely';
import { sql } from '../ledger/kysely.js';
import type { Tables } from '../ledger/schema.js';

/** The database's clock, in milliseconds. Rounded down here and there, so that a hold never outlives its job. */
export const dbNow = sql<number>`cast(floor(extract(epoch from now()) * 1000) as bigint)`;

/** What a job in hand, or one that waits behind it, carries. */
export interface JobNote {
  fence?: number;
  parked?: true;
}

export interface Wish {
  key: string;
  /** As pg-boss counts: more is more urgent. */
  weight: number;
  notBefore?: number;
}

export interface Taken {
  id: string;
  fence: number;
  weight: number;
  /** Attempts before this one. */
  died: number;
}

interface Absorbed {
  key: string;
  weight: number;
  attempts: number;
}

/**
 * Statements on pg-boss's table of jobs, for what pg-boss has no call for: changing jobs that wait, leases of different
 * lengths, and putting a job back. `state` is one of created < retry < active < completed. Jobs go back as `retry`: only
 * `created` is unique per record, and another wish may have taken that place.
 *
 * Whoever waits for locked jobs takes them in the order of record and id, and before any hold.
 */
export class Jobs {
  private readonly job;

  public constructor(schema: string) {
    this.job = sql.id(schema, 'job');
  }

  /** Lets wishes meet the jobs that wait already: the earlier time and the heavier weight win. Returns the keys that had one. */
  public async merge(db: Kysely<Tables>, queue: string, wishes: readonly Wish[]): Promise<Set<string>> {
    const { rows } = await sql<{ key: string }>`
      with wish as (
        select key, weight, coalesce(to_timestamp("notBefore" / 1000.0), now()) as at
        from json_to_recordset(${JSON.stringify(wishes)}) as x (key text, weight int, "notBefore" bigint)
      ), found as (
        select j.id, j.singleton_key as key, w.weight, w.at
        from ${this.job} j join wish w on j.singleton_key = w.key
        where j.name = ${queue} and j.state < 'active'
        order by j.singleton_key, j.id
        for update of j
      ), merged as (
        update ${this.job} j
        set priority = greatest(j.priority, found.weight),
          start_after = case when j.data is null then least(j.start_after, found.at) else j.start_after end
        from found
        where j.name = ${queue} and j.id = found.id and j.state < 'active'
          and (j.priority < found.weight or (j.data is null and j.start_after > found.at))
      )
      select distinct key from found`.execute(db);
    return new Set(rows.map(({ key }) => key));
  }

  /** How many jobs of at least this weight could be fetched, counted up to `limit`. */
  public async countReady(db: Kysely<Tables>, queue: string, weight: number, limit: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from (
        select 1 from ${this.job}
        where name = ${queue} and state < 'active' and start_after < now() and priority >= ${weight}
        limit ${limit}
      ) as ready`.execute(db);
    return Number(rows[0]?.n ?? 0);
  }

  /** Puts fetched jobs back as they were. */
  public async putBack(db: Kysely<Tables>, queue: string, ids: readonly string[]): Promise<void> {
    await sql`update ${this.job} set state = 'retry', started_on = null
      where name = ${queue} and id = any(${ids}::uuid[])`.execute(db);
  }

  /** Lets fetched jobs wait until the record is let go, at the latest until the lease of its holder runs out. */
  public async park(db: Kysely<Tables>, mapping: string, queue: string, ids: readonly string[]): Promise<void> {
    const note: JobNote = { parked: true };
    await sql`update ${this.job} j
      set state = 'retry', started_on = null, data = ${JSON.stringify(note)}::jsonb,
        start_after = to_timestamp(h.expires_at / 1000.0)
      from holds h
      where j.name = ${queue} and j.id = any(${ids}::uuid[])
        and h.mapping = ${mapping} and h.left_key = j.singleton_key`.execute(db);
  }

  /** Removes the other jobs of records that were just taken in hand, and tells what they knew. */
  public async absorb(
    db: Kysely<Tables>,
    queue: string,
    keys: readonly string[],
    except: readonly string[]
  ): Promise<readonly Absorbed[]> {
    const { rows } = await sql<Absorbed>`
      delete from ${this.job} where name = ${queue} and id in (
        select id from ${this.job}
        where name = ${queue} and state < 'completed' and singleton_key = any(${keys}::text[])
          and id <> all(${except}::uuid[])
        for update skip locked
      ) returning singleton_key as key, priority as weight,
        retry_count + case when started_on is null then 0 else 1 end as attempts`.execute(db);
    return rows;
  }

  /** Notes fence and lease on fetched jobs. */
  public async take(db: Kysely<Tables>, queue: string, jobs: readonly Taken[], leaseMs: number): Promise<void> {
    await sql`update ${this.job} j
      set data = jsonb_build_object('fence', x.fence), priority = x.weight, retry_count = x.died,
        expire_in = ${leaseMs} * interval '1 millisecond'
      from json_to_recordset(${JSON.stringify(jobs)}) as x (id uuid, fence bigint, weight int, died int)
      where j.name = ${queue} and j.id = x.id`.execute(db);
  }

  /**
   * Waits until nobody else changes the jobs of these records. A fetch of another worker may have locked even those that it
   * does not get.
   */
  public async lock(db: Kysely<Tables>, queue: string, keys: readonly string[]): Promise<void> {
    await sql`select 1 from ${this.job}
      where name = ${queue} and state < 'completed' and singleton_key = any(${keys}::text[])
      order by singleton_key, id for update`.execute(db);
  }

  /** Starts the lease anew, also for a job that pg-boss has already counted as expired. */
  public async extend(db: Kysely<Tables>, queue: string, held: Held, leaseMs: number): Promise<void> {
    await sql`update ${this.job}
      set state = 'active', started_on = now(), expire_in = ${leaseMs} * interval '1 millisecond'
      where name = ${queue} and id in (${this.under(queue, held)})`.execute(db);
  }

  /** Removes the jobs under which records were taken in hand, those of dead workers as well. What was asked for since stays. */
  public async remove(db: Kysely<Tables>, queue: string, keys: readonly string[]): Promise<void> {
    await sql`delete from ${this.job}
      where name = ${queue} and state < 'completed' and singleton_key = any(${keys}::text[])
        and data->>'fence' is not null`.execute(db);
  }

  /** @param notBefore milliseconds since the epoch; at once when undefined */
  public async giveBack(db: Kysely<Tables>, queue: string, held: Held, notBefore: number | undefined): Promise<void> {
    const at = notBefore === undefined ? sql`now()` : sql`to_timestamp(${notBefore} / 1000.0)`;
    await sql`update ${this.job}
      set state = 'retry', started_on = null, data = null, start_after = ${at}
      where name = ${queue} and id in (${this.under(queue, held)})`.execute(db);
  }

  /** Lets go on what was parked behind records that are no longer in hand. */
  public async release(db: Kysely<Tables>, queue: string, keys: readonly string[]): Promise<void> {
    await sql`with parked as (
        select id from ${this.job}
        where name = ${queue} and state < 'active' and state < 'completed' and singleton_key = any(${keys}::text[])
          and data->>'parked' = 'true'
        order by singleton_key, id for update
      )
      update ${this.job} j set data = null, start_after = now()
      from parked where j.name = ${queue} and j.id = parked.id and j.state < 'active'`.execute(db);
  }

  /** What waits, one row per record nobody holds: from when on. A job whose holder's lease ran out waits as well. */
  public waiting(mapping: string, queue: string) {
    return sql`select singleton_key as key,
        min(case when state = 'active' then started_on + expire_in else start_after end) as at
      from ${this.job} j
      where name = ${queue} and state < 'completed' and not exists (
        select 1 from holds h
        where h.mapping = ${mapping} and h.left_key = j.singleton_key and h.expires_at > ${dbNow}
      ) group by singleton_key`;
  }

  private under(queue: string, { keys, fences }: Held) {
    return sql`select id from ${this.job}
      where name = ${queue} and state < 'completed' and singleton_key = any(${keys}::text[])
        and (data->>'fence')::bigint = any(${fences}::bigint[])`;
  }
}

/** Claims by what their jobs carry. */
export interface Held {
  keys: readonly string[];
  fences: readonly number[];
}
