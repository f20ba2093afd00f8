import type { Kysely } from 'kysely';
import type { EngineSql } from './engine-sql.js';
import { ENGINE_SQL } from './engine-sql.js';
import { isJournalRace, isOwnFault, ledgerError } from './errors.js';
import type { LeftOut, WaitingCommit } from './group-commit.js';
import { GroupCommit } from './group-commit.js';
import { loadCouplings } from './load.js';
import type { LedgerDatabase } from './open.js';
import type {
  Coupling,
  CouplingQuery,
  IssueCause,
  IssueQuery,
  JournalLine,
  KeptRun,
  Ledger,
  LedgerChange,
  LedgerEntry,
  LedgerStatus,
  ListedDispute,
  ListedIssue,
  Page,
  StoredRun
} from './port.js';
import { journalOf } from './rows.js';
import type { Tables } from './schema.js';
import { readCalls, storeCalls } from './sql-calls.js';
import { storeCommits } from './sql-commit.js';
import { readEntries, readLeftKeys } from './sql-entries.js';
import { JournalNumbers } from './sql-journal.js';
import { holdLease } from './sql-lease.js';
import { countIssues, listCauses, listCouplings, listDisputes, listIssues } from './sql-lists.js';
import { dropNotices, readNotices, storeNotice } from './sql-notices.js';
import { readRun, readRuns, storeRun } from './sql-runs.js';
import { readDue, readStatus } from './sql-status.js';
import { Statements } from './statements.js';

/** A lost race means that somebody else's line was stored, so each further try is worth it. Three processes at work can lose ten in a row. */
const JOURNAL_TRIES = 100;

/** The ledger on SQLite or PostgreSQL; statements keep to the subset that both share (see `ENGINE_SQL` for the rest). */
export class SqlLedger implements Ledger {
  private readonly db: Kysely<Tables>;
  private readonly engine: EngineSql;
  private readonly statements: Statements;
  private readonly numbers: JournalNumbers;
  private readonly group: GroupCommit;

  public constructor(private readonly database: LedgerDatabase) {
    this.db = database.db;
    this.engine = ENGINE_SQL[database.engine];
    this.statements = new Statements(database.db);
    this.numbers = new JournalNumbers(this.statements);
    this.group = new GroupCommit(async (mapping, group) => this.store(mapping, group, JOURNAL_TRIES), isOwnFault);
  }

  public async entries(mapping: string, leftKeys: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    return this.ask(async (db) => readEntries(db, this.statements, this.engine, mapping, leftKeys));
  }

  public async leftKeysOf(mapping: string, rightKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.ask(async (db) => readLeftKeys(db, this.statements, this.engine, mapping, rightKeys));
  }

  public async due(mapping: string, now: string, limit: number): Promise<readonly string[]> {
    return this.ask(async (db) => readDue(db, mapping, now, limit));
  }

  public async commit(mapping: string, changes: readonly LedgerChange[]): Promise<void> {
    await this.ask(async () => this.group.commit(mapping, changes));
  }

  public async load(mapping: string, couplings: AsyncIterable<Coupling> | Iterable<Coupling>): Promise<number> {
    return this.ask(async (db) => loadCouplings(db, this.statements, mapping, couplings));
  }

  public async cursors(mapping: string): Promise<Readonly<Record<string, string>>> {
    const rows = await this.ask(async (db) =>
      db.selectFrom('cursors').selectAll().where('mapping', '=', mapping).execute()
    );
    return Object.fromEntries(rows.map((row) => [row.system, row.position]));
  }

  public async moveCursors(mapping: string, cursors: Readonly<Record<string, string>>, at: string): Promise<void> {
    const rows = Object.entries(cursors).map(([system, position]) => ({ mapping, system, position, updated_at: at }));
    await this.inTransaction(async (db) => this.statements.insert(db, 'cursors', rows, ['mapping', 'system']));
  }

  public async recordRun(mapping: string, run: StoredRun): Promise<void> {
    await this.inTransaction(async (db) => storeRun(db, mapping, run));
  }

  public async runs(mapping: string, limit: number): Promise<readonly KeptRun[]> {
    return this.ask(async (db) => readRuns(db, mapping, limit));
  }

  public async run(mapping: string, id: string): Promise<KeptRun | undefined> {
    return this.ask(async (db) => readRun(db, mapping, id));
  }

  public async status(mapping: string): Promise<LedgerStatus> {
    return this.ask(async (db) => readStatus(db, mapping));
  }

  public async journal(mapping: string, runId: string): Promise<readonly JournalLine[]> {
    const lines = this.db.selectFrom('journal').selectAll().where('mapping', '=', mapping).where('run_id', '=', runId);
    return (await this.ask(async () => lines.orderBy('seq').execute())).map(journalOf);
  }

  public async issues(mapping: string, query: IssueQuery): Promise<readonly ListedIssue[]> {
    return this.ask(async (db) => listIssues(db, mapping, query));
  }

  public async issueCauses(mapping: string): Promise<readonly IssueCause[]> {
    return this.ask(async (db) => listCauses(db, mapping));
  }

  public async countIssues(mapping: string, code: string, since: string): Promise<number> {
    return this.ask(async (db) => countIssues(db, mapping, code, since));
  }

  public async couplings(mapping: string, query: CouplingQuery): Promise<readonly Coupling[]> {
    return this.ask(async (db) => listCouplings(db, mapping, query));
  }

  public async disputes(mapping: string, page: Page): Promise<readonly ListedDispute[]> {
    return this.ask(async (db) => listDisputes(db, mapping, page));
  }

  public async addCalls(system: string, bucket: number, count: number): Promise<void> {
    await this.ask(async (db) => storeCalls(db, system, bucket, count));
  }

  public async callsSince(system: string, bucket: number): Promise<ReadonlyMap<number, number>> {
    return this.ask(async (db) => readCalls(db, system, bucket));
  }

  public async addNotice(mapping: string, id: string, at: string): Promise<boolean> {
    return this.ask(async (db) => storeNotice(db, mapping, id, at));
  }

  public async notices(mapping: string, limit: number): Promise<readonly string[]> {
    return this.ask(async (db) => readNotices(db, mapping, limit));
  }

  public async removeNotices(mapping: string, ids: readonly string[]): Promise<void> {
    await this.ask(async (db) => dropNotices(db, this.engine, mapping, ids));
  }

  public async now(callersNow: number): Promise<number> {
    if (this.database.engine === 'sqlite') return callersNow;
    return this.ask(async (db) => {
      const row = await db.selectNoFrom(this.engine.now(callersNow).as('now')).executeTakeFirstOrThrow();
      return Number(row.now);
    });
  }

  public async lease(mapping: string, owner: string, now: number, ttlMs: number): Promise<boolean> {
    return this.ask(async (db) => holdLease(db, this.engine, { mapping, owner, now, ttlMs }));
  }

  public async release(mapping: string, owner: string): Promise<void> {
    await this.ask(async (db) =>
      db.deleteFrom('leases').where('mapping', '=', mapping).where('owner', '=', owner).execute()
    );
  }

  public async close(): Promise<void> {
    await this.database.close();
  }

  private async store(mapping: string, group: readonly WaitingCommit[], tries: number): Promise<LeftOut> {
    const { statements, engine, numbers: journal } = this;
    try {
      return await this.inTransaction(async (db) => storeCommits(db, { statements, engine, journal }, mapping, group));
    } catch (error) {
      journal.forget();
      if (tries > 1 && isJournalRace(error)) return this.store(mapping, group, tries - 1);
      throw error;
    }
  }

  /** Every failure of the database leaves as an error of the ledger. */
  private async ask<T>(question: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    try {
      return await question(this.db);
    } catch (error) {
      throw ledgerError(error, this.database);
    }
  }

  private async inTransaction<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.ask(async (db) => db.transaction().execute(work));
  }
}
