import { sameValue, stableText } from '../mapping/compare.js';
import { labelOf, toPathValues } from '../mapping/convert.js';
import type { Phase } from '../mapping/preflight.js';
import { rightTransformFaults } from '../mapping/faults.js';
import { preflight } from '../mapping/preflight.js';
import type { CanonicalRecord, Mapping, PathValues, RecordIssue, Side } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import { issueOf } from './issues.js';
import type { FieldConflict, FieldDecisions } from './merge.js';
import { merge } from './merge.js';
import type { RemoteRecord, SyncState } from './ports.js';
import { valuesOf } from './values.js';

/** A coupled pair as it was read. `leftValues` may be ahead of the document after a write of ours. */
export interface PairState {
  mapping: Mapping;
  labels: { left: string; right: string };
  left: RemoteRecord;
  right: RemoteRecord;
  leftValues: CanonicalRecord;
  base: CanonicalRecord;
  /** The right record was closed, and worked off, before: nothing new comes from there. @default false */
  closedBefore?: boolean;
  /** What people decided about fields in conflict. @default none */
  decisions?: FieldDecisions;
  /** What a request means for the pair. @default there is none */
  request?: { held: boolean; issues: readonly RecordIssue[] };
}

export interface FieldChange {
  field: string;
  to: Side;
  oldValue: JsonValue;
  newValue: JsonValue;
}

/** One write; data, so that a plan can be printed, stored and carried out later. */
export interface Operation {
  side: Side;
  key: string;
  values: PathValues;
  changes: readonly FieldChange[];
}

/** What has to happen to bring a pair in step, and what people are told afterwards. */
export interface PairPlan {
  /** In the order in which they are carried out: right first, because left is where people look for the result. */
  operations: readonly Operation[];
  /** Base once every operation is carried out, and once only those to the right are. */
  base: CanonicalRecord;
  baseAfterRight: CanonicalRecord;
  conflicts: readonly FieldConflict[];
  /** Edits that a closed record did not take. */
  noted: readonly FieldChange[];
  issues: readonly RecordIssue[];
  state: SyncState;
}

/** Milliseconds and, inside the same millisecond, the text: time stamps of Partner Center have seven digits. */
function newestOf(left: RemoteRecord, right: RemoteRecord): Side {
  return Date.parse(right.modifiedAt) > Date.parse(left.modifiedAt) ? 'right' : 'left';
}

function operation(state: PairState, side: Side, values: CanonicalRecord, before: CanonicalRecord): Operation[] {
  const fields = Object.keys(values);
  if (fields.length === 0) return [];
  const changes = fields.map((field) => ({
    field,
    to: side,
    oldValue: before[field] ?? null,
    newValue: values[field] ?? null
  }));
  return [{ side, key: state[side].key, values: toPathValues(state.mapping, side, values), changes }];
}

/** The base without the agreement on some fields: those keep what was agreed before, or no history at all. */
function withhold(base: CanonicalRecord, before: CanonicalRecord, fields: Iterable<string>): CanonicalRecord {
  const result: Record<string, JsonValue> = { ...base };
  for (const field of fields) {
    const old = before[field];
    if (old === undefined) delete result[field];
    else result[field] = old;
  }
  return result;
}

const stateOf = (final: boolean, conflict: boolean, blocked: boolean): SyncState =>
  final ? 'Closed' : blocked ? 'Attention' : conflict ? 'Conflict' : 'Synced';

export const phaseOf = ({ lifecycle }: RemoteRecord): Phase => (lifecycle === 'final' ? 'closed' : 'update');

/** What may be sent now, and what is held back: a closed record takes what is settled after the deal, and an open one the rest. */
function sortOut(
  mapping: Mapping,
  values: CanonicalRecord,
  final: boolean,
  lacking: boolean
): Record<'sent' | 'held' | 'kept', CanonicalRecord> {
  const isLate = (field: string): boolean =>
    mapping.fields.some(({ name, afterClose }) => name === field && afterClose === true);
  const parts = { sent: {}, held: {}, kept: {} } as Record<'sent' | 'held' | 'kept', Record<string, JsonValue>>;
  for (const [field, value] of Object.entries(values)) {
    const part = isLate(field) !== final ? (final ? 'kept' : 'held') : lacking ? 'held' : 'sent';
    parts[part][field] = value;
  }
  return parts;
}

/**
 * The right values, where an answer that leaves out a field both sides agreed is empty says that it is empty still. A field
 * with an agreed value that is left out was not read, and is left alone: nothing is emptied because of what is not said.
 */
function rightValuesOf({ mapping, right, base }: PairState): CanonicalRecord {
  const read = valuesOf(mapping, 'right', right);
  const empty = mapping.fields.filter(({ name }) => read[name] === undefined && base[name] === null);
  return empty.length === 0 ? read : { ...read, ...Object.fromEntries(empty.map(({ name }) => [name, null])) };
}

/** Pure: pair state → operations as data (handbook, the road, step 4). */
export function planPair(state: PairState): PairPlan {
  const { mapping, left, right, base, leftValues, labels } = state;
  const rightValues = rightValuesOf(state);
  const merged = merge(base, leftValues, rightValues, mapping.fields, newestOf(left, right), state.decisions);
  const final = right.lifecycle === 'final';
  const asked = state.request ?? { held: false, issues: [] };
  // What is missing for an update matters once there may be one.
  const silent = asked.held || left.answerOnly === true;
  const missing = silent ? [] : preflight(mapping, left.document, phaseOf(right));
  const blocked = asked.held || missing.length > 0;
  const unread = final ? [] : rightTransformFaults(mapping, right.document, labels.right);
  const { sent, held, kept } = sortOut(mapping, merged.toRight, final, blocked);
  const back = { ...held, ...kept };
  const old = final && state.closedBefore === true ? Object.keys(merged.toLeft).filter(notedBefore(state)) : [];
  const toLeftValues = Object.fromEntries(Object.entries(merged.toLeft).filter(([field]) => !old.includes(field)));
  const toLeft = operation(state, 'left', toLeftValues, leftValues);
  const withheld = [...Object.keys(back), ...old];
  const heldBase = withheld.length > 0 ? withhold(merged.base, base, withheld) : merged.base;
  // A closed record never takes the edit, so the edit is noted once and counts as seen.
  const agreed = final ? { ...heldBase, ...pick(leftValues, Object.keys(kept)) } : heldBase;
  const refused = operation(state, 'right', kept, rightValues).flatMap(({ changes }) => changes);
  const noted = refused.filter((change) => isNews(state, change));
  const conflicts = merged.conflicts.flatMap((one) => whileHeld(one, back, final));
  const open = final ? [] : conflicts.filter((conflict) => conflict.resolution === 'none');
  return {
    operations: [...operation(state, 'right', sent, rightValues), ...toLeft],
    base: agreed,
    baseAfterRight: withhold(agreed, base, Object.keys(merged.toLeft)),
    conflicts,
    noted,
    issues: [
      ...asked.issues,
      ...missing,
      ...unread,
      ...(right.remarks ?? []),
      ...uniqueIssues(open.map((conflict) => issueOf.conflict(conflict, labelOf(mapping, conflict.field), labels)))
    ],
    state: stateOf(final, open.length > 0, blocked || unread.length > 0)
  };
}

/**
 * What is held back now comes up again when it may travel; only then do the rules decide about it. What a person decided
 * stays open until it is carried out.
 */
function whileHeld(conflict: FieldConflict, held: CanonicalRecord, final: boolean): FieldConflict[] {
  if (!(conflict.field in held)) return [conflict];
  return conflict.decision && !final ? [{ ...conflict, resolution: 'none' }] : [];
}

function pick(record: CanonicalRecord, fields: readonly string[]): CanonicalRecord {
  return Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])));
}

/**
 * A field whose left value was noted after the closing counts as agreed, so the right one looks like a change. It is none,
 * and must not undo what a person entered.
 */
const notedBefore =
  ({ mapping, base, leftValues }: PairState) =>
  (name: string): boolean => {
    const field = mapping.fields.find((rule) => rule.name === name);
    return field !== undefined && sameValue(field, base[name], leftValues[name]);
  };

function isNews({ mapping, base, leftValues }: PairState, change: FieldChange): boolean {
  const field = mapping.fields.find(({ name }) => name === change.field);
  return field !== undefined && !sameValue(field, base[change.field], leftValues[change.field]);
}

function uniqueIssues(issues: readonly RecordIssue[]): RecordIssue[] {
  return [...new Map(issues.map((issue) => [stableText({ ...issue }), issue])).values()];
}
