import type { Kysely, Selectable } from 'kysely';
import { sql } from './kysely.js';
import type { JsonObject } from '../ports/json.js';
import type { KeptRun, StoredRun } from './port.js';
import { journalCutoff, KEPT_RUNS } from './port.js';
import type { Tables } from './schema.js';

/** Runs whose journal is dropped with one that ends: more than one, so that a backlog shrinks; few, so that no run waits for it. */
const DROPPED_AT_ONCE = 50;

export const runOf = (row: Selectable<Tables['runs']>): StoredRun => ({
  id: row.id,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  outcome: row.outcome,
  summary: JSON.parse(row.summary) as JsonObject
});

/** The journal lines of the run in the outer select. */
const lines = sql<number>`(select count(*) from journal where journal.mapping = runs.mapping and journal.run_id = runs.id)`;

const runsOf = (db: Kysely<Tables>, mapping: string) =>
  db.selectFrom('runs').selectAll().select(lines.as('lines')).where('mapping', '=', mapping);

const keptOf = (row: Selectable<Tables['runs']> & { lines: number }): KeptRun => ({
  ...runOf(row),
  journalLines: row.lines
});

/** `Ledger.runs` by SQL. */
export async function readRuns(db: Kysely<Tables>, mapping: string, limit: number): Promise<KeptRun[]> {
  const rows = await runsOf(db, mapping).orderBy('started_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(keptOf);
}

/** `Ledger.run` by SQL. */
export async function readRun(db: Kysely<Tables>, mapping: string, id: string): Promise<KeptRun | undefined> {
  const row = await runsOf(db, mapping).where('id', '=', id).executeTakeFirst();
  return row && keptOf(row);
}

async function undoable(db: Kysely<Tables>, mapping: string, id: string): Promise<boolean> {
  const line = await db
    .selectFrom('journal')
    .select('seq')
    .where('mapping', '=', mapping)
    .where('run_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}

/** Of the runs that changed nothing, the newest ones stay. */
async function dropIdleRuns(db: Kysely<Tables>, mapping: string): Promise<void> {
  const oldest = await db
    .selectFrom('runs')
    .select('started_at')
    .where('mapping', '=', mapping)
    .where('undoable', '=', 0)
    .orderBy('started_at', 'desc')
    .limit(1)
    .offset(KEPT_RUNS)
    .executeTakeFirst();
  if (oldest === undefined) return;
  await db
    .deleteFrom('runs')
    .where('mapping', '=', mapping)
    .where('undoable', '=', 0)
    .where('started_at', '<=', oldest.started_at)
    // A run that was killed was never recorded as one that changed something.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('journal')
            .select('seq')
            .whereRef('journal.mapping', '=', 'runs.mapping')
            .whereRef('journal.run_id', '=', 'runs.id')
        )
      )
    )
    .execute();
}

async function dropOldRuns(db: Kysely<Tables>, mapping: string, before: string): Promise<void> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('mapping', '=', mapping)
    .where('started_at', '<', before)
    .orderBy('started_at')
    .limit(DROPPED_AT_ONCE)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await db.deleteFrom('journal').where('mapping', '=', mapping).where('run_id', 'in', ids).execute();
  await db.deleteFrom('runs').where('mapping', '=', mapping).where('id', 'in', ids).execute();
}

/** `Ledger.recordRun` by SQL, in a transaction. */
export async function storeRun(db: Kysely<Tables>, mapping: string, run: StoredRun): Promise<void> {
  const values = {
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    outcome: run.outcome,
    summary: JSON.stringify(run.summary),
    undoable: (await undoable(db, mapping, run.id)) ? 1 : 0
  };
  await db
    .insertInto('runs')
    .values({ mapping, id: run.id, ...values })
    .onConflict((conflict) => conflict.columns(['mapping', 'id']).doUpdateSet(values))
    .execute();
  if (run.outcome === 'running') return;
  await dropIdleRuns(db, mapping);
  await dropOldRuns(db, mapping, journalCutoff(run));
}
