import { requiredSet } from '../contract/model.js';
import { dialog } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { emptyRow, number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import { linesOf } from '../rules/documents.js';
import { nextNumber } from '../rules/number-series.js';
import type { Row } from '../store/row-store.js';
import { postItemEntry } from './item-ledger.js';

const PURCHASE = { lines: 'purchaseOrderLines' };

export const outstandingOf = (line: Values): number =>
  quantity(number(line, 'quantity') - number(line, 'receivedQuantity'));

/** Receives what is outstanding on a purchase order: a receipt, and stock at each line's location. */
export function receiveOrder(scope: Scope, order: Row): Row {
  const { store } = scope.world;
  const lines = linesOf(scope, PURCHASE, order.id).filter(({ values }) => outstandingOf(values) > 0);
  if (lines.length === 0) throw dialog('There is nothing to post.');
  const set = requiredSet('purchaseReceipts');
  const kept = Object.entries(order.values).filter(([name]) => set.properties.has(name) && name !== 'id');
  const day = today(scope.world);
  const receipt = store.insert(scope.company, 'purchaseReceipts', {
    ...emptyRow(set),
    ...Object.fromEntries(kept),
    number: nextNumber(scope, 'postedReceipts'),
    orderNumber: text(order.values, 'number'),
    postingDate: day,
    invoiceDate: day,
    lastModifiedDateTime: stamp(scope.world)
  });
  for (const line of lines) receiveLine(scope, order, receipt, line);
  const now = store.get(scope.company, 'purchaseOrders', order.id) ?? order;
  store.update(now, { ...now.values, fullyReceived: true, lastModifiedDateTime: stamp(scope.world) });
  return receipt;
}

function receiveLine(scope: Scope, order: Row, receipt: Row, line: Row): void {
  const { store } = scope.world;
  const received = outstandingOf(line.values);
  const item = store.get(scope.company, 'items', text(line.values, 'itemId'));
  const location = store.get(scope.company, 'locations', text(line.values, 'locationId'));
  const set = requiredSet('purchaseReceiptLines');
  const kept = Object.entries(line.values).filter(([name]) => set.properties.has(name) && name !== 'id');
  store.insert(scope.company, 'purchaseReceiptLines', {
    ...emptyRow(set),
    ...Object.fromEntries(kept),
    documentId: receipt.id,
    lineType: 'Item',
    unitCost: number(line.values, 'directUnitCost'),
    quantity: received
  });
  store.update(line, { ...line.values, receivedQuantity: number(line.values, 'quantity'), receiveQuantity: 0 });
  if (item?.values['type'] !== 'Inventory') return;
  postItemEntry(scope, {
    item,
    entryType: 'Purchase',
    quantity: received,
    locationCode: location ? text(location.values, 'code') : '',
    documentNumber: text(receipt.values, 'number'),
    documentType: 'Purchase_x0020_Receipt',
    postingDate: today(scope.world),
    sourceNumber: text(order.values, 'vendorNumber'),
    sourceType: 'Vendor'
  });
}

/** `receiveAndInvoice`: receives, and the order is gone. */
export function receiveAndInvoice(scope: Scope, order: Row): void {
  receiveOrder(scope, order);
  for (const line of linesOf(scope, PURCHASE, order.id)) scope.world.store.delete(line);
  const now = scope.world.store.get(scope.company, 'purchaseOrders', order.id);
  if (now) scope.world.store.delete(now);
}
