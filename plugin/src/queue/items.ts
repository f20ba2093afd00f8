import type { Claim, WorkItem } from './port.js';

const byKey = (one: { key: string }, other: { key: string }): number => (one.key < other.key ? -1 : 1);

/**
 * One item per key, in the order of their keys: no SQL statement may meet a row twice, and transactions that lock rows in
 * the same order do not wait for each other in a circle. Without a time of its own an item is wanted at once.
 */
export function collapse(items: readonly WorkItem[]): WorkItem[] {
  const found = new Map<string, WorkItem>();
  for (const item of items) {
    const { key, priority, notBefore } = item;
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { ...item });
      continue;
    }
    if (priority < known.priority) known.priority = priority;
    if (notBefore === undefined) delete known.notBefore;
    else if (known.notBefore !== undefined) known.notBefore = Math.min(known.notBefore, notBefore);
  }
  return [...found.values()].sort(byKey);
}

export const sortedByKey = (claims: readonly Claim[]): Claim[] => [...claims].sort(byKey);
