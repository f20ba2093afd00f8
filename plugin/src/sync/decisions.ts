import type { Decision, Dispute, OpenConflict } from '../ledger/port.js';
import { sameValue } from '../mapping/compare.js';
import { itemKey, itemsByKey } from '../mapping/lists.js';
import type { CanonicalRecord, FieldRule, Mapping, Side } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import { conflictKey } from './issue-rows.js';
import type { FieldDecision, FieldDecisions } from './merge.js';
import type { RemoteRecord } from './ports.js';

/** What people decided on the record itself, by field. */
function fromRecord(mapping: Mapping, left: RemoteRecord): Decision[] {
  const fields = new Map(mapping.fields.map(({ name }) => [conflictKey(mapping, left.key, name), name]));
  return (left.resolutions ?? []).flatMap(({ key, choice, by, at }): Decision[] => {
    const field = fields.get(key);
    return field === undefined || choice === 'retry' ? [] : [{ field, keep: choice, by, at }];
  });
}

/** Value of a conflict's item or field on a side now. */
function valueNow(field: FieldRule, conflict: OpenConflict, now: JsonValue | undefined): JsonValue | undefined {
  if (field.type !== 'list') return now;
  const item = conflict.left ?? conflict.right ?? conflict.base;
  return itemsByKey(now, field).get(itemKey(item, field)) ?? null;
}

/**
 * A decision gives one value up, so it only counts while that value is the one the person saw: a newer edit is a conflict of
 * its own (promise G2).
 */
function stillMeant(
  mapping: Mapping,
  { field: name, keep }: Decision,
  seen: readonly OpenConflict[],
  now: Readonly<Record<Side, CanonicalRecord>>
): boolean {
  const field = mapping.fields.find((rule) => rule.name === name);
  const loser: Side = keep === 'left' ? 'right' : 'left';
  const known = seen.filter((conflict) => conflict.field === name);
  if (field === undefined || known.length === 0) return false;
  const rule: FieldRule = field.type === 'list' ? { ...field, type: 'text' } : field;
  return known.every((conflict) => sameValue(rule, conflict[loser], valueNow(field, conflict, now[loser][name])));
}

/** The decisions that count for a pair as it was read, by field; of several about one field the latest. */
export function decisionsFor(
  mapping: Mapping,
  left: RemoteRecord,
  dispute: Dispute | undefined,
  now: Readonly<Record<Side, CanonicalRecord>>
): FieldDecisions {
  if (dispute === undefined) return {};
  const made = [...dispute.decisions, ...fromRecord(mapping, left)]
    .filter((decision) => stillMeant(mapping, decision, dispute.conflicts, now))
    .sort((first, second) => Date.parse(first.at) - Date.parse(second.at));
  return Object.fromEntries(made.map(({ field, keep, by }): [string, FieldDecision] => [field, { keep, by }]));
}
