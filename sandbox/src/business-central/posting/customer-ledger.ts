import type { Values } from '../core/values.js';
import { money, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { localCurrency } from '../rules/company.js';
import type { Row } from '../store/row-store.js';

/** The customer ledger has no set in the API; balances, ageing and sales are reckoned from it. */
export const CUSTOMER_LEDGER = '$customerLedger';

export interface CustomerPosting {
  customerId: string;
  documentType: 'Invoice' | 'Credit Memo' | 'Payment';
  documentNumber: string;
  postingDate: string;
  dueDate: string;
  /** In the document's currency; positive for what the customer owes. */
  amount: number;
  currencyCode: string;
  /** Sales excluding tax in the document's currency; 0 for payments. */
  sales: number;
}

export function postCustomerEntry(scope: Scope, posting: CustomerPosting): Row {
  const factor = rateOf(scope, posting.currencyCode);
  return scope.world.store.insert(scope.company, CUSTOMER_LEDGER, {
    ...posting,
    remaining: posting.amount,
    factor,
    salesLcy: money(posting.sales * factor)
  });
}

/** Reduces what is open on a document, for a payment or a cancellation. */
export function reduceRemaining(scope: Scope, documentNumber: string, by: number): void {
  const entry = scope.world.store.find(
    scope.company,
    CUSTOMER_LEDGER,
    (values) => values['documentNumber'] === documentNumber
  );
  if (!entry) return;
  scope.world.store.update(entry, { ...entry.values, remaining: money(number(entry.values, 'remaining') - by) });
}

export const entriesOf = (scope: Scope, wanted: (entry: Values) => boolean): Values[] =>
  scope.world.store.where(scope.company, CUSTOMER_LEDGER, wanted).map(({ values }) => values);

/** Open amount of an entry in local currency. */
export const remainingLcy = (entry: Values): number => money(number(entry, 'remaining') * number(entry, 'factor'));

/** Units of local currency for one unit of a currency, by the newest exchange rate. */
export function rateOf(scope: Scope, code: string): number {
  if (code === '' || code === localCurrency(scope)) return 1;
  const rates = scope.world.store
    .where(scope.company, 'currencyExchangeRates', (values) => values['currencyCode'] === code)
    .sort((left, right) => text(right.values, 'startingDate').localeCompare(text(left.values, 'startingDate')));
  const newest = rates[0]?.values ?? {};
  const amount = number(newest, 'exchangeRateAmount');
  return amount === 0 ? 1 : number(newest, 'relationalExchangeRateAmount') / amount;
}
