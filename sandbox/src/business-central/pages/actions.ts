import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { postOrder } from '../posting/post-order.js';
import { receiveOrder } from '../posting/purchases.js';
import { receiveStock } from '../posting/receive-stock.js';
import { releaseOrder, reopenOrder } from '../posting/release.js';
import type { Row } from '../store/row-store.js';

export interface PageAction {
  readonly set: string;
  /** The list that is shown afterwards. */
  readonly back: string;
  /** Does it, and says in one sentence what happened. Throws `ApiFault`. */
  run(scope: Scope, row: Row, form: URLSearchParams): string;
}

const numberOf = (row: Row | undefined): string => (row ? text(row.values, 'number') : '');

const onOrder = (run: PageAction['run']): PageAction => ({ set: 'salesOrders', back: '/bc/orders', run });

/** What the buttons of the pages do. */
export const pageActions: Readonly<Record<string, PageAction>> = {
  release: onOrder((scope, row) => `Order ${numberOf(releaseOrder(scope, row))} is released.`),
  reopen: onOrder((scope, row) => `Order ${numberOf(reopenOrder(scope, row))} is open again.`),
  ship: onOrder((scope, row) => {
    const { shipment } = postOrder(scope, row, { ship: true, invoice: false });
    return `Shipment ${numberOf(shipment)} is posted for order ${numberOf(row)}.`;
  }),
  invoice: onOrder((scope, row) => {
    const { invoice } = postOrder(scope, row, { ship: false, invoice: true });
    return `Invoice ${numberOf(invoice)} is posted for order ${numberOf(row)}.`;
  }),
  'receive-order': {
    set: 'purchaseOrders',
    back: '/bc/purchases',
    run: (scope, row) => `Receipt ${numberOf(receiveOrder(scope, row))} is posted for order ${numberOf(row)}.`
  },
  'receive-stock': {
    set: 'items',
    back: '/bc/items',
    run: (scope, row, form) => {
      const quantity = Number(form.get('quantity'));
      receiveStock(scope, row, form.get('locationCode') ?? '', quantity);
      return `${quantity} of item ${numberOf(row)} received at ${form.get('locationCode')}.`;
    }
  }
};
