import { describe, expect, it } from 'vitest';
import type { Direction, FieldRule, Rule } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import { merge } from '../../plugin/src/sync/merge.js';

const field = (rule: Rule, direction: Direction, more: Partial<FieldRule> = {}): FieldRule => ({
  name: 'x',
  type: 'text',
  left: { path: 'x' },
  right: { path: 'x' },
  direction,
  rule,
  onCreateOnly: false,
  ...more
});

/** base, left, right, newest → written to left, written to right, resolution of the conflict. `~` is absent, `-` is empty. */
type Case = [rule: Rule, direction: Direction, before: string, newest: 'left' | 'right', after: string];

const value = (text: string): JsonValue | undefined => (text === '~' ? undefined : text === '-' ? null : text);

function outcome([rule, direction, before, newest]: Case): string {
  const [base = '~', left = '-', right = '-'] = before.split(' ');
  const record = (text: string): Record<string, JsonValue> => {
    const known = value(text);
    return known === undefined ? {} : { x: known };
  };
  const result = merge(record(base), record(left), record(right), [field(rule, direction)], newest);
  const written = (values: Readonly<Record<string, JsonValue>>): string =>
    'x' in values ? String(values['x'] ?? '-') : '.';
  return [written(result.toLeft), written(result.toRight), result.conflicts[0]?.resolution ?? '.'].join(' ');
}

const cases: Case[] = [
  // one side changed: it travels
  ...(['salesforceWins', 'externalWins', 'newest', 'manual'] as const).flatMap((rule): Case[] => [
    [rule, 'both', 'A B A', 'right', '. B .'],
    [rule, 'both', 'A A B', 'left', 'B . .'],
    [rule, 'both', 'A - A', 'right', '. - .'],
    [rule, 'both', 'A B B', 'left', '. . .'],
    [rule, 'both', '~ A A', 'left', '. . .'],
    [rule, 'both', '~ A -', 'left', '. A .']
  ]),
  // both changed
  ['salesforceWins', 'both', 'A B C', 'right', '. B left'],
  ['externalWins', 'both', 'A B C', 'left', 'C . right'],
  ['newest', 'both', 'A B C', 'left', '. B left'],
  ['newest', 'both', 'A B C', 'right', 'C . right'],
  ['newest', 'both', 'A - C', 'left', '. - left'],
  ['manual', 'both', 'A B C', 'left', '. . none'],
  ['never', 'both', 'A B C', 'left', '. . .'],
  ['never', 'both', 'A B A', 'left', '. . .'],
  // only if empty
  ['onlyIfEmpty', 'both', '- B -', 'left', '. B .'],
  ['onlyIfEmpty', 'both', 'A B A', 'left', '. . none'],
  ['onlyIfEmpty', 'both', 'A - C', 'left', 'C . right'],
  ['onlyIfEmpty', 'both', 'A B C', 'left', '. . none'],
  ['onlyIfEmpty', 'toRight', 'A - A', 'left', '. . none'],
  // no history
  ['newest', 'both', '~ A B', 'left', '. A left'],
  ['newest', 'both', '~ - B', 'left', 'B . .'],
  ['manual', 'both', '~ A B', 'left', '. . none'],
  // one-way
  ['newest', 'toRight', 'A B A', 'right', '. B .'],
  ['newest', 'toRight', 'A A B', 'right', '. . .'],
  ['newest', 'toRight', 'A B C', 'right', '. B left'],
  ['salesforceWins', 'toRight', 'A A B', 'right', '. A left'],
  ['externalWins', 'toRight', 'A B C', 'right', '. . none'],
  ['newest', 'toRight', '~ - B', 'left', '. . .'],
  ['newest', 'toLeft', 'A A B', 'left', 'B . .'],
  ['newest', 'toLeft', 'A B A', 'left', '. . .'],
  ['externalWins', 'toLeft', 'A B A', 'left', 'A . right'],
  // what could not be read is left alone
  ['newest', 'both', 'A ~ B', 'left', '. . .']
];

describe('merge, one text field', () => {
  it.each(cases)('%s %s: %s, newest %s → %s', (...one) => {
    expect(outcome(one)).toBe(one[4]);
  });

  it('keeps the old base for what is undecided, so that it is undecided tomorrow as well', () => {
    const result = merge({ x: 'A' }, { x: 'B' }, { x: 'C' }, [field('manual', 'both')], 'left');
    expect(result.base).toEqual({ x: 'A' });
    expect(result.conflicts).toEqual([
      { field: 'x', base: 'A', left: 'B', right: 'C', resolution: 'none', reason: 'bothChanged' }
    ]);
  });

  it('never writes a choice that the other side has no value for', () => {
    const stage = field('newest', 'both', {
      type: 'choice',
      left: { path: 'Stage', values: { Won: 'won', '*': 'open' } },
      right: { path: 'status', values: { W: 'won', O: 'open' } }
    });
    expect(merge({ x: 'won' }, { x: 'won' }, { x: 'open' }, [stage], 'right')).toMatchObject({
      toLeft: {},
      base: { x: 'won' }
    });
    expect(merge({ x: 'open' }, { x: 'open' }, { x: 'won' }, [stage], 'right')).toMatchObject({ toLeft: { x: 'won' } });
  });

  it('leaves fields alone that only matter on creation', () => {
    const name = field('newest', 'toRight', { onCreateOnly: true });
    expect(merge({}, { x: 'A' }, { x: 'B' }, [name], 'left')).toEqual({
      toLeft: {},
      toRight: {},
      base: {},
      conflicts: []
    });
  });
});

describe('merge, lists', () => {
  const team = (direction: Direction, more: Partial<FieldRule> = {}): FieldRule =>
    field('newest', direction, {
      type: 'list',
      key: 'email',
      left: { path: 'Team', item: { email: 'Email', phone: 'Phone' } },
      right: { path: 'team', item: { email: 'email', phone: 'phone' } },
      ...more
    });
  const items = (...texts: string[]): JsonValue =>
    texts.map((text) => {
      const [email = '', phone = null] = text.split(':');
      return { email, phone };
    });

  it('keeps what both sides added', () => {
    const result = merge({ x: items('a') }, { x: items('a', 'b') }, { x: items('a', 'c') }, [team('both')], 'left');
    expect(result).toMatchObject({
      toLeft: { x: items('a', 'b', 'c') },
      toRight: { x: items('a', 'b', 'c') },
      conflicts: []
    });
  });

  it('carries a removal and keeps an addition', () => {
    const result = merge(
      { x: items('a', 'b') },
      { x: items('a') },
      { x: items('a', 'b', 'c') },
      [team('both')],
      'left'
    );
    expect(result).toMatchObject({ toLeft: { x: items('a', 'c') }, toRight: { x: items('a', 'c') } });
  });

  it('does not remove later what the far end of a one-way list added', () => {
    const first = merge({ x: items('a') }, { x: items('a', 'b') }, { x: items('a', 'c') }, [team('toRight')], 'left');
    expect(first).toMatchObject({ toLeft: {}, toRight: { x: items('a', 'b', 'c') } });
    const second = merge(first.base, { x: items('a', 'b') }, { x: items('a', 'b', 'c') }, [team('toRight')], 'left');
    expect(second).toMatchObject({ toLeft: {}, toRight: {} });
  });

  it('names a conflict inside one item and merges the others', () => {
    const result = merge({ x: items('a:1') }, { x: items('a:2', 'b') }, { x: items('a:3') }, [team('both')], 'left');
    expect(result).toMatchObject({ toLeft: {}, toRight: { x: items('a:2', 'b') } });
    expect(result.conflicts).toMatchObject([
      { field: 'x', left: { phone: '2' }, right: { phone: '3' }, resolution: 'left' }
    ]);
  });

  it('compares keys without case', () => {
    expect(merge({}, { x: items('A@b') }, { x: items('a@B') }, [team('both')], 'left')).toMatchObject({
      toLeft: {},
      toRight: {},
      conflicts: []
    });
  });

  it('compares keys only where the mapping says so', () => {
    const rule = team('both', { compare: 'key' });
    expect(merge({}, { x: items('a:1') }, { x: items('a:2') }, [rule], 'left')).toMatchObject({
      toLeft: {},
      toRight: {},
      conflicts: []
    });
  });
});
