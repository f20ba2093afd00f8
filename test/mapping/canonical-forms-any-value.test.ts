import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canWrite, recordHash, sameValue } from '../../plugin/src/mapping/index.js';
import type { Side } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import { mappingOf, read, RULES, write } from './forms.js';
import type { Kind } from './forms.js';

const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
const offsets = fc.constantFrom('Z', '', '+0000', '+00:00', '+0530', '-08:00', '+14:00', '-1200');
const word = fc.string({ unit: 'grapheme', maxLength: 6 });
const RAW: Record<Kind, fc.Arbitrary<JsonValue>> = {
  text: fc.oneof(
    word,
    word.map((text) => ` ${text}\r\n${text.normalize('NFD')} `),
    fc.constant(null)
  ),
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ` ${String(number)}`),
    fc.integer().map((number) => `${String(number)}.00`)
  ),
  currency: fc.oneof(fc.constantFrom('usd', ' EUR', null), word),
  boolean: fc.constantFrom<JsonValue>(true, false, null),
  date: fc.tuple(days, offsets).map(([date, offset]) => `${date.toISOString().slice(0, 19)}${offset}`),
  dateTime: fc.tuple(days, offsets).map(([date, offset]) => `${date.toISOString().slice(0, 23)}${offset}`),
  choice: fc.constantFrom<JsonValue>('Open', 'Won', 'None', null, '1', '2'),
  list: fc.array(fc.record({ Id: fc.oneof(word, fc.nat(3)), Name: fc.oneof(word, fc.constant(null)) }), {
    maxLength: 5
  }),
  keys: fc.array(fc.record({ Id: word, Name: word }), { maxLength: 5 })
};

describe.each(Object.keys(RULES) as Kind[])('any %s', (kind) => {
  const rule = RULES[kind];

  it('survives the way to the other side and back, however often', () => {
    fc.assert(
      fc.property(RAW[kind], fc.constantFrom<Side>('left', 'right'), (raw, from) => {
        const to = from === 'left' ? 'right' : 'left';
        const value = read(rule, from, raw);
        if (value === undefined || !canWrite(rule, to, value)) return;
        const there = read(rule, to, write(rule, to, value) ?? null);
        const back = read(rule, from, write(rule, from, there ?? null) ?? null);
        expect([sameValue(rule, there, value), sameValue(rule, back, value)]).toEqual([true, true]);
      }),
      { numRuns: 300 }
    );
  });

  it('is the same as another one or not, whoever asks', () => {
    fc.assert(
      fc.property(RAW[kind], RAW[kind], (first, second) => {
        const [a, b] = [read(rule, 'left', first), read(rule, 'right', second)];
        const same = sameValue(rule, a, b);
        expect(sameValue(rule, b, a)).toBe(same);
        expect(sameValue(rule, a, a)).toBe(true);
        const mapping = mappingOf(rule);
        if (a === undefined || b === undefined) return;
        expect(recordHash(mapping, 'left', { value: a }) === recordHash(mapping, 'left', { value: b })).toBe(same);
      }),
      { numRuns: 300 }
    );
  });
});

describe('a list', () => {
  it('is the same in any order, while its keys are not repeated', () => {
    const items = fc.uniqueArray(fc.record({ Id: fc.stringMatching(/^[a-z]{1,3}$/), Name: word }), {
      selector: ({ Id }) => Id,
      maxLength: 6
    });
    fc.assert(
      fc.property(
        items.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const upper = shuffled.map(({ Id, Name }) => ({ Id: Id.toUpperCase(), Name }));
          expect(sameValue(RULES.list, read(RULES.list, 'left', list), read(RULES.list, 'right', upper))).toBe(true);
        }
      )
    );
  });
});
