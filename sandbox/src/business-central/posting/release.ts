import { dialog } from '../core/errors.js';
import { number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import { kindOf, linesOf } from '../rules/documents.js';
import type { Row } from '../store/row-store.js';

/** A person releases an order; API v2.0 has no action for it. From then on its lines refuse edits. */
export function releaseOrder(scope: Scope, order: Row): Row {
  const lines = linesOf(scope, kindOf('salesOrders'), order.id);
  if (!lines.some(({ values }) => number(values, 'quantity') !== 0)) {
    throw dialog(
      `There is nothing to release for the document of type Order with the number ${text(order.values, 'number')}.`
    );
  }
  return setStatus(scope, order, 'Open');
}

export const reopenOrder = (scope: Scope, order: Row): Row => setStatus(scope, order, 'Draft');

function setStatus(scope: Scope, order: Row, status: string): Row {
  if (order.values['status'] === status) return order;
  return scope.world.store.update(order, { ...order.values, status, lastModifiedDateTime: stamp(scope.world) });
}
