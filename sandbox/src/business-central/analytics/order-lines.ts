import type { Values } from '../core/values.js';
import { money, number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { rateOf } from '../posting/customer-ledger.js';
import { outstandingOf } from '../posting/purchases.js';
import type { AnalyticsSet } from './types.js';
import { all, CODE, codeOf } from './types.js';

const lineFields = {
  documentNo: CODE,
  documentType: 'String?',
  itemNo: CODE,
  outstandingQtyBase: 'Decimal?',
  locationCode: 'String?:10',
  dimensionSetID: 'Int32?',
  qtyPerUnitOfMeasure: 'Decimal?',
  unitOfMeasureCode: 'String?:10'
};

interface OrderLine {
  order: Values;
  line: Values;
  location: string;
}

function orderLines(scope: Scope, header: string, lines: string): OrderLine[] {
  const orders = new Map(scope.world.store.all(scope.company, header).map((row) => [row.id, row.values]));
  return all(scope, lines).flatMap((line) => {
    const order = orders.get(text(line, 'documentId'));
    const location = codeOf(scope, 'locations', text(line, 'locationId'));
    return order && text(line, 'lineType') === 'Item' ? [{ order, line, location }] : [];
  });
}

const shared = ({ order, line, location }: OrderLine): Values => ({
  documentNo: text(order, 'number'),
  documentType: 'Order',
  itemNo: text(line, 'lineObjectNumber'),
  locationCode: location,
  dimensionSetID: 0,
  qtyPerUnitOfMeasure: 1,
  unitOfMeasureCode: text(line, 'unitOfMeasureCode')
});

const outstandingSales = (line: Values): number => quantity(number(line, 'quantity') - number(line, 'shippedQuantity'));
const shippedNotInvoiced = (line: Values): number =>
  quantity(number(line, 'shippedQuantity') - number(line, 'invoicedQuantity'));

const backlogFields = {
  salesOrderNo: CODE,
  documentType: 'String?',
  customerNo: CODE,
  orderDate: 'Date?',
  salespersonCode: CODE,
  salesLineDocumentType: 'String?',
  documentNo: CODE,
  lineNo: 'Int32?',
  itemNo: CODE,
  locationCode: 'String?:10',
  unitCostLCY: 'Decimal?',
  dimensionSetID: 'Int32?'
};

function backlog(scope: Scope, { order, line, location }: OrderLine): Values {
  const item = scope.world.store.get(scope.company, 'items', text(line, 'itemId'))?.values ?? {};
  return {
    salesOrderNo: text(order, 'number'),
    documentType: 'Order',
    customerNo: text(order, 'billToCustomerNumber'),
    orderDate: text(order, 'orderDate'),
    salespersonCode: text(order, 'salesperson'),
    salesLineDocumentType: 'Order',
    documentNo: text(order, 'number'),
    lineNo: number(line, 'sequence'),
    itemNo: text(line, 'lineObjectNumber'),
    locationCode: location,
    unitCostLCY: number(item, 'unitCost'),
    dimensionSetID: 0
  };
}

const amountLcy = (scope: Scope, { order, line }: OrderLine, field: string, part: number): number => {
  const whole = number(line, 'quantity') || 1;
  return money((number(line, field) / whole) * part * rateOf(scope, text(order, 'currencyCode')));
};

/** Lines of orders: what is still to be delivered or received, and what the backlog is worth in local currency. */
export const orderLineSets: Readonly<Record<string, AnalyticsSet>> = {
  outstandingSalesLines: {
    fields: { ...lineFields, sellToCustomerNo: CODE, shipmentDate: 'Date?' },
    rows: (scope) =>
      orderLines(scope, 'salesOrders', 'salesOrderLines')
        .filter(({ line }) => outstandingSales(line) > 0)
        .map((each) => ({
          ...shared(each),
          sellToCustomerNo: text(each.order, 'customerNumber'),
          outstandingQtyBase: outstandingSales(each.line),
          shipmentDate: text(each.line, 'shipmentDate')
        }))
  },
  outstandingPurchaseLines: {
    fields: { ...lineFields, buyFromVendorNo: CODE, expectedReceiptDate: 'Date?' },
    rows: (scope) =>
      orderLines(scope, 'purchaseOrders', 'purchaseOrderLines')
        .filter(({ line }) => outstandingOf(line) > 0)
        .map((each) => ({
          ...shared(each),
          buyFromVendorNo: text(each.order, 'vendorNumber'),
          outstandingQtyBase: outstandingOf(each.line),
          expectedReceiptDate: text(each.line, 'expectedReceiptDate')
        }))
  },
  itemOutstandingSalesLines: {
    fields: {
      ...backlogFields,
      outstandingQtyBase: 'Decimal?',
      outstandingAmountLCY: 'Decimal?',
      outstandingQuantity: 'Decimal?'
    },
    rows: (scope) =>
      orderLines(scope, 'salesOrders', 'salesOrderLines')
        .filter(({ line }) => outstandingSales(line) > 0)
        .map((each) => ({
          ...backlog(scope, each),
          outstandingQtyBase: outstandingSales(each.line),
          outstandingAmountLCY: amountLcy(scope, each, 'netAmountIncludingTax', outstandingSales(each.line)),
          outstandingQuantity: outstandingSales(each.line)
        }))
  },
  itemShippedNotInvoicedSalesLines: {
    fields: {
      ...backlogFields,
      qtyShippedNotInvdBase: 'Decimal?',
      shippedNotInvoicedLCY: 'Decimal?',
      shippedNotInvoiced: 'Decimal?'
    },
    rows: (scope) =>
      orderLines(scope, 'salesOrders', 'salesOrderLines')
        .filter(({ line }) => shippedNotInvoiced(line) > 0)
        .map((each) => ({
          ...backlog(scope, each),
          qtyShippedNotInvdBase: shippedNotInvoiced(each.line),
          shippedNotInvoicedLCY: amountLcy(scope, each, 'netAmount', shippedNotInvoiced(each.line)),
          shippedNotInvoiced: money(
            (number(each.line, 'netAmountIncludingTax') / (number(each.line, 'quantity') || 1)) *
              shippedNotInvoiced(each.line)
          )
        }))
  }
};
