import type { FieldChange } from '../store/referral-store.js';

/** Properties the service moves with every write; a history line about them says nothing. */
const QUIET = new Set(['updatedDateTime', 'eTag', 'lastModifiedVia', 'links']);

/** Differences between two versions by path; lists count as one value. */
export function changedFields(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names]
      .filter((name) => path !== '' || !QUIET.has(name))
      .flatMap((name) => changedFields(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null)
    ? []
    : [{ path, from: before ?? null, to: after ?? null }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
