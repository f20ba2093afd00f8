import { dialog } from '../core/errors.js';
import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { nextNumber } from '../rules/number-series.js';
import type { Row } from '../store/row-store.js';
import { postItemEntry } from './item-ledger.js';

/** A person posts a positive adjustment in the item journal. Throws for services, unknown locations and quantities that are not positive. */
export function receiveStock(scope: Scope, item: Row, locationCode: string, quantity: number): void {
  if (item.values['type'] !== 'Inventory') throw dialog(`Item ${text(item.values, 'number')} holds no stock.`);
  if (!(quantity > 0)) throw dialog('The quantity must be more than 0.');
  const known = scope.world.store.find(scope.company, 'locations', (values) => values['code'] === locationCode);
  if (!known && locationCode !== '') throw dialog(`The location ${locationCode} does not exist.`);
  postItemEntry(scope, {
    item,
    entryType: 'Positive_x0020_Adjmt_x002E_',
    quantity,
    locationCode,
    documentNumber: nextNumber(scope, 'adjustments'),
    postingDate: today(scope.world)
  });
}
