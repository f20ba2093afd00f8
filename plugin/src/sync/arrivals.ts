import type { Mapping } from '../mapping/types.js';
import type { ActiveRun } from './context.js';
import type { RecordRef, RemoteRecord } from './ports.js';

/** Begins the key of work on a right record that has no left one yet. No key of a connected system begins with it. */
const PREFIX = '>';

/** The key of the work that takes a right record in. Until then it stands where a left key stands: in the queue and in the ledger. */
export const arrivalKey = (rightKey: string): string => `${PREFIX}${rightKey}`;

/** The right record that such a key names; undefined for the key of a left record. */
export const arrivingRef = (key: string): RecordRef | undefined =>
  key.startsWith(PREFIX) ? { key: key.slice(PREFIX.length) } : undefined;

export const isArrival = (key: string): boolean => key.startsWith(PREFIX);

/** Whether the marker of a right record is a key of the left side at all. */
export const namesLeft = ({ left }: Mapping, { counterpart }: RemoteRecord): boolean =>
  counterpart !== undefined && (left.keyPattern === undefined || new RegExp(left.keyPattern).test(counterpart));

/**
 * Whether a right record that nobody is coupled with is to be taken in. A closed one is history. One that carries a key of the left
 * side is never new: it belongs to that record, or to one that was deleted (promise G1).
 */
export function isArriving({ inbound, mapping }: ActiveRun, right: RemoteRecord): boolean {
  if (inbound === undefined || right.lifecycle !== 'open' || namesLeft(mapping, right)) return false;
  return right.counterpart === undefined || inbound.unknownReference !== 'ignore';
}
