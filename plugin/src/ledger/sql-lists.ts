import type { Kysely } from 'kysely';
import { sql } from './kysely.js';
import type { Coupling, CouplingQuery, IssueCause, IssueQuery, ListedDispute, ListedIssue, Page } from './port.js';
import { couplingOf, disputeOf, issueOf } from './rows.js';
import type { Tables } from './schema.js';

/** `Ledger.issues` by SQL. */
export async function listIssues(db: Kysely<Tables>, mapping: string, query: IssueQuery): Promise<ListedIssue[]> {
  const { state, code, limit, after } = query;
  const rows = await db
    .selectFrom('issues')
    .selectAll()
    .where('mapping', '=', mapping)
    .$if(state !== undefined, (select) => select.where('state', '=', state ?? ''))
    .$if(code !== undefined, (select) => select.where('code', '=', code ?? ''))
    .$if(after !== undefined, (select) => select.where('left_key', '>', after ?? ''))
    .orderBy('left_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ leftKey: row.left_key, ...issueOf(row) }));
}

/** `Ledger.couplings` by SQL. */
export async function listCouplings(
  db: Kysely<Tables>,
  mapping: string,
  { state, limit, after }: CouplingQuery
): Promise<Coupling[]> {
  const rows = await db
    .selectFrom('couplings')
    .selectAll()
    .where('mapping', '=', mapping)
    .$if(state !== undefined, (select) => select.where('state', '=', state ?? ''))
    .$if(after !== undefined, (select) => select.where('left_key', '>', after ?? ''))
    .orderBy('left_key')
    .limit(limit)
    .execute();
  return rows.map(couplingOf);
}

/** `Ledger.issueCauses` by SQL. */
export async function listCauses(db: Kysely<Tables>, mapping: string): Promise<IssueCause[]> {
  const rows = await db
    .selectFrom('issues')
    .select([
      'code',
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(case when state = 'parked' then 1 else 0 end)`.as('parked'),
      sql<string>`min(left_key)`.as('example')
    ])
    .where('mapping', '=', mapping)
    .groupBy('code')
    .orderBy('count', 'desc')
    .orderBy('code')
    .execute();
  return rows;
}

/** `Ledger.countIssues` by SQL. */
export async function countIssues(db: Kysely<Tables>, mapping: string, code: string, since: string): Promise<number> {
  const row = await db
    .selectFrom('issues')
    .select(sql<number>`count(*)`.as('count'))
    .where('mapping', '=', mapping)
    .where('code', '=', code)
    .where('not_before', '>=', since)
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** `Ledger.disputes` by SQL. */
export async function listDisputes(
  db: Kysely<Tables>,
  mapping: string,
  { limit, after }: Page
): Promise<ListedDispute[]> {
  const rows = await db
    .selectFrom('disputes')
    .selectAll()
    .where('mapping', '=', mapping)
    .$if(after !== undefined, (select) => select.where('left_key', '>', after ?? ''))
    .orderBy('left_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ leftKey: row.left_key, ...disputeOf(row) }));
}
