import type { PathValues } from '../../../plugin/src/mapping/types.js';
import { setAt } from '../../../plugin/src/mapping/paths.js';
import type { ManualClock } from '../../../plugin/src/ports/clock.js';
import { ConnectorError } from '../../../plugin/src/ports/errors.js';
import type { JsonObject } from '../../../plugin/src/ports/json.js';
import type { ChangePage, RecordRef, RemoteRecord, WriteResult } from '../../../plugin/src/sync/ports.js';

export interface Stored {
  key: string;
  document: JsonObject;
  /** Grows with every change; also the version. */
  sequence: number;
  modifiedAt: string;
  createdAt: string;
  deleted?: boolean;
}

export type CallName =
  'changes' | 'read' | 'update' | 'create' | 'findByMarker' | 'tell' | 'answer' | 'receive' | 'takeIn' | 'succeed';
/** Runs around every call; throwing before means the call was not carried out, throwing after means its answer was lost. */
export type Hook = (call: CallName, key?: string) => void;

/** In-memory twin of a connected system: conditional writes, a feed with a cursor, faults on demand. */
export class FakeSystem {
  public readonly records = new Map<string, Stored>();
  public readonly log: { call: CallName; key?: string; values?: PathValues }[] = [];
  public before: Hook = () => undefined;
  public after: Hook = () => undefined;
  public pageSize = 1000;
  private sequence = 0;

  public constructor(
    public readonly system: string,
    public readonly label: string,
    protected readonly clock: ManualClock
  ) {}

  public calls(): number {
    return this.log.length;
  }

  public callsOf(call: CallName): number {
    return this.log.filter((entry) => entry.call === call).length;
  }

  /** A person or another program changes a record. */
  public edit(key: string, values: PathValues): void {
    const stored = this.records.get(key);
    if (!stored) throw new Error(`There is no ${key} in ${this.system}.`);
    this.put(key, values, stored);
  }

  public async *changes(cursor: string | undefined): AsyncGenerator<ChangePage> {
    this.enter('changes');
    const from = cursor === undefined ? 0 : Number(cursor);
    const all = [...this.records.values()]
      .filter(({ sequence }) => sequence >= from)
      .sort((a, b) => a.sequence - b.sequence);
    const seen = this.sequence;
    this.after('changes');
    for (let start = 0; start === 0 || start < all.length; start += this.pageSize) {
      if (start > 0) this.enter('changes');
      const page = all.slice(start, start + this.pageSize);
      const last = start + this.pageSize >= all.length;
      yield Promise.resolve({
        records: page.map((stored) => this.toRecord(stored)),
        cursor: String(last ? seen : (page.at(-1)?.sequence ?? from))
      });
    }
  }

  public async read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    this.enter('read', refs[0]?.key);
    const found = refs.flatMap(({ key }) => this.records.get(key) ?? []);
    this.after('read');
    return Promise.resolve(new Map(found.map((stored) => [stored.key, this.toRecord(stored)])));
  }

  public async update(current: RemoteRecord, values: PathValues): Promise<WriteResult> {
    this.enter('update', current.key, values);
    const stored = this.records.get(current.key);
    if (!stored || String(stored.sequence) !== current.version) return Promise.resolve({ outcome: 'stale' });
    if (this.isFinal(stored)) throw new ConnectorError(this.system, 'rejected', 'CLOSED', 'The record is closed.');
    this.put(current.key, values, stored);
    this.after('update', current.key);
    return Promise.resolve({ outcome: 'written', record: this.toRecord(stored) });
  }

  public put(key: string, values: PathValues, stored?: Stored): Stored {
    this.sequence += 1;
    this.clock.advance(1);
    const now = new Date(this.clock.now()).toISOString();
    const record = stored ?? { key, document: {}, sequence: 0, modifiedAt: now, createdAt: now };
    for (const [path, value] of Object.entries(values)) setAt(record.document, path, structuredClone(value));
    record.sequence = this.sequence;
    record.modifiedAt = now;
    this.records.set(key, record);
    return record;
  }

  protected enter(call: CallName, key?: string, values?: PathValues): void {
    this.clock.advance(1);
    this.log.push({ call, ...(key === undefined ? {} : { key }), ...(values ? { values } : {}) });
    this.before(call, key);
  }

  protected isFinal(_stored: Stored): boolean {
    return false;
  }

  protected counterpartOf(_stored: Stored): string | undefined {
    return undefined;
  }

  protected toRecord(stored: Stored): RemoteRecord {
    const counterpart = this.counterpartOf(stored);
    return {
      key: stored.key,
      document: structuredClone(stored.document),
      version: String(stored.sequence),
      modifiedAt: stored.modifiedAt,
      createdAt: stored.createdAt,
      lifecycle: stored.deleted === true ? 'deleted' : this.isFinal(stored) ? 'final' : 'open',
      ...(counterpart === undefined ? {} : { counterpart })
    };
  }
}
