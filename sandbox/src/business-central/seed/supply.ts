import { requiredSet } from '../contract/model.js';
import { addDays, money, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { nextNumber } from '../rules/number-series.js';
import { storeNew } from '../rules/store-new.js';
import type { Row } from '../store/row-store.js';
import { stableId } from './ids.js';
import { turn } from './master-data.js';

const PURCHASE_ORDERS = 10;

/** Goods that are on order. */
export function seedPurchases(scope: Scope, items: readonly Row[]): void {
  const vendors = scope.world.store.all(scope.company, 'vendors');
  const day = today(scope.world);
  for (let index = 0; index < PURCHASE_ORDERS; index += 1) {
    const vendor = turn(vendors, index);
    const order = storeNew(scope, requiredSet('purchaseOrders'), {
      vendorId: vendor.id,
      number: nextNumber(scope, 'purchaseOrders'),
      vendorName: text(vendor.values, 'displayName'),
      payToVendorId: vendor.id,
      payToVendorNumber: text(vendor.values, 'number'),
      payToName: text(vendor.values, 'displayName'),
      orderDate: addDays(day, -index),
      currencyCode: 'EUR',
      status: 'Open'
    });
    purchaseLines(scope, order, items, index);
  }
}

function purchaseLines(scope: Scope, order: Row, items: readonly Row[], index: number): void {
  for (const line of [0, 1]) {
    const item = items[(index * 9 + line * 31) % 74] as Row;
    const quantity = 10 + ((index * 7 + line) % 4) * 10;
    const amount = money(quantity * number(item.values, 'unitCost'));
    storeNew(scope, requiredSet('purchaseOrderLines'), {
      documentId: order.id,
      sequence: 10_000 * (line + 1),
      lineType: 'Item',
      itemId: item.id,
      lineObjectNumber: text(item.values, 'number'),
      description: text(item.values, 'displayName'),
      unitOfMeasureCode: text(item.values, 'baseUnitOfMeasureCode'),
      quantity,
      receiveQuantity: quantity,
      directUnitCost: number(item.values, 'unitCost'),
      amountExcludingTax: amount,
      netAmount: amount,
      expectedReceiptDate: addDays(today(scope.world), 3 + index * 4),
      locationId: stableId(scope.company, 'locations', turn(['MAIN', 'EAST', 'SOUTH'], index + line))
    });
  }
}

/** Goods between two locations; API v2.0 has no set for them, the analytics API shows them. */
export function seedTransfers(scope: Scope): void {
  const day = today(scope.world);
  for (let index = 0; index < 5; index += 1) {
    const inTransit = index % 2 === 0 ? 4 + index : 0;
    scope.world.store.insert(scope.company, '$transferLines', {
      documentNumber: `TO-${1001 + index}`,
      itemNumber: String(1000 + index * 6),
      inTransitCode: 'OWN LOG.',
      fromCode: 'MAIN',
      toCode: turn(['EAST', 'SOUTH', 'SHOW'], index),
      inTransit,
      outstanding: inTransit === 0 ? 6 : 0,
      shipmentDate: addDays(day, -1),
      receiptDate: addDays(day, 2 + index),
      dimensionSetId: 0,
      perUnit: 1,
      unitCode: 'PCS'
    });
  }
}
