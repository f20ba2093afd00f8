import type { Kysely } from 'kysely';
import { sql } from './kysely.js';
import type { CouplingState, LedgerStatus, OpenIssue } from './port.js';
import { COUPLING_STATES, STATUS_ISSUES } from './port.js';
import type { Tables } from './schema.js';
import { runOf } from './sql-runs.js';

const count = sql<number>`count(*)`;

async function countStates(db: Kysely<Tables>, mapping: string): Promise<Record<CouplingState, number>> {
  const rows = await db
    .selectFrom('couplings')
    .select(['state', count.as('n')])
    .where('mapping', '=', mapping)
    .groupBy('state')
    .execute();
  const found = new Map(rows.map((row) => [row.state, row.n]));
  return Object.fromEntries(COUPLING_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<
    CouplingState,
    number
  >;
}

async function countRows(
  db: Kysely<Tables>,
  table: 'intents' | 'issues' | 'disputes',
  mapping: string
): Promise<number> {
  const row = await db.selectFrom(table).select(count.as('n')).where('mapping', '=', mapping).executeTakeFirst();
  return row?.n ?? 0;
}

async function firstIssues(db: Kysely<Tables>, mapping: string): Promise<LedgerStatus['issues']> {
  const rows = await db
    .selectFrom('issues')
    .selectAll()
    .where('mapping', '=', mapping)
    .orderBy('not_before')
    .orderBy('left_key')
    .limit(STATUS_ISSUES)
    .execute();
  return rows.map((row) => ({
    leftKey: row.left_key,
    state: row.state as OpenIssue['state'],
    code: row.code,
    attempts: row.attempts,
    notBefore: row.not_before
  }));
}

/** `Ledger.status` by SQL. */
export async function readStatus(db: Kysely<Tables>, mapping: string): Promise<LedgerStatus> {
  const cursors = await db.selectFrom('cursors').selectAll().where('mapping', '=', mapping).orderBy('system').execute();
  const run = await db
    .selectFrom('runs')
    .selectAll()
    .where('mapping', '=', mapping)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return {
    couplings: await countStates(db, mapping),
    openIntents: await countRows(db, 'intents', mapping),
    issues: await firstIssues(db, mapping),
    issueCount: await countRows(db, 'issues', mapping),
    disputeCount: await countRows(db, 'disputes', mapping),
    cursors: cursors.map((row) => ({ system: row.system, cursor: row.position, updatedAt: row.updated_at })),
    ...(run ? { lastRun: runOf(run) } : {})
  };
}

/** `Ledger.due` by SQL: small tables and partial indexes only, however many records are coupled. */
export async function readDue(
  db: Kysely<Tables>,
  mapping: string,
  now: string,
  limit: number
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('intents')
    .select('left_key')
    .where('mapping', '=', mapping)
    .union(db.selectFrom('tellings').select('left_key').where('mapping', '=', mapping).where('pending', 'is not', null))
    .union(
      db
        .selectFrom('issues')
        .select('left_key')
        .where('mapping', '=', mapping)
        .where('state', '=', 'retry')
        .where('not_before', '<=', now)
    )
    .orderBy('left_key')
    .limit(limit)
    .execute();
  return rows.map((row) => row.left_key);
}
