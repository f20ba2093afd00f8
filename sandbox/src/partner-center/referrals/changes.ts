import type { FieldChange } from '../store/referral-store.js';

/** Properties the service moves with every write; a history line about them says nothing. */
const QUIET = new Set(['updatedDateTime', 'eTag', 'lastModifiedVia', 'links']);

/** Differences between two versions by path; lists count as one value, an absent object as one of nulls. */
export function changedFields(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isRecord(before) || isRecord(after)) {
    const [from, to] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
    const names = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...names]
      .filter((name) => path !== '' || !QUIET.has(name))
      .flatMap((name) => changedFields(from[name], to[name], path === '' ? name : `${path}.${name}`));
  }
  const same = JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
  return same ? [] : [{ path, from: before ?? null, to: after ?? null }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
