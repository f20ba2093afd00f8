import type { Scope } from '../core/world.js';

/** Number series of the company: what they begin with, and the number before the first. */
const SERIES = {
  customers: ['C', 10_000],
  vendors: ['V', 10_000],
  items: ['', 1_000],
  contacts: ['CT', 100_000],
  opportunities: ['OP', 100_000],
  salesOrders: ['SO-', 101_000],
  salesQuotes: ['SQ-', 101_000],
  salesInvoices: ['SI-', 101_000],
  salesCreditMemos: ['SC-', 101_000],
  purchaseOrders: ['PO-', 101_000],
  postedInvoices: ['PS-INV', 103_000],
  postedCreditMemos: ['PS-CR', 103_000],
  postedShipments: ['PS-SHPT', 102_000],
  postedReceipts: ['PP-RCPT', 107_000],
  adjustments: ['ADJ', 100_000],
  payments: ['PAY', 100_000]
} as const satisfies Record<string, readonly [string, number]>;

export type Series = keyof typeof SERIES;

export const hasSeries = (name: string): name is Series => name in SERIES;

/**
 * The next number of a series. Kept in the same transaction as the row that takes it; a number that was given by hand before
 * is passed over.
 */
export function nextNumber(scope: Scope, series: Series, isTaken: (number: string) => boolean = () => false): string {
  const [prefix, start] = SERIES[series];
  const key = `${scope.company}/${series}`;
  let last = (scope.world.kept.get('number-series', key) as number | undefined) ?? start;
  do last += 1;
  while (isTaken(`${prefix}${last}`));
  scope.world.kept.set('number-series', key, last);
  return `${prefix}${last}`;
}
