import type { Kysely } from 'kysely';
import PgBoss from 'pg-boss';
import { CompiledQuery, sql } from '../ledger/kysely.js';
import type { Tables } from '../ledger/schema.js';
import { CosellError } from '../ports/errors.js';

/** Makes pg-boss work through our connections, and so within our transactions. Every failure is handed to `failed` as well. */
export const through = (db: Kysely<Tables>, failed?: (error: unknown) => void): PgBoss.Db => ({
  executeSql: async (text, values = []) => {
    try {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values as unknown[]));
      return { rows: rows as never[] };
    } catch (error) {
      failed?.(error);
      throw error;
    }
  }
});

/** Some of pg-boss's texts open a transaction themselves; one that fails must not stay open on a connection of the pool. */
const guarded = (db: Kysely<Tables>): PgBoss.Db => ({
  executeSql: async (text, values) =>
    db.connection().execute(async (connection) => {
      try {
        return await through(connection).executeSql(text, values);
      } catch (error) {
        await sql`rollback`.execute(connection);
        throw error;
      }
    })
});

/** Lower case, as pg-boss does not quote it; 50 characters is pg-boss's limit. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,49}$/;

/** Names the lock of everybody who changes pg-boss's tables; any number that nobody else uses. */
const LOCK = 20_260_106;

/** pg-boss makes a table per queue, and two processes that do so at the same time wait for each other. */
async function alone<T>(db: Kysely<Tables>, work: (within: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
    return work(transaction);
  });
}

/**
 * pg-boss looks jobs up by their id; the record is what we know. Completed jobs are removed, so this covers all there are.
 */
async function indexKeys(db: Kysely<Tables>, schema: string): Promise<void> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass(${`${schema}.job_by_record`}) is not null as there`.execute(db);
  if (rows[0]?.there) return;
  await alone(db, async (within) => {
    await sql`create index if not exists job_by_record on ${sql.id(schema, 'job')} (name, singleton_key)
      where state < 'completed'`.execute(within);
  });
}

/** Jobs are never given up and never forgotten: the engine decides what becomes of a record that fails. */
const FOR_EVER = { retryLimit: 2 ** 31 - 1, retentionMinutes: 10 * 365 * 24 * 60 };

/** Makes a queue that keeps one job per record which nobody has begun, unless it is there. */
export async function makeQueue(db: Kysely<Tables>, boss: PgBoss, schema: string, name: string): Promise<void> {
  if (await boss.getQueue(name)) return;
  await alone(db, async (within) => {
    const alike = new PgBoss({ db: through(within), schema, supervise: false, schedule: false });
    await alike.createQueue(name, { name, policy: 'short', ...FOR_EVER });
  });
}

/** PostgreSQL's code for a row that is there already: here the name of a schema or of a type. */
const DUPLICATE = '23505';

/** Two processes may make pg-boss's tables at the same moment; the one that comes second finds them made. */
async function started(db: Kysely<Tables>, schema: string, second = false): Promise<PgBoss> {
  const boss = new PgBoss({ db: guarded(db), schema, supervise: false, schedule: false });
  // Whatever fails also fails the call that needs it; without a listener it would end the process.
  boss.on('error', () => undefined);
  try {
    return await boss.start();
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    if (second || (code ?? cause?.code) !== DUPLICATE) throw error;
    return started(db, schema, true);
  }
}

/**
 * Starts pg-boss in a schema of its own. Its timers stay off: schedules are not used, and leases that ran out are looked
 * for with every claim, which is sooner than its maintenance would.
 * @throws CosellError `QUEUE_UNUSABLE`
 */
export async function startBoss(db: Kysely<Tables>, schema: string): Promise<PgBoss> {
  const nextSteps = ['The user needs the right to create a schema in the database.'];
  if (!SCHEMA.test(schema))
    throw new CosellError('QUEUE_UNUSABLE', `"${schema}" cannot be the name of the queue's schema.`, [
      'Use at most 50 lower-case letters, digits and underscores, beginning with a letter.'
    ]);
  try {
    const boss = await started(db, schema);
    await indexKeys(db, schema);
    return boss;
  } catch (error) {
    throw new CosellError('QUEUE_UNUSABLE', `The work queue cannot be used: ${(error as Error).message}.`, nextSteps, {
      cause: error
    });
  }
}

/** The name of a mapping's queue: whatever is neither a letter, a digit nor a hyphen becomes `_` + its code + `_`. */
export const queueName = (mapping: string): string =>
  mapping.replace(/[^A-Za-z0-9-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
