import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STANDARD_CRITERIA } from '../../plugin/src/coupling/criteria.js';
import type { Candidate } from '../../plugin/src/coupling/match.js';
import { matchRecords } from '../../plugin/src/coupling/match.js';
import { loadMapping } from '../../plugin/src/mapping/load.js';

const of = (key: string, values: Candidate['values']): Candidate => ({ key, values });
const NAME = [{ field: 'name' }];

describe('match-based coupling', () => {
  it('couples where exactly one record on either side fits, without regard to case', () => {
    const result = matchRecords([of('l1', { name: 'Coho' })], [of('r1', { name: ' COHO ' })], NAME);
    expect(result).toEqual({
      couplings: [{ leftKey: 'l1', rightKey: 'r1', priority: 0 }],
      unmatched: [],
      leftOver: []
    });
  });

  it('minds the case where it is told to', () => {
    const criteria = [{ field: 'name', caseSensitive: true }];
    expect(matchRecords([of('l1', { name: 'Coho' })], [of('r1', { name: 'COHO' })], criteria).couplings).toEqual([]);
  });

  it.each([null, '', '  ', undefined, false])('never matches blanks: %j', (name) => {
    const values: Candidate['values'] = name === undefined ? {} : { name };
    expect(matchRecords([of('l1', values)], [of('r1', values)], NAME)).toEqual({
      couplings: [],
      unmatched: [{ rightKey: 'r1', reason: 'none', leftKeys: [], rivals: [] }],
      leftOver: ['l1']
    });
  });

  it('puts several before a person, from either side, and lets no weaker criterion decide', () => {
    const left = [of('l2', { name: 'A', city: 'X' }), of('l1', { name: 'A', city: 'Y' }), of('l3', { name: 'B' })];
    const right = [of('r1', { name: 'A', city: 'X' }), of('r3', { name: 'B' }), of('r2', { name: 'B' })];
    expect(matchRecords(left, right, [...NAME, { field: 'city', priority: 1 }])).toEqual({
      couplings: [],
      unmatched: [
        { rightKey: 'r1', reason: 'several', leftKeys: ['l1', 'l2'], rivals: [] },
        { rightKey: 'r2', reason: 'several', leftKeys: ['l3'], rivals: ['r3'] },
        { rightKey: 'r3', reason: 'several', leftKeys: ['l3'], rivals: ['r2'] }
      ],
      leftOver: ['l1', 'l2', 'l3']
    });
  });

  it('tries the next priority on what is left, and needs all criteria of a priority', () => {
    const left = [of('l1', { number: '10', name: 'A', city: 'X' }), of('l2', { name: 'B', city: 'Y' })];
    const right = [
      of('r1', { number: '10', name: 'Z', city: 'Z' }),
      of('r2', { name: 'b', city: 'y' }),
      of('r3', { name: 'B', city: 'W' })
    ];
    const criteria = [{ field: 'city', priority: 1 }, { field: 'name', priority: 1 }, { field: 'number' }];
    expect(matchRecords(left, right, criteria)).toMatchObject({
      couplings: [
        { leftKey: 'l1', rightKey: 'r1', priority: 0 },
        { leftKey: 'l2', rightKey: 'r2', priority: 1 }
      ],
      unmatched: [{ rightKey: 'r3', reason: 'none' }]
    });
  });

  it('uses every record once, loses none, and does not depend on the order', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', null), { maxLength: 8 });
    const criteria = [{ field: 'x' }, { field: 'y', priority: 1 }];
    fc.assert(
      fc.property(names, names, names, names, (lx, ly, rx, ry) => {
        const records = (prefix: string, x: typeof lx, y: typeof ly): Candidate[] =>
          x.map((value, index) => of(`${prefix}${index}`, { x: value, y: y[index] ?? null }));
        const [left, right] = [records('l', lx, ly), records('r', rx, ry)];
        const result = matchRecords(left, right, criteria);
        expect(matchRecords([...left].reverse(), [...right].reverse(), criteria)).toEqual(result);
        const { couplings, unmatched, leftOver } = result;
        const lefts = [...couplings.map(({ leftKey }) => leftKey), ...leftOver].sort();
        const rights = [
          ...couplings.map(({ rightKey }) => rightKey),
          ...unmatched.map(({ rightKey }) => rightKey)
        ].sort();
        expect(lefts).toEqual(left.map(({ key }) => key).sort());
        expect(rights).toEqual(right.map(({ key }) => key).sort());
      })
    );
  });

  it.each(Object.keys(STANDARD_CRITERIA))('has standard criteria that name fields of the mapping: %s', async (name) => {
    const { fields } = await loadMapping(name);
    const known = fields.map((field) => field.name);
    expect((STANDARD_CRITERIA[name] ?? []).filter(({ field }) => !known.includes(field))).toEqual([]);
  });
});
