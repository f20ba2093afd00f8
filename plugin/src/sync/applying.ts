import { sameValue } from '../mapping/compare.js';
import { toCanonical } from '../mapping/convert.js';
import type { CanonicalRecord, Mapping } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import type { ActiveRun } from './context.js';
import type { PairWork } from './pair.js';
import type { PlannedOperation, PlannedRecord, Seen } from './plan-file.js';
import { workText } from './plan-file.js';
import { TAKEN_IN } from './planning-arrivals.js';
import type { Planned } from './planning-record.js';
import { planRecord, seenOf } from './planning-record.js';

/** `done`: carried out now. `alreadyDone`: nothing was left to do. `refused`: no longer what the plan says. `failed`: begun, not finished. `left`: not begun. */
export type AppliedOutcome = 'done' | 'alreadyDone' | 'refused' | 'failed' | 'left';

export interface AppliedRecord {
  key: string;
  outcome: AppliedOutcome;
  code?: string;
  message?: string;
  nextStep?: string;
}

/** What to do with a planned record as it is now. */
export type Ruling = { proceed: true } | { proceed: false; record: AppliedRecord };

interface Sides {
  left: CanonicalRecord | undefined;
  right: CanonicalRecord | undefined;
}

/** Whether every value of an operation is in place already. */
function holds(mapping: Mapping, work: PairWork, sides: Sides, operation: PlannedOperation): boolean {
  const { coupling } = work.entry;
  const same = (record: CanonicalRecord | undefined, field: string, value: JsonValue): boolean => {
    const rule = mapping.fields.find(({ name }) => name === field);
    return rule !== undefined && record !== undefined && sameValue(rule, record[field], value);
  };
  if (operation.kind === 'link') return coupling?.rightKey === operation.rightKey;
  // Whether these were carried out shows in the records, which `planRecord` has looked at.
  if (operation.kind === 'takeIn' || operation.kind === 'answer' || operation.kind === 'passOn') return false;
  if (operation.kind === 'update') {
    return operation.changes.every(({ field, newValue }) => same(sides[operation.side], field, newValue));
  }
  // What is only needed for the creation is not always given back afterwards.
  return (
    coupling !== undefined &&
    operation.values.every(
      ({ field, value }) => coupling.base[field] === undefined || same(coupling.base, field, value)
    )
  );
}

function alreadyDone({ mapping }: ActiveRun, work: PairWork, { operations }: PlannedRecord): boolean {
  const sides: Sides = {
    left: work.left && toCanonical(mapping, 'left', work.left.document),
    right: work.right && toCanonical(mapping, 'right', work.right.document)
  };
  return operations.every((operation) => holds(mapping, work, sides, operation));
}

function whatChanged(run: ActiveRun, planned: Seen, now: Seen): string {
  const names = { left: `in ${run.left.label}`, right: `in ${run.right.label}`, base: 'by another run' } as const;
  const places = (['left', 'right', 'base'] as const).filter((side) => planned[side] !== now[side]);
  if (places.length === 0) return 'What would be done is not what the plan says any more.';
  return `It was changed since the plan was made: ${places.map((side) => names[side]).join(', ')}.`;
}

export const refusal = (key: string, message: string): AppliedRecord => ({
  key,
  outcome: 'refused',
  code: 'CHANGED_SINCE_PLAN',
  message,
  nextStep: `Make a new plan for it: sf cosell sync plan --record ${key} --output-file FILE.`
});

const sameSeen = (one: Seen, other: Seen): boolean =>
  one.left === other.left && one.right === other.right && one.base === other.base;

/** Looks at a planned record again: is it still what the plan was made from, and would the same be done? */
export async function judge(run: ActiveRun, work: PairWork, planned: PlannedRecord): Promise<Ruling> {
  const now: Planned = await planRecord(run, work);
  const seen = seenOf(run, work);
  if (now !== 'unchanged' && workText(now) === workText(planned) && sameSeen(planned.seen, seen)) {
    return { proceed: true };
  }
  const isThere = now !== 'unchanged' && now.skipped?.code === TAKEN_IN;
  if (isThere || alreadyDone(run, work, planned))
    return { proceed: false, record: { key: work.leftKey, outcome: 'alreadyDone' } };
  return { proceed: false, record: refusal(work.leftKey, whatChanged(run, planned.seen, seen)) };
}
