import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import type { Series } from './number-series.js';

/** A kind of sales document: its two sets, its number series, and the field that holds its date. */
export interface DocumentKind {
  readonly header: 'salesOrders' | 'salesQuotes' | 'salesInvoices' | 'salesCreditMemos';
  readonly lines: string;
  readonly series: Series;
  /** What messages call the document type. */
  readonly caption: string;
  readonly dateField: string;
}

export const documentKinds: readonly DocumentKind[] = [
  { header: 'salesOrders', lines: 'salesOrderLines', series: 'salesOrders', caption: 'Order', dateField: 'orderDate' },
  {
    header: 'salesQuotes',
    lines: 'salesQuoteLines',
    series: 'salesQuotes',
    caption: 'Quote',
    dateField: 'documentDate'
  },
  {
    header: 'salesInvoices',
    lines: 'salesInvoiceLines',
    series: 'salesInvoices',
    caption: 'Invoice',
    dateField: 'invoiceDate'
  },
  {
    header: 'salesCreditMemos',
    lines: 'salesCreditMemoLines',
    series: 'salesCreditMemos',
    caption: 'Credit Memo',
    dateField: 'creditMemoDate'
  }
];

export function kindOf(set: string): DocumentKind {
  const kind = documentKinds.find(({ header, lines }) => header === set || lines === set);
  if (!kind) throw new Error(`${set} is no sales document.`);
  return kind;
}

export const linesOf = (scope: Scope, kind: Pick<DocumentKind, 'lines'>, documentId: string): Row[] =>
  scope.world.store
    .where(scope.company, kind.lines, (values) => values['documentId'] === documentId)
    .sort((left, right) => Number(left.values['sequence']) - Number(right.values['sequence']));

/** Whether the document may still be changed. Orders are open until somebody releases them; the rest until they are posted. */
export const isDraft = (header: Row): boolean => ['Draft', 'Sent'].includes(text(header.values, 'status'));
