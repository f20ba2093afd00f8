import { ConnectorError } from '../ports/errors.js';
import type { Connector, RecordRef, RemoteRecord } from './ports.js';
import type { RightNote } from './rebuilding-index.js';

/** As many as the engine reads at once. */
export const READ_AT_ONCE = 200;

export const refOf = ({ key, context }: RightNote): RecordRef => ({ key, ...(context ? { context } : {}) });

export function* slices<T>(items: Iterable<T>, size = READ_AT_ONCE): Generator<T[]> {
  let slice: T[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

async function readSlice(
  connector: Connector,
  refs: readonly RecordRef[],
  found: Map<string, RemoteRecord>
): Promise<void> {
  try {
    for (const [key, record] of await connector.read(refs)) if (record.lifecycle !== 'deleted') found.set(key, record);
  } catch (error) {
    // One bad reference must not stop the others.
    if (!(error instanceof ConnectorError) || error.kind !== 'rejected') throw error;
    if (refs.length > 1) for (const ref of refs) await readSlice(connector, [ref], found);
  }
}

/**
 * Reads records; what is gone, or what the system refuses to read, is absent.
 * @throws ConnectorError when the system cannot be worked with now
 */
export async function readEach(connector: Connector, refs: readonly RecordRef[]): Promise<Map<string, RemoteRecord>> {
  const found = new Map<string, RemoteRecord>();
  for (const slice of slices(refs)) await readSlice(connector, slice, found);
  return found;
}
