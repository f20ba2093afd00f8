import type { QueryService } from '../soql/query-service.js';
import type {
  ChangeNotice,
  DataService,
  FieldValues,
  QueryResult,
  QueryRow,
  Row,
  SaveOptions,
  Session
} from './contract.js';
import { normalizeId } from './ids.js';
import type { SObjectSchema } from './schema.js';
import { deleteRecord } from './save/delete.js';
import type { Engine } from './save/engine.js';
import { createRecord, requireRecord, updateRecord } from './save/save-record.js';
import { ApiError } from './transport.js';

/** Reads and writes records for a session; see `DataService` for the rules and errors. */
export class SqlDataService implements DataService {
  private depth = 0;

  public constructor(
    private readonly engine: Engine,
    private readonly soql: QueryService
  ) {}

  /** Records come as REST answers give them: `attributes` first, instants as `2026-01-31T10:00:00.000+0000`. */
  public query(session: Session, soql: string, options = {}): QueryResult {
    return this.soql.query(session, soql, options);
  }

  /** One record with the named fields; without names, every field the session can read. */
  public retrieve(session: Session, object: string, id: string, fields: readonly string[]): QueryRow {
    const schema = this.requireObject(session, object);
    const row = requireRecord(this.engine, session, schema, this.requireId(schema, id));
    const names = fields.length > 0 ? fields : this.readableFields(session, schema);
    const soql = `SELECT ${[...new Set(names)].join(', ')} FROM ${schema.name} WHERE Id = '${String(row['Id'])}'`;
    const [record] = this.soql.query(session, soql).records;
    if (record === undefined) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return record;
  }

  public create(session: Session, object: string, values: FieldValues): string {
    const schema = this.requireObject(session, object);
    return this.transaction(session, () => createRecord(this.engine, session, schema, values));
  }

  public update(session: Session, object: string, id: string, values: FieldValues, options?: SaveOptions): void {
    const schema = this.requireObject(session, object);
    const before = requireRecord(this.engine, session, schema, this.requireId(schema, id));
    this.transaction(session, () => {
      updateRecord(this.engine, session, schema, before, values, options);
    });
  }

  public delete(session: Session, object: string, id: string): void {
    const schema = this.requireObject(session, object);
    const row: Row = requireRecord(this.engine, session, schema, this.requireId(schema, id));
    if (!schema.deletable || !this.engine.access.object(session, schema.name).delete) {
      throw new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
    }
    this.transaction(session, () => {
      deleteRecord(this.engine, session, schema, row);
    });
  }

  /** Nested calls are savepoints: a caller may catch the error of one and keep the rest. */
  public transaction<T>(session: Session, work: () => T): T {
    const { engine } = this;
    const mark = engine.pending.length;
    this.depth++;
    try {
      let notices: readonly ChangeNotice[] = [];
      const result = engine.database.transaction(() => {
        const value = work();
        if (this.depth === 1) notices = engine.bus.store(session, mergeChanges(engine.pending.splice(0)));
        return value;
      });
      engine.bus.deliver(notices);
      return result;
    } catch (error) {
      engine.pending.length = mark;
      engine.access.invalidate();
      throw error;
    } finally {
      this.depth--;
    }
  }

  private requireObject(session: Session, name: string): SObjectSchema {
    const schema = this.engine.schema.object(name);
    if (schema === undefined || !this.engine.access.object(session, schema.name).read) {
      throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    return schema;
  }

  private requireId(schema: SObjectSchema, id: string): string {
    const normal = normalizeId(id);
    if (normal === undefined)
      throw new ApiError(400, 'MALFORMED_ID', `${schema.label} ID: id value of incorrect type: ${id}`);
    return normal;
  }

  private readableFields(session: Session, schema: SObjectSchema): string[] {
    return [...schema.fields.keys()].filter((name) => this.engine.access.field(session, schema.name, name).readable);
  }
}

/** One change per record and transaction: the first kind counts, fields add up, the last values win. */
function mergeChanges(changes: Engine['pending']): Engine['pending'] {
  const merged = new Map<string, Engine['pending'][number]>();
  for (const change of changes) {
    const known = merged.get(change.id);
    if (known === undefined) {
      merged.set(change.id, change);
    } else if (change.type === 'DELETE') {
      if (known.type === 'CREATE') merged.delete(change.id);
      else merged.set(change.id, change);
    } else {
      merged.set(change.id, {
        ...known,
        changedFields: [...new Set([...known.changedFields, ...change.changedFields])],
        values: { ...known.values, ...change.values }
      });
    }
  }
  return [...merged.values()];
}
