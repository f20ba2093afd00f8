import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate, outputPath } from '../../../scripts/generate-business-central-model.mjs';
import { environmentSets } from '../../../sandbox/src/business-central/contract/model.js';
import { Contract, edmxPresent, edmxText, parseEdmx } from './edmx.js';
import type { Bench, Json } from './helpers.js';
import { API, bench } from './helpers.js';

if (!edmxPresent) {
  console.warn(
    "Left out: the model, $metadata and the answers of every set are not compared with the service's own description (business-central-v2.edmx is absent)."
  );
}

/** Sets that are reached through a row of another one. */
const THROUGH: Readonly<Record<string, readonly [parent: string, way: string]>> = {
  salesOrderLines: ['salesOrders', 'salesOrderLines'],
  salesQuoteLines: ['salesQuotes', 'salesQuoteLines'],
  salesInvoiceLines: ['salesInvoices', 'salesInvoiceLines'],
  purchaseOrderLines: ['purchaseOrders', 'purchaseOrderLines'],
  contactsInformation: ['customers', 'contactsInformation'],
  pdfDocument: ['salesOrders', 'pdfDocument']
};

describe.skipIf(!edmxPresent)('the description of the service', () => {
  let b: Bench;
  let contract: Contract;
  beforeAll(() => {
    contract = new Contract(edmxText());
  });

  const rowsOf = async (set: string): Promise<Json[]> => {
    const through = THROUGH[set];
    if (!through) {
      const answer = await b.get(environmentSets.has(set) ? `${API}/${set}` : set);
      return answer.body.value ?? [];
    }
    const [parent] = (await b.get(through[0])).body.value;
    const answer = await b.get(`${through[0]}(${parent.id})/${through[1]}`);
    return answer.body.value ?? [answer.body];
  };

  it('is what the model was generated from', () => {
    expect(readFileSync(outputPath, 'utf8')).toBe(generate(edmxText()));
  });

  it('is what $metadata says', async () => {
    b = await bench();
    const shown = parseEdmx(String((await b.get(`${API}/$metadata`)).body));
    expect(shown).toEqual(parseEdmx(edmxText()));
  });

  it('fits every row of every set of the demonstration company', async () => {
    b = await bench({ seed: 'demo' });
    const filled: string[] = [];
    for (const set of contract.setNames()) {
      const rows = await rowsOf(set);
      if (rows.length > 0) filled.push(set);
      expect(rows.flatMap((row) => contract.problems(set, row)).slice(0, 5)).toEqual([]);
    }
    expect(filled).toEqual(
      expect.arrayContaining(['customers', 'items', 'salesOrders', 'salesInvoices', ...Object.keys(THROUGH)])
    );
    expect(filled.length).toBeGreaterThan(35);
  });

  it('fits what is expanded, and the answers to writes', async () => {
    b = await bench({ seed: 'demo' });
    const { body } = await b.get('salesOrders', {
      $expand: 'customer($expand=currency,paymentTerm,customerFinancialDetail),salesOrderLines($expand=item,location)'
    });
    expect(body.value.flatMap((row: Json) => contract.problems('salesOrders', row))).toEqual([]);
    const customer = await b.create('customers', { displayName: 'Coho' });
    expect(contract.problems('customers', customer)).toEqual([]);
    const changed = await b.patch('customers', customer, { city: 'Beaune' });
    expect(contract.problems('customers', changed.body)).toEqual([]);
  });

  it('is told apart from a row that does not fit', async () => {
    b = await bench();
    const customer = await b.create('customers', { displayName: 'Coho' });
    const { city: _city, ...rest } = customer;
    expect(contract.problems('customers', { ...rest, blocked: 'blank', creditLimit: '1', extra: 1 })).toEqual([
      'customers.city is missing',
      'customers.creditLimit is "1", not Edm.Decimal',
      'customers.blocked is "blank", not Microsoft.NAV.customerBlocked',
      'customers.extra is not in the contract'
    ]);
  });
});
