import { dialog, fieldTest } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { EMPTY_GUID, isEmptyGuid, money, number, quantity, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { rateOf } from '../posting/customer-ledger.js';
import type { Row } from '../store/row-store.js';
import { homeCountry } from './company.js';
import type { DocumentKind } from './documents.js';
import { documentKinds, isDraft, linesOf } from './documents.js';
import { statusMustBeOpen } from './sales-headers.js';
import { recompute } from './totals.js';
import type { Draft, SetRules } from './types.js';

/** Tax that the demonstration company charges inside its own country, percent. */
const HOME_TAX_PERCENT = 21;
const SEQUENCE_STEP = 10_000;

const lineRules = (kind: DocumentKind): SetRules => ({
  insert: (draft) => insert(kind, draft),
  update: (draft) => update(kind, draft),
  remove: (scope, row) => {
    openDocument(kind, scope, text(row.values, 'documentId'));
    if (number(row.values, 'shippedQuantity') > 0) throw dialog('You cannot delete a line that has been shipped.');
  },
  after: (scope, row) => recompute(scope, kind, text(row.values, 'documentId'))
});

/** Rules of the lines of the four sales documents, by the name of their set. */
export const salesLineRules: Readonly<Record<string, SetRules>> = Object.fromEntries(
  documentKinds.map((kind) => [kind.lines, lineRules(kind)])
);

function openDocument(kind: DocumentKind, scope: Scope, id: string): Row {
  const header = scope.world.store.get(scope.company, kind.header, id);
  if (!header) throw dialog('You must specify a Document Id to create a line.');
  if (isDraft(header)) return header;
  throw kind.header === 'salesOrders'
    ? statusMustBeOpen(header)
    : dialog(`The ${kind.caption.toLowerCase()} has been posted. You can no longer modify it.`);
}

function insert(kind: DocumentKind, draft: Draft): void {
  const { scope, values, given } = draft;
  const header = openDocument(kind, scope, text(values, 'documentId'));
  if (!isEmptyGuid(given['itemId']) && !isEmptyGuid(given['accountId'])) {
    throw dialog('Either the "itemId" or the "accountId" must be provided, not both.');
  }
  const lines = linesOf(scope, kind, header.id);
  const last = Math.max(0, ...lines.map((line) => number(line.values, 'sequence')));
  if (!('sequence' in given) || number(given, 'sequence') === 0) values['sequence'] = last + SEQUENCE_STEP;
  takeObject(draft, header);
  checkNumbers(draft);
  setQuantities(values as Record<string, never>, kind);
  values['$discountBy'] = 'discountAmount' in given && !('discountPercent' in given) ? 'amount' : 'percent';
  values['discountAppliedBeforeTax'] = true;
}

/** Copies what the line's item or account says, except what the writer gave. */
function takeObject(draft: Draft, header: Row): void {
  const { scope, values, given } = draft;
  const { store } = scope.world;
  const number_ = text(given, 'lineObjectNumber');
  const wanted = text(values, 'lineType');
  const byNumber = (set: string): Row | undefined =>
    number_ === '' ? undefined : store.find(scope.company, set, (row) => row['number'] === number_);
  const item =
    store.get(scope.company, 'items', text(values, 'itemId')) ?? (wanted === 'Item' ? byNumber('items') : undefined);
  const account =
    store.get(scope.company, 'accounts', text(values, 'accountId')) ??
    (wanted === 'Account' ? byNumber('accounts') : undefined);
  if (item) itemLine(draft, item, header);
  else if (account) {
    Object.assign(values, {
      lineType: 'Account',
      accountId: account.id,
      itemId: EMPTY_GUID,
      lineObjectNumber: text(account.values, 'number')
    });
    if (!('description' in given)) values['description'] = text(account.values, 'displayName');
  } else if (['Item', 'Account'].includes(wanted)) {
    throw dialog(wanted === 'Item' ? 'The item cannot be found.' : 'The account cannot be found.');
  }
  values['taxPercent'] = values['lineType'] === 'Comment' ? 0 : taxPercent(scope, header.values);
}

function itemLine({ scope, values, given }: Draft, item: Row, header: Row): void {
  if (item.values['blocked'] === true) {
    throw fieldTest(
      `Blocked must be equal to 'No'  in Item: No.=${text(item.values, 'number')}. Current value is 'Yes'.`
    );
  }
  const variant = scope.world.store.get(scope.company, 'itemVariants', text(values, 'itemVariantId'));
  if (variant && variant.values['itemId'] !== item.id) throw dialog('The item variant does not belong to the item.');
  Object.assign(values, {
    lineType: 'Item',
    itemId: item.id,
    accountId: EMPTY_GUID,
    lineObjectNumber: text(item.values, 'number')
  });
  const defaults: Values = {
    description: variant ? text(variant.values, 'description') : text(item.values, 'displayName'),
    // The price of the item is in local currency; a foreign document takes it at the rate of the day.
    unitPrice: money(number(item.values, 'unitPrice') / rateOf(scope, text(header.values, 'currencyCode'))),
    taxCode: text(item.values, 'taxGroupCode'),
    shipmentDate:
      header.values['requestedDeliveryDate'] === '0001-01-01'
        ? (header.values['orderDate'] ?? header.values['documentDate'] ?? '0001-01-01')
        : (header.values['requestedDeliveryDate'] ?? '0001-01-01')
  };
  for (const [name, value] of Object.entries(defaults)) if (name in values && !(name in given)) values[name] = value;
  if (isEmptyGuid(values['unitOfMeasureId'])) {
    values['unitOfMeasureId'] = text(item.values, 'baseUnitOfMeasureId');
    values['unitOfMeasureCode'] = text(item.values, 'baseUnitOfMeasureCode');
  }
}

const taxPercent = (scope: Scope, header: Values): number =>
  text(header, 'sellToCountry') === homeCountry(scope) ? HOME_TAX_PERCENT : 0;

function checkNumbers({ values }: Draft): void {
  const percent = number(values, 'discountPercent');
  if (percent < 0 || percent >= 100) throw dialog('The discount percent must be 0 or more and less than 100.');
  const gross = number(values, 'quantity') * number(values, 'unitPrice');
  const amount = number(values, 'discountAmount');
  if (amount < 0 || (amount > 0 && amount >= Math.abs(gross))) {
    throw dialog('The discount amount must be 0 or more and less than the line amount.');
  }
  if (number(values, 'quantity') < number(values, 'shippedQuantity')) {
    throw dialog('The quantity must not be less than what has been shipped.');
  }
}

/** Quantities to ship and to invoice default to what is outstanding. */
function setQuantities(values: Record<string, unknown>, kind: DocumentKind, given: Values = {}): void {
  if (kind.header !== 'salesOrders') return;
  const line = values as Values;
  const outstanding = quantity(number(line, 'quantity') - number(line, 'shippedQuantity'));
  const open = quantity(number(line, 'quantity') - number(line, 'invoicedQuantity'));
  if (!('shipQuantity' in given)) values['shipQuantity'] = outstanding;
  if (!('invoiceQuantity' in given)) values['invoiceQuantity'] = open;
  if (number(values as Values, 'shipQuantity') > outstanding)
    throw dialog(`You cannot ship more than ${outstanding} units.`);
  if (number(values as Values, 'invoiceQuantity') > open) throw dialog(`You cannot invoice more than ${open} units.`);
}

const FIXED = ['documentId', 'sequence', 'lineObjectNumber'] as const;

function update(kind: DocumentKind, draft: Draft): void {
  const { scope, values, given, before } = draft;
  if (!before) return;
  const header = openDocument(kind, scope, text(before.values, 'documentId'));
  const fixed = FIXED.find((name) => name in given && given[name] !== before.values[name]);
  if (fixed) throw dialog(`The "${fixed}" cannot be changed. Delete and insert the line again.`);
  if (!isEmptyGuid(given['itemId']) && !isEmptyGuid(given['accountId'])) {
    throw dialog('Either the "itemId" or the "accountId" must be provided, not both.');
  }
  if ('itemId' in given && given['itemId'] !== before.values['itemId']) takeObject(draft, header);
  checkNumbers(draft);
  if ('quantity' in given || 'shipQuantity' in given || 'invoiceQuantity' in given) setQuantities(values, kind, given);
  if ('discountPercent' in given) values['$discountBy'] = 'percent';
  else if ('discountAmount' in given) values['$discountBy'] = 'amount';
}
