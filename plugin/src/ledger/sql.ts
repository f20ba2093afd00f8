import type { Kysely, Transaction } from 'kysely';
import { CosellError } from '../ports/errors.js';
import type { LedgerDatabase } from './open.js';
import type { JournalLine, Ledger, LedgerChange, LedgerEntry, LedgerStatus, StoredRun } from './port.js';
import { KEPT_RUNS } from './port.js';
import {
  couplingOf,
  couplingRow,
  disputeOf,
  disputeRow,
  intentOf,
  intentRow,
  issueOf,
  issueRow,
  journalOf,
  tellingOf,
  tellingRow
} from './rows.js';
import type { Tables } from './schema.js';
import { readStatus } from './sql-status.js';

/** Keys per `in (…)`: below SQLite's historic limit of 999 parameters and PostgreSQL's comfort. */
const KEYS_PER_QUERY = 500;

type PartTable = 'couplings' | 'intents' | 'issues' | 'tellings' | 'disputes';

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The ledger on any SQL engine that Kysely speaks; statements keep to the subset shared by SQLite and PostgreSQL. */
export class SqlLedger implements Ledger {
  private readonly db: Kysely<Tables>;

  public constructor(private readonly database: LedgerDatabase) {
    this.db = database.db;
  }

  public async entries(mapping: string, leftKeys: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const found = new Map<string, LedgerEntry>();
    const entry = (leftKey: string): LedgerEntry => {
      const known = found.get(leftKey) ?? { leftKey };
      found.set(leftKey, known);
      return known;
    };
    for (const keys of slices(leftKeys, KEYS_PER_QUERY)) {
      const rows = <T extends PartTable>(table: T) =>
        this.db
          .selectFrom(table as PartTable)
          .selectAll()
          .where('mapping', '=', mapping)
          .where('left_key', 'in', [...keys]);
      for (const row of await rows('couplings').execute())
        entry(row.left_key).coupling = couplingOf(row as Tables['couplings']);
      for (const row of await rows('intents').execute())
        entry(row.left_key).intent = intentOf(row as Tables['intents']);
      for (const row of await rows('issues').execute()) entry(row.left_key).issue = issueOf(row as Tables['issues']);
      for (const row of await rows('tellings').execute())
        entry(row.left_key).telling = tellingOf(row as Tables['tellings']);
      for (const row of await rows('disputes').execute())
        entry(row.left_key).dispute = disputeOf(row as Tables['disputes']);
    }
    return found;
  }

  public async leftKeysOf(mapping: string, rightKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const keys of slices(rightKeys, KEYS_PER_QUERY)) {
      const rows = await this.db
        .selectFrom('couplings')
        .select(['left_key', 'right_key'])
        .where('mapping', '=', mapping)
        .where('right_key', 'in', [...keys])
        .execute();
      for (const row of rows) found.set(row.right_key, row.left_key);
    }
    return found;
  }

  public async due(mapping: string, now: string, limit: number): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('intents')
      .select('left_key')
      .where('mapping', '=', mapping)
      .union(
        this.db
          .selectFrom('tellings')
          .select('left_key')
          .where('mapping', '=', mapping)
          .where('pending', 'is not', null)
      )
      .union(
        this.db
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

  public async commit(mapping: string, changes: readonly LedgerChange[]): Promise<void> {
    try {
      await this.db.transaction().execute(async (transaction) => {
        await checkFences(transaction, mapping, changes);
        for (const change of changes) await applyChange(transaction, mapping, change);
      });
    } catch (error) {
      if (!/unique|duplicate key/i.test(String((error as Error).message))) throw error;
      throw new CosellError('LEDGER_CONFLICT', 'The record is already coupled to another one.', [], { cause: error });
    }
  }

  public async cursors(mapping: string): Promise<Readonly<Record<string, string>>> {
    const rows = await this.db.selectFrom('cursors').selectAll().where('mapping', '=', mapping).execute();
    return Object.fromEntries(rows.map((row) => [row.system, row.position]));
  }

  public async moveCursors(mapping: string, cursors: Readonly<Record<string, string>>, at: string): Promise<void> {
    const rows = Object.entries(cursors).map(([system, position]) => ({ mapping, system, position, updated_at: at }));
    if (rows.length === 0) return;
    await this.db
      .insertInto('cursors')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['mapping', 'system']).doUpdateSet((excluded) => ({
          position: excluded.ref('excluded.position'),
          updated_at: excluded.ref('excluded.updated_at')
        }))
      )
      .execute();
  }

  public async recordRun(mapping: string, run: StoredRun): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('runs')
        .values({
          mapping,
          id: run.id,
          started_at: run.startedAt,
          finished_at: run.finishedAt,
          outcome: run.outcome,
          summary: JSON.stringify(run.summary)
        })
        .execute();
      const kept = transaction
        .selectFrom('runs')
        .select('started_at')
        .where('mapping', '=', mapping)
        .orderBy('started_at', 'desc')
        .limit(1)
        .offset(KEPT_RUNS);
      await transaction.deleteFrom('runs').where('mapping', '=', mapping).where('started_at', '<=', kept).execute();
    });
  }

  public async status(mapping: string): Promise<LedgerStatus> {
    return readStatus(this.db, mapping);
  }

  public async journal(mapping: string, runId: string): Promise<readonly JournalLine[]> {
    const rows = await this.db
      .selectFrom('journal')
      .selectAll()
      .where('mapping', '=', mapping)
      .where('run_id', '=', runId)
      .orderBy('seq')
      .execute();
    return rows.map(journalOf);
  }

  public async lease(mapping: string, owner: string, now: number, ttlMs: number): Promise<boolean> {
    await this.db
      .insertInto('leases')
      .values({ mapping, owner, expires_at: now + ttlMs })
      .onConflict((conflict) =>
        conflict
          .column('mapping')
          .doUpdateSet({ owner, expires_at: now + ttlMs })
          .where((where) => where.or([where('leases.owner', '=', owner), where('leases.expires_at', '<=', now)]))
      )
      .execute();
    const row = await this.db.selectFrom('leases').select('owner').where('mapping', '=', mapping).executeTakeFirst();
    return row?.owner === owner;
  }

  public async release(mapping: string, owner: string): Promise<void> {
    await this.db.deleteFrom('leases').where('mapping', '=', mapping).where('owner', '=', owner).execute();
  }

  public async close(): Promise<void> {
    await this.database.close();
  }
}

const PART_ROWS = {
  coupling: { table: 'couplings', row: couplingRow },
  intent: { table: 'intents', row: intentRow },
  issue: { table: 'issues', row: issueRow },
  telling: { table: 'tellings', row: tellingRow },
  dispute: { table: 'disputes', row: disputeRow }
} as const;

/** A worker whose claim was taken over must not store anything: another one works on the record now. */
async function checkFences(db: Transaction<Tables>, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
  const fenced = changes.filter(({ fence }) => fence !== undefined);
  if (fenced.length === 0) return;
  const rows = await db
    .selectFrom('holds')
    .select(['left_key', 'fence'])
    .where('mapping', '=', mapping)
    .where('left_key', 'in', [...new Set(fenced.map(({ leftKey }) => leftKey))])
    .execute();
  const held = new Map(rows.map((row) => [row.left_key, Number(row.fence)]));
  if (fenced.every(({ leftKey, fence }) => held.get(leftKey) === fence)) return;
  throw new CosellError('FENCED', 'Another worker has taken the record over.');
}

async function addJournal(db: Transaction<Tables>, mapping: string, change: LedgerChange): Promise<void> {
  for (const { runId, rightKey, kind, changes, at } of change.journal ?? []) {
    const last = await db
      .selectFrom('journal')
      .select((select) => select.fn.max('seq').as('seq'))
      .where('mapping', '=', mapping)
      .where('run_id', '=', runId)
      .executeTakeFirst();
    await db
      .insertInto('journal')
      .values({
        mapping,
        run_id: runId,
        seq: Number(last?.seq ?? 0) + 1,
        left_key: change.leftKey,
        right_key: rightKey,
        kind,
        changes: JSON.stringify(changes),
        at
      })
      .execute();
  }
}

async function applyChange(db: Transaction<Tables>, mapping: string, change: LedgerChange): Promise<void> {
  await addJournal(db, mapping, change);
  for (const part of Object.keys(PART_ROWS) as (keyof typeof PART_ROWS)[]) {
    const value = change[part];
    if (value === undefined) continue;
    const { table, row } = PART_ROWS[part];
    if (value === null) {
      await db
        .deleteFrom(table as PartTable)
        .where('mapping', '=', mapping)
        .where('left_key', '=', change.leftKey)
        .execute();
      continue;
    }
    const values = row(mapping, change.leftKey, value as never);
    await db
      .insertInto(table as PartTable)
      .values(values)
      .onConflict((conflict) => conflict.columns(['mapping', 'left_key']).doUpdateSet(values))
      .execute();
  }
}
