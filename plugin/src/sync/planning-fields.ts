import { isEmpty, sameValue } from '../mapping/compare.js';
import { canWrite, labelOf } from '../mapping/convert.js';
import type { CanonicalRecord, FieldRule, Mapping, Side } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import type { FieldConflict } from './merge.js';
import type { PlannedConflict, SkippedField } from './plan-file.js';

export interface Labels {
  left: string;
  right: string;
}

/** A field of a pair that both sides could be asked for. `source` is the side whose value would have to travel. */
interface Cell {
  field: FieldRule;
  left: JsonValue | undefined;
  right: JsonValue | undefined;
  source: Side;
  target: Side;
  /** The right record takes no change any more. */
  closed: boolean;
  /** The left record lacks something, so that nothing is sent. */
  lacking: boolean;
  conflict?: FieldConflict;
}

interface Reason {
  code: string;
  applies: (cell: Cell) => boolean;
  says: (cell: Cell, labels: Labels) => string;
}

const value = ({ source, ...cell }: Cell): JsonValue => cell[source] ?? null;

/** Why a field is left as it is; the first that applies is named. */
const REASONS: readonly Reason[] = [
  {
    code: 'NOT_READABLE',
    applies: ({ left, right }) => left === undefined || right === undefined,
    says: ({ left }, labels) => `The value could not be read in ${left === undefined ? labels.left : labels.right}.`
  },
  {
    code: 'ON_CREATE_ONLY',
    applies: ({ field }) => field.onCreateOnly,
    says: () => 'The field is only written when the record is created.'
  },
  { code: 'NEVER', applies: ({ field }) => field.rule === 'never', says: () => 'The rule of the field is never.' },
  {
    code: 'ONLY_IF_EMPTY',
    applies: ({ field, conflict }) => field.rule === 'onlyIfEmpty' && conflict?.resolution === 'none',
    says: ({ target }, labels) => `The field is only written while it is empty in ${labels[target]}.`
  },
  {
    code: 'CONFLICT',
    applies: ({ conflict }) => conflict?.resolution === 'none',
    says: () => 'Both sides changed, and a person has to decide.'
  },
  {
    code: 'ONE_WAY',
    applies: ({ field, target }) => field.direction === (target === 'left' ? 'toRight' : 'toLeft'),
    says: ({ source, target }, labels) => `The field does not travel from ${labels[source]} to ${labels[target]}.`
  },
  {
    code: 'NO_COUNTERPART_VALUE',
    applies: (cell) => !canWrite(cell.field, cell.target, value(cell)),
    says: ({ target }, labels) => `The value has no counterpart in ${labels[target]}.`
  },
  {
    code: 'AFTER_CLOSE',
    applies: ({ field, closed, target }) => field.afterClose === true && !closed && target === 'right',
    says: (_cell, labels) => `The field is only written once the record is closed in ${labels.right}.`
  },
  {
    code: 'CLOSED',
    applies: ({ field, closed, target }) => closed && field.afterClose !== true && target === 'right',
    says: (_cell, labels) => `The record is closed in ${labels.right}.`
  },
  {
    code: 'HELD_BACK',
    applies: ({ lacking, target }) => lacking && target === 'right',
    says: (_cell, labels) => `Nothing is sent while something is missing on the record in ${labels.left}.`
  },
  {
    code: 'SEEN_BEFORE',
    applies: () => true,
    says: () => 'The difference was looked at by an earlier run, and nothing changed since.'
  }
];

const SOURCE_OF = { toRight: 'left', toLeft: 'right' } as const;

/** The side that changed since both agreed; without a sign of who did, the one that a one-way field comes from. */
function sourceOf(field: FieldRule, base: CanonicalRecord, left: CanonicalRecord, right: CanonicalRecord): Side {
  const agreed = base[field.name];
  if (agreed !== undefined) {
    if (sameValue(field, left[field.name], agreed)) return 'right';
    if (sameValue(field, right[field.name], agreed)) return 'left';
  }
  return field.direction === 'both' ? 'left' : SOURCE_OF[field.direction];
}

export interface ComparedPair {
  mapping: Mapping;
  labels: Labels;
  base: CanonicalRecord;
  left: CanonicalRecord;
  right: CanonicalRecord;
  closed: boolean;
  lacking: boolean;
  /** Names of the fields that are written. */
  written: ReadonlySet<string>;
  conflicts: readonly FieldConflict[];
}

/** Every field of a coupled pair that is not written although its sides differ, or cannot be compared, with the reason. */
export function skippedFields(pair: ComparedPair): SkippedField[] {
  const { mapping, labels, base, left, right, closed, lacking, written, conflicts } = pair;
  return mapping.fields.flatMap((field): SkippedField[] => {
    const [ours, theirs] = [left[field.name], right[field.name]];
    const known = ours !== undefined && theirs !== undefined;
    if (written.has(field.name) || (known && sameValue(field, ours, theirs))) return [];
    // What was only needed for the creation is nobody's loss when it cannot be read afterwards.
    if (!known && (field.onCreateOnly || field.afterClose === true)) return [];
    const source = sourceOf(field, base, left, right);
    const conflict = conflicts.find((candidate) => candidate.field === field.name);
    const cell: Cell = {
      ...{ field, left: ours, right: theirs, source, closed, lacking },
      target: source === 'left' ? 'right' : 'left',
      ...(conflict ? { conflict } : {})
    };
    const reason = REASONS.find(({ applies }) => applies(cell));
    if (reason === undefined) return [];
    return [
      { field: field.name, label: labelOf(mapping, field.name), code: reason.code, reason: reason.says(cell, labels) }
    ];
  });
}

interface CreationReason {
  code: string;
  applies: (field: FieldRule, value: JsonValue | undefined) => boolean;
  says: (labels: Labels) => string;
}

const CREATION_REASONS: readonly CreationReason[] = [
  {
    code: 'NOT_READABLE',
    applies: (_field, own) => own === undefined,
    says: ({ left }) => `The value could not be read in ${left}.`
  },
  {
    code: 'ONE_WAY',
    applies: ({ direction }, own) => direction === 'toLeft' && !isEmpty(own),
    says: ({ left, right }) => `The field does not travel from ${left} to ${right}.`
  },
  {
    code: 'FIRST_UPDATE',
    applies: ({ omitOnCreate }, own) => omitOnCreate === true && !isEmpty(own),
    says: ({ right }) => `${right} sets it on creation; it travels afterwards if it differs.`
  },
  {
    code: 'NO_COUNTERPART_VALUE',
    applies: (field, own) => !isEmpty(own) && !canWrite(field, 'right', own ?? null),
    says: ({ right }) => `The value has no counterpart in ${right}.`
  }
];

/** Every field that a new record does not start with although the left record may have a value for it. */
export function skippedOnCreate(mapping: Mapping, labels: Labels, left: CanonicalRecord): SkippedField[] {
  return mapping.fields.flatMap((field) => {
    if (field.afterClose === true) return [];
    const reason = CREATION_REASONS.find(({ applies }) => applies(field, left[field.name]));
    if (reason === undefined) return [];
    return [{ field: field.name, label: labelOf(mapping, field.name), code: reason.code, reason: reason.says(labels) }];
  });
}

function effectOf({ resolution, reason }: FieldConflict, { rule, direction }: FieldRule, labels: Labels): string {
  if (resolution !== 'none') {
    const why = direction === 'both' ? `rule ${rule}` : 'one-way field';
    return `${labels[resolution]} wins (${why}); the other value is kept in the audit trail.`;
  }
  if (reason === 'alreadySet') return 'Both sides keep their value, because the field cannot be changed any more.';
  return 'Both sides keep their value until a person decides.';
}

/** Conflicts with both values, both times and what the rule does about them. */
export function plannedConflicts(
  mapping: Mapping,
  labels: Labels,
  conflicts: readonly FieldConflict[],
  times: { leftAt: string; rightAt: string }
): PlannedConflict[] {
  return conflicts.flatMap((conflict) => {
    const field = mapping.fields.find(({ name }) => name === conflict.field);
    if (field === undefined) return [];
    const { base, left, right, resolution, reason } = conflict;
    return [
      {
        ...{ field: field.name, label: labelOf(mapping, field.name), base, left, right, ...times, resolution, reason },
        effect: effectOf(conflict, field, labels)
      }
    ];
  });
}
