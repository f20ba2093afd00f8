const idKeys = new Set(['id', 'Id', 'recordId']);

/** The records a UI API or GraphQL answer contains, as 15-character ids. */
export function recordIdsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, member] of Object.entries(value)) {
    if (idKeys.has(key) && typeof member === 'string') found.add(member.slice(0, 15));
    else recordIdsIn(member, found);
  }
  return found;
}
