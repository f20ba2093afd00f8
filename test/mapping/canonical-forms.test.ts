import { afterEach, describe, expect, it, vi } from 'vitest';
import { recordHash, sameValue } from '../../plugin/src/mapping/index.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import { mappingOf, read, RULES, write } from './forms.js';
import type { Kind } from './forms.js';

const zoned = (time: string, zone: string): string => `2026-03-01T${time}${zone}`;
const [one, two] = [
  { Id: 'A', Name: 'One' },
  { Id: 'B', Name: 'Two' }
];

/** Left and right as the systems give them. */
type Pair = [kind: Kind, left: JsonValue, right: JsonValue];

const SAME: Pair[] = [
  ['text', 'Caf\u00e9', 'Cafe\u0301'],
  ['text', 'a\r\nb\r', 'a\nb'],
  ['text', ' \u00a0a\t\n', 'a'],
  ['text', '', null],
  ['text', ' \r\n ', null],
  ['text', '5', 5],
  ['number', 10000, '10000.0'],
  ['number', 10000, '1e4'],
  ['number', 0.5, '.50'],
  ['number', -0, 0],
  ['number', null, ' '],
  ['currency', 'EUR', ' eur '],
  ['currency', '', null],
  ['boolean', false, null],
  ['date', '2026-03-01', zoned('00:00:00', 'Z')],
  ['date', '2026-03-01', zoned('23:59:59.9999999', 'Z')],
  ['date', '2026-03-01', zoned('12:00', '')],
  ['date', '2026-03-01', zoned('13:30:00.000', '+0000')],
  ['date', '2026-02-28', zoned('00:30:00', '+01:00')],
  ['date', '2026-03-02', zoned('23:30:00', '-01:00')],
  ['date', null, '0001-01-01T00:00:00Z'],
  ['date', '', '0001-01-01'],
  ['dateTime', '2026-03-01T10:00:00.000+0000', '2026-03-01T12:00:00+02:00'],
  ['dateTime', '2026-03-01T10:00:00Z', '2026-03-01T10:00'],
  ['dateTime', '2026-03-01', '2026-03-01T00:00:00Z'],
  ['choice', 'Won', '2'],
  ['choice', 'Won', 2],
  ['choice', 'None', null],
  ['list', [one, two], [two, one]],
  ['list', [one], [one, { ...one }]],
  ['list', [one], [{ Id: 'a ', Name: ' One' }]],
  ['list', [one], [{ Name: 'without a key' }, one]],
  ['list', null, []],
  ['list', [{ Id: 5, Name: 'Five' }], [{ Id: '5', Name: 'Five' }]],
  ['keys', [one], [{ Id: 'a', Name: 'Another' }]]
];

const DIFFERENT: Pair[] = [
  ['text', 'a', 'A'],
  ['text', 'a b', 'a  b'],
  ['text', '<b>a</b>', 'a'],
  ['text', '0', null],
  ['number', 0, null],
  ['number', 10000, '10000.01'],
  ['currency', 'EUR', 'USD'],
  ['boolean', true, null],
  ['date', '2026-03-01', zoned('23:30:00', '-02:00')],
  ['date', '2026-03-01', null],
  ['dateTime', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00+01:00'],
  ['choice', 'Open', '2'],
  ['list', [one], [{ Id: 'A', Name: 'one' }]],
  ['list', [one], []],
  ['keys', [one], [two]]
];

/** What no side may take for a value: the field is left alone. */
const UNREAD: [kind: Kind, value: JsonValue][] = [
  ['number', '0x10'],
  ['number', '1,000'],
  ['number', 'Infinity'],
  ['number', true],
  ['number', { amount: 1 }],
  ['boolean', 'true'],
  ['date', '2026-02-30'],
  ['date', '2026-02-30T10:00:00Z'],
  ['date', '12'],
  ['date', 'March 1, 2026'],
  ['date', '9999-12-31T23:00:00-02:00'],
  ['date', 20260301],
  ['dateTime', '2026-03-01T25:00:00Z'],
  ['dateTime', 'tomorrow'],
  ['choice', 'Brandnew'],
  ['choice', 'constructor'],
  ['choice', '__proto__'],
  ['text', { a: 1 }],
  ['list', 'A']
];

const ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'];
afterEach(() => void vi.unstubAllEnvs());

describe('two spellings of one value', () => {
  it.each(SAME)('are the same: %s %j and %j', (kind, left, right) => {
    const rule = RULES[kind];
    const values = [read(rule, 'left', left), read(rule, 'right', right)] as const;
    expect(values[0]).not.toBeUndefined();
    expect([sameValue(rule, ...values), sameValue(rule, values[1], values[0])]).toEqual([true, true]);
    const [hashes, mapping] = [new Set<string>(), mappingOf(rule)];
    for (const value of values) hashes.add(recordHash(mapping, 'left', { value: value ?? null }));
    expect(hashes.size).toBe(1);
  });

  it.each(DIFFERENT)('are not the same: %s %j and %j', (kind, left, right) => {
    const rule = RULES[kind];
    const values = [read(rule, 'left', left), read(rule, 'right', right)] as const;
    expect(values).not.toContain(undefined);
    expect([sameValue(rule, ...values), sameValue(rule, values[1], values[0])]).toEqual([false, false]);
  });

  it.each(UNREAD)('are not guessed at: %s %j', (kind, value) => {
    expect(read(RULES[kind], 'left', value)).toBeUndefined();
  });
});

describe.each(ZONES)('a machine in %s', (zone) => {
  it('reads the same days and moments as any other, and writes a day that stays one', () => {
    vi.stubEnv('TZ', zone);
    for (const [kind, left, right] of SAME) {
      const rule = RULES[kind];
      expect(sameValue(rule, read(rule, 'left', left), read(rule, 'right', right)), `${kind} ${String(right)}`).toBe(
        true
      );
    }
    const written = write(RULES.date, 'right', '2026-03-01');
    expect(written).toBe('2026-03-01T12:00:00.000Z');
    expect(read(RULES.date, 'right', written ?? null)).toBe('2026-03-01');
  });
});
