import { number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { RowStore } from '../store/row-store.js';

interface Reckoned {
  readonly revision: number;
  readonly byItem: ReadonlyMap<string, number>;
}

const reckoned = new WeakMap<RowStore, Map<string, Reckoned>>();

/** Quantity of an item on hand, base unit, all locations: the sum of its ledger entries. */
export function inventoryOf(scope: Scope, itemNumber: string): number {
  return quantitiesOf(scope).get(itemNumber) ?? 0;
}

/** Sums once per state of the ledger; a list of items would else add up the whole ledger for each row. */
function quantitiesOf(scope: Scope): ReadonlyMap<string, number> {
  const { store } = scope.world;
  const revision = store.revision(scope.company, 'itemLedgerEntries');
  let companies = reckoned.get(store);
  if (!companies) reckoned.set(store, (companies = new Map()));
  const known = companies.get(scope.company);
  if (known?.revision === revision) return known.byItem;
  const byItem = new Map<string, number>();
  for (const { values } of store.all(scope.company, 'itemLedgerEntries')) {
    const item = text(values, 'itemNumber');
    byItem.set(item, quantity((byItem.get(item) ?? 0) + number(values, 'quantity')));
  }
  companies.set(scope.company, { revision, byItem });
  return byItem;
}
