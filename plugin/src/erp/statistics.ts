import type { Missing, Reason } from './reasons.js';

/** A part of what was asked for: its value, or why there is none. */
export type Part<T> = { value: T } | { missing: Reason };

/** What Business Central was asked for about one customer. Amounts in local currency unless they say otherwise. */
export interface CustomerFigures {
  /** `customers`: number, name, credit limit. */
  customer: Part<{ number: string; name: string; creditLimit: number }>;
  /** `customerFinancialDetails`. */
  details: Part<{ balance: number; overdueAmount: number }>;
  /** Analytics `itemOutstandingSalesLines`; amounts of items only. */
  outstandingOrders: Part<{ amount: number; orders: number }>;
  /** Analytics `itemShippedNotInvoicedSalesLines`; amounts of items only. */
  shippedNotInvoiced: Part<{ amount: number }>;
  /** `salesInvoices` that are not posted, each with the rate of its currency. */
  draftInvoices: Part<readonly { amount: number; rate: number | undefined }[]>;
  /** `customerSales` since the beginning of the fiscal year. */
  sales: Part<{ amount: number; from: string }>;
  /** `agedAccountsReceivables`. */
  aged: Part<Aged>;
}

/** Receivables by how long they are overdue. */
export interface Aged {
  /** `YYYY-MM-DD`. */
  asOf: string;
  current: number;
  /** Three, as Business Central names them. */
  periods: readonly { label: string; amount: number }[];
}

/** The account statistics that Business Central shows in its own CRM (table of account statistics), as far as they can be had. */
export interface Statistics {
  customerNumber: string | undefined;
  customerName: string | undefined;
  balance: number | undefined;
  outstandingOrders: number | undefined;
  openOrders: number | undefined;
  shippedNotInvoiced: number | undefined;
  outstandingInvoices: number | undefined;
  total: number | undefined;
  creditLimit: number | undefined;
  overdueAmount: number | undefined;
  /** `YYYY-MM-DD`: the day before the figures were read, as the API counts up to it. */
  overdueAsOf: string | undefined;
  totalSales: number | undefined;
  salesFrom: string | undefined;
  aged: Aged | undefined;
  missing: Missing;
}

/** What no API of Business Central gives, by the names of its own statistics. */
const NEVER: Missing = {
  outstandingServiceOrders: 'NOT_IN_API',
  serviceShippedNotInvoiced: 'NOT_IN_API',
  outstandingServiceInvoices: 'NOT_IN_API',
  invoicedPrepayment: 'NOT_IN_API'
};

const money = (value: number): number => Math.round(value * 100) / 100 + 0;

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Names of figures that come from a part, for telling why they are missing. */
const FIGURES: Readonly<Record<keyof CustomerFigures, readonly string[]>> = {
  customer: ['customer', 'creditLimit'],
  details: ['balance', 'overdueAmount', 'overdueAsOf'],
  outstandingOrders: ['outstandingOrders'],
  shippedNotInvoiced: ['shippedNotInvoiced'],
  draftInvoices: ['outstandingInvoices'],
  sales: ['totalSales'],
  aged: ['aged']
};

const valueOf = <T>(part: Part<T>): T | undefined => ('value' in part ? part.value : undefined);

/** Sum of drafts in local currency; undefined when one has a currency without a rate. */
function draftSum(drafts: readonly { amount: number; rate: number | undefined }[] | undefined): number | undefined {
  if (drafts === undefined || drafts.some(({ rate }) => rate === undefined)) return undefined;
  return money(drafts.reduce((total, { amount, rate = 1 }) => total + amount * rate, 0));
}

function missingOf(figures: CustomerFigures): Record<string, Reason> {
  const missing: Record<string, Reason> = { ...NEVER };
  for (const [part, names] of Object.entries(FIGURES) as [keyof CustomerFigures, readonly string[]][]) {
    const read = figures[part];
    if ('missing' in read) for (const name of names) missing[name] = read.missing;
  }
  return missing;
}

/**
 * The statistics of one customer. Nothing is made up: a figure that could not be read is undefined and named in `missing`, and a
 * total with a hole is no total.
 * @param today `YYYY-MM-DD`, day of the reading
 */
export function statisticsOf(figures: CustomerFigures, today: string): Statistics {
  const missing = missingOf(figures);
  const customer = valueOf(figures.customer);
  const details = valueOf(figures.details);
  const orders = valueOf(figures.outstandingOrders);
  const shipped = valueOf(figures.shippedNotInvoiced);
  const sales = valueOf(figures.sales);
  const drafts = draftSum(valueOf(figures.draftInvoices));
  if (drafts === undefined) missing['outstandingInvoices'] ??= 'INCOMPLETE';
  const parts = [details?.balance, orders?.amount, shipped?.amount, drafts];
  const known = parts.filter((part) => part !== undefined);
  const complete = known.length === parts.length;
  if (!complete) missing['total'] = 'INCOMPLETE';
  return {
    customerNumber: customer?.number,
    customerName: customer?.name,
    balance: details?.balance,
    outstandingOrders: orders?.amount,
    openOrders: orders?.orders,
    shippedNotInvoiced: shipped?.amount,
    outstandingInvoices: drafts,
    total: complete ? money(known.reduce((total, part) => total + part, 0)) : undefined,
    creditLimit: customer?.creditLimit,
    overdueAmount: details?.overdueAmount,
    overdueAsOf: details === undefined ? undefined : dayBefore(today),
    totalSales: sales?.amount,
    salesFrom: sales?.from,
    aged: valueOf(figures.aged),
    missing
  };
}
