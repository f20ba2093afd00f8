import { beforeAll, describe, expect, it } from 'vitest';
import { loadMapping } from '../../plugin/src/mapping/index.js';
import type { CanonicalRecord, FieldRule, Mapping, Side } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import type { FieldChange } from '../../plugin/src/sync/index.js';
import { foldJournal, undoPlan } from '../../plugin/src/sync/index.js';
import { opportunity } from '../support/engine/fake-org.js';

let mapping: Mapping;
beforeAll(async () => {
  mapping = await loadMapping();
});

const labels = { left: 'Salesforce', right: 'Partner Center' };
const change = (field: string, to: Side, oldValue: JsonValue, newValue: JsonValue): FieldChange => ({
  ...{ field, to, oldValue, newValue }
});

/** The answer for one field: what is put back, or the code of why not. */
function undo(
  changes: FieldChange[],
  now: { left: CanonicalRecord; right: CanonicalRecord; base?: CanonicalRecord },
  more: { closed?: boolean; rules?: Record<string, Partial<FieldRule>>; document?: Record<string, JsonValue> } = {}
): unknown {
  const fields = mapping.fields.map((field) => ({ ...field, ...more.rules?.[field.name] }));
  const plan = undoPlan(
    {
      mapping: { ...mapping, fields },
      labels,
      left: now.left,
      right: now.right,
      base: now.base ?? now.left,
      leftDocument: { ...opportunity(1), ...more.document },
      closed: more.closed ?? false
    },
    changes
  );
  return plan.kept.length > 0
    ? plan.kept.map(({ code }) => code).join()
    : plan.putBack.map(({ field, to, newValue }) => [field, to, newValue]);
}

describe('reversing what a run did to a pair', () => {
  const edited = change('dealValue', 'right', 1, 2);
  const both = (value: JsonValue) => ({ left: { dealValue: value }, right: { dealValue: value } });

  it('puts the old value back on the side that was written; the rules carry it on', () => {
    expect(undo([edited], both(2))).toEqual([['dealValue', 'right', 1]]);
    expect(undo([change('notes', 'left', null, 'x')], { left: { notes: 'x' }, right: { notes: 'x' } })).toEqual([
      ['notes', 'left', null]
    ]);
  });

  it.each([
    ['on the written side', { left: { dealValue: 2 }, right: { dealValue: 3 } }, { dealValue: 2 }],
    ['on both sides', { left: { dealValue: 3 }, right: { dealValue: 3 } }, { dealValue: 3 }],
    [
      'on the other side, and not carried over yet',
      { left: { dealValue: 9 }, right: { dealValue: 2 } },
      { dealValue: 2 }
    ]
  ])('keeps what was edited since: %s', (_where, now, base) => {
    expect(undo([edited], { ...now, base })).toBe('CHANGED_SINCE');
  });

  it('says when the old value is there already', () => {
    expect(undo([edited], both(1))).toBe('AS_BEFORE');
  });

  it('finishes what an interrupted undo began', () => {
    expect(
      undo([edited, change('dealValue', 'left', 1, 2)], {
        left: { dealValue: 2 },
        right: { dealValue: 1 },
        base: { dealValue: 2 }
      })
    ).toEqual([['dealValue', 'left', 1]]);
  });

  it('does not write what the rules would take back', () => {
    const now = { left: { currency: 'EUR' }, right: { currency: 'EUR' } };
    expect(undo([change('currency', 'right', 'USD', 'EUR')], now)).toBe('WOULD_RETURN');
  });

  it('does not leave the sides different', () => {
    const now = { left: { currency: 'EUR' }, right: { currency: 'EUR' } };
    const rules = { currency: { rule: 'newest' as const } };
    expect(undo([change('currency', 'right', 'USD', 'EUR')], now, { rules })).toBe('WOULD_DIFFER');
  });

  it('knows closed records, unreadable fields, values without a counterpart and missing requirements', () => {
    expect(undo([edited], both(2), { closed: true })).toBe('CLOSED');
    expect(undo([edited], { left: { dealValue: 2 }, right: {} })).toBe('NOT_READABLE');
    const outcome = change('outcome', 'left', 'Active/Accepted', 'Closed/Won');
    const won = { left: { outcome: 'Closed/Won' }, right: { outcome: 'Closed/Won' } };
    expect(undo([outcome], won)).toBe('NO_COUNTERPART_VALUE');
    expect(undo([change('dealValue', 'right', null, 2)], both(2))).toBe('HELD_BACK');
    expect(undo([edited], both(2), { document: { Solutions: [] } })).toBe('HELD_BACK');
  });
});

describe('the journal of a run', () => {
  const line = { runId: 'r', leftKey: 'L', rightKey: 'R', at: '2026-01-01T00:00:00.000Z' };

  it('folds to the first old and the last new value per field and side', () => {
    const folded = foldJournal([
      { ...line, kind: 'linked', changes: [] },
      { ...line, kind: 'updated', changes: [change('a', 'right', 1, 2), change('b', 'right', 1, 2)] },
      { ...line, kind: 'lost', changes: [change('a', 'right', 1, 2)] },
      { ...line, kind: 'updated', changes: [change('a', 'right', 2, 3), change('a', 'left', 7, 3)] }
    ]);
    expect(folded).toEqual([
      {
        leftKey: 'L',
        rightKey: 'R',
        created: false,
        takenIn: false,
        linked: true,
        changes: [change('a', 'right', 1, 3), change('b', 'right', 1, 2), change('a', 'left', 7, 3)]
      }
    ]);
  });

  it('keeps records apart', () => {
    const lines = ['L', 'M'].map((leftKey) => ({ ...line, leftKey, kind: 'created' as const, changes: [] }));
    expect(foldJournal(lines).map(({ leftKey, created }) => [leftKey, created])).toEqual([
      ['L', true],
      ['M', true]
    ]);
  });
});
