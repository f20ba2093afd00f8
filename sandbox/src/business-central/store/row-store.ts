import { randomUUID } from 'node:crypto';
import type Database from 'libsql';
import type { MutableValues, Values } from '../core/values.js';

/** A stored row; never changed in place. */
export interface Row {
  readonly company: string;
  readonly set: string;
  readonly id: string;
  /** Rises with every write of any row; the ETag is made of it. */
  readonly version: number;
  readonly values: Values;
}

/** Something that was committed, for the webhooks. */
export interface Change {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly row: Row;
}

interface Undo {
  readonly place: Map<string, Row>;
  readonly id: string;
  readonly before: Row | undefined;
}

/**
 * Rows by company and set: read from memory, written through to SQLite. A transaction either keeps everything or nothing,
 * in memory as on disk.
 */
export class RowStore {
  /** Told what a transaction changed, once it is committed. */
  public onCommit: (changes: readonly Change[]) => void = () => undefined;
  private readonly places = new Map<string, Map<string, Row>>();
  private readonly revisions = new Map<string, number>();
  private version = 0;
  private undo: Undo[] | undefined;
  private changes: Change[] = [];
  private readonly write: Database.Statement;
  private readonly erase: Database.Statement;

  public constructor(private readonly database: Database.Database) {
    this.write = database.prepare(
      'insert or replace into rows (company, entity_set, id, version, document) values (?, ?, ?, ?, ?)'
    );
    this.erase = database.prepare('delete from rows where company = ? and entity_set = ? and id = ?');
    const stored = database.prepare('select * from rows').all() as Record<string, string | number>[];
    for (const { company, entity_set: set, id, version, document } of stored) {
      const values = JSON.parse(String(document)) as Values;
      this.place(String(company), String(set)).set(String(id), {
        company: String(company),
        set: String(set),
        id: String(id),
        version: Number(version),
        values
      });
      this.version = Math.max(this.version, Number(version));
    }
  }

  public all(company: string, set: string): Row[] {
    return [...this.place(company, set).values()];
  }

  public get(company: string, set: string, id: string): Row | undefined {
    return this.place(company, set).get(id.toLowerCase());
  }

  public find(company: string, set: string, wanted: (values: Values) => boolean): Row | undefined {
    for (const row of this.place(company, set).values()) if (wanted(row.values)) return row;
    return undefined;
  }

  public where(company: string, set: string, wanted: (values: Values) => boolean): Row[] {
    return this.all(company, set).filter((row) => wanted(row.values));
  }

  /** `key` names the field that holds the row's id. */
  public insert(company: string, set: string, values: MutableValues, key = 'id'): Row {
    const given = values[key];
    const id = typeof given === 'string' && given !== '' && !/^[0-]+$/.test(given) ? given.toLowerCase() : randomUUID();
    return this.put({ company, set, id, values: { ...values, [key]: id } }, 'created');
  }

  public update(row: Row, values: Values): Row {
    return this.put({ ...row, values }, 'updated');
  }

  public delete(row: Row): void {
    const place = this.place(row.company, row.set);
    this.remember(place, row.id);
    place.delete(row.id);
    this.erase.run(row.company, row.set, row.id);
    this.changed({ kind: 'deleted', row });
  }

  /** Rises with every write of the set; for what is reckoned from all its rows. */
  public revision(company: string, set: string): number {
    return this.revisions.get(`${company}/${set}`) ?? 0;
  }

  /** All or nothing; a transaction inside another is part of it. */
  public transaction<T>(work: () => T): T {
    if (this.undo) return work();
    this.undo = [];
    this.database.exec('begin immediate');
    let result: T;
    try {
      result = work();
      this.database.exec('commit');
    } catch (error) {
      this.rollBack();
      throw error;
    }
    const changes = this.changes;
    this.changes = [];
    this.undo = undefined;
    this.onCommit(changes);
    return result;
  }

  public clear(): void {
    this.places.clear();
    this.database.exec('delete from rows');
  }

  private rollBack(): void {
    this.database.exec('rollback');
    for (const { place, id, before } of this.undo?.reverse() ?? []) {
      if (before) place.set(id, before);
      else place.delete(id);
    }
    for (const [name, revision] of this.revisions) this.revisions.set(name, revision + 1);
    this.undo = undefined;
    this.changes = [];
  }

  private put(row: Omit<Row, 'version'>, kind: 'created' | 'updated'): Row {
    const place = this.place(row.company, row.set);
    this.remember(place, row.id);
    const stored: Row = { ...row, version: (this.version += 1) };
    place.set(row.id, stored);
    this.write.run(row.company, row.set, row.id, stored.version, JSON.stringify(row.values));
    this.changed({ kind, row: stored });
    return stored;
  }

  private changed(change: Change): void {
    const name = `${change.row.company}/${change.row.set}`;
    this.revisions.set(name, (this.revisions.get(name) ?? 0) + 1);
    if (this.undo) this.changes.push(change);
    else this.onCommit([change]);
  }

  private remember(place: Map<string, Row>, id: string): void {
    this.undo?.push({ place, id, before: place.get(id) });
  }

  private place(company: string, set: string): Map<string, Row> {
    const name = `${company}/${set}`;
    let place = this.places.get(name);
    if (!place) this.places.set(name, (place = new Map()));
    return place;
  }
}
