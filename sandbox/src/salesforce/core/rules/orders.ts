import type { Row } from '../contract.js';
import { roundHalfUp } from '../save/coerce.js';
import type { Engine, SaveContext } from '../save/engine.js';
import { ApiError } from '../transport.js';
import { changed, number, type ObjectRules } from './types.js';

/** Fields that only a draft may change, whatever the permission of the user. */
const draftOnly = ['AccountId', 'Pricebook2Id', 'CurrencyIsoCode', 'EffectiveDate'] as const;
const platformFields: ReadonlySet<string> = new Set(['LastModifiedDate', 'LastModifiedById', 'SystemModstamp']);

/**
 * Orders begin as drafts, need a product to be activated, and are locked from then on but for users with Edit Activated Orders
 * (Salesforce Help, Activate Orders; Object Reference, Order).
 */
export const orderRules: ObjectRules = {
  beforeSave(context) {
    const { row, before } = context;
    if (row['AccountId'] === null) {
      throw new ApiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [AccountId]', ['AccountId']);
    }
    if (before === undefined) requireDraft(row);
    else if (before['StatusCode'] === 'Activated') changeActivated(context, before);
    else changeDraft(context, before);
    row['StatusCode'] = row['Status'] ?? 'Draft';
  },
  beforeDelete(_engine, row) {
    if (row['StatusCode'] === 'Activated') throw locked();
  }
};

/** Products are added to drafts only; they take price list data and currency from their entry and order. */
export const orderItemRules: ObjectRules = {
  beforeSave(context) {
    const { engine, row, before } = context;
    const order = readById(engine, 'Order', row['OrderId']);
    const entry = readById(engine, 'PricebookEntry', row['PricebookEntryId']);
    if (order === undefined || entry === undefined) return;
    if (order['StatusCode'] === 'Activated') {
      if (before === undefined) throw locked();
      requireEditActivated(context);
      if (changed(context, 'Quantity') || changed(context, 'UnitPrice')) throw locked();
    }
    checkBookAndCurrency(engine, entry, order);
    const quantity = number(row['Quantity']) ?? 0;
    if (quantity <= 0) throw integrity('Quantity must be greater than zero', 'Quantity');
    row['Product2Id'] = entry['Product2Id'] ?? null;
    row['ListPrice'] = entry['UnitPrice'] ?? null;
    row['AvailableQuantity'] = quantity;
    row['TotalPrice'] = roundHalfUp(quantity * (number(row['UnitPrice']) ?? 0), 2);
    if (engine.multiCurrency) row['CurrencyIsoCode'] = order['CurrencyIsoCode'] ?? null;
  },
  afterSave({ engine, row }) {
    refreshTotal(engine, row['OrderId']);
  },
  beforeDelete(engine, row) {
    if (readById(engine, 'Order', row['OrderId'])?.['StatusCode'] === 'Activated') throw locked();
  },
  afterDelete(engine, row) {
    refreshTotal(engine, row['OrderId']);
  }
};

function requireDraft(row: Row): void {
  if (row['Status'] === 'Draft') return;
  const text = 'Choose a valid order status and save your changes. Ask your admin for details.';
  throw new ApiError(400, 'FAILED_ACTIVATION', text, ['Status']);
}

function changeDraft(context: SaveContext, before: Row): void {
  const { engine, session, row } = context;
  if (countItems(engine, row['Id']) > 0) {
    for (const name of ['Pricebook2Id', 'CurrencyIsoCode']) {
      if ((before[name] ?? null) !== (row[name] ?? null))
        throw integrity(`${name} cannot change while the order has products`, name);
    }
  }
  if (row['Status'] !== 'Activated') return;
  requirePermission(context, 'ActivateOrder');
  if (countItems(engine, row['Id']) === 0) {
    throw new ApiError(400, 'FAILED_ACTIVATION', 'An order must have at least one product.', []);
  }
  row['ActivatedDate'] = row['SystemModstamp'] ?? null;
  row['ActivatedById'] = session.userId;
}

function changeActivated(context: SaveContext, before: Row): void {
  const { row } = context;
  if (row['Status'] === 'Draft') {
    requirePermission(context, 'ActivateOrder');
    row['ActivatedDate'] = null;
    row['ActivatedById'] = null;
    return;
  }
  const names = Object.keys(row).filter((name) => !platformFields.has(name) && before[name] !== row[name]);
  if (names.length === 0) return;
  requireEditActivated(context);
  const fixed = draftOnly.filter((name) => names.includes(name));
  if (fixed.length > 0) throw integrity(`${fixed.join(', ')} can change only while the order is a draft`, ...fixed);
}

function requireEditActivated(context: SaveContext): void {
  requirePermission(context, 'EditActivatedOrders');
}

function requirePermission({ engine, session }: SaveContext, name: string): void {
  if (engine.access.hasUserPermission(session, name)) return;
  throw new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

function checkBookAndCurrency(engine: Engine, entry: Row, order: Row): void {
  if (order['Pricebook2Id'] !== entry['Pricebook2Id']) {
    const text = 'pricebook entry is in a different pricebook than the one assigned to the order';
    throw integrity(text, 'PricebookEntryId');
  }
  if (engine.multiCurrency && order['CurrencyIsoCode'] !== entry['CurrencyIsoCode']) {
    const text = "The pricebook entry currency code doesn't match the currency code of the order";
    throw integrity(text, 'PricebookEntryId');
  }
}

function refreshTotal(engine: Engine, orderId: Row[string] | undefined): void {
  const sum = engine.database.first<{ total: number | null }>(
    `SELECT SUM("TotalPrice") AS total FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0`,
    orderId
  );
  engine.writeComputed('Order', String(orderId), { TotalAmount: roundHalfUp(sum?.total ?? 0, 2) });
}

function countItems(engine: Engine, orderId: Row[string] | undefined): number {
  return (
    engine.database.first<{ items: number }>(
      `SELECT COUNT(*) AS items FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0`,
      orderId
    )?.items ?? 0
  );
}

function readById(engine: Engine, object: string, id: Row[string] | undefined): Row | undefined {
  return engine.database.first<Row>(`SELECT * FROM "${object}" WHERE "Id" = ? AND "IsDeleted" = 0`, id ?? null);
}

/** The sentence an org answers to all of these. */
function locked(): ApiError {
  const text = 'Unable to modify activated or superseded Order:  cannot delete Order, or add or remove Order Products';
  return new ApiError(400, 'ENTITY_IS_LOCKED', text);
}

function integrity(text: string, ...fields: string[]): ApiError {
  return new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', text, fields);
}
