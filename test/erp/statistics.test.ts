import { describe, expect, it } from 'vitest';
import type { CustomerFigures } from '../../plugin/src/erp/index.js';
import { missingText, statisticsOf } from '../../plugin/src/erp/index.js';

const today = '2026-03-01';
const aged = { asOf: today, current: 200, periods: [1, 2, 3].map((n) => ({ label: `Period ${n}`, amount: n * 10 })) };
const all: CustomerFigures = {
  customer: { value: { number: 'C10', name: 'Fabrikam', creditLimit: 5000 } },
  details: { value: { balance: 1000, overdueAmount: 60 } },
  outstandingOrders: { value: { amount: 250.5, orders: 2 } },
  shippedNotInvoiced: { value: { amount: 99.5 } },
  draftInvoices: {
    value: [
      { amount: 100, rate: 1 },
      { amount: 50, rate: 0.9 }
    ]
  },
  sales: { value: { amount: 7777, from: '2026-01-01' } },
  aged: { value: aged }
};
/** What no API gives; missing whatever else could be read. */
const never = [
  'invoicedPrepayment',
  'outstandingServiceInvoices',
  'outstandingServiceOrders',
  'serviceShippedNotInvoiced'
];

describe('account statistics', () => {
  it('has the figures that Business Central shows in its own CRM, and says which the API does not give', () => {
    const { missing, ...figures } = statisticsOf(all, today);
    expect(figures).toEqual({
      customerNumber: 'C10',
      customerName: 'Fabrikam',
      balance: 1000,
      outstandingOrders: 250.5,
      openOrders: 2,
      shippedNotInvoiced: 99.5,
      outstandingInvoices: 145,
      total: 1495,
      creditLimit: 5000,
      overdueAmount: 60,
      overdueAsOf: '2026-02-28',
      totalSales: 7777,
      salesFrom: '2026-01-01',
      aged
    });
    expect(Object.keys(missing).sort()).toEqual(never);
    expect(new Set(Object.values(missing))).toEqual(new Set(['NOT_IN_API']));
  });

  it.each([
    ['customer', ['creditLimit', 'customer']],
    ['details', ['balance', 'overdueAmount', 'overdueAsOf', 'total']],
    ['outstandingOrders', ['outstandingOrders', 'total']],
    ['shippedNotInvoiced', ['shippedNotInvoiced', 'total']],
    ['draftInvoices', ['outstandingInvoices', 'total']],
    ['sales', ['totalSales']],
    ['aged', ['aged']]
  ] as const)('names every figure that is missing without %s, and makes none up', (part, names) => {
    const statistics = statisticsOf({ ...all, [part]: { missing: 'ANALYTICS_MISSING' } }, today);
    const { missing } = statistics;
    expect(Object.keys(missing).sort()).toEqual([...never, ...names].sort());
    for (const name of names.filter((each) => each !== 'customer'))
      expect(statistics[name as 'balance']).toBeUndefined();
    for (const name of names) expect(missing[name]).toBe(name === 'total' ? 'INCOMPLETE' : 'ANALYTICS_MISSING');
  });

  it('adds no invoice of a currency without a rate', () => {
    const foreign = {
      value: [
        { amount: 100, rate: 1 },
        { amount: 50, rate: undefined }
      ]
    };
    const statistics = statisticsOf({ ...all, draftInvoices: foreign }, today);
    expect(statistics).toMatchObject({ outstandingInvoices: undefined, total: undefined });
    expect(statistics.missing).toMatchObject({ outstandingInvoices: 'INCOMPLETE', total: 'INCOMPLETE' });
  });

  it('keeps the reasons as sorted lines', () => {
    expect(missingText({ b: 'NOT_READ', a: 'NOT_IN_API' })).toBe('a=NOT_IN_API\nb=NOT_READ');
  });
});
