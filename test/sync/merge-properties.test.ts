import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmpty, sameValue } from '../../plugin/src/mapping/index.js';
import type { CanonicalRecord, Direction, FieldRule, Rule, Side } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import type { FieldDecisions, MergeResult } from '../../plugin/src/sync/merge.js';
import { merge } from '../../plugin/src/sync/merge.js';

const rules: Rule[] = ['salesforceWins', 'externalWins', 'newest', 'onlyIfEmpty', 'manual', 'never'];
const directions: Direction[] = ['both', 'toRight', 'toLeft'];

const scalar = fc.constantFrom<JsonValue>(null, 'a', 'b', 'c');
const list = fc
  .uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3'), text: fc.constantFrom<JsonValue>(null, 'a', 'b') }), {
    selector: ({ id }) => id,
    maxLength: 3
  })
  .map((items): JsonValue => items.sort((first, second) => (first.id < second.id ? -1 : 1)));

interface Situation {
  field: FieldRule;
  decisions: FieldDecisions;
  base: CanonicalRecord;
  left: CanonicalRecord;
  right: CanonicalRecord;
  newest: Side;
}

const situation = fc
  .record({
    rule: fc.constantFrom(...rules),
    direction: fc.constantFrom(...directions),
    isList: fc.boolean(),
    hasBase: fc.boolean(),
    newest: fc.constantFrom<Side>('left', 'right'),
    keep: fc.constantFrom<Side | undefined>('left', 'right', undefined)
  })
  .chain(({ rule, direction, isList, hasBase, newest, keep }) => {
    const value = isList ? list : scalar;
    const end = isList ? { path: 'x', item: { id: 'id', text: 'text' } } : { path: 'x' };
    const field: FieldRule = {
      name: 'x',
      type: isList ? 'list' : 'text',
      left: end,
      right: end,
      direction,
      rule,
      onCreateOnly: false,
      ...(isList ? { key: 'id' } : {})
    };
    return fc.tuple(value, value, value).map(([base, left, right]) => ({
      field,
      decisions: (keep === undefined ? {} : { x: { keep, by: 'somebody' } }) as FieldDecisions,
      base: (hasBase ? { x: base } : {}) as CanonicalRecord,
      left: { x: left },
      right: { x: right },
      newest
    }));
  });

const run = ({ field, base, left, right, newest, decisions }: Situation): MergeResult =>
  merge(base, left, right, [field], newest, decisions);
const after = (before: CanonicalRecord, written: CanonicalRecord): CanonicalRecord => ({ ...before, ...written });

const swappedRule: Partial<Record<Rule, Rule>> = { salesforceWins: 'externalWins', externalWins: 'salesforceWins' };
const swappedDirection: Record<Direction, Direction> = { both: 'both', toLeft: 'toRight', toRight: 'toLeft' };
const otherSide: Record<Side, Side> = { left: 'right', right: 'left' };

function swapped({ field, base, left, right, newest, decisions }: Situation): Situation {
  const { x: decision } = decisions;
  const rule = swappedRule[field.rule] ?? field.rule;
  return {
    field: { ...field, rule, direction: swappedDirection[field.direction] },
    base,
    left: right,
    right: left,
    newest: otherSide[newest],
    decisions: decision ? { x: { ...decision, keep: otherSide[decision.keep] } } : {}
  };
}

const itemsOf = (value: JsonValue | undefined): JsonValue[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const has = (values: JsonValue | undefined, item: JsonValue): boolean =>
  itemsOf(values).some((other) => JSON.stringify(other) === JSON.stringify(item));

const sameText = (first: JsonValue, second: JsonValue): boolean => JSON.stringify(first) === JSON.stringify(second);

const RUNS = { numRuns: 3000 };

describe('merge', () => {
  it('is idempotent: after its writes there is nothing left to write', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const first = run(now);
        const second = run({
          ...now,
          base: first.base,
          left: after(now.left, first.toLeft),
          right: after(now.right, first.toRight)
        });
        expect(second.toLeft).toEqual({});
        expect(second.toRight).toEqual({});
        expect(second.base).toEqual(first.base);
      }),
      RUNS
    );
  });

  it('is symmetric: with sides and rules swapped it does the mirror image', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const one = run(now);
        const mirror = run(swapped(now));
        expect(mirror.toLeft).toEqual(one.toRight);
        expect(mirror.toRight).toEqual(one.toLeft);
        expect(mirror.base).toEqual(one.base);
        expect(mirror.conflicts.length).toBe(one.conflicts.length);
      }),
      RUNS
    );
  });

  it('converges: a field that travels both ways ends equal, unless a person has to decide', () => {
    fc.assert(
      fc.property(situation, (now) => {
        if (now.field.direction !== 'both' || now.field.rule === 'never') return;
        const result = run(now);
        if (result.conflicts.some(({ resolution }) => resolution === 'none')) return;
        expect(sameValue(now.field, after(now.left, result.toLeft)['x'], after(now.right, result.toRight)['x'])).toBe(
          true
        );
        expect(sameValue(now.field, result.base['x'], after(now.left, result.toLeft)['x'])).toBe(true);
      }),
      RUNS
    );
  });

  it('loses nothing: what a side had is still there, or a conflict names it, or the other side removed it', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const result = run(now);
        const named = result.conflicts.flatMap(({ left, right }) => [left, right]);
        for (const side of ['left', 'right'] as const) {
          const written = side === 'left' ? result.toLeft : result.toRight;
          const finalHere = after(now[side], written)['x'];
          for (const item of itemsOf(now[side]['x'])) {
            const survives = has(finalHere, item) || has(named, item);
            const wasAgreed = has(now.base['x'], item);
            expect(survives || wasAgreed || isEmpty(item)).toBe(true);
          }
        }
      }),
      RUNS
    );
  });

  it('calls equal values no conflict, whatever the base was', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const result = run({ ...now, right: now.left });
        expect(result).toMatchObject({ toLeft: {}, toRight: {}, conflicts: [], base: now.left });
      }),
      RUNS
    );
  });

  it('does what a person decided about a field in conflict wherever the value may go, and says why where it may not', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const { x: decision } = now.decisions;
        const open = run({ ...now, decisions: {} }).conflicts.filter(({ resolution }) => resolution === 'none');
        const result = run(now);
        if (decision === undefined || open.length === 0) {
          expect(result).toEqual(run({ ...now, decisions: {} }));
          return;
        }
        for (const { left, right } of open) {
          const found = result.conflicts.find((one) => sameText(one.left, left) && sameText(one.right, right));
          expect(found?.decision).toMatchObject({ keep: decision.keep, by: 'somebody' });
          // Either carried out, or still open with the reason; never dropped.
          expect(found?.resolution === 'none').toBe(found?.decision?.refused !== undefined);
          if (found?.resolution !== 'none') expect(found?.resolution).toBe(decision.keep);
        }
        const refused = result.conflicts.some((one) => one.decision?.refused !== undefined);
        if (refused || now.field.type === 'list') return;
        expect(after(now.left, result.toLeft)['x']).toEqual(now[decision.keep]['x']);
        expect(after(now.right, result.toRight)['x']).toEqual(now[decision.keep]['x']);
      }),
      RUNS
    );
  });

  it('takes null for a value: a side that was emptied has changed, and a decision may keep the empty one', () => {
    const field: FieldRule = {
      name: 'x',
      type: 'text',
      left: { path: 'x' },
      right: { path: 'x' },
      direction: 'both',
      rule: 'manual',
      onCreateOnly: false
    };
    const now: Situation = {
      field,
      decisions: { x: { keep: 'left', by: 'somebody' } },
      base: { x: 'a' },
      left: { x: null },
      right: { x: 'b' },
      newest: 'right'
    };
    expect(run({ ...now, decisions: {} }).conflicts).toMatchObject([{ left: null, right: 'b', resolution: 'none' }]);
    expect(run(now)).toMatchObject({ toRight: { x: null }, toLeft: {}, base: { x: null } });
    expect(run({ ...now, right: { x: 'a' } })).toMatchObject({ toRight: { x: null }, conflicts: [] });
  });
});
