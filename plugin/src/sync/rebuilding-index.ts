import type { JsonObject } from '../ports/json.js';
import { recordHash } from '../mapping/compare.js';
import type { Mapping } from '../mapping/types.js';
import { rightHash } from './pair.js';
import type { RemoteRecord } from './ports.js';
import { valuesOf } from './values.js';

/** What is kept of a right record while the left ones are gone through: keys and hashes, never its values. */
export interface RightNote {
  key: string;
  /** The left key that it carries. */
  marker?: string;
  context?: JsonObject;
  /** Creation, or else last change; of two twins the older one is kept. */
  age: string;
  modifiedAt: string;
  /** It takes no further change. */
  final: boolean;
  /** Hash of the values that are compared with the left side's. */
  values: string;
  /** Content hash, as the coupling keeps it. */
  seen: string;
}

/** Hash over the values that travel after the creation: equal on both sides means that nothing differs. */
export const sharedHash = (mapping: Mapping, side: 'left' | 'right', record: RemoteRecord): string =>
  recordHash(mapping, 'right', valuesOf(mapping, side, record));

const olderFirst = (first: RightNote, second: RightNote): number =>
  Date.parse(first.age) - Date.parse(second.age) || (first.key < second.key ? -1 : 1);

/** All right records by key and by marker; some 500 bytes each, whatever the records hold. */
export class RightIndex {
  private readonly notes = new Map<string, RightNote>();
  private readonly byMarker = new Map<string, RightNote[]>();
  private readonly pattern: RegExp | undefined;

  public constructor(private readonly mapping: Mapping) {
    this.pattern = mapping.left.keyPattern === undefined ? undefined : new RegExp(mapping.left.keyPattern);
  }

  public get size(): number {
    return this.notes.size;
  }

  /** Takes a record in; one that was deleted belongs to nobody, and of two reads the first counts. */
  public add(record: RemoteRecord): void {
    const { key, counterpart, context, createdAt, modifiedAt, lifecycle } = record;
    if (lifecycle === 'deleted' || this.notes.has(key)) return;
    const note: RightNote = {
      key,
      ...(counterpart === undefined ? {} : { marker: counterpart }),
      ...(context ? { context } : {}),
      age: createdAt ?? modifiedAt,
      modifiedAt,
      final: lifecycle === 'final',
      values: sharedHash(this.mapping, 'right', record),
      seen: rightHash(this.mapping, record)
    };
    this.notes.set(key, note);
    if (counterpart === undefined || this.pattern?.test(counterpart) === false) return;
    this.byMarker.set(counterpart, [...this.marking(counterpart), note].sort(olderFirst));
  }

  public get(key: string | undefined): RightNote | undefined {
    return key === undefined ? undefined : this.notes.get(key);
  }

  public all(): IterableIterator<RightNote> {
    return this.notes.values();
  }

  /** The records that carry this left key, oldest first. */
  public marking(leftKey: string): readonly RightNote[] {
    return this.byMarker.get(leftKey) ?? [];
  }

  /** Left keys that right records carry. */
  public markers(): IterableIterator<string> {
    return this.byMarker.keys();
  }
}
