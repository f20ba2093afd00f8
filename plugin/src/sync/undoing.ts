import type { JournalLine } from '../ledger/port.js';
import { sameValue } from '../mapping/compare.js';
import { canWrite, labelOf, toPathValues } from '../mapping/convert.js';
import { setAt } from '../mapping/paths.js';
import { preflight } from '../mapping/preflight.js';
import type { CanonicalRecord, FieldRule, Mapping, RecordIssue, Side } from '../mapping/types.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import { merge } from './merge.js';
import type { FieldChange } from './plan.js';
import type { Labels } from './planning-fields.js';
import type { Kept, Verdict } from './undoing-reasons.js';
import { keptFor } from './undoing-reasons.js';

/** What a run did to one record: per field and side the first old and the last new value. */
export interface RecordedRun {
  leftKey: string;
  rightKey: string;
  created: boolean;
  takenIn: boolean;
  linked: boolean;
  changes: readonly FieldChange[];
}

/** Folds the journal of a run by record. Lines come oldest first. A value that lost was written over by a change of its own. */
export function foldJournal(lines: readonly JournalLine[]): RecordedRun[] {
  const records = new Map<string, { record: RecordedRun; changes: Map<string, FieldChange> }>();
  for (const { leftKey, rightKey, kind, changes } of lines) {
    const known = records.get(leftKey) ?? {
      record: { leftKey, rightKey, created: false, takenIn: false, linked: false, changes: [] },
      changes: new Map<string, FieldChange>()
    };
    const { record } = known;
    records.set(leftKey, {
      ...known,
      record: {
        ...record,
        rightKey: rightKey === '' ? record.rightKey : rightKey,
        created: record.created || kind === 'created',
        takenIn: record.takenIn || kind === 'takenIn',
        linked: record.linked || kind === 'linked'
      }
    });
    for (const change of kind === 'updated' ? changes : []) {
      const id = `${change.to} ${change.field}`;
      const before = known.changes.get(id);
      known.changes.set(id, { ...change, oldValue: before === undefined ? change.oldValue : before.oldValue });
    }
  }
  return [...records.values()].map(({ record, changes }) => ({ ...record, changes: [...changes.values()] }));
}

/** A coupled pair as it is now. */
export interface UndoState {
  mapping: Mapping;
  labels: Labels;
  left: CanonicalRecord;
  right: CanonicalRecord;
  base: CanonicalRecord;
  leftDocument: JsonObject;
  /** The right record takes no change any more. */
  closed: boolean;
}

export interface UndoPlan {
  /** What is put back: `oldValue` is there now, `newValue` was there before the run. The rules carry it to the other side. */
  putBack: readonly FieldChange[];
  kept: readonly Kept[];
}

/** One field with everything that the run wrote to it. */
interface Question {
  rule: FieldRule;
  changes: readonly FieldChange[];
}

const other = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** What is there now, apart from what the run wrote. */
function present(state: UndoState, { rule, changes }: Question): Verdict | undefined {
  const { name } = rule;
  const open = changes.filter(({ to, oldValue }) => !sameValue(rule, state[to][name], oldValue));
  if (changes.some(({ to }) => state[to][name] === undefined)) return { code: 'NOT_READABLE' };
  if (open.length === 0) return { code: 'AS_BEFORE' };
  const edited = open.find(({ to, newValue }) => !sameValue(rule, state[to][name], newValue));
  if (edited !== undefined) return { code: 'CHANGED_SINCE', side: edited.to };
  // An edit of the other side that is on its way must not lose against a value of the past.
  const onItsWay = open.find(({ to, oldValue }) => {
    const theirs = state[other(to)][name];
    return theirs !== undefined && !sameValue(rule, theirs, state.base[name]) && !sameValue(rule, theirs, oldValue);
  });
  return onItsWay === undefined ? undefined : { code: 'CHANGED_SINCE', side: other(onItsWay.to) };
}

/** Where the ordinary rules would lead if a person put the old values back by hand. */
function byRules({ left, right, base }: UndoState, { rule, changes }: Question): Verdict | undefined {
  const { name } = rule;
  const edited = { left: { ...left }, right: { ...right } } as Record<Side, Record<string, JsonValue>>;
  for (const { to, oldValue } of changes) edited[to][name] = oldValue;
  const impossible = changes.find(({ to, oldValue }) => !canWrite(rule, to, oldValue));
  if (impossible !== undefined) return { code: 'NO_COUNTERPART_VALUE', side: impossible.to };
  const newest = changes.at(-1)?.to ?? 'left';
  const merged = merge(base, edited.left, edited.right, [rule], newest);
  const final = {
    left: name in merged.toLeft ? merged.toLeft[name] : edited.left[name],
    right: name in merged.toRight ? merged.toRight[name] : edited.right[name]
  };
  const returned = changes.find(({ to, oldValue }) => !sameValue(rule, final[to], oldValue));
  if (returned !== undefined) return { code: 'WOULD_RETURN', side: other(returned.to) };
  if (sameValue(rule, final.left, final.right)) return undefined;
  return { code: 'WOULD_DIFFER', side: other(changes[0]?.to ?? 'left') };
}

function questions(mapping: Mapping, changes: readonly FieldChange[]): Question[] {
  return mapping.fields.flatMap((rule) => {
    const own = changes.filter(({ field }) => field === rule.name);
    return own.length === 0 ? [] : [{ rule, changes: own }];
  });
}

/** The left document with canonical values in place, as far as a path can hold them. */
function documentWith(mapping: Mapping, document: JsonObject, values: CanonicalRecord): JsonObject {
  const changed = structuredClone(document);
  for (const [path, value] of Object.entries(toPathValues(mapping, 'left', values))) setAt(changed, path, value);
  return changed;
}

/** What the left record would lack with the old value; nothing is sent then, so the old value would not arrive. */
function lacking(state: UndoState, values: CanonicalRecord): RecordIssue | undefined {
  return preflight(state.mapping, documentWith(state.mapping, state.leftDocument, values), 'update')[0];
}

/**
 * What reversing a run does to a coupled pair. Pure. A value is put back only where it still is what the run wrote and where
 * the ordinary rules would bring both sides to it; everything else is kept and named with the reason.
 */
export function undoPlan(state: UndoState, changes: readonly FieldChange[]): UndoPlan {
  const { mapping, labels } = state;
  const putBack: FieldChange[] = [];
  const kept: Kept[] = [];
  let values: CanonicalRecord = {};
  for (const question of questions(mapping, changes)) {
    const { name } = question.rule;
    const oldValue = question.changes[0]?.oldValue ?? null;
    const missing = lacking(state, { ...values, [name]: oldValue });
    const verdict: Verdict | undefined =
      present(state, question) ??
      (state.closed ? { code: 'CLOSED' } : undefined) ??
      byRules(state, question) ??
      (missing === undefined ? undefined : { code: 'HELD_BACK', issue: missing });
    if (verdict !== undefined) {
      kept.push(keptFor(verdict, { field: name, label: labelOf(mapping, name) }, labels));
      continue;
    }
    values = { ...values, [name]: oldValue };
    for (const change of question.changes) {
      const now = state[change.to][name] ?? null;
      if (sameValue(question.rule, now, change.oldValue)) continue;
      putBack.push({ field: name, to: change.to, oldValue: now, newValue: change.oldValue });
    }
  }
  return { putBack, kept };
}
