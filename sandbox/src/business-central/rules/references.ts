import type { EntitySet } from '../contract/model.js';
import type { ApiFault } from '../core/errors.js';
import { dialog, unrelated } from '../core/errors.js';
import { EMPTY_GUID, isEmptyGuid, text } from '../core/values.js';
import type { Row } from '../store/row-store.js';
import { localCurrency } from './company.js';
import type { Draft } from './types.js';

/** A pair of fields that name one row of another set: by id, by code, or by both, which then must agree. */
interface Reference {
  readonly id?: string;
  readonly code?: string;
  readonly set: string;
  /** Field of the other set that the code is. */
  readonly by: string;
  /** What messages call it. */
  readonly caption: string;
}

const currency: Reference = {
  id: 'currencyId',
  code: 'currencyCode',
  set: 'currencies',
  by: 'code',
  caption: 'Currency'
};
const terms: Reference = { id: 'paymentTermsId', set: 'paymentTerms', by: 'code', caption: 'Payment Terms' };
const shipment: Reference = { id: 'shipmentMethodId', set: 'shipmentMethods', by: 'code', caption: 'Shipment Method' };
const method: Reference = { id: 'paymentMethodId', set: 'paymentMethods', by: 'code', caption: 'Payment Method' };
const seller: Reference = {
  code: 'salesperson',
  set: 'salespeoplePurchasers',
  by: 'code',
  caption: 'Salesperson/Purchaser'
};
const customer: Reference = {
  id: 'customerId',
  code: 'customerNumber',
  set: 'customers',
  by: 'number',
  caption: 'Customer'
};
const billTo: Reference = {
  id: 'billToCustomerId',
  code: 'billToCustomerNumber',
  set: 'customers',
  by: 'number',
  caption: 'Customer'
};
const item: Reference = { id: 'itemId', set: 'items', by: 'number', caption: 'Item' };
const account: Reference = { id: 'accountId', set: 'accounts', by: 'number', caption: 'G/L Account' };
const unit: Reference = {
  id: 'unitOfMeasureId',
  code: 'unitOfMeasureCode',
  set: 'unitsOfMeasure',
  by: 'code',
  caption: 'Unit of Measure'
};
const variant: Reference = { id: 'itemVariantId', set: 'itemVariants', by: 'code', caption: 'Item Variant' };
const location: Reference = { id: 'locationId', set: 'locations', by: 'code', caption: 'Location' };

const header = [customer, billTo, currency, terms, shipment, seller];
const line = [item, account, unit, variant, location];

/** Which fields name rows of which sets. */
const REFERENCES: Readonly<Record<string, readonly Reference[]>> = {
  customers: [
    currency,
    terms,
    shipment,
    method,
    { id: 'taxAreaId', set: 'taxAreas', by: 'code', caption: 'Tax Area' },
    { ...seller, code: 'salespersonCode' }
  ],
  vendors: [currency, terms, method],
  items: [
    { id: 'itemCategoryId', code: 'itemCategoryCode', set: 'itemCategories', by: 'code', caption: 'Item Category' },
    { id: 'taxGroupId', code: 'taxGroupCode', set: 'taxGroups', by: 'code', caption: 'Tax Group' },
    {
      id: 'baseUnitOfMeasureId',
      code: 'baseUnitOfMeasureCode',
      set: 'unitsOfMeasure',
      by: 'code',
      caption: 'Unit of Measure'
    },
    {
      id: 'generalProductPostingGroupId',
      code: 'generalProductPostingGroupCode',
      set: 'generalProductPostingGroups',
      by: 'code',
      caption: 'Gen. Product Posting Group'
    },
    {
      id: 'inventoryPostingGroupId',
      code: 'inventoryPostingGroupCode',
      set: 'inventoryPostingGroups',
      by: 'code',
      caption: 'Inventory Posting Group'
    }
  ],
  itemVariants: [{ id: 'itemId', code: 'itemNumber', set: 'items', by: 'number', caption: 'Item' }],
  opportunities: [
    { ...seller, code: 'salespersonCode' },
    { code: 'contactNumber', set: 'contacts', by: 'number', caption: 'Contact' }
  ],
  salesOrders: header,
  salesQuotes: header,
  salesInvoices: header,
  salesCreditMemos: header,
  salesOrderLines: line,
  salesQuoteLines: line,
  salesInvoiceLines: line,
  salesCreditMemoLines: line,
  purchaseOrders: [
    { id: 'vendorId', code: 'vendorNumber', set: 'vendors', by: 'number', caption: 'Vendor' },
    currency,
    terms,
    shipment
  ],
  purchaseOrderLines: line,
  customerPayments: [customer]
};

/** Fills the other half of each pair that was given. Throws 400 for a row that does not exist or halves that disagree. */
export function resolveReferences(draft: Draft, set: EntitySet): void {
  for (const reference of REFERENCES[set.name] ?? []) resolve(draft, set, reference);
}

function resolve(draft: Draft, set: EntitySet, reference: Reference): void {
  const { values, given } = draft;
  const byId = reference.id !== undefined && reference.id in given ? given[reference.id] : undefined;
  const byCode = reference.code !== undefined && reference.code in given ? text(given, reference.code) : undefined;
  if (byId === undefined && byCode === undefined) return;
  if (reference === currency && isLocal(draft, byCode) && isEmptyGuid(byId)) return setLocal(draft);
  const found = isEmptyGuid(byId) ? undefined : byIdOf(draft, reference, String(byId));
  const named = byCode === undefined || byCode === '' ? undefined : byCodeOf(draft, set, reference, byCode);
  if (found && named && found.id !== named.id) {
    throw dialog(`The ${reference.caption.toLowerCase()} values do not match to a specific ${reference.caption}.`);
  }
  const row = found ?? named;
  if (reference.id !== undefined) values[reference.id] = row?.id ?? EMPTY_GUID;
  if (reference.code !== undefined) values[reference.code] = row ? text(row.values, reference.by) : '';
  if (reference === currency && !row) setLocal(draft);
}

/** The local currency is kept blank: its code is shown, its id is empty. */
const isLocal = (draft: Draft, code: string | undefined): boolean =>
  code === undefined || code === '' || code === localCurrency(draft.scope);

function setLocal({ values, scope }: Draft): void {
  values['currencyId'] = EMPTY_GUID;
  values['currencyCode'] = localCurrency(scope);
}

function byIdOf({ scope }: Draft, reference: Reference, id: string): Row {
  const row = scope.world.store.get(scope.company, reference.set, id);
  if (row) return row;
  if (reference.set === 'customers') throw dialog('The customer cannot be found.');
  throw dialog(`The "${reference.id}" does not match to a ${reference.caption}.`);
}

function byCodeOf({ scope }: Draft, set: EntitySet, reference: Reference, code: string): Row {
  const row = scope.world.store.find(scope.company, reference.set, (values) => values[reference.by] === code);
  if (row) return row;
  if (reference.set === 'customers') throw dialog('The customer cannot be found.');
  if (reference.id !== undefined) throw dialog(`The "${reference.code}" does not match to a ${reference.caption}.`);
  const fault: ApiFault = unrelated(reference.code ?? '', set.type, code, reference.caption);
  throw fault;
}
