import { isEmpty, sameValue } from '../mapping/compare.js';
import { labelOf } from '../mapping/convert.js';
import type { TracedValue } from '../mapping/trace.js';
import { traceValues } from '../mapping/trace.js';
import type { CanonicalRecord, FieldRule, Mapping, Side } from '../mapping/types.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import type { PlannedRecord } from '../sync/index.js';

/** What a run would do to one field, and why. */
export interface ExplainedField {
  field: string;
  label: string;
  salesforce: JsonValue;
  right: JsonValue;
  /** What both sides last agreed on. */
  agreed: JsonValue;
  /** Where a value would be written; null where nothing is. */
  writesTo: 'salesforce' | 'right' | null;
  /** The value it would get. */
  value: JsonValue;
  /** CREATE, UPDATE, SAME, CONFLICT, NOTHING, or the code of the reason why it is left alone. */
  code: string;
  /** One sentence each. */
  why: string[];
}

export interface RecordToExplain {
  mapping: Mapping;
  labels: Readonly<Record<Side, string>>;
  left: JsonObject;
  right?: JsonObject;
  base: CanonicalRecord;
  /** Absent: a run would find nothing to do. */
  planned?: PlannedRecord;
}

function sourceSentences(field: FieldRule, side: Side, traced: TracedValue | undefined, label: string): string[] {
  if (traced === undefined) return [];
  const { from, path, transformed, fault } = traced;
  const end = field[side];
  const sentences = {
    path: [],
    alternative: [`${label}: read from ${path ?? ''}, because ${end.path} is empty.`],
    default: [`${label}: empty, so it counts as the default.`],
    implied: [`${label}: counts as this value because ${field.impliedBy?.field ?? ''} is filled.`],
    nothing: []
  }[from];
  if (fault !== undefined) return [...sentences, `${label}: the transform failed: ${fault}.`];
  return transformed && !isEmpty(traced.value) ? [...sentences, `${label}: transformed by the mapping.`] : sentences;
}

const ruleSentence = ({ direction, rule }: FieldRule): string =>
  direction === 'both' ? `Rule ${rule}, both directions.` : `One-way (${direction}), rule ${rule}.`;

type Decision = Pick<ExplainedField, 'writesTo' | 'value' | 'code' | 'why'>;
const nothing = (code: string, ...why: string[]): Decision => ({ writesTo: null, value: null, code, why });
const place = (side: Side): 'salesforce' | 'right' => (side === 'left' ? 'salesforce' : 'right');

function creation(
  field: FieldRule,
  { planned, labels }: RecordToExplain,
  own: JsonValue | undefined
): Decision | undefined {
  const created = planned?.operations.find((operation) => operation.kind === 'create');
  const value = created?.values.find((one) => one.field === field.name)?.value;
  if (created === undefined || value === undefined) return undefined;
  const fallback = isEmpty(own) && field.fallback !== undefined;
  const why = fallback
    ? `Empty in ${labels.left}, so the new record in ${labels.right} gets the fallback.`
    : `The new record in ${labels.right} starts with it.`;
  return { writesTo: 'right', value, code: 'CREATE', why: [why] };
}

function update(field: FieldRule, { planned, labels }: RecordToExplain): Decision | undefined {
  for (const operation of planned?.operations ?? []) {
    if (operation.kind !== 'update') continue;
    const change = operation.changes.find((one) => one.field === field.name);
    if (change === undefined) continue;
    const source = operation.side === 'left' ? labels.right : labels.left;
    const why = `The value of ${source} is written. ${ruleSentence(field)}`;
    return { writesTo: place(operation.side), value: change.newValue, code: 'UPDATE', why: [why] };
  }
  return undefined;
}

function leftAlone(
  field: FieldRule,
  record: RecordToExplain,
  values: { left?: JsonValue; right?: JsonValue }
): Decision {
  const { planned, labels, right } = record;
  const conflict = planned?.conflicts.find((one) => one.field === field.name);
  if (conflict) return nothing('CONFLICT', conflict.effect, ruleSentence(field));
  const skipped = planned?.skippedFields.find((one) => one.field === field.name);
  if (skipped) return nothing(skipped.code, skipped.reason);
  if (planned?.skipped) return nothing(planned.skipped.code, planned.skipped.message);
  if (right !== undefined && values.left !== undefined && sameValue(field, values.left, values.right))
    return nothing('SAME', 'Both sides have the same value.');
  if (planned !== undefined && planned.issues.length > 0)
    return nothing('HELD_BACK', `Nothing is sent while something is missing on the record in ${labels.left}.`);
  if (field.onCreateOnly && right !== undefined)
    return nothing('ON_CREATE_ONLY', 'The field is only written when the record is created.');
  return nothing('NOTHING', isEmpty(values.left) ? 'There is nothing to write.' : 'Nothing changed since both agreed.');
}

/** Every field of a mapping for one record: both values, what would be written, and why. Pure. */
export function explainRecord(record: RecordToExplain): ExplainedField[] {
  const { mapping, labels, left, right, base } = record;
  const ours = traceValues(mapping, 'left', left);
  const theirs = right === undefined ? undefined : traceValues(mapping, 'right', right);
  return mapping.fields.map((field) => {
    const own = ours.get(field.name)?.value;
    const other = theirs?.get(field.name)?.value;
    const values = { ...(own === undefined ? {} : { left: own }), ...(other === undefined ? {} : { right: other }) };
    const decision = creation(field, record, own) ?? update(field, record) ?? leftAlone(field, record, values);
    const sources = [
      ...sourceSentences(field, 'left', ours.get(field.name), labels.left),
      ...sourceSentences(field, 'right', theirs?.get(field.name), labels.right)
    ];
    return {
      field: field.name,
      label: labelOf(mapping, field.name),
      salesforce: own ?? null,
      right: other ?? null,
      agreed: base[field.name] ?? null,
      ...decision,
      why: [...decision.why, ...sources]
    };
  });
}
