import { dialog } from '../core/errors.js';
import { number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { inventoryOf } from '../posting/inventory.js';
import { postItemEntry } from '../posting/item-ledger.js';
import type { Row } from '../store/row-store.js';
import { numbered } from './numbered.js';
import { nextNumber } from './number-series.js';
import type { SetRules } from './types.js';

/** Posting groups that the template selection rules give to a new item; a service holds no stock. */
const TEMPLATE = { general: 'RETAIL', inventory: 'RESALE' };

export const itemRules: SetRules = {
  insert({ scope, values, given }) {
    if ('inventory' in given) throw dialog('Inventory cannot be changed during on insert.');
    numbered({ scope, values, given, before: undefined }, 'items');
    if (!scope.world.settings().templateRules) return;
    groupUnlessGiven(scope, values, 'generalProductPostingGroup', TEMPLATE.general);
    if (values['type'] === 'Inventory') groupUnlessGiven(scope, values, 'inventoryPostingGroup', TEMPLATE.inventory);
    unitUnlessGiven(scope, values);
  },
  update({ scope, values, given, before }) {
    if (!before) return;
    if ('type' in given && given['type'] !== before.values['type'] && hasEntries(scope, before)) {
      throw dialog(
        `You cannot change the Type of Item ${text(before.values, 'number')} because it has ledger entries.`
      );
    }
    if ('inventory' in given) adjust(scope, before, number(given, 'inventory'));
    // The quantity is the sum of the ledger, never a field of the row.
    values['inventory'] = 0;
  },
  remove(scope, row) {
    const { store } = scope.world;
    const item = text(row.values, 'number');
    for (const [set, caption] of OUTSTANDING) {
      if (store.find(scope.company, set, (line) => line['itemId'] === row.id)) {
        throw dialog(
          `You cannot delete Item ${item} because there is at least one outstanding ${caption} that includes this item.`
        );
      }
    }
    if (hasEntries(scope, row)) throw dialog(`You cannot delete Item ${item} because it has ledger entries.`);
    for (const variant of store.where(scope.company, 'itemVariants', (values) => values['itemId'] === row.id)) {
      store.delete(variant);
    }
  }
};

const OUTSTANDING = [
  ['salesOrderLines', 'Sales Order'],
  ['salesQuoteLines', 'Sales Quote'],
  ['purchaseOrderLines', 'Purchase Order']
] as const;

const hasEntries = (scope: Scope, item: Row): boolean =>
  scope.world.store.find(
    scope.company,
    'itemLedgerEntries',
    (entry) => entry['itemNumber'] === item.values['number']
  ) !== undefined;

function groupUnlessGiven(scope: Scope, values: Record<string, unknown>, field: string, code: string): void {
  if (values[`${field}Code`] !== '') return;
  const row = scope.world.store.find(scope.company, `${field}s`, (group) => group['code'] === code);
  if (row) Object.assign(values, { [`${field}Code`]: code, [`${field}Id`]: row.id });
}

function unitUnlessGiven(scope: Scope, values: Record<string, unknown>): void {
  if (values['baseUnitOfMeasureCode'] !== '') return;
  const row = scope.world.store.find(scope.company, 'unitsOfMeasure', (unit) => unit['code'] === 'PCS');
  if (row) Object.assign(values, { baseUnitOfMeasureCode: 'PCS', baseUnitOfMeasureId: row.id });
}

/** A changed `inventory` posts the difference as an adjustment. */
function adjust(scope: Scope, item: Row, wanted: number): void {
  if (item.values['type'] !== 'Inventory') throw dialog('Inventory can only be changed for items of type Inventory.');
  const difference = quantity(wanted - inventoryOf(scope, text(item.values, 'number')));
  if (difference === 0) return;
  postItemEntry(scope, {
    item,
    entryType: difference > 0 ? 'Positive_x0020_Adjmt_x002E_' : 'Negative_x0020_Adjmt_x002E_',
    quantity: difference,
    locationCode: '',
    documentNumber: nextNumber(scope, 'adjustments'),
    postingDate: today(scope.world)
  });
}
