import type { Row } from '../contract.js';
import { roundHalfUp } from '../save/coerce.js';
import type { Engine, SaveContext } from '../save/engine.js';
import { ApiError } from '../transport.js';
import { number, type ObjectRules } from './types.js';

type Entry = {
  UnitPrice: number;
  Pricebook2Id: string;
  Product2Id: string;
  ProductCode: string | null;
  Name: string;
} & {
  CurrencyIsoCode?: string;
};

/** A custom price needs a standard price first; one price per product, book and currency. */
export const pricebookEntryRules: ObjectRules = {
  beforeSave({ engine, row, before }) {
    const product = readById(engine, 'Product2', row['Product2Id']);
    row['Name'] = product?.['Name'] ?? null;
    row['ProductCode'] = product?.['ProductCode'] ?? null;
    if (before !== undefined || product === undefined) return;
    const isStandard = readById(engine, 'Pricebook2', row['Pricebook2Id'])?.['IsStandard'] === 1;
    const prices = engine.database.all<Row>(
      `SELECT e.*, b."IsStandard" AS standard FROM "PricebookEntry" e JOIN "Pricebook2" b ON b."Id" = e."Pricebook2Id"
       WHERE e."Product2Id" = ? AND e."IsDeleted" = 0`,
      row['Product2Id']
    );
    const sameCurrency = prices.filter(
      (each) => !engine.multiCurrency || each['CurrencyIsoCode'] === row['CurrencyIsoCode']
    );
    if (sameCurrency.some((each) => each['Pricebook2Id'] === row['Pricebook2Id'])) {
      throw new ApiError(400, 'DUPLICATE_VALUE', 'This price definition already exists in this price book');
    }
    if (!isStandard && !sameCurrency.some((each) => each['standard'] === 1)) {
      throw new ApiError(400, 'STANDARD_PRICE_NOT_DEFINED', 'No standard price defined for this product');
    }
  }
};

/** Lines take product, list price and currency from the price book entry and add up to the opportunity's amount. */
export const opportunityLineItemRules: ObjectRules = {
  beforeSave(context) {
    const { engine, row } = context;
    const entry = readById(engine, 'PricebookEntry', row['PricebookEntryId']) as Entry | undefined;
    const deal = readById(engine, 'Opportunity', row['OpportunityId']);
    if (entry === undefined || deal === undefined) return;
    checkBookAndCurrency(engine, entry, deal);
    row['Product2Id'] = entry.Product2Id;
    row['ProductCode'] = entry.ProductCode;
    row['ListPrice'] = entry.UnitPrice;
    row['Name'] = `${String(deal['Name'])} ${entry.Name}`.slice(0, 376);
    if (engine.multiCurrency) row['CurrencyIsoCode'] = deal['CurrencyIsoCode'] ?? null;
    applyPrices(context);
  },
  afterSave({ engine, row, before }) {
    const entry = readById(engine, 'PricebookEntry', row['PricebookEntryId']);
    if (before === undefined) {
      engine.database.run(
        `UPDATE "Opportunity" SET "Pricebook2Id" = ? WHERE "Id" = ? AND "Pricebook2Id" IS NULL`,
        entry?.['Pricebook2Id'],
        row['OpportunityId']
      );
    }
    engine.refreshTotals(String(row['OpportunityId']));
  },
  afterDelete(engine, row) {
    engine.refreshTotals(String(row['OpportunityId']));
  }
};

function checkBookAndCurrency(engine: Engine, entry: Entry, deal: Row): void {
  if (deal['Pricebook2Id'] !== null && deal['Pricebook2Id'] !== entry.Pricebook2Id) {
    const text = 'pricebook entry is in a different pricebook than the one assigned to the opportunity';
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', text, ['PricebookEntryId']);
  }
  if (engine.multiCurrency && deal['CurrencyIsoCode'] !== entry.CurrencyIsoCode) {
    const text = "The pricebook entry currency code doesn't match the currency code of the opportunity";
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', text, ['PricebookEntryId']);
  }
}

/** Total price counts only when given without a sales price; the list price is not a default (Object Reference). */
function applyPrices({ row, before, given }: SaveContext): void {
  const quantity = number(row['Quantity']) ?? 0;
  if (quantity === 0) throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', 'Quantity cannot be zero', ['Quantity']);
  const factor = 1 - (number(row['Discount']) ?? 0) / 100;
  const givenTotal = given.has('TotalPrice') ? number(row['TotalPrice']) : undefined;
  if (before === undefined && number(row['UnitPrice']) === undefined && givenTotal === undefined) {
    throw new ApiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [UnitPrice]', ['UnitPrice']);
  }
  if (givenTotal !== undefined && !given.has('UnitPrice') && factor > 0) {
    row['UnitPrice'] = roundHalfUp(givenTotal / quantity / factor, 2);
  }
  const subtotal = quantity * (number(row['UnitPrice']) ?? 0);
  row['Subtotal'] = roundHalfUp(subtotal, 2);
  row['TotalPrice'] =
    givenTotal !== undefined && !given.has('UnitPrice') ? givenTotal : roundHalfUp(subtotal * factor, 2);
}

function readById(engine: Engine, object: string, id: Row[string] | undefined): Row | undefined {
  return engine.database.first<Row>(`SELECT * FROM "${object}" WHERE "Id" = ? AND "IsDeleted" = 0`, id ?? null);
}
