import type { AccessControl, QueryResult, QueryRow, Session } from '../core/contract.js';
import type { OrgDatabase } from '../core/database.js';
import type { OrgClock } from '../core/org-clock.js';
import type { SchemaStore } from '../core/schema-store.js';
import { ApiError } from '../core/transport.js';
import { compileQuery } from './compile.js';
import type { ChildrenEntry, CompiledQuery, RecordShape, ShapeEntry } from './compiled-query.js';
import { CursorStore } from './cursors.js';
import { parseSoql } from './parse.js';
import { shapeAggregate, shapeRecord, type ChildResults, type SqlRow } from './shape.js';
import { childSql, idSql, pageSql, querySql } from './sql-text.js';

/** Default and largest page of a query answer. */
export const MAX_BATCH = 2000;
const MIN_BATCH = 200;

export interface QueryOptions {
  includeDeleted?: boolean;
  batchSize?: number;
  /** Version in the URLs of the answer, for example `66.0`. */
  version?: string;
}

/** Runs SOQL for a session. Throws MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE and their kin. */
export class QueryService {
  private readonly cursors: CursorStore;

  public constructor(
    private readonly database: OrgDatabase,
    private readonly schema: SchemaStore,
    private readonly access: AccessControl,
    private readonly clock: OrgClock,
    private readonly defaultVersion: string,
    newId: (keyPrefix: string) => string
  ) {
    this.cursors = new CursorStore(() => newId('01g'));
  }

  public compile(session: Session, soql: string, includeDeleted = false): CompiledQuery {
    const environment = {
      schema: this.schema,
      access: this.access,
      session,
      now: this.clock.now(),
      soql,
      includeDeleted,
      nextAlias: { value: 0 }
    };
    return compileQuery(environment, parseSoql(soql));
  }

  public query(session: Session, soql: string, options: QueryOptions = {}): QueryResult {
    const compiled = this.compile(session, soql, options.includeDeleted);
    const version = options.version ?? this.defaultVersion;
    if (compiled.mode === 'count') return this.count(compiled);
    if (compiled.mode === 'aggregate') return this.aggregate(compiled);
    const batchSize = clampBatch(options.batchSize);
    const wanted = Math.min(compiled.limit ?? Infinity, batchSize + 1);
    const { sql, parameters } = querySql(compiled, wanted);
    const rows = this.database.rows(sql, parameters);
    if (rows.length <= batchSize) {
      return { totalSize: rows.length, done: true, records: this.shapeAll(compiled, rows, version) };
    }
    const all = idSql(compiled);
    const ids = this.database.rows(all.sql, all.parameters).map(([id]) => String(id));
    const cursor = { userId: session.userId, query: compiled, ids, version, batchSize };
    return this.page(this.cursors.open(cursor), cursor, 0);
  }

  /** The next page of an answer, by the locator at the end of `nextRecordsUrl`. */
  public more(session: Session, locator: string): QueryResult {
    const { id, cursor, offset } = this.cursors.read(locator, session.userId);
    return this.page(id, cursor, offset);
  }

  private page(id: string, cursor: Parameters<CursorStore['open']>[0], offset: number): QueryResult {
    const end = Math.min(cursor.ids.length, offset + cursor.batchSize);
    const ids = cursor.ids.slice(offset, end);
    const { sql, parameters } = pageSql(cursor.query, ids);
    const byId = new Map(this.database.rows(sql, parameters).map((row) => [String(row[0]), row]));
    const rows = ids.map((each) => byId.get(each)).filter((row) => row !== undefined);
    const done = end === cursor.ids.length;
    return {
      totalSize: cursor.ids.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${cursor.version}/query/${id}-${String(end)}` }),
      records: this.shapeAll(cursor.query, rows, cursor.version)
    };
  }

  private count(compiled: CompiledQuery): QueryResult {
    const { sql, parameters } = querySql(compiled, 1);
    const total = Number(this.database.rows(sql, parameters)[0]?.[0] ?? 0);
    return { totalSize: Math.min(total, compiled.limit ?? Infinity), done: true, records: [] };
  }

  private aggregate(compiled: CompiledQuery): QueryResult {
    const { sql, parameters } = querySql(compiled, Math.min(compiled.limit ?? Infinity, MAX_BATCH + 1));
    const rows = this.database.rows(sql, parameters);
    if (rows.length > MAX_BATCH) {
      const text = 'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
      throw new ApiError(400, 'EXCEEDED_ID_LIMIT', text);
    }
    return { totalSize: rows.length, done: true, records: rows.map((row) => shapeAggregate(compiled.shape, row)) };
  }

  private shapeAll(compiled: CompiledQuery, rows: readonly SqlRow[], version: string): QueryRow[] {
    const children = this.readChildren(compiled.shape, rows, version);
    return rows.map((row) => shapeRecord(compiled.shape, row, version, children));
  }

  /** One statement per child relationship and page, whatever the number of parents. */
  private readChildren(shape: RecordShape, rows: readonly SqlRow[], version: string): ChildResults {
    const results = new Map<ShapeEntry, ReadonlyMap<string, QueryResult>>();
    const entries = shape.entries.filter((entry): entry is ChildrenEntry => entry.kind === 'children');
    if (rows.length === 0) return results;
    const parents = rows.map((row) => String(row[shape.idIndex]));
    for (const entry of entries) {
      const { sql, parameters } = childSql(entry, parents);
      const byParent = new Map<string, QueryResult>();
      for (const row of this.database.rows(sql, parameters)) {
        // The column after the child's own id holds the parent's, see compileLevel.
        const parent = String(row[1]);
        const list = byParent.get(parent) ?? { totalSize: 0, done: true, records: [] };
        list.records.push(shapeRecord(entry.query.shape, row, version, new Map()));
        list.totalSize++;
        byParent.set(parent, list);
      }
      results.set(entry, byParent);
    }
    return results;
  }
}

function clampBatch(batchSize: number | undefined): number {
  if (batchSize === undefined || !Number.isFinite(batchSize)) return MAX_BATCH;
  return Math.min(MAX_BATCH, Math.max(MIN_BATCH, Math.trunc(batchSize)));
}
