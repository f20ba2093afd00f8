import type { Candidate } from '../../coupling/index.js';
import { inScope, toCanonical } from '../../mapping/index.js';
import type { Mapping, Side } from '../../mapping/types.js';
import type { RemoteRecord } from '../../sync/index.js';
import type { OpenCoupling } from './open.js';

/** Records of both sides that take part and are not coupled, and what people call them. */
export interface Uncoupled {
  left: Candidate[];
  right: Candidate[];
  /** Key → name for people. */
  names: Record<Side, Map<string, string>>;
}

/** Where the name of a record stands: the field called so, else the first one. */
const nameField = ({ fields }: Mapping): string =>
  (fields.find(({ name }) => name === 'name') ?? fields[0])?.name ?? '';

/** What people call a record: its name, with its number where it has one. */
export function nameOf(mapping: Mapping, side: Side, record: RemoteRecord): string {
  const values = toCanonical(mapping, side, record.document);
  const [name, number] = [values[nameField(mapping)], values['number']];
  const text = typeof name === 'string' && name !== '' ? name : record.key;
  return typeof number === 'string' && number !== '' ? `${text} (${number})` : text;
}

export interface Walk {
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/**
 * Reads both sides once and keeps what is not coupled: as many calls as the two feeds have pages.
 * @throws ConnectorError when a system cannot be read; the reason of `signal` when it is aborted
 */
export async function uncoupled({ mapping, left, right, context }: OpenCoupling, walk: Walk = {}): Promise<Uncoupled> {
  const { ledger } = context();
  const result: Uncoupled = { left: [], right: [], names: { left: new Map(), right: new Map() } };
  let done = 0;
  const take = (side: Side, records: readonly RemoteRecord[]): void => {
    for (const record of records) {
      result[side].push({ key: record.key, values: toCanonical(mapping, side, record.document) });
      result.names[side].set(record.key, nameOf(mapping, side, record));
    }
  };
  const seen = (count: number): void => {
    walk.signal?.throwIfAborted();
    done += count;
    walk.onProgress?.(done);
  };
  for await (const { records } of left.changes(undefined)) {
    const live = records.filter(({ lifecycle, document }) => lifecycle !== 'deleted' && inScope(mapping, document));
    const entries = await ledger.entries(
      mapping.name,
      live.map(({ key }) => key)
    );
    take(
      'left',
      live.filter(({ key }) => entries.get(key)?.coupling === undefined)
    );
    seen(records.length);
  }
  for await (const { records } of right.changes(undefined)) {
    const live = records.filter(({ lifecycle }) => lifecycle === 'open');
    const coupled = await ledger.leftKeysOf(
      mapping.name,
      live.map(({ key }) => key)
    );
    take(
      'right',
      live.filter(({ key }) => !coupled.has(key))
    );
    seen(records.length);
  }
  return result;
}
