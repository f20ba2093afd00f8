import type { Html } from '../../partner-center/http/html.js';
import { html } from '../../partner-center/http/html.js';
import { viewOf } from '../api/rows.js';
import type { Values } from '../core/values.js';
import { number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { decodeName } from '../odata/enum-names.js';
import { outstandingOf } from '../posting/purchases.js';
import { kindOf, linesOf } from '../rules/documents.js';
import type { Row } from '../store/row-store.js';
import { actionButton, table } from './layout.js';

const sorted = (scope: Scope, set: string): Row[] =>
  scope.world.store
    .all(scope.company, set)
    .sort((left, right) => text(left.values, 'number').localeCompare(text(right.values, 'number')));

const grouped = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const amount = (values: Values, field: string): string => grouped.format(number(values, field));

/** An amount with its currency, which stays on one line. */
const money = (values: Values, field: string): string =>
  `${amount(values, field)}\u00a0${text(values, 'currencyCode')}`;

/** Customers with what they owe. */
export function customerList(scope: Scope): Html {
  const rows = sorted(scope, 'customers').map((row) => {
    const { values } = viewOf(scope, row);
    const place = [text(values, 'city'), text(values, 'country')].filter((part) => part !== '').join(', ');
    return [
      text(values, 'number'),
      text(values, 'displayName'),
      place,
      text(values, 'salespersonCode'),
      money(values, 'balanceDue'),
      decodeName(text(values, 'blocked')).trim()
    ];
  });
  return table('Customers', ['No.', 'Name', 'Place', 'Salesperson', 'Balance due', 'Blocked'], rows, ['Balance due']);
}

/** Items with their stock, and a form that receives more of one. */
export function itemList(scope: Scope): Html {
  const items = sorted(scope, 'items');
  const rows = items.map((row) => {
    const { values } = viewOf(scope, row);
    const stock = text(values, 'type') === 'Inventory' ? String(number(values, 'inventory')) : '–';
    return [
      text(values, 'number'),
      text(values, 'displayName'),
      text(values, 'itemCategoryCode'),
      amount(values, 'unitPrice'),
      stock
    ];
  });
  const stocked = items.filter(({ values }) => values['type'] === 'Inventory');
  const options = stocked.map(
    ({ id, values }) => html`<option value="${id}">${text(values, 'number')} ${text(values, 'displayName')}</option>`
  );
  const places = scope.world.store
    .all(scope.company, 'locations')
    .map(({ values }) => html`<option value="${text(values, 'code')}">${text(values, 'displayName')}</option>`);
  return html`<form class="entry" method="post" action="/bc/actions/receive-stock">
      <label
        >Item
        <select name="id">
          ${options}
        </select></label
      >
      <label
        >Location
        <select name="locationCode">
          ${places}
        </select></label
      >
      <label>Quantity <input name="quantity" type="number" min="1" step="1" value="10" required /></label>
      <button type="submit">Receive stock</button>
    </form>
    ${table('Items', ['No.', 'Description', 'Category', 'Unit price', 'Inventory'], rows, ['Unit price', 'Inventory'])}`;
}

/** Sales orders with what can be done with each. */
export function orderList(scope: Scope): Html {
  const rows = sorted(scope, 'salesOrders').map((order) => {
    const { id, values } = order;
    const own = text(values, 'number');
    const released = values['status'] === 'Open';
    const lines = linesOf(scope, kindOf('salesOrders'), id).map((line) => line.values);
    const toShip = lines.some((line) => number(line, 'shippedQuantity') < number(line, 'quantity'));
    const toInvoice = lines.some((line) => number(line, 'invoicedQuantity') < number(line, 'shippedQuantity'));
    const actions = html`<div class="actions">
      ${released ? actionButton('reopen', id, 'Reopen', own) : actionButton('release', id, 'Release', own)}
      ${toShip && actionButton('ship', id, 'Post shipment', own)}
      ${toInvoice && actionButton('invoice', id, 'Post invoice', own)}
    </div>`;
    const goods = lines.map((line) => `${number(line, 'quantity')} × ${text(line, 'description')}`).join('; ');
    const total = money(values, 'totalAmountIncludingTax');
    return [own, text(values, 'customerName'), goods, total, released ? 'Released' : 'Open', actions];
  });
  return table('Sales orders', ['No.', 'Customer', 'Lines', 'Total', 'Status', 'Actions'], rows, ['Total']);
}

/** Purchase orders that can be received. */
export function purchaseList(scope: Scope): Html {
  const rows = sorted(scope, 'purchaseOrders').map(({ id, values }) => {
    const lines = linesOf(scope, { lines: 'purchaseOrderLines' }, id).map((line) => line.values);
    const open = lines.filter((line) => outstandingOf(line) > 0);
    const goods = open.map((line) => `${outstandingOf(line)} × ${text(line, 'description')}`).join('; ');
    const own = text(values, 'number');
    return [
      own,
      text(values, 'vendorName'),
      goods === '' ? 'Received' : goods,
      open[0] ? text(open[0], 'expectedReceiptDate') : '',
      open.length > 0 ? actionButton('receive-order', id, 'Receive', own) : ''
    ];
  });
  return table('Purchase orders', ['No.', 'Vendor', 'Outstanding', 'Expected', 'Actions'], rows);
}
