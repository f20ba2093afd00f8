import { catalogue } from '../../business-central/seed/catalogue.js';
import type { SalesforceClient, SeedRecord } from '../salesforce-client.js';
import { record } from '../salesforce-client.js';
import { opportunities } from './opportunities.js';

/** Number of the customer in the Business Central stand-in that an account is; every fifth account is no customer yet. */
export const customerNumber = (index: number): string | null =>
  index % 5 === 4 ? null : `C${10_001 + index - Math.floor(index / 5)}`;

/** Items that are sold: one of each line of goods, and a service. */
const SOLD = ['1000', '1006', '1012', '1033', '1060', '1075'];

interface SeedLine {
  code: string;
  quantity: number;
}

/** Opportunities that have products: lines replace the amount, so only the third deals of some customers have any. */
const LINES: Readonly<Record<number, readonly SeedLine[]>> = {
  60: [
    { code: '1000', quantity: 25 },
    { code: '1006', quantity: 4 },
    { code: '1075', quantity: 40 }
  ],
  62: [
    { code: '1012', quantity: 900 },
    { code: '1033', quantity: 6 }
  ],
  63: [{ code: '1060', quantity: 60 }],
  64: [{ code: '1000', quantity: 400 }]
};

/** Products of the catalogue that Business Central has too, their prices, and lines of a few opportunities. */
export async function seedProducts(client: SalesforceClient, opportunityIds: readonly string[]): Promise<void> {
  const items = catalogue.filter(({ number }) => SOLD.includes(number));
  const products = await client.insert(
    items.map((item) =>
      record('Product2', {
        Name: item.displayName,
        ProductCode: item.number,
        Family: item.category,
        IsActive: true
      })
    )
  );
  const [book] = await client.query<{ Id: string }>('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const deals = Object.keys(LINES).map(Number);
  const currencies = [...new Set(deals.map((deal) => opportunities[deal]?.currency ?? 'EUR'))];
  const prices = currencies.flatMap((currency) =>
    items.map((item, index) => ({ currency, item, id: products[index] }))
  );
  const entries = await client.insert(
    prices.map(({ currency, item, id }) =>
      record('PricebookEntry', {
        Pricebook2Id: book?.Id,
        Product2Id: id,
        UnitPrice: item.unitPrice,
        CurrencyIsoCode: currency,
        IsActive: true
      })
    )
  );
  await client.update(deals.map((deal) => record('Opportunity', { Id: opportunityIds[deal], Pricebook2Id: book?.Id })));
  const entryOf = (currency: string, code: string): string | undefined =>
    entries[prices.findIndex((price) => price.currency === currency && price.item.number === code)];
  await client.insert(
    deals.flatMap((deal) =>
      (LINES[deal] ?? []).map(({ code, quantity }): SeedRecord =>
        record('OpportunityLineItem', {
          OpportunityId: opportunityIds[deal],
          PricebookEntryId: entryOf(opportunities[deal]?.currency ?? 'EUR', code),
          Quantity: quantity,
          UnitPrice: items.find(({ number }) => number === code)?.unitPrice
        })
      )
    )
  );
}
