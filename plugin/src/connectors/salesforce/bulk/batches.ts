import type { JsonObject } from '../../../ports/json.js';
import { csvLine, recordTexts } from './csv-writer.js';
import { bulkLimits } from './limits.js';

export interface BatchRow<T> {
  input: T;
  /** What results are matched by: the key column's value, or the whole line where there is none. */
  key: string;
  line: string;
}

/** Records of one upload. They all have exactly these columns. */
export interface Batch<T> {
  columns: readonly string[];
  rows: BatchRow<T>[];
  bytes: number;
}

export interface BatchLimits {
  bytes: number;
  records: number;
  /** Records that may wait in memory, over all sets of columns. */
  pending: number;
}

export const defaultBatchLimits: BatchLimits = {
  bytes: bulkLimits.uploadBytes,
  records: bulkLimits.uploadRecords,
  pending: 2 * bulkLimits.uploadRecords
};

export interface Shape<T> {
  recordOf: (input: T) => JsonObject;
  /** Column that names a record; two rows with the same value never wait at the same time, which keeps their order. */
  keyColumn: string | undefined;
}

/** The line without quotes is the same for what was sent and for what comes back. */
export const keyOfTexts = (texts: readonly string[]): string => JSON.stringify(texts);

/** Gathers records by their set of columns. */
class Gatherer<T> {
  private readonly groups = new Map<string, Batch<T>>();
  private readonly keys = new Set<string>();
  private pending = 0;

  public constructor(
    private readonly shape: Shape<T>,
    private readonly limits: BatchLimits
  ) {}

  /** Batches that have to go out before, or because, this one was added. */
  public *add(input: T): Generator<Batch<T>> {
    const { attributes: _attributes, ...record } = this.shape.recordOf(input);
    const columns = Object.keys(record)
      .filter((name) => record[name] !== undefined)
      .sort();
    const texts = recordTexts(columns, record);
    const { keyColumn } = this.shape;
    const key = keyColumn === undefined ? keyOfTexts(texts) : String(record[keyColumn] ?? '');
    if (keyColumn !== undefined && this.keys.has(key)) yield* this.rest();
    const line = csvLine(texts);
    const bytes = Buffer.byteLength(line);
    const name = columns.join(',');
    const full = this.groups.get(name);
    if (full && (full.bytes + bytes > this.limits.bytes || full.rows.length >= this.limits.records)) {
      yield this.take(name, full);
    }
    const group = this.groups.get(name) ?? { columns, rows: [], bytes: Buffer.byteLength(csvLine(columns)) };
    group.rows.push({ input, key, line });
    group.bytes += bytes;
    this.groups.set(name, group);
    this.keys.add(key);
    this.pending += 1;
    if (this.pending >= this.limits.pending) yield* this.largest();
  }

  public *rest(): Generator<Batch<T>> {
    for (const [name, group] of [...this.groups]) yield this.take(name, group);
  }

  private *largest(): Generator<Batch<T>> {
    const [first] = [...this.groups].sort(([, a], [, b]) => b.rows.length - a.rows.length);
    if (first) yield this.take(...first);
  }

  private take(name: string, group: Batch<T>): Batch<T> {
    this.groups.delete(name);
    this.pending -= group.rows.length;
    for (const { key } of group.rows) this.keys.delete(key);
    return group;
  }
}

/**
 * Uploads for any number of records, in order per record. Records with different columns go into different uploads: one
 * table for all would need a value for a field a record does not mention, and for an insert an empty one is a value.
 */
export async function* batchesByColumns<T>(
  inputs: AsyncIterable<T> | Iterable<T>,
  shape: Shape<T>,
  limits: Partial<BatchLimits> = {}
): AsyncGenerator<Batch<T>> {
  const gatherer = new Gatherer(shape, { ...defaultBatchLimits, ...limits });
  for await (const input of inputs) yield* gatherer.add(input);
  yield* gatherer.rest();
}

/** The text of an upload. */
export function batchText<T>({ columns, rows }: Batch<T>): string {
  return csvLine(columns) + rows.map(({ line }) => line).join('');
}
