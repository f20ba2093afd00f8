import type { Aged, CustomerFigures, Part, Reason } from '../../../erp/index.js';
import type { JsonObject } from '../../../ports/json.js';
import type { FiguresContext } from './context.js';
import { analyticsPath, grouped, numberOf, quotedAll, readPart, readPartOf, setPath, textOf } from './context.js';
import type { Books, CustomerFacts } from './master-data.js';

/** From this many customers on, whole sets are read: the service calculates some of them for all customers anyway. */
const ALL_FROM = 100;

type Rows = Part<ReadonlyMap<string, readonly JsonObject[]>>;

const orderFields = ['customerNo', 'documentNo', 'outstandingAmountLCY'];
const shippedFields = ['customerNo', 'shippedNotInvoicedLCY'];
const draftFields = ['billToCustomerNumber', 'totalAmountIncludingTax', 'currencyCode', 'status'];
/** `or` is only allowed between conditions on the same field. */
const DRAFTS = "(status eq 'Draft' or status eq 'In Review')";

interface Source {
  path: string;
  field: string;
  values: readonly string[];
  reason: Reason;
  filter?: string;
  select?: string[];
}

async function rowsOf(context: FiguresContext, source: Source): Promise<Rows> {
  const { path, field, values, filter, select, reason } = source;
  const options = { ...(filter === undefined ? {} : { filter }), ...(select ? { select } : {}) };
  const part =
    values.length < ALL_FROM
      ? await readPartOf(context, path, { field, values, ...options }, reason)
      : await readPart(context, path, options, reason);
  return 'missing' in part ? part : { value: grouped(part.value, field) };
}

const of = <T>(rows: Rows, key: string, to: (own: readonly JsonObject[]) => T): Part<T> =>
  'missing' in rows ? rows : { value: to(rows.value.get(key) ?? []) };

const total = (rows: readonly JsonObject[], field: string): number =>
  Math.round(rows.reduce((sum, row) => sum + numberOf(row, field), 0) * 100) / 100;

function agedOf([row]: readonly JsonObject[]): Aged {
  return {
    asOf: textOf(row, 'agedAsOfDate').slice(0, 10),
    current: numberOf(row, 'currentAmount'),
    periods: [1, 2, 3].map((n) => ({
      label: textOf(row, `period${n}Label`),
      amount: numberOf(row, `period${n}Amount`)
    }))
  };
}

/** Local currency for one unit of a currency, by its code: the newest rate that holds on a day. */
export async function readRates(context: FiguresContext, today: string): Promise<ReadonlyMap<string, number>> {
  const fields = ['currencyCode', 'startingDate', 'exchangeRateAmount', 'relationalExchangeRateAmount'];
  const part = await readPart(context, setPath(context, 'currencyExchangeRates'), { select: fields }, 'NOT_READ');
  const rows = 'value' in part ? part.value.filter((row) => textOf(row, 'startingDate').slice(0, 10) <= today) : [];
  rows.sort((a, b) => textOf(a, 'startingDate').localeCompare(textOf(b, 'startingDate')));
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const unit = numberOf(row, 'exchangeRateAmount');
      return unit === 0 ? [] : [[textOf(row, 'currencyCode'), numberOf(row, 'relationalExchangeRateAmount') / unit]];
    })
  );
}

/** A row that is not there is a zero in these sets, but for those that have a row for each customer. */
const present = <T>(part: Part<T | undefined>): Part<T> =>
  'missing' in part ? part : part.value === undefined ? { missing: 'NOT_READ' } : { value: part.value };

const nothing: Rows = { missing: 'NOT_READ' };

/** What Business Central says about customers, by customer id. */
export async function readCustomerFigures(
  context: FiguresContext,
  customers: readonly CustomerFacts[],
  books: Books,
  today: string
): Promise<ReadonlyMap<string, CustomerFigures>> {
  const ids = customers.map(({ id }) => id);
  const numbers = quotedAll(customers.map(({ number }) => number));
  const api = (set: string, field: string, values: readonly string[], more: Partial<Source> = {}): Promise<Rows> =>
    rowsOf(context, { path: setPath(context, set), field, values, reason: 'NOT_READ', ...more });
  const analytics = (set: string, select: string[]): Promise<Rows> =>
    rowsOf(context, {
      path: analyticsPath(context, set),
      field: 'customerNo',
      values: numbers,
      select,
      reason: 'ANALYTICS_MISSING'
    });
  const { fiscalYearStart: from } = books;
  const [details, aged, sales, orders, shipped, drafts, rates] = await Promise.all([
    api('customerFinancialDetails', 'id', ids),
    api('agedAccountsReceivables', 'customerId', ids),
    from === undefined
      ? nothing
      : api('customerSales', 'customerId', ids, { filter: `dateFilter_FilterOnly ge ${from}` }),
    analytics('itemOutstandingSalesLines', orderFields),
    analytics('itemShippedNotInvoicedSalesLines', shippedFields),
    api('salesInvoices', 'billToCustomerNumber', numbers, { select: draftFields, filter: DRAFTS }),
    readRates(context, today)
  ]);
  const rateOf = (code: string): number | undefined => (code === '' || code === books.currency ? 1 : rates.get(code));
  return new Map(
    customers.map((customer): [string, CustomerFigures] => {
      const { id, number, name, creditLimit } = customer;
      return [
        id,
        {
          customer: { value: { number, name, creditLimit } },
          details: present(
            of(
              details,
              id,
              ([row]) => row && { balance: numberOf(row, 'balance'), overdueAmount: numberOf(row, 'overdueAmount') }
            )
          ),
          outstandingOrders: of(orders, number, (own) => ({
            amount: total(own, 'outstandingAmountLCY'),
            orders: new Set(own.map((row) => textOf(row, 'documentNo'))).size
          })),
          shippedNotInvoiced: of(shipped, number, (own) => ({ amount: total(own, 'shippedNotInvoicedLCY') })),
          draftInvoices: of(drafts, number, (own) =>
            own.map((row) => ({
              amount: numberOf(row, 'totalAmountIncludingTax'),
              rate: rateOf(textOf(row, 'currencyCode'))
            }))
          ),
          sales: of(sales, id, (own) => ({ amount: total(own, 'totalSalesAmount'), from: from ?? '' })),
          aged: present(of(aged, id, (own) => (own.length === 0 ? undefined : agedOf(own))))
        }
      ];
    })
  );
}
