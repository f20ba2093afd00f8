import { describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { atDesk, bench, refusal } from './helpers.js';

/** A customer, an item at 100 and an order of two of them. */
async function withOrder(
  b: Bench,
  line: object = {}
): Promise<{ customer: Json; item: Json; order: Json; lines: Json[] }> {
  const customer = await b.create('customers', { displayName: 'Coho', country: 'NL' });
  const item = await b.create('items', { displayName: 'Wine', unitPrice: 100 });
  const order = await b.create('salesOrders', {
    customerId: customer.id,
    externalDocumentNumber: '0065g0000000001AAA',
    salesOrderLines: [{ itemId: item.id, quantity: 2, ...line }]
  });
  const lines = (await b.get(`salesOrders(${order.id})/salesOrderLines`)).body.value;
  return { customer, item, order, lines };
}

const reread = async (b: Bench, order: Json): Promise<Json> => (await b.get(`salesOrders(${order.id})`)).body;

describe('rule 12: If-Match', () => {
  it('a PATCH without it answers 400, a stale one 409, and * always passes', async () => {
    const b = await bench();
    const row = await b.create('customers', { displayName: 'Coho' });
    expect(refusal(await b.patch('customers', row, { city: 'A' }, {}))).toEqual([
      400,
      'BadRequest_InvalidToken',
      'Could not validate the client concurrency token required by the service. Please provide a valid token in the client request.'
    ]);
    expect((await b.patch('customers', row, { city: 'A' }, { 'if-match': 'nonsense' })).status).toBe(400);
    expect((await b.patch('customers', row, { city: 'A' })).status).toBe(200);
    expect(refusal(await b.patch('customers', row, { city: 'B' }))).toEqual([
      409,
      'Request_EntityChanged',
      'Another user has already changed the record.'
    ]);
    expect((await b.patch('customers', row, { city: 'C' }, { 'if-match': '*' })).body.city).toBe('C');
  });

  it('is compared on DELETE only when it is sent', async () => {
    const b = await bench();
    const row = await b.create('customers', { displayName: 'Coho' });
    await b.patch('customers', row, { city: 'A' });
    const stale = { 'if-match': row['@odata.etag'] };
    expect((await b.call('DELETE', `customers(${row.id})`, { headers: stale })).status).toBe(409);
    expect((await b.call('DELETE', `customers(${row.id})`)).status).toBe(204);
    expect((await b.get(`customers(${row.id})`)).status).toBe(404);
  });
});

describe('rule 13: what the sets refuse', () => {
  it.each([
    ['customers', {}, 'Application_DialogException', 'A "displayName" must be provided.'],
    [
      'customers',
      { displayName: 'x'.repeat(101) },
      'Application_StringExceededLength',
      /^The length of the string is 101/
    ],
    [
      'customers',
      { displayName: 'X', balanceDue: 1 },
      'BadRequest_InvalidOperation',
      "Control 'balanceDue' is read-only."
    ],
    ['customers', { displayName: 'X', nothing: 1 }, 'BadRequest', /property 'nothing' does not exist/],
    ['customers', { displayName: null }, 'BadRequest_RequiredParamNotProvided', /must not be blank/],
    ['customers', { displayName: 'X', creditLimit: '5' }, 'BadRequest', /Cannot convert the value '5'/],
    [
      'customers',
      { displayName: 'X', type: 'Robot' },
      'Unknown',
      "'Robot' is not an option. The existing options are: Company,Person"
    ],
    ['customers', { displayName: 'X', currencyId: 'nope' }, 'Application_InvalidGUID', /^Invalid format of GUID/],
    [
      'customers',
      { displayName: 'X', currencyId: '11111111-1111-1111-1111-111111111111' },
      'Application_DialogException',
      'The "currencyId" does not match to a Currency.'
    ],
    [
      'customers',
      { displayName: 'X', salespersonCode: 'ZZ' },
      'Internal_InvalidTableRelation',
      /cannot be found in the related table/
    ],
    ['contacts', { type: 'Person' }, 'Application_DialogException', 'A "displayName" must be provided.'],
    [
      'itemVariants',
      { code: 'RED' },
      'Application_DialogException',
      'An "itemId" or an "itemNumber" must be provided.'
    ],
    ['salesOrders', {}, 'Application_DialogException', 'A "customerNumber" or a "customerId" must be provided.'],
    [
      'salesOrders',
      { customerNumber: 'C1', number: 'X1' },
      'BadRequest_InvalidOperation',
      "Control 'number' is read-only."
    ],
    ['unitsOfMeasure', { code: '' }, 'Application_DialogException', /^Code must have a value/]
  ])('POST %s %j', async (set, body, code, message) => {
    const b = await bench();
    const answer = refusal(await b.call('POST', set, { body }));
    expect(answer.slice(0, 2)).toEqual([400, code]);
    if (typeof message === 'string') expect(answer[2]).toBe(message);
    else expect(answer[2]).toMatch(message);
  });

  it('refuses a body that is no JSON object', async () => {
    const b = await bench();
    expect(refusal(await b.call('POST', 'customers', { body: '[]' }))).toEqual([
      400,
      'BadRequest',
      'Invalid Request Body'
    ]);
  });

  it('refuses a number that is taken, with the status of the switch', async () => {
    const b = await bench();
    await b.create('customers', { displayName: 'One', number: 'C1' });
    const again = { body: { displayName: 'Two', number: 'c1' } };
    expect(refusal(await b.call('POST', 'customers', again)).slice(0, 2)).toEqual([
      400,
      'Internal_EntityWithSameKeyExists'
    ]);
    b.service.changeSettings({ duplicateKeyStatus: 409 });
    expect((await b.call('POST', 'customers', again)).status).toBe(409);
  });

  it('keeps customers and items that documents or ledger entries need', async () => {
    const b = await bench();
    const { customer, item, order } = await withOrder(b);
    expect(refusal(await b.call('DELETE', `items(${item.id})`))[2]).toBe(
      `You cannot delete Item ${item.number} because there is at least one outstanding Sales Order that includes this item.`
    );
    expect(refusal(await b.call('DELETE', `customers(${customer.id})`))[2]).toMatch(/outstanding Sales Order/);
    await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    expect(refusal(await b.call('DELETE', `customers(${customer.id})`))[0]).toBe(400);
    expect(refusal(await b.call('DELETE', `items(${item.id})`))[2]).toMatch(/because it has ledger entries/);
  });

  it('carries a new customer number into the documents', async () => {
    const b = await bench();
    const { customer, order } = await withOrder(b);
    await b.patch('customers', customer, { number: 'NEW-1' });
    expect(await reread(b, order)).toMatchObject({ customerNumber: 'NEW-1', billToCustomerNumber: 'NEW-1' });
  });

  it('keeps the local currency blank and shows its code', async () => {
    const b = await bench();
    const local = await b.create('customers', { displayName: 'Home', currencyCode: 'EUR' });
    expect(local).toMatchObject({ currencyCode: 'EUR', currencyId: '00000000-0000-0000-0000-000000000000' });
    const foreign = await b.create('customers', { displayName: 'Away', currencyCode: 'USD' });
    const [dollar] = (await b.get('currencies', { $filter: "code eq 'USD'" })).body.value;
    expect(foreign.currencyId).toBe(dollar.id);
  });

  it('lets nobody close an opportunity', async () => {
    const b = await bench();
    const contact = await b.create('contacts', { displayName: 'Ann Vale' });
    const row = await b.create('opportunities', {
      contactNumber: contact.number,
      salespersonCode: 'EH',
      description: 'Deal'
    });
    expect(row).toMatchObject({ status: 'Not_x0020_Started', contactName: 'Ann Vale' });
    expect(refusal(await b.patch('opportunities', row, { status: 'Won' }))[1]).toBe('BadRequest_InvalidOperation');
  });
});

describe('rule 14: lines', () => {
  it('numbers them in steps of 10000 and reckons the document anew', async () => {
    const b = await bench();
    const { item, order, lines } = await withOrder(b, { discountPercent: 10 });
    expect(lines[0]).toMatchObject({
      sequence: 10000,
      unitPrice: 100,
      discountAmount: 20,
      amountExcludingTax: 180,
      taxPercent: 21
    });
    expect(await reread(b, order)).toMatchObject({
      totalAmountExcludingTax: 180,
      totalTaxAmount: 37.8,
      totalAmountIncludingTax: 217.8
    });
    const second = await b.create(`salesOrders(${order.id})/salesOrderLines`, {
      itemId: item.id,
      quantity: 1,
      unitPrice: 50
    });
    expect(second.sequence).toBe(20000);
    await b.call('PATCH', `salesOrders(${order.id})`, { headers: { 'if-match': '*' }, body: { discountAmount: 23 } });
    expect(await reread(b, order)).toMatchObject({ totalAmountExcludingTax: 207, totalTaxAmount: 43.47 });
    const after = (await b.get(`salesOrders(${order.id})/salesOrderLines`)).body.value;
    expect(after.map((line: Json) => line.invoiceDiscountAllocation)).toEqual([18, 5]);
    await b.call('DELETE', `salesOrderLines(${second.id})`);
    expect((await reread(b, order)).totalAmountExcludingTax).toBe(157);
  });

  it('refuses what belongs to another line', async () => {
    const b = await bench();
    const { lines, item } = await withOrder(b);
    const [account] = (await b.get('accounts')).body.value;
    for (const body of [
      { sequence: 5 },
      { discountPercent: 100 },
      { discountAmount: -1 },
      { itemId: item.id, accountId: account.id }
    ]) {
      expect([body, (await b.patch('salesOrderLines', lines[0], body)).status]).toEqual([body, 400]);
    }
    const fixed = refusal(await b.patch('salesOrderLines', lines[0], { lineObjectNumber: '9' }));
    expect(fixed[2]).toBe('The "lineObjectNumber" cannot be changed. Delete and insert the line again.');
  });

  it('refuses edits once somebody has released the order, until it is reopened', async () => {
    const b = await bench();
    const { order, lines, item } = await withOrder(b);
    await atDesk(b, '/orders/release', { id: order.id });
    expect((await reread(b, order)).status).toBe('Open');
    const refused = [
      await b.patch('salesOrderLines', lines[0], { quantity: 3 }),
      await b.call('POST', `salesOrders(${order.id})/salesOrderLines`, { body: { itemId: item.id, quantity: 1 } }),
      await b.call('DELETE', `salesOrderLines(${lines[0].id})`),
      await b.call('PATCH', `salesOrders(${order.id})`, { headers: { 'if-match': '*' }, body: { currencyCode: 'USD' } })
    ];
    for (const answer of refused)
      expect(refusal(answer).slice(0, 2)).toEqual([400, 'Application_FieldValidationException']);
    const phone = await b.call('PATCH', `salesOrders(${order.id})`, {
      headers: { 'if-match': '*' },
      body: { phoneNumber: '1' }
    });
    expect(phone.status).toBe(200);
    await atDesk(b, '/orders/reopen', { id: order.id });
    expect((await b.patch('salesOrderLines', lines[0], { quantity: 3 })).status).toBe(200);
  });

  it('refuses blocked items and blocked customers', async () => {
    const b = await bench();
    const { customer, item, order } = await withOrder(b);
    await b.patch('items', item, { blocked: true });
    const line = await b.call('POST', `salesOrders(${order.id})/salesOrderLines`, {
      body: { itemId: item.id, quantity: 1 }
    });
    expect(refusal(line)[2]).toBe(
      `Blocked must be equal to 'No'  in Item: No.=${item.number}. Current value is 'Yes'.`
    );
    await b.patch('customers', customer, { blocked: 'All' });
    expect(refusal(await b.call('POST', 'salesOrders', { body: { customerId: customer.id } }))[2]).toMatch(
      /blocked with type All/
    );
  });
});
