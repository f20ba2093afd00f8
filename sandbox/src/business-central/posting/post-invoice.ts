import { requiredSet } from '../contract/model.js';
import { dialog } from '../core/errors.js';
import type { MutableValues, Values } from '../core/values.js';
import { emptyRow, money, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import { kindOf, linesOf } from '../rules/documents.js';
import { nextNumber } from '../rules/number-series.js';
import { dueDateFrom } from '../rules/sales-headers.js';
import { recompute } from '../rules/totals.js';
import type { Row } from '../store/row-store.js';
import { postCustomerEntry } from './customer-ledger.js';
import { postItemEntry } from './item-ledger.js';
import { checkItemPostable, checkPostable } from './post-order.js';

export interface InvoicePart {
  readonly line: Row;
  readonly quantity: number;
}

/** Fields of `values` that the target set has too; ids and numbers are its own. */
export function shared(values: Values, set: string): MutableValues {
  const target = requiredSet(set);
  const own = ['id', 'number', 'documentId', 'lastModifiedDateTime', 'status'];
  const kept = Object.entries(values).filter(
    ([name]) => (target.properties.has(name) || name === '$discountBy') && !own.includes(name)
  );
  return { ...emptyRow(target), ...Object.fromEntries(kept) };
}

/** Makes a posted invoice from parts of an order's lines; the order itself stays as it is. */
export function postInvoice(scope: Scope, order: Row, parts: readonly InvoicePart[]): Row {
  const { store } = scope.world;
  const day = today(scope.world);
  const whole = parts.every(({ line, quantity }) => quantity === number(line.values, 'quantity'));
  const invoice = store.insert(scope.company, 'salesInvoices', {
    ...shared(order.values, 'salesInvoices'),
    number: nextNumber(scope, 'salesInvoices'),
    invoiceDate: day,
    postingDate: day,
    dueDate: dueOf(scope, order.values, day),
    orderId: order.id,
    orderNumber: text(order.values, 'number'),
    discountAmount: whole ? number(order.values, 'discountAmount') : partOfDiscount(parts),
    status: 'Draft'
  });
  for (const { line, quantity } of parts) {
    const share = quantity / (number(line.values, 'quantity') || 1);
    store.insert(scope.company, 'salesInvoiceLines', {
      ...shared(line.values, 'salesInvoiceLines'),
      documentId: invoice.id,
      quantity,
      discountAmount: money(number(line.values, 'discountAmount') * share)
    });
  }
  recompute(scope, kindOf('salesInvoices'), invoice.id);
  return finish(scope, store.get(scope.company, 'salesInvoices', invoice.id) ?? invoice);
}

const partOfDiscount = (parts: readonly InvoicePart[]): number =>
  money(
    parts.reduce((sum, { line, quantity }) => {
      const share = quantity / (number(line.values, 'quantity') || 1);
      return sum + number(line.values, 'invoiceDiscountAllocation') * share;
    }, 0)
  );

function dueOf(scope: Scope, header: Values, day: string): string {
  const terms = scope.world.store.get(scope.company, 'paymentTerms', text(header, 'paymentTermsId'));
  return terms ? dueDateFrom(day, text(terms.values, 'dueDateCalculation')) : day;
}

/** `post` on a draft invoice: goods leave, the customer owes. The id stays, the number becomes that of the posted series. */
export function postDraft(scope: Scope, invoice: Row): Row {
  if (text(invoice.values, 'status') !== 'Draft') throw dialog('The action can be applied to a draft invoice only.');
  checkPostable(scope, invoice.values, true);
  const lines = linesOf(scope, kindOf('salesInvoices'), invoice.id);
  if (lines.every(({ values }) => number(values, 'quantity') === 0)) throw dialog('There is nothing to post.');
  for (const line of lines) moveGoods(scope, invoice, line, -number(line.values, 'quantity'), 'Sales_x0020_Invoice');
  return finish(scope, invoice);
}

/** Stock entry of a line of a posted invoice or credit memo. */
export function moveGoods(scope: Scope, document: Row, line: Row, moved: number, documentType: string): void {
  const item = scope.world.store.get(scope.company, 'items', text(line.values, 'itemId'));
  if (!item) return;
  checkItemPostable(item);
  if (item.values['type'] !== 'Inventory' || moved === 0) return;
  const location = scope.world.store.get(scope.company, 'locations', text(line.values, 'locationId'));
  postItemEntry(scope, {
    item,
    entryType: 'Sale',
    quantity: moved,
    locationCode: location ? text(location.values, 'code') : '',
    documentNumber: text(document.values, 'number'),
    documentType,
    postingDate: today(scope.world),
    sourceNumber: text(document.values, 'customerNumber'),
    sourceType: 'Customer',
    salesAmount: -Math.sign(moved) * number(line.values, 'netAmount')
  });
}

/** Gives the posted number and the customer's debt. */
function finish(scope: Scope, invoice: Row): Row {
  const posted = scope.world.store.update(invoice, {
    ...invoice.values,
    number: nextNumber(scope, 'postedInvoices'),
    status: 'Open',
    lastModifiedDateTime: stamp(scope.world)
  });
  const { values } = posted;
  postCustomerEntry(scope, {
    customerId: text(values, 'billToCustomerId'),
    documentType: 'Invoice',
    documentNumber: text(values, 'number'),
    postingDate: text(values, 'postingDate'),
    dueDate: text(values, 'dueDate'),
    amount: number(values, 'totalAmountIncludingTax'),
    currencyCode: text(values, 'currencyCode'),
    sales: number(values, 'totalAmountExcludingTax')
  });
  return posted;
}
