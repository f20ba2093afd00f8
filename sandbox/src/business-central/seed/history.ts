import { ServiceClock } from '../../partner-center/core/clock.js';
import { requiredSet } from '../contract/model.js';
import type { Values } from '../core/values.js';
import { addDays, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { CUSTOMER_LEDGER } from '../posting/customer-ledger.js';
import { postItemEntry } from '../posting/item-ledger.js';
import { payInvoice } from '../posting/payments.js';
import { postOrder } from '../posting/post-order.js';
import { nextNumber } from '../rules/number-series.js';
import { storeNew } from '../rules/store-new.js';
import type { Row } from '../store/row-store.js';
import { stableId } from './ids.js';
import { turn } from './master-data.js';
import { seedPurchases, seedTransfers } from './supply.js';

const LOCATIONS = ['MAIN', 'EAST', 'SOUTH', 'SHOW'];
/** Days between two orders of the past, and how many there were: about a year. */
const EVERY_DAYS = 3;
const PAST_ORDERS = 120;
const OPEN_ORDERS = 25;
const OPEN_QUOTES = 8;

/** A year of trade, made by the posting routines themselves on the days of the past, so that every figure adds up. */
export function seedHistory(scope: Scope): void {
  const customers = scope.world.store.all(scope.company, 'customers');
  const items = scope.world.store.all(scope.company, 'items');
  const day = today(scope.world);
  stock(onDay(scope, addDays(day, -EVERY_DAYS * PAST_ORDERS - 5)), items);
  for (let index = 0; index < PAST_ORDERS; index += 1) {
    const then = onDay(scope, addDays(day, -EVERY_DAYS * (PAST_ORDERS - index)));
    // The first third of the list buys most; the last ten customers have never bought.
    const customer = customers[(index * 7 + (index % 3)) % (index % 2 === 0 ? 20 : 50)] as Row;
    const order = sell(then, customer, items, index, index % 6 === 0 ? 3 : 2);
    postOrder(then, order, { ship: true, invoice: true });
  }
  settle(scope, day);
  openDocuments(scope, customers, items, day);
  seedPurchases(scope, items);
  seedTransfers(scope);
  scope.world.store.update(customers[58] as Row, { ...(customers[58] as Row).values, blocked: 'All' });
  scope.world.store.update(items[74] as Row, { ...(items[74] as Row).values, blocked: true });
}

/** The same scope with the clock of another day, at nine in the morning. */
function onDay(scope: Scope, day: string): Scope {
  const clock = new ServiceClock(
    () => Date.parse(`${day}T09:00:00Z`),
    0,
    () => undefined
  );
  return { ...scope, world: { ...scope.world, clock } };
}

function stock(scope: Scope, items: readonly Row[]): void {
  for (const [index, item] of items.entries()) {
    if (item.values['type'] !== 'Inventory') continue;
    for (const [place, locationCode] of LOCATIONS.entries()) {
      // Some items are scarce and some are missing at a location, so that availability has something to show.
      const amount = ((index * 13 + place * 29) % 7) * (place === 0 ? 20 : 6);
      if (amount === 0) continue;
      const entryType = 'Positive_x0020_Adjmt_x002E_';
      const documentNumber = nextNumber(scope, 'adjustments');
      postItemEntry(scope, {
        item,
        entryType,
        quantity: amount,
        locationCode,
        documentNumber,
        postingDate: today(scope.world)
      });
    }
  }
}

function sell(
  scope: Scope,
  customer: Row,
  items: readonly Row[],
  index: number,
  count: number,
  more: Values = {}
): Row {
  const { store } = scope.world;
  const order = storeNew(scope, requiredSet('salesOrders'), {
    customerId: customer.id,
    externalDocumentNumber: `PO-${4100 + index}`,
    ...more
  });
  addLines(scope, 'salesOrderLines', order, items, index, count);
  return store.get(scope.company, 'salesOrders', order.id) ?? order;
}

function addLines(scope: Scope, set: string, document: Row, items: readonly Row[], index: number, count: number): void {
  for (let line = 0; line < count; line += 1) {
    const item = items[(index * 11 + line * 17) % 74] as Row;
    const location = turn(LOCATIONS, index + line);
    storeNew(scope, requiredSet(set), {
      documentId: document.id,
      itemId: item.id,
      quantity: 1 + ((index + line * 3) % 5),
      ...(line === 1 ? { discountPercent: 5 } : {}),
      ...(item.values['type'] === 'Inventory' ? { locationId: stableId(scope.company, 'locations', location) } : {})
    });
  }
}

/** Customers pay: older invoices in full, some late ones not at all, some in part. */
function settle(scope: Scope, day: string): void {
  const invoices = scope.world.store.where(scope.company, 'salesInvoices', (values) => values['status'] === 'Open');
  for (const [index, invoice] of invoices.entries()) {
    const due = text(invoice.values, 'dueDate');
    if (due > day || index % 6 === 0) continue;
    const entry = scope.world.store.find(
      scope.company,
      CUSTOMER_LEDGER,
      (each) => each['documentNumber'] === invoice.values['number']
    );
    const open = entry ? number(entry.values, 'remaining') : 0;
    if (open <= 0) continue;
    payInvoice(onDay(scope, due), invoice, index % 9 === 1 ? Math.round(open * 50) / 100 : open);
  }
}

function openDocuments(scope: Scope, customers: readonly Row[], items: readonly Row[], day: string): void {
  const { store } = scope.world;
  for (let index = 0; index < OPEN_ORDERS; index += 1) {
    const then = onDay(scope, addDays(day, -(index % 12)));
    const requestedDeliveryDate = addDays(day, 2 + index);
    const order = sell(then, turn(customers, index * 3), items, 200 + index, 1 + (index % 3), {
      requestedDeliveryDate
    });
    if (index % 3 === 0) store.update(order, { ...order.values, status: 'Open' });
    // A few are delivered and wait for their invoice.
    if (index % 8 === 5) postOrder(then, order, { ship: true, invoice: false });
  }
  for (let index = 0; index < OPEN_QUOTES; index += 1) {
    const then = onDay(scope, addDays(day, -index * 2));
    const quote = storeNew(then, requiredSet('salesQuotes'), {
      customerId: turn(customers, index * 5 + 1).id,
      validUntilDate: addDays(day, 30 - index)
    });
    addLines(then, 'salesQuoteLines', quote, items, 300 + index, 2);
  }
}
