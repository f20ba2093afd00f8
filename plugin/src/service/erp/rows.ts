import type { WebClient, ItemFacts } from '../../connectors/business-central/index.js';
import { figures } from '../../connectors/business-central/index.js';
import type { FigureRow, OrgCandidate } from '../../connectors/salesforce/index.js';
import type { LocationAvailability, Reason, Statistics } from '../../erp/index.js';
import { missingText, projectionText } from '../../erp/index.js';

/** What every row says about where it comes from. */
export interface RowContext {
  companyId: string;
  webClient: WebClient;
  /** ISO 8601 UTC. */
  asOf: string;
  /** Local currency of the company. */
  currency?: string;
}

const SOURCES = {
  analytics: 'Analytics API: itemLedgerEntries, outstandingSalesLines, outstandingPurchaseLines, transferLines',
  legacy: 'ProductItemAvailability',
  statistics:
    'API v2.0: customers, customerFinancialDetails, agedAccountsReceivables, customerSales, salesInvoices; Analytics API: itemOutstandingSalesLines, itemShippedNotInvoicedSalesLines'
} as const;

/** The longest address that a field of type URL takes. */
const URL_LENGTH = 255;
const link = (address: string): string | null => (address.length <= URL_LENGTH ? address : null);

const availabilityOfNothing = {
  Location_Code__c: null,
  Location_Name__c: null,
  On_Hand__c: null,
  On_Order__c: null,
  Committed__c: null,
  Available__c: null,
  Late_Receipts__c: null,
  Projected_Date__c: null,
  Projected_Available__c: null,
  Projection__c: null,
  Not_Available_Reason__c: null
};

function availabilityBase(
  { companyId, webClient, asOf }: RowContext,
  product: OrgCandidate,
  item: ItemFacts | undefined,
  location: string
): FigureRow {
  return {
    ...availabilityOfNothing,
    ERP_Key__c: `${companyId}:${product.id}:${location === '' ? '-' : location}`,
    Product__c: product.id,
    Company__c: webClient.company,
    Item_Number__c: item?.number ?? null,
    Unit__c: item?.unit ?? null,
    As_Of__c: asOf,
    Source__c: SOURCES.analytics,
    Link__c: item === undefined ? null : link(figures.drillDown(webClient, 'item', item.number))
  };
}

/** A product without figures, and why. */
export const emptyAvailability = (
  context: RowContext,
  product: OrgCandidate,
  reason: Reason,
  item?: ItemFacts
): FigureRow => ({ ...availabilityBase(context, product, item, ''), Not_Available_Reason__c: reason });

export function availabilityRow(
  context: RowContext,
  product: OrgCandidate,
  item: ItemFacts,
  { location, onHand, onOrder, committed, available, lateReceipts, projection }: LocationAvailability,
  names: ReadonlyMap<string, string>
): FigureRow {
  const last = projection.at(-1);
  return {
    ...availabilityBase(context, product, item, location),
    Location_Code__c: location === '' ? null : location,
    Location_Name__c: names.get(location) ?? (location === '' ? null : location),
    On_Hand__c: onHand,
    On_Order__c: onOrder,
    Committed__c: committed,
    Available__c: available,
    Late_Receipts__c: lateReceipts,
    Projected_Date__c: last?.date ?? null,
    Projected_Available__c: last?.stock ?? null,
    Projection__c: projectionText(projection)
  };
}

/** Only what is on hand, over all locations; an item that was not coupled on the other side is not listed there. */
export const legacyRow = (
  context: RowContext,
  product: OrgCandidate,
  item: ItemFacts,
  onHand: number | undefined
): FigureRow => ({
  ...availabilityBase(context, product, item, ''),
  Source__c: SOURCES.legacy,
  On_Hand__c: onHand ?? null,
  Not_Available_Reason__c: onHand === undefined ? 'NO_MATCH' : 'LEGACY_SERVICE'
});

const base = ({ companyId, webClient, asOf, currency }: RowContext, account: OrgCandidate): FigureRow => ({
  ERP_Key__c: `${companyId}:${account.id}`,
  Account__c: account.id,
  Company__c: webClient.company,
  Currency_Code__c: currency ?? null,
  As_Of__c: asOf,
  Source__c: SOURCES.statistics
});

function linksOf({ webClient }: RowContext, number: string | undefined): string | null {
  if (number === undefined) return null;
  const kinds = ['customer', 'entries', 'orders', 'drafts', 'invoices'] as const;
  return kinds.map((kind) => `${kind}=${figures.drillDown(webClient, kind, number)}`).join('\n');
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

export function statisticsRow(context: RowContext, account: OrgCandidate, statistics: Statistics): FigureRow {
  const { aged } = statistics;
  const periods = [0, 1, 2].flatMap((n): [string, string | number | null][] => [
    [`Aged_Period_${n + 1}__c`, orNull(aged?.periods[n]?.amount)],
    [`Aged_Period_${n + 1}_Label__c`, orNull(aged?.periods[n]?.label)]
  ]);
  return {
    ...base(context, account),
    Customer_Number__c: orNull(statistics.customerNumber),
    Customer_Name__c: orNull(statistics.customerName),
    Balance__c: orNull(statistics.balance),
    Outstanding_Orders__c: orNull(statistics.outstandingOrders),
    Open_Order_Count__c: orNull(statistics.openOrders),
    Shipped_Not_Invoiced__c: orNull(statistics.shippedNotInvoiced),
    Outstanding_Invoices__c: orNull(statistics.outstandingInvoices),
    Total__c: orNull(statistics.total),
    Credit_Limit__c: orNull(statistics.creditLimit),
    Overdue_Amount__c: orNull(statistics.overdueAmount),
    Overdue_As_Of__c: orNull(statistics.overdueAsOf),
    Total_Sales__c: orNull(statistics.totalSales),
    Sales_From__c: orNull(statistics.salesFrom),
    Aged_As_Of__c: orNull(aged?.asOf),
    Aged_Current__c: orNull(aged?.current),
    ...Object.fromEntries(periods),
    Not_Available__c: missingText(statistics.missing),
    Links__c: linksOf(context, statistics.customerNumber)
  };
}

/** An account without a customer: every figure of an earlier one is taken away. */
export const emptyStatistics = (context: RowContext, account: OrgCandidate, reason: Reason): FigureRow => ({
  ...statisticsRow(context, account, NOTHING),
  Not_Available__c: missingText({ customer: reason })
});

const NOTHING: Statistics = {
  customerNumber: undefined,
  customerName: undefined,
  balance: undefined,
  outstandingOrders: undefined,
  openOrders: undefined,
  shippedNotInvoiced: undefined,
  outstandingInvoices: undefined,
  total: undefined,
  creditLimit: undefined,
  overdueAmount: undefined,
  overdueAsOf: undefined,
  totalSales: undefined,
  salesFrom: undefined,
  aged: undefined,
  missing: {}
};
