import { describe, expect, it } from 'vitest';
import { entitySets, environmentSets } from '../../../sandbox/src/business-central/contract/model.js';
import type { Json } from './helpers.js';
import { API, bench, refusal } from './helpers.js';

describe('rule 9: sets that need their parent', () => {
  it.each([
    'salesOrderLines',
    'salesQuoteLines',
    'salesInvoiceLines',
    'salesCreditMemoLines',
    'purchaseInvoiceLines',
    'purchaseOrderLines',
    'purchaseCreditMemoLines',
    'customerPayments',
    'vendorPayments',
    'timeRegistrationEntries',
    'contactsInformation'
  ])('%s asked for flat answers 400', async (set) => {
    const b = await bench();
    expect(refusal(await b.get(set)).slice(0, 2)).toEqual([400, 'Application_DialogException']);
  });

  it('gives lines under their document, and one line by its id', async () => {
    const b = await bench();
    const customer = await b.create('customers', { displayName: 'Coho' });
    const item = await b.create('items', { displayName: 'Wine', unitPrice: 10 });
    const order = await b.create('salesOrders', {
      customerId: customer.id,
      salesOrderLines: [{ itemId: item.id, quantity: 1 }]
    });
    const [line] = (await b.get(`salesOrders(${order.id})/salesOrderLines`)).body.value;
    expect((await b.get(`salesOrderLines(${line.id})`)).body.documentId).toBe(order.id);
    expect((await b.get(`salesOrderLines(${line.id})/item`)).body.number).toBe(item.number);
  });

  it('relates contacts to their customer', async () => {
    const b = await bench();
    const customer = await b.create('customers', { displayName: 'Coho' });
    const [company] = (await b.get(`customers(${customer.id})/contactsInformation`)).body.value;
    expect(company).toMatchObject({ contactName: 'Coho', contactType: 'Company', relatedType: 'Customer' });
    await b.create('contacts', { displayName: 'Ann Vale', type: 'Person', companyNumber: company.contactNumber });
    const people = (await b.get(`customers(${customer.id})/contactsInformation`)).body.value;
    expect(people.map((row: Json) => row.contactName).sort()).toEqual(['Ann Vale', 'Coho']);
    const person = (await b.get('customerContacts')).body.value[0];
    expect(person).toMatchObject({ firstName: 'Ann', lastName: 'Vale', customerName: 'Coho' });
    const renamed = await b.patch('customerContacts', person, { lastName: 'Dale' });
    expect(renamed.body).toMatchObject({ firstName: 'Ann', lastName: 'Dale' });
    expect((await b.get(`contacts(${person.id})`)).body).toMatchObject({
      displayName: 'Ann Dale',
      companyName: 'Coho'
    });
  });
});

describe('rule 10: verbs', () => {
  const notInsertable = [...entitySets.values()].filter(({ allows }) => !allows.create).map(({ name }) => name);

  it('answers 405 to POST on every set that is not insertable', async () => {
    const b = await bench();
    for (const set of notInsertable) {
      const path = environmentSets.has(set) ? `${API}/${set}` : set;
      expect([set, (await b.call('POST', path, { body: {} })).status]).toEqual([set, 405]);
    }
  });

  it('answers 405 to PATCH and DELETE of what cannot be changed', async () => {
    const b = await bench({ seed: 'demo' });
    const [shipment] = (await b.get('salesShipments')).body.value;
    const headers = { 'if-match': '*' };
    expect((await b.call('PATCH', `salesShipments(${shipment.id})`, { headers, body: {} })).status).toBe(405);
    expect(refusal(await b.call('DELETE', `salesShipments(${shipment.id})`, { headers })).slice(0, 2)).toEqual([
      405,
      'BadRequest_MethodNotAllowed'
    ]);
    const [information] = (await b.get('companyInformation')).body.value;
    expect((await b.call('DELETE', `companyInformation(${information.id})`, { headers })).status).toBe(405);
  });
});

describe('rule 11: calculated lists', () => {
  it('ages what customers owe, with a row that adds everything up', async () => {
    const b = await bench({ seed: 'demo' });
    const rows = (await b.get('agedAccountsReceivables')).body.value;
    const total = rows.at(-1);
    expect(total).toMatchObject({ name: 'Total', customerId: '00000000-0000-0000-0000-000000000000' });
    const sum = (field: string): number => rows.slice(0, -1).reduce((all: number, row: Json) => all + row[field], 0);
    for (const field of ['balanceDue', 'currentAmount', 'period1Amount', 'period2Amount', 'period3Amount']) {
      expect(total[field]).toBeCloseTo(sum(field), 2);
    }
    expect(total.balanceDue).toBeCloseTo(
      total.currentAmount + total.period1Amount + total.period2Amount + total.period3Amount,
      2
    );
    expect(total.period3Amount).toBeGreaterThan(0);
    const one = (await b.get(`customers(${rows[0].customerId})`, { $expand: 'agedAccountsReceivable' })).body;
    expect(one.agedAccountsReceivable.balanceDue).toBe(rows[0].balanceDue);
  });

  it('adds up sales in the period of the filter', async () => {
    const b = await bench({ seed: 'demo' });
    const total = async (filter?: string): Promise<number> => {
      const { body } = await b.get('customerSales', filter === undefined ? {} : { $filter: filter });
      return body.value.reduce((all: number, row: Json) => all + row.totalSalesAmount, 0);
    };
    const all = await total();
    const before = await total('dateFilter_FilterOnly lt 2026-01-01');
    const after = await total('dateFilter_FilterOnly ge 2026-01-01');
    expect(before).toBeGreaterThan(0);
    expect(after).toBeGreaterThan(0);
    expect(before + after).toBeCloseTo(all, 1);
  });

  it('tells balance, overdue amount and sales of a customer', async () => {
    const b = await bench({ seed: 'demo' });
    const rows = (await b.get('customerFinancialDetails')).body.value;
    const aged = (await b.get('agedAccountsReceivables')).body.value;
    const first = rows.find((row: Json) => row.balance > 0);
    expect(aged.find((row: Json) => row.customerId === first.id).balanceDue).toBe(first.balance);
    expect((await b.get(`customers(${first.id})/customerFinancialDetail`)).body.balance).toBe(first.balance);
  });
});
