import { describe, expect, it } from 'vitest';
import type { MappingCounts, NotAvailable } from '../../../plugin/src/coupling/full/port.js';
import type { FullMapping } from '../../../plugin/src/coupling/full/review.js';
import { inOrder, review } from '../../../plugin/src/coupling/full/review.js';

const mapping = (name: string, rest: Partial<FullMapping> = {}): FullMapping => ({
  name,
  label: name,
  after: [],
  creates: ['left', 'right'],
  ...rest
});

const one = (counts: MappingCounts | NotAvailable, rest: Partial<FullMapping> = {}) =>
  review([mapping('m', rest)], new Map([['m', counts]]))[0];

describe('the review of a full synchronization', () => {
  it('couples where both sides have records that are not coupled', () => {
    expect(one({ left: 3, right: 1, coupled: 9 })).toMatchObject({ action: 'match', reason: 'bothSides' });
  });

  it('creates on the right what only the left side has, and the other way round', () => {
    expect(one({ left: 3, right: 0, coupled: 9 })).toMatchObject({ action: 'create', create: 'right' });
    expect(one({ left: 0, right: 2, coupled: 0 })).toMatchObject({ action: 'create', create: 'left' });
  });

  it('brings pairs in step where everything is coupled, and does nothing where nobody has records', () => {
    expect(one({ left: 0, right: 0, coupled: 5 })).toMatchObject({ action: 'sync', reason: 'allCoupled' });
    expect(one({ left: 0, right: 0, coupled: 0 })).toMatchObject({ action: 'nothing', reason: 'noRecords' });
  });

  it('creates nothing on a side where records are made by hand', () => {
    expect(one({ left: 4, right: 0, coupled: 0 }, { creates: [] })).toMatchObject({
      action: 'nothing',
      reason: 'createdByHand'
    });
    expect(one({ left: 4, right: 0, coupled: 2 }, { creates: ['left'] })).toMatchObject({
      action: 'sync',
      reason: 'createdByHand'
    });
  });

  it('says why a mapping cannot take part', () => {
    const unavailable = { code: 'ONE_CURRENCY', message: 'The org has one currency.' };
    expect(one({ unavailable })).toMatchObject({ action: 'nothing', reason: 'unavailable', unavailable });
  });

  it('lists parents first, whatever the order of the file', () => {
    const names = inOrder([
      mapping('contacts', { after: ['customers'] }),
      mapping('items'),
      mapping('customers', { after: ['people', 'currencies'] }),
      mapping('currencies'),
      mapping('people')
    ]).map(({ name }) => name);
    expect(names).toEqual(['people', 'currencies', 'customers', 'contacts', 'items']);
  });

  it('takes a parent that does not take part for done', () => {
    const steps = review([mapping('contacts', { after: ['customers'] })], new Map());
    expect(steps[0]?.after).toEqual([]);
  });

  it('refuses mappings that wait for each other', () => {
    const circle = [mapping('a', { after: ['b'] }), mapping('b', { after: ['a'] })];
    expect(() => review(circle, new Map())).toThrow('a → b → a');
  });
});
