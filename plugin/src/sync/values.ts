import { toCanonical } from '../mapping/convert.js';
import type { CanonicalRecord, Mapping, Side } from '../mapping/types.js';
import type { RemoteRecord } from './ports.js';

/** What follows from a read and the mapping alone. */
interface Derived {
  mapping: Mapping;
  values: CanonicalRecord;
  /** The content hash, once somebody asked for it. */
  hash?: string;
}

/**
 * Kept as long as the read is. A read is never changed, and one run asks for the same up to five times: whether anything is new,
 * what to create, what to merge, what to store as seen.
 */
const known: Record<Side, WeakMap<RemoteRecord, Derived>> = { left: new WeakMap(), right: new WeakMap() };

function derivedOf(mapping: Mapping, side: Side, record: RemoteRecord): Derived {
  let derived = known[side].get(record);
  if (derived?.mapping !== mapping) {
    derived = { mapping, values: toCanonical(mapping, side, record.document) };
    known[side].set(record, derived);
  }
  return derived;
}

/** The canonical values of a read (handbook, the road, step 2). */
export function valuesOf(mapping: Mapping, side: Side, record: RemoteRecord): CanonicalRecord {
  return derivedOf(mapping, side, record).values;
}

/** The content hash of a read, worked out by `hash` the first time. */
export function hashOnce(mapping: Mapping, side: Side, record: RemoteRecord, hash: () => string): string {
  const derived = derivedOf(mapping, side, record);
  return (derived.hash ??= hash());
}
