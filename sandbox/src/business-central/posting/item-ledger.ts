import { requiredSet } from '../contract/model.js';
import { dialog } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { emptyRow, money, number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';

export interface ItemMovement {
  item: Row;
  /** Member of `itemLedgerEntryType`. */
  entryType: string;
  /** Base unit; negative for what leaves. */
  quantity: number;
  /** Blank: no location. */
  locationCode: string;
  documentNumber: string;
  /** Member of `itemLedgerDocumentType`. */
  documentType?: string;
  postingDate: string;
  sourceNumber?: string;
  sourceType?: 'Customer' | 'Vendor';
  salesAmount?: number;
  invoiced?: boolean;
}

/**
 * Posts one item ledger entry and applies it: what leaves takes from the oldest open entries of the location, what arrives
 * covers what was missing. The sum of the entries is the inventory.
 */
export function postItemEntry(scope: Scope, movement: ItemMovement): Row {
  const { store } = scope.world;
  const { item } = movement;
  if (movement.quantity < 0 && scope.world.settings().preventNegativeInventory) checkStock(scope, movement);
  const remaining = apply(scope, movement);
  const entries = store.all(scope.company, 'itemLedgerEntries');
  const entryNumber = 1 + entries.reduce((last, entry) => Math.max(last, number(entry.values, 'entryNumber')), 0);
  return store.insert(scope.company, 'itemLedgerEntries', {
    ...emptyRow(requiredSet('itemLedgerEntries')),
    entryNumber,
    itemNumber: text(item.values, 'number'),
    postingDate: movement.postingDate,
    entryType: movement.entryType,
    sourceNumber: movement.sourceNumber ?? '',
    sourceType: movement.sourceType ?? '_x0020_',
    documentNumber: movement.documentNumber,
    documentType: movement.documentType ?? '_x0020_',
    description: text(item.values, 'displayName'),
    quantity: movement.quantity,
    salesAmountActual: movement.salesAmount ?? 0,
    costAmountActual: money(movement.quantity * number(item.values, 'unitCost')),
    lastModifiedDateTime: stamp(scope.world),
    $locationCode: movement.locationCode,
    $remaining: remaining,
    $open: remaining !== 0,
    $invoiced: movement.invoiced === false ? 0 : movement.quantity
  });
}

function checkStock(scope: Scope, { item, quantity: moved, locationCode }: ItemMovement): void {
  const held = entriesAt(scope, text(item.values, 'number'), locationCode).reduce(
    (sum, entry) => sum + number(entry.values, 'quantity'),
    0
  );
  if (held + moved >= 0) return;
  throw dialog(`You have insufficient quantity of Item ${text(item.values, 'number')} on inventory.`);
}

function entriesAt(scope: Scope, itemNumber: string, locationCode: string): Row[] {
  return scope.world.store
    .where(
      scope.company,
      'itemLedgerEntries',
      (values: Values) => values['itemNumber'] === itemNumber && values['$locationCode'] === locationCode
    )
    .sort((left, right) => number(left.values, 'entryNumber') - number(right.values, 'entryNumber'));
}

/** Takes from open entries of the other sign; what is left of the movement stays open itself. */
function apply(scope: Scope, { item, quantity: moved, locationCode }: ItemMovement): number {
  let left = moved;
  for (const entry of entriesAt(scope, text(item.values, 'number'), locationCode)) {
    const open = number(entry.values, '$remaining');
    if (left === 0 || open === 0 || Math.sign(open) === Math.sign(left)) continue;
    const taken = Math.sign(open) * Math.min(Math.abs(open), Math.abs(left));
    const rest = quantity(open - taken);
    scope.world.store.update(entry, { ...entry.values, $remaining: rest, $open: rest !== 0 });
    left = quantity(left + taken);
  }
  return left;
}
