import { comparableItem, isEmpty, sameValue, stableText } from '../mapping/compare.js';
import { canWrite } from '../mapping/convert.js';
import { itemsByKey, listOf } from '../mapping/lists.js';
import type { CanonicalRecord, FieldRule, Side } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';

/** A value that lost, or a decision that nobody but a person can take. Names both values (promise G2). */
export interface FieldConflict {
  field: string;
  base: JsonValue;
  left: JsonValue;
  right: JsonValue;
  /** Whose value both sides have now; `none`: the sides stay different until a person makes them equal. */
  resolution: Side | 'none';
  reason: 'bothChanged' | 'alreadySet' | 'oneWay';
  /** What a person decided about it. */
  decision?: FieldDecision;
}

/** Whose value a person keeps. */
export interface FieldDecision {
  keep: Side;
  by: string;
  /** Why it cannot be carried out: the field does not travel that way, the far end cannot hold the value, or takes it only once. */
  refused?: 'direction' | 'value' | 'alreadySet';
}

/** By canonical field name. */
export type FieldDecisions = Readonly<Record<string, FieldDecision>>;

export interface MergeResult {
  /** What has to be written, by canonical field name. */
  toLeft: CanonicalRecord;
  toRight: CanonicalRecord;
  /** What both sides agree on once everything is written. */
  base: CanonicalRecord;
  conflicts: readonly FieldConflict[];
}

interface Cell {
  /** `undefined`: both sides never agreed on anything. */
  base: JsonValue | undefined;
  left: JsonValue;
  right: JsonValue;
}

interface Outcome extends Cell {
  conflict?: Pick<FieldConflict, 'resolution' | 'reason' | 'decision'>;
}

interface Judge {
  field: FieldRule;
  newest: Side;
  decision: FieldDecision | undefined;
  equal: (first: JsonValue | undefined, second: JsonValue | undefined) => boolean;
  writable: (side: Side, value: JsonValue) => boolean;
}

const other = (side: Side): Side => (side === 'left' ? 'right' : 'left');
const mayReach = (field: FieldRule, target: Side): boolean =>
  field.direction === 'both' || field.direction === (target === 'left' ? 'toLeft' : 'toRight');

/** The side whose value a rule prefers outright. */
const preferred = ({ rule }: FieldRule): Side | undefined =>
  rule === 'salesforceWins' ? 'left' : rule === 'externalWins' ? 'right' : undefined;

function travel(cell: Cell, source: Side, judge: Judge, conflict?: Outcome['conflict']): Outcome {
  const value = cell[source];
  const target = other(source);
  if (!mayReach(judge.field, target) || !judge.writable(target, value)) {
    return conflict ? { ...cell, conflict: { ...conflict, resolution: 'none' } } : cell;
  }
  return { left: value, right: value, base: value, ...(conflict ? { conflict } : {}) };
}

/** Only `source` changed since the last agreement. */
function oneChanged(cell: Cell, source: Side, judge: Judge): Outcome {
  const { field } = judge;
  const target = other(source);
  if (!mayReach(field, target)) {
    // A one-way field follows its source; an edit at the far end is put right only where the rule says who wins.
    return preferred(field) === target ? travel(cell, target, judge, { resolution: target, reason: 'oneWay' }) : cell;
  }
  if (field.rule === 'onlyIfEmpty' && !isEmpty(cell[target])) {
    return { ...cell, conflict: { resolution: 'none', reason: 'alreadySet' } };
  }
  return travel(cell, source, judge);
}

/** Who wins when both changed; `undefined` when a person has to decide. */
function winnerOf(cell: Cell, { field, newest }: Judge): Side | undefined {
  const onlyOneFilled = isEmpty(cell.left) !== isEmpty(cell.right);
  const filled: Side = isEmpty(cell.left) ? 'right' : 'left';
  if (field.rule === 'manual') return undefined;
  if (field.rule === 'onlyIfEmpty') return onlyOneFilled ? filled : undefined;
  if (field.direction === 'both') return preferred(field) ?? newest;
  const source: Side = field.direction === 'toRight' ? 'left' : 'right';
  return (preferred(field) ?? source) === source ? source : undefined;
}

function bothChanged(cell: Cell, judge: Judge): Outcome {
  // Without any history an empty side has nothing to lose: the filled one is taken over and nobody has to be told.
  if (cell.base === undefined && isEmpty(cell.left) !== isEmpty(cell.right)) {
    return travel(cell, isEmpty(cell.left) ? 'right' : 'left', judge);
  }
  const winner = winnerOf(cell, judge);
  if (winner === undefined) return { ...cell, conflict: { resolution: 'none', reason: 'bothChanged' } };
  return travel(cell, winner, judge, { resolution: winner, reason: 'bothChanged' });
}

function whyNot(cell: Cell, keep: Side, { field, writable }: Judge): FieldDecision['refused'] {
  const target = other(keep);
  if (!mayReach(field, target)) return 'direction';
  if (field.rule === 'onlyIfEmpty' && !isEmpty(cell[target])) return 'alreadySet';
  return writable(target, cell[keep]) ? undefined : 'value';
}

/** A person's decision replaces what the rules leave open, never what they decide, and binds as they do where a value may go. */
function decide(
  cell: Cell,
  { reason }: NonNullable<Outcome['conflict']>,
  { keep, by }: FieldDecision,
  judge: Judge
): Outcome {
  const refused = whyNot(cell, keep, judge);
  if (refused) return { ...cell, conflict: { resolution: 'none', reason, decision: { keep, by, refused } } };
  const value = cell[keep];
  return { left: value, right: value, base: value, conflict: { resolution: keep, reason, decision: { keep, by } } };
}

function resolve(cell: Cell, judge: Judge): Outcome {
  const outcome = byRules(cell, judge);
  const { conflict } = outcome;
  if (judge.decision === undefined || conflict?.resolution !== 'none') return outcome;
  return decide(cell, conflict, judge.decision, judge);
}

function byRules(cell: Cell, judge: Judge): Outcome {
  if (judge.equal(cell.left, cell.right)) return { ...cell, base: cell.left };
  if (judge.field.rule === 'never') return cell;
  const changed = (side: Side): boolean => cell.base === undefined || !judge.equal(cell[side], cell.base);
  if (changed('left') && changed('right')) return bothChanged(cell, judge);
  return oneChanged(cell, changed('left') ? 'left' : 'right', judge);
}

const named = (field: string, cell: Cell, { conflict }: Outcome): FieldConflict[] =>
  conflict ? [{ field, base: cell.base ?? null, left: cell.left, right: cell.right, ...conflict }] : [];

type Ruling = Pick<Judge, 'field' | 'newest' | 'decision'>;

function mergeScalar(cell: Cell, ruling: Ruling): [Outcome, FieldConflict[]] {
  const { field } = ruling;
  const outcome = resolve(cell, {
    ...ruling,
    equal: (first, second) => sameValue(field, first, second),
    writable: (side, value) => canWrite(field, side, value)
  });
  return [outcome, named(field.name, cell, outcome)];
}

/**
 * Item by item: a missing item is `null`, so adding, changing and removing are the same question. A list without history
 * counts as empty before: whatever a side holds, it added.
 */
function mergeList(cell: Cell, ruling: Ruling): [Outcome, FieldConflict[]] {
  const { field } = ruling;
  // The same items on both sides, which is what nearly every list of every record is: nothing to go through.
  if (sameValue(field, cell.left, cell.right)) return [{ ...cell, base: cell.left }, []];
  const sides = {
    base: itemsByKey(cell.base, field),
    left: itemsByKey(cell.left, field),
    right: itemsByKey(cell.right, field)
  };
  const judge: Judge = {
    ...ruling,
    equal: (first, second) => {
      const text = (item: JsonValue | undefined): string =>
        item === undefined || item === null ? '' : stableText(comparableItem(item, field));
      return text(first) === text(second);
    },
    writable: () => true
  };
  const result = { base: [] as JsonValue[], left: [] as JsonValue[], right: [] as JsonValue[] };
  const conflicts: FieldConflict[] = [];
  for (const key of new Set([...sides.base.keys(), ...sides.left.keys(), ...sides.right.keys()])) {
    const item: Cell = {
      base: sides.base.get(key) ?? null,
      left: sides.left.get(key) ?? null,
      right: sides.right.get(key) ?? null
    };
    const outcome = resolve(item, judge);
    conflicts.push(...named(field.name, item, outcome));
    for (const side of ['base', 'left', 'right'] as const) {
      const value = outcome[side];
      if (value !== undefined && value !== null) result[side].push(value);
    }
  }
  const list = (items: JsonValue[]): JsonValue => listOf(items, field);
  return [{ base: list(result.base), left: list(result.left), right: list(result.right) }, conflicts];
}

/**
 * Three-way merge, field by field (handbook, the road, step 3). Pure. Equal values are never a conflict, `null` is a value, a field that
 * either side could not be read for is left alone, and what is not decided stays out of the new base.
 *
 * @param base what both sides last agreed on; a field that is absent has no history
 * @param newest the side whose record changed last by its server's time; decides only the rule `newest`
 * @param decisions what people decided about fields in conflict; one about a field that is in no conflict changes nothing
 */
export function merge(
  base: CanonicalRecord,
  left: CanonicalRecord,
  right: CanonicalRecord,
  fields: readonly FieldRule[],
  newest: Side,
  decisions: FieldDecisions = {}
): MergeResult {
  const result = { toLeft: {}, toRight: {}, base: { ...base } } as Record<
    'toLeft' | 'toRight' | 'base',
    Record<string, JsonValue>
  >;
  const conflicts: FieldConflict[] = [];
  for (const field of fields) {
    const { name } = field;
    const [ours, theirs] = [left[name], right[name]];
    if (field.onCreateOnly || ours === undefined || theirs === undefined) continue;
    const cell: Cell = { base: base[name], left: ours, right: theirs };
    const ruling: Ruling = { field, newest, decision: decisions[name] };
    const [outcome, found] = field.type === 'list' ? mergeList(cell, ruling) : mergeScalar(cell, ruling);
    conflicts.push(...found);
    if (!sameValue(field, outcome.left, ours)) result.toLeft[name] = outcome.left;
    if (!sameValue(field, outcome.right, theirs)) result.toRight[name] = outcome.right;
    if (outcome.base !== undefined) result.base[name] = outcome.base;
  }
  return { ...result, conflicts };
}
