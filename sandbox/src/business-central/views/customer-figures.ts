import type { Values } from '../core/values.js';
import { addDays, EMPTY_DATE, EMPTY_GUID, money, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { entriesOf, remainingLcy } from '../posting/customer-ledger.js';
import type { Filter } from '../odata/filter.js';
import type { Row } from '../store/row-store.js';
import type { Overlay, View, ViewRow } from './types.js';

const sum = (entries: readonly Values[], amount: (entry: Values) => number): number =>
  money(entries.reduce((total, entry) => total + amount(entry), 0));

const customersOf = (scope: Scope, id: unknown): Row[] => {
  const { store } = scope.world;
  if (typeof id !== 'string') return store.all(scope.company, 'customers');
  const one = store.get(scope.company, 'customers', id);
  return one ? [one] : [];
};

/** `balanceDue` adds up open entries in their own currencies. */
export const customerOverlay: Overlay = (scope, { id }) => ({
  balanceDue: sum(
    entriesOf(scope, (entry) => entry['customerId'] === id),
    (entry) => number(entry, 'remaining')
  )
});

/** Balance, what was overdue yesterday, and sales of all years up to yesterday; local currency. */
export const customerFinancialDetails: View = ({ scope, given }) => {
  const yesterday = addDays(today(scope.world), -1);
  return customersOf(scope, given['id']).map((customer): ViewRow => {
    const entries = entriesOf(scope, (entry) => entry['customerId'] === customer.id);
    const values = {
      id: customer.id,
      number: text(customer.values, 'number'),
      balance: sum(entries, remainingLcy),
      totalSalesExcludingTax: sum(
        entries.filter((entry) => text(entry, 'postingDate') <= yesterday),
        (entry) => number(entry, 'salesLcy')
      ),
      overdueAmount: sum(
        entries.filter((entry) => text(entry, 'dueDate') <= yesterday),
        remainingLcy
      ),
      lastModifiedDateTime: text(customer.values, 'lastModifiedDateTime')
    };
    return { id: customer.id, version: customer.version, values };
  });
};

const PERIOD_DAYS = 30;

/** Periods of 30 days for all customers, and one more row that adds them up. */
export const agedAccountsReceivables: View = ({ scope, given }) => {
  const day = today(scope.world);
  const rows = customersOf(scope, given['customerId']).map((customer): ViewRow => {
    const entries = entriesOf(
      scope,
      (entry) => entry['customerId'] === customer.id && number(entry, 'remaining') !== 0
    );
    const named = {
      customerId: customer.id,
      customerNumber: text(customer.values, 'number'),
      name: text(customer.values, 'displayName')
    };
    return { id: customer.id, version: customer.version, values: { ...named, ...aged(entries, day) } };
  });
  if (given['customerId'] !== undefined) return rows;
  const values = { customerId: EMPTY_GUID, customerNumber: '', name: 'Total', ...aged([], day), ...added(rows) };
  return [...rows, { id: EMPTY_GUID, version: 0, values }];
};

function aged(entries: readonly Values[], day: string): Values {
  const older = (days: number): string => addDays(day, -days);
  const between = (after: string, upTo: string): number =>
    sum(
      entries.filter((entry) => text(entry, 'dueDate') > after && text(entry, 'dueDate') <= upTo),
      remainingLcy
    );
  return {
    currencyCode: '',
    balanceDue: sum(entries, remainingLcy),
    currentAmount: between(older(1), '9999-12-31'),
    period1Label: `1 - ${PERIOD_DAYS} days`,
    period1Amount: between(older(1 + PERIOD_DAYS), older(1)),
    period2Label: `${PERIOD_DAYS + 1} - ${2 * PERIOD_DAYS} days`,
    period2Amount: between(older(1 + 2 * PERIOD_DAYS), older(1 + PERIOD_DAYS)),
    period3Label: `Over ${2 * PERIOD_DAYS} days`,
    period3Amount: between('', older(1 + 2 * PERIOD_DAYS)),
    agedAsOfDate: day,
    periodLengthFilter: `${PERIOD_DAYS}D`
  };
}

const AMOUNTS = ['balanceDue', 'currentAmount', 'period1Amount', 'period2Amount', 'period3Amount'];

const added = (rows: readonly ViewRow[]): Values =>
  Object.fromEntries(
    AMOUNTS.map((name) => [name, money(rows.reduce((total, row) => total + number(row.values, name), 0))])
  );

/** Sales of posted invoices and credit memos in the period that `dateFilter_FilterOnly` names; local currency. */
export const customerSales: View = ({ scope, filter, given }) => {
  const inPeriod = periodOf(filter, 'dateFilter_FilterOnly');
  const { customerSalesWithoutEntries } = scope.world.settings();
  return customersOf(scope, given['customerId']).flatMap((customer): ViewRow[] => {
    const entries = entriesOf(
      scope,
      (entry) =>
        entry['customerId'] === customer.id &&
        entry['documentType'] !== 'Payment' &&
        inPeriod(text(entry, 'postingDate'))
    );
    if (entries.length === 0 && !customerSalesWithoutEntries) return [];
    const values = {
      customerId: customer.id,
      customerNumber: text(customer.values, 'number'),
      name: text(customer.values, 'displayName'),
      totalSalesAmount: sum(entries, (entry) => number(entry, 'salesLcy')),
      dateFilter_FilterOnly: EMPTY_DATE
    };
    return [{ id: customer.id, version: customer.version, values }];
  });
};

/** Whether a date lies in what the filter says about a field. */
export function periodOf(filter: Filter | undefined, field: string): (date: string) => boolean {
  if (!filter) return () => true;
  if (filter.kind === 'and' || filter.kind === 'or') {
    const [left, right] = [periodOf(filter.left, field), periodOf(filter.right, field)];
    return filter.kind === 'and' ? (date) => left(date) && right(date) : (date) => left(date) || right(date);
  }
  if (filter.kind !== 'compare' || filter.operand.field.name !== field) return () => true;
  const value = String(filter.value);
  const holds = {
    eq: (date: string) => date === value,
    ne: (date: string) => date !== value,
    gt: (date: string) => date > value,
    ge: (date: string) => date >= value,
    lt: (date: string) => date < value,
    le: (date: string) => date <= value
  };
  return holds[filter.operator];
}

/** Open amount of a posted invoice, and `Paid` once nothing is open; both come from the ledger, not from a write. */
export const invoiceOverlay: Overlay = (scope, { values }): Values => {
  if (text(values, 'status') !== 'Open') return { remainingAmount: 0 };
  const [entry] = entriesOf(scope, (each) => each['documentNumber'] === values['number']);
  const remaining = entry ? number(entry, 'remaining') : 0;
  return { remainingAmount: remaining, status: remaining === 0 ? 'Paid' : 'Open' };
};
