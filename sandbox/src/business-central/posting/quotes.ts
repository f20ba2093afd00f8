import { dialog } from '../core/errors.js';
import { number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import type { DocumentKind } from '../rules/documents.js';
import { kindOf, linesOf } from '../rules/documents.js';
import { nextNumber } from '../rules/number-series.js';
import { recompute } from '../rules/totals.js';
import type { Row } from '../store/row-store.js';
import { shared } from './post-invoice.js';

/** `makeOrder` and `makeInvoice`: the quote becomes the other document and is gone. */
export function convertQuote(scope: Scope, quote: Row, target: 'salesOrders' | 'salesInvoices'): Row {
  const { store } = scope.world;
  const from = kindOf('salesQuotes');
  const to: DocumentKind = kindOf(target);
  const day = today(scope.world);
  const lines = linesOf(scope, from, quote.id);
  const document = store.insert(scope.company, to.header, {
    ...shared(quote.values, to.header),
    number: nextNumber(scope, to.series),
    [to.dateField]: day,
    postingDate: day,
    status: 'Draft',
    ...(target === 'salesOrders' ? { partialShipping: true } : {}),
    discountAppliedBeforeTax: true,
    lastModifiedDateTime: stamp(scope.world),
    $quoteNumber: text(quote.values, 'number')
  });
  for (const line of lines) {
    const quantity = number(line.values, 'quantity');
    store.insert(scope.company, to.lines, {
      ...shared(line.values, to.lines),
      documentId: document.id,
      ...(target === 'salesOrders' ? { shipQuantity: quantity, invoiceQuantity: quantity } : {})
    });
    store.delete(line);
  }
  store.delete(quote);
  recompute(scope, to, document.id);
  return document;
}

/** `send` on a quote: it goes to the customer's address. */
export function sendQuote(scope: Scope, quote: Row): void {
  checkAddress(quote);
  scope.world.store.update(quote, {
    ...quote.values,
    status: 'Sent',
    sentDate: stamp(scope.world),
    lastModifiedDateTime: stamp(scope.world)
  });
}

/** Throws unless there is somebody to send the document to. */
export function checkAddress(document: Row): void {
  if (text(document.values, 'email') === '') {
    throw dialog('You must specify a valid email address for the customer before the document can be sent.');
  }
}
