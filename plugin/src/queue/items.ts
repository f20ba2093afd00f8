import type { Claim, WorkItem } from './port.js';

const byKey = (one: { key: string }, other: { key: string }): number => (one.key < other.key ? -1 : 1);

/**
 * One item per key, in the order of their keys: no SQL statement may meet a row twice, and transactions that lock rows in
 * the same order do not wait for each other in a circle.
 */
export function collapse(items: readonly WorkItem[], now: number): Required<WorkItem>[] {
  const found = new Map<string, Required<WorkItem>>();
  for (const { key, priority, notBefore = now } of items) {
    const known = found.get(key);
    if (known === undefined) found.set(key, { key, priority, notBefore });
    else if (priority < known.priority) known.priority = priority;
    if (known) known.notBefore = Math.min(known.notBefore, notBefore);
  }
  return [...found.values()].sort(byKey);
}

export const sortedByKey = (claims: readonly Claim[]): Claim[] => [...claims].sort(byKey);
