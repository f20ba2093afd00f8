import type { WebClient } from '../links.js';

/** Pages of the base application and the field that each is filtered by (Business Central: web client URL). */
const PAGES = {
  customer: { page: 21, filter: "'Customer'.'No.'" },
  entries: { page: 25, filter: "'Cust. Ledger Entry'.'Customer No.'" },
  orders: { page: 9305, filter: "'Sales Header'.'Bill-to Customer No.'" },
  drafts: { page: 9301, filter: "'Sales Header'.'Bill-to Customer No.'" },
  invoices: { page: 143, filter: "'Sales Invoice Header'.'Bill-to Customer No.'" },
  item: { page: 30, filter: "'Item'.'No.'" }
} as const;

export type DrillDown = keyof typeof PAGES;

/** Address of the page behind a figure, filtered by the number of the customer or item. */
export function drillDown({ url, company }: WebClient, kind: DrillDown, number: string): string {
  const { page, filter } = PAGES[kind];
  const query = new URLSearchParams({
    company,
    page: String(page),
    filter: `${filter} IS '${number.replaceAll("'", "''")}'`
  });
  return `${url}?${query.toString().replaceAll('+', '%20')}`;
}
