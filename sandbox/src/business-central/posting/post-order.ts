import { requiredSet } from '../contract/model.js';
import { dialog, fieldTest } from '../core/errors.js';
import type { MutableValues, Values } from '../core/values.js';
import { emptyRow, number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import { kindOf, linesOf } from '../rules/documents.js';
import { nextNumber } from '../rules/number-series.js';
import { recompute } from '../rules/totals.js';
import type { Row } from '../store/row-store.js';
import { postItemEntry } from './item-ledger.js';
import { postInvoice } from './post-invoice.js';

export interface OrderPosting {
  ship: boolean;
  invoice: boolean;
}

/**
 * Posts a sales order: a shipment with its ledger entries, an invoice for what was shipped, or both. An order that is wholly
 * invoiced disappears. Throws when a posting group is missing, a customer is blocked, or there is nothing to post.
 */
export function postOrder(
  scope: Scope,
  order: Row,
  { ship, invoice }: OrderPosting
): { shipment?: Row; invoice?: Row } {
  const kind = kindOf('salesOrders');
  checkPostable(scope, order.values, ship);
  const shipment = ship ? postShipment(scope, order) : undefined;
  const posted = invoice ? invoiceShipped(scope, order) : undefined;
  if (!shipment && !posted) throw dialog('There is nothing to post.');
  const lines = linesOf(scope, kind, order.id);
  const goods = lines.filter(({ values }) => number(values, 'quantity') !== 0);
  if (goods.every(({ values }) => number(values, 'invoicedQuantity') >= number(values, 'quantity'))) {
    for (const line of lines) scope.world.store.delete(line);
    const now = scope.world.store.get(scope.company, 'salesOrders', order.id);
    if (now) scope.world.store.delete(now);
  } else recompute(scope, kind, order.id);
  return { ...(shipment ? { shipment } : {}), ...(posted ? { invoice: posted } : {}) };
}

/** What posting tests on the customer and its items. */
export function checkPostable(scope: Scope, header: Values, ship: boolean): void {
  const customer = scope.world.store.get(scope.company, 'customers', text(header, 'customerId'))?.values ?? {};
  const number_ = text(customer, 'number');
  for (const [field, caption] of [
    ['$genBusPostingGroup', 'Gen. Bus. Posting Group'],
    ['$customerPostingGroup', 'Customer Posting Group']
  ] as const) {
    if (text(customer, field) === '')
      throw fieldTest(`${caption} must have a value in Customer: No.=${number_}. It cannot be zero or empty.`);
  }
  const blocked = text(customer, 'blocked');
  const refused = ['All', 'Invoice', ...(ship ? ['Ship'] : [])];
  if (refused.includes(blocked)) {
    throw dialog(`You cannot post this type of document when Customer ${number_} is blocked with type ${blocked}.`);
  }
}

export function checkItemPostable(item: Row): void {
  const { values } = item;
  const missing = (caption: string): Error =>
    fieldTest(`${caption} must have a value in Item: No.=${text(values, 'number')}. It cannot be zero or empty.`);
  if (text(values, 'generalProductPostingGroupCode') === '') throw missing('Gen. Prod. Posting Group');
  if (values['type'] === 'Inventory' && text(values, 'inventoryPostingGroupCode') === '')
    throw missing('Inventory Posting Group');
}

function postShipment(scope: Scope, order: Row): Row | undefined {
  const lines = linesOf(scope, kindOf('salesOrders'), order.id).filter(({ values }) => toShip(values) !== 0);
  if (lines.length === 0) return undefined;
  const { store } = scope.world;
  const number_ = nextNumber(scope, 'postedShipments');
  const shipment = store.insert(scope.company, 'salesShipments', shipmentHeader(scope, order, number_));
  for (const line of lines) {
    shipLine(scope, order, shipment, line);
  }
  return shipment;
}

const toShip = (line: Values): number =>
  text(line, 'lineType') === 'Comment'
    ? 0
    : quantity(Math.min(number(line, 'shipQuantity'), number(line, 'quantity') - number(line, 'shippedQuantity')));

function shipmentHeader(scope: Scope, order: Row, number_: string): MutableValues {
  const set = requiredSet('salesShipments');
  const day = today(scope.world);
  const shared = Object.entries(order.values).filter(([name]) => set.properties.has(name) && name !== 'id');
  const code = (setName: string, field: string): string =>
    text(scope.world.store.get(scope.company, setName, text(order.values, field))?.values ?? {}, 'code');
  return {
    ...emptyRow(set),
    ...Object.fromEntries(shared),
    number: number_,
    postingDate: day,
    invoiceDate: day,
    dueDate: day,
    orderNumber: text(order.values, 'number'),
    paymentTermsCode: code('paymentTerms', 'paymentTermsId'),
    shipmentMethodCode: code('shipmentMethods', 'shipmentMethodId'),
    lastModifiedDateTime: stamp(scope.world),
    $orderId: order.id
  };
}

/** Names of line types in `salesLineType`, which differ from those of the order's lines. */
const SHIPMENT_LINE_TYPES: Readonly<Record<string, string>> = {
  Account: 'G_x002F_L_x0020_Account',
  Item: 'Item',
  Resource: 'Resource',
  Fixed_x0020_Asset: 'Fixed_x0020_Asset',
  Charge: 'Charge_x0020__x0028_Item_x0029_'
};

function shipLine(scope: Scope, order: Row, shipment: Row, line: Row): void {
  const { store } = scope.world;
  const { values } = line;
  const shipped = toShip(values);
  const set = requiredSet('salesShipmentLines');
  const shared = Object.entries(values).filter(([name]) => set.properties.has(name) && name !== 'id');
  store.insert(scope.company, 'salesShipmentLines', {
    ...emptyRow(set),
    ...Object.fromEntries(shared),
    documentId: shipment.id,
    documentNo: text(shipment.values, 'number'),
    lineType: SHIPMENT_LINE_TYPES[text(values, 'lineType')] ?? '_x0020_',
    quantity: shipped
  });
  const item = store.get(scope.company, 'items', text(values, 'itemId'));
  if (item) checkItemPostable(item);
  if (item?.values['type'] === 'Inventory') {
    const location = store.get(scope.company, 'locations', text(values, 'locationId'));
    postItemEntry(scope, {
      item,
      entryType: 'Sale',
      quantity: -shipped,
      locationCode: location ? text(location.values, 'code') : '',
      documentNumber: text(shipment.values, 'number'),
      documentType: 'Sales_x0020_Shipment',
      postingDate: today(scope.world),
      sourceNumber: text(order.values, 'customerNumber'),
      sourceType: 'Customer',
      salesAmount: (shipped / (number(values, 'quantity') || 1)) * number(values, 'netAmount')
    });
  }
  const total = quantity(number(values, 'shippedQuantity') + shipped);
  store.update(line, { ...values, shippedQuantity: total, shipQuantity: quantity(number(values, 'quantity') - total) });
}

/** Invoices what is shipped and not invoiced yet. */
function invoiceShipped(scope: Scope, order: Row): Row | undefined {
  const { store } = scope.world;
  const lines = linesOf(scope, kindOf('salesOrders'), order.id);
  const parts = lines.map((line) => ({ line, quantity: toInvoice(line.values) }));
  if (parts.every((part) => part.quantity === 0)) return undefined;
  const invoice = postInvoice(
    scope,
    order,
    parts.filter((part) => part.quantity !== 0 || text(part.line.values, 'lineType') === 'Comment')
  );
  for (const { line, quantity: part } of parts) {
    const invoiced = quantity(number(line.values, 'invoicedQuantity') + part);
    store.update(line, {
      ...line.values,
      invoicedQuantity: invoiced,
      invoiceQuantity: quantity(number(line.values, 'quantity') - invoiced)
    });
  }
  return invoice;
}

const toInvoice = (line: Values): number =>
  quantity(
    Math.max(
      0,
      Math.min(number(line, 'invoiceQuantity'), number(line, 'shippedQuantity') - number(line, 'invoicedQuantity'))
    )
  );
