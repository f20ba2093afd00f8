import type { EntitySet } from '../contract/model.js';
import { ApiFault } from '../core/errors.js';
import { text } from '../core/values.js';
import type { Draft } from './types.js';

/** The fields that make a row's key in its table, beside the id of the API. */
const NATURAL: Readonly<Record<string, readonly string[]>> = {
  itemVariants: ['itemNumber', 'code'],
  dimensionValues: ['dimensionId', 'code'],
  salesOrderLines: ['documentId', 'sequence'],
  salesQuoteLines: ['documentId', 'sequence'],
  salesInvoiceLines: ['documentId', 'sequence'],
  salesCreditMemoLines: ['documentId', 'sequence'],
  purchaseOrderLines: ['documentId', 'sequence']
};

function naturalKey(set: EntitySet): readonly string[] {
  const own = NATURAL[set.name];
  if (own) return own;
  if (set.properties.has('number')) return ['number'];
  return set.properties.get('code')?.nullable === false ? ['code'] : [];
}

/** Throws `Internal_EntityWithSameKeyExists` when another row of the table has the key. Codes are compared in capitals. */
export function checkUnique({ scope, values, before }: Draft, set: EntitySet): void {
  const key = naturalKey(set);
  const own = key.map((name) => String(values[name] ?? '').toUpperCase());
  if (key.length === 0 || own.every((part) => part === '')) return;
  const same = scope.world.store.find(
    scope.company,
    set.name,
    (other) =>
      other['id'] !== before?.id && key.every((name, index) => String(other[name] ?? '').toUpperCase() === own[index])
  );
  if (!same) return;
  const fields = key.map((name) => `${name}='${text(same.values, name)}'`).join(',');
  throw new ApiFault(
    scope.world.settings().duplicateKeyStatus,
    'Internal_EntityWithSameKeyExists',
    `The record in table ${set.type} already exists. Identification fields and values: ${fields}`
  );
}
