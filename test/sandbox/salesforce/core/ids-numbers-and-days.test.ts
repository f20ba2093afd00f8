import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customKeyPrefix, formatId, normalizeId } from '../../../../sandbox/src/salesforce/core/ids.js';
import { parseInstant, roundHalfUp } from '../../../../sandbox/src/salesforce/core/save/coerce.js';
import { changeEventName } from '../../../../sandbox/src/salesforce/core/change-bus.js';
import { dayRange } from '../../../../sandbox/src/salesforce/soql/date-literals.js';
import { unquote } from '../../../../sandbox/src/salesforce/soql/literals.js';

describe('ids', () => {
  it('of a known record have the checksum that an org gives', () => {
    // The id of the standard record type "Master" is the same in every org.
    expect(normalizeId('012000000000000')).toBe('012000000000000AAA');
    expect(normalizeId('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
  });

  it('are unique, sort by age, and survive the short form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1e12 }), (a, b) => {
        const [first, second] = [formatId('006', a), formatId('006', b)];
        expect(normalizeId(first.slice(0, 15))).toBe(first);
        expect(first < second).toBe(a < b);
      })
    );
  });

  it.each(['', '006', '0065g0000000001AA', '0065g000000000!', '0065g0000000001ZZZ', '0065g0000000001AAA0'])(
    '"%s" is none',
    (text) => {
      expect(normalizeId(text)).toBeUndefined();
    }
  );

  it('of custom objects begin with a00, a01, … a0Z, a10', () => {
    expect([0, 1, 35, 36].map(customKeyPrefix)).toEqual(['a00', 'a01', 'a0Z', 'a10']);
  });
});

describe('rounding', () => {
  it.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.5, 0, 3],
    [1234567.891, 2, 1234567.89],
    [1e-9, 2, 0],
    [0.1 + 0.2, 2, 0.3]
  ])('%d to %i places is %d', (value, scale, expected) => {
    expect(roundHalfUp(value, scale)).toBe(expected);
  });
});

describe('instants', () => {
  it.each([
    ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:00:00.123+01:00', '2026-03-02T09:00:00.123Z'],
    ['2026-03-02T10:00:00-0500', '2026-03-02T15:00:00.000Z'],
    ['2026-03-02T10:00:00', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['2026-02-30T10:00:00Z', undefined],
    ['2026-03-02 10:00', undefined],
    ['tomorrow', undefined]
  ])('%s is %s', (text, expected) => {
    expect(parseInstant(text)?.toISOString()).toBe(expected);
  });
});

describe('date literals', () => {
  // A Wednesday.
  const now = new Date('2026-03-04T22:30:00Z');
  it.each([
    ['TODAY', '2026-03-04', '2026-03-05'],
    ['YESTERDAY', '2026-03-03', '2026-03-04'],
    ['TOMORROW', '2026-03-05', '2026-03-06'],
    ['THIS_WEEK', '2026-03-01', '2026-03-08'],
    ['LAST_WEEK', '2026-02-22', '2026-03-01'],
    ['NEXT_MONTH', '2026-04-01', '2026-05-01'],
    ['THIS_QUARTER', '2026-01-01', '2026-04-01'],
    ['LAST_QUARTER', '2025-10-01', '2026-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['LAST_90_DAYS', '2025-12-05', '2026-03-05'],
    ['NEXT_90_DAYS', '2026-03-05', '2026-06-03'],
    ['LAST_N_DAYS:1', '2026-03-03', '2026-03-05'],
    ['NEXT_N_DAYS:2', '2026-03-05', '2026-03-07'],
    ['N_DAYS_AGO:3', '2026-03-01', '2026-03-02'],
    ['LAST_N_MONTHS:2', '2026-01-01', '2026-03-01'],
    ['NEXT_N_WEEKS:1', '2026-03-08', '2026-03-15'],
    ['N_YEARS_AGO:1', '2025-01-01', '2026-01-01'],
    ['THIS_FISCAL_QUARTER', '2026-01-01', '2026-04-01']
  ])('%s is from %s to before %s', (literal, from, to) => {
    expect(dayRange(literal, now)).toEqual({ from, to });
  });

  it('that do not exist are not guessed', () => {
    expect(dayRange('SOME_DAY', now)).toBeUndefined();
  });
});

describe('quoted text in SOQL', () => {
  it.each([
    [String.raw`'O\'Neil'`, false, "O'Neil"],
    [String.raw`'a\\b'`, false, 'a\\b'],
    [String.raw`'a\nb'`, false, 'a\nb'],
    [String.raw`'50\%'`, true, '50\\%'],
    [String.raw`''`, false, '']
  ])('%s', (raw, wildcards, expected) => {
    expect(unquote(raw, wildcards)).toBe(expected);
  });
});

describe('change event names', () => {
  it('follow the object', () => {
    expect(['Opportunity', 'Cosell_Audit__c'].map(changeEventName)).toEqual([
      'OpportunityChangeEvent',
      'Cosell_Audit__ChangeEvent'
    ]);
  });
});
