import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { JsonObject } from '../ports/json.js';
import type { CouplingState, LedgerStatus, OpenIssue, StoredRun } from './port.js';
import { COUPLING_STATES, STATUS_ISSUES } from './port.js';
import type { Tables } from './schema.js';

const count = sql<number>`count(*)`;

const runOf = (row: Selectable<Tables['runs']>): StoredRun => ({
  id: row.id,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  outcome: row.outcome,
  summary: JSON.parse(row.summary) as JsonObject
});

async function countStates(db: Kysely<Tables>, mapping: string): Promise<Record<CouplingState, number>> {
  const rows = await db
    .selectFrom('couplings')
    .select(['state', count.as('n')])
    .where('mapping', '=', mapping)
    .groupBy('state')
    .execute();
  // PostgreSQL counts in 64 bits and hands them out as text.
  const found = new Map(rows.map((row) => [row.state, Number(row.n)]));
  return Object.fromEntries(COUPLING_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<
    CouplingState,
    number
  >;
}

async function countRows(db: Kysely<Tables>, table: 'intents' | 'issues', mapping: string): Promise<number> {
  const row = await db.selectFrom(table).select(count.as('n')).where('mapping', '=', mapping).executeTakeFirst();
  return Number(row?.n ?? 0);
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
    .limit(1)
    .executeTakeFirst();
  return {
    couplings: await countStates(db, mapping),
    openIntents: await countRows(db, 'intents', mapping),
    issues: await firstIssues(db, mapping),
    issueCount: await countRows(db, 'issues', mapping),
    cursors: cursors.map((row) => ({ system: row.system, cursor: row.position, updatedAt: row.updated_at })),
    ...(run ? { lastRun: runOf(run) } : {})
  };
}
