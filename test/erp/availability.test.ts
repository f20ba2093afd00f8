import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Movement } from '../../plugin/src/erp/index.js';
import { availabilityOf, projectionText, readProjection, stepOn } from '../../plugin/src/erp/index.js';

const today = '2026-03-10';
const at = (location: string, quantity: number) => ({ location, quantity });
const ships = (quantity: number, date?: string, location = 'MAIN'): Movement => ({
  kind: 'shipment',
  location,
  quantity,
  date
});
const comes = (quantity: number, date?: string, location = 'MAIN'): Movement => ({
  ...ships(quantity, date, location),
  kind: 'receipt'
});
const only = (stock: number, movements: readonly Movement[], lateReceipts?: 'count' | 'leaveOut') =>
  availabilityOf([at('MAIN', stock)], movements, { today, ...(lateReceipts ? { lateReceipts } : {}) })[0];

describe('availability of an item at a location', () => {
  it('is what is on hand when no document waits', () => {
    expect(only(12, [])).toEqual({
      location: 'MAIN',
      onHand: 12,
      onOrder: 0,
      committed: 0,
      available: 12,
      lateReceipts: 0,
      projection: [{ date: today, stock: 12, promisable: 12 }]
    });
  });

  it('does not promise goods twice that a later order takes', () => {
    const main = only(10, [ships(8, '2026-03-20')]);
    expect(main?.available).toBe(2);
    expect(stepOn(main?.projection ?? [], '2026-03-15')).toMatchObject({ stock: 10, promisable: 2 });
  });

  it('promises what a receipt brings from its day on', () => {
    const main = only(1, [comes(20, '2026-03-18'), ships(5, '2026-03-25')]);
    expect(main).toMatchObject({ onOrder: 20, committed: 5, available: 1 });
    expect(main?.projection).toEqual([
      { date: today, stock: 1, promisable: 1 },
      { date: '2026-03-18', stock: 21, promisable: 16 },
      { date: '2026-03-25', stock: 16, promisable: 16 }
    ]);
  });

  it('shows less than nothing when more is sold than comes', () => {
    expect(only(3, [ships(5, '2026-03-12')])).toMatchObject({ onHand: 3, available: -2 });
  });

  it('takes shipments that are overdue or have no day as due today', () => {
    expect(only(9, [ships(2, '2026-03-01'), ships(3)])?.projection).toEqual([{ date: today, stock: 4, promisable: 4 }]);
  });

  it.each([
    [undefined, 5],
    ['leaveOut', 5],
    ['count', 12]
  ] as const)('handles a late receipt as the rule %s says', (rule, available) => {
    expect(only(5, [comes(7, '2026-03-01')], rule)).toMatchObject({ onOrder: 7, lateReceipts: 7, available });
  });

  it('keeps locations apart and lists those that have only documents', () => {
    const all = availabilityOf([at('MAIN', 4), at('', 2)], [comes(6, '2026-04-01', 'EAST')], { today });
    expect(all.map(({ location, onHand, onOrder }) => [location, onHand, onOrder])).toEqual([
      ['', 2, 0],
      ['EAST', 0, 6],
      ['MAIN', 4, 0]
    ]);
  });

  it('adds fractions without leaving dust', () => {
    expect(only(0.1, [comes(0.2, '2026-04-01')])?.projection.at(-1)?.stock).toBe(0.3);
  });
});

const day = fc.integer({ min: -10, max: 40 }).map((offset) => {
  const date = new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000);
  return date.toISOString().slice(0, 10);
});
const movement = fc.record({
  location: fc.constantFrom('MAIN', 'EAST'),
  kind: fc.constantFrom('receipt' as const, 'shipment' as const),
  quantity: fc.integer({ min: 1, max: 50 }),
  date: fc.option(day, { nil: undefined })
});
const stocks = fc.array(
  fc.record({ location: fc.constantFrom('MAIN', 'EAST'), quantity: fc.integer({ max: 100, min: 0 }) }),
  {
    minLength: 1
  }
);

describe('availability of anything', () => {
  const any = (check: (stock: { location: string; quantity: number }[], movements: Movement[]) => void) =>
    fc.assert(fc.property(stocks, fc.array(movement), check));

  it('ends where everything was carried out: on hand + on order that is not late − committed', () => {
    any((stock, movements) => {
      for (const each of availabilityOf(stock, movements, { today })) {
        expect(each.projection.at(-1)?.stock).toBe(each.onHand + each.onOrder - each.lateReceipts - each.committed);
      }
    });
  });

  it('never promises what is not there, and never less later than sooner', () => {
    any((stock, movements) => {
      for (const { projection } of availabilityOf(stock, movements, { today })) {
        for (const [index, step] of projection.entries()) {
          expect(step.promisable).toBeLessThanOrEqual(step.stock);
          expect(step.promisable).toBeGreaterThanOrEqual(projection[index - 1]?.promisable ?? -Infinity);
        }
      }
    });
  });

  it('can deliver what it promises: one more shipment of that size drives no later day below where it was bound to go', () => {
    any((stock, movements) => {
      for (const { location, projection } of availabilityOf(stock, movements, { today })) {
        for (const { date, promisable } of projection.filter((step) => step.promisable > 0)) {
          const sale: Movement = { kind: 'shipment', location, quantity: promisable, date };
          const after = availabilityOf(stock, [...movements, sale], { today }).find(
            (each) => each.location === location
          );
          expect(
            Math.min(...(after?.projection ?? []).filter((step) => step.date >= date).map((step) => step.stock))
          ).toBe(0);
        }
      }
    });
  });

  it('does not depend on the order of documents', () => {
    any((stock, movements) => {
      expect(availabilityOf(stock, [...movements].reverse(), { today })).toEqual(
        availabilityOf(stock, movements, { today })
      );
    });
  });

  it('is read back from its text as it was', () => {
    any((stock, movements) => {
      for (const { projection } of availabilityOf(stock, movements, { today }))
        expect(readProjection(projectionText(projection))).toEqual(projection);
    });
  });
});

it('reads nothing from lines that are no projection', () => {
  expect(readProjection('\n2026-03-10 4\nnonsense\n2026-03-11 5 4')).toEqual([
    { date: '2026-03-11', stock: 5, promisable: 4 }
  ]);
});
