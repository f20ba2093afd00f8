import { amount, day, number, quantity, text } from 'c/erpFormat';

describe('c-erp-format', () => {
  it('writes quantities without needless decimals and amounts with their currency', () => {
    expect([quantity(1234.5), quantity(0), quantity(null)]).toEqual(['1,234.5', '0', '–']);
    expect([amount(1234.5, 'EUR'), amount(2, ''), amount(null, 'EUR')]).toEqual(['€1,234.50', '2.00', '–']);
  });

  it('writes days as they are, whatever the time zone', () => {
    expect([day('2026-03-01'), day('')]).toEqual(['Mar 1, 2026', '–']);
  });

  it('reads values of answers that may be absent', () => {
    expect([text({ value: 'x' }), text(null), text({ value: null })]).toEqual(['x', '', '']);
    expect([number({ value: 3 }), number(undefined)]).toEqual([3, null]);
  });
});
