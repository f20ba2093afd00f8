import { describe, expect, it } from 'vitest';
import type { Bench, BenchOptions, Json } from './helpers.js';
import { atDesk, bench, refusal } from './helpers.js';

const DAY = 86_400_000;

/** A customer, an item at 100 of which 10 lie in MAIN, and an order of two of them from there. */
async function shop(options: BenchOptions = {}) {
  const b = await bench(options);
  const customer = await b.create('customers', { displayName: 'Coho', country: 'NL', email: 'ap@coho.example' });
  const item = await b.create('items', { displayName: 'Wine', unitPrice: 100, unitCost: 60 });
  await atDesk(b, '/stock/receive', { number: item.number, locationCode: 'MAIN', quantity: 10 });
  const [main] = (await b.get('locations', { $filter: "code eq 'MAIN'" })).body.value;
  const line = { itemId: item.id, quantity: 2, locationId: main.id };
  const order = await b.create('salesOrders', { customerId: customer.id, salesOrderLines: [line] });
  return { b, customer, item, line, order };
}

const read = async (b: Bench, path: string): Promise<Json> => (await b.get(path)).body;
const list = async (b: Bench, path: string): Promise<Json[]> => (await b.get(path)).body.value;

describe('rule 15: posting', () => {
  it('shipAndInvoice: the order is gone; shipment, invoice, ledger entry, stock and balance are there', async () => {
    const { b, customer, item, order } = await shop();
    const path = `salesOrders(${order.id})`;
    expect((await b.call('POST', `${path}/Microsoft.NAV.shipAndInvoice`)).status).toBe(204);
    expect((await b.get(path)).status).toBe(404);
    const [invoice] = await list(b, 'salesInvoices');
    expect(invoice).toMatchObject({
      orderNumber: order.number,
      status: 'Open',
      totalAmountIncludingTax: 242,
      remainingAmount: 242
    });
    const [shipment] = await list(b, 'salesShipments');
    expect(shipment.orderNumber).toBe(order.number);
    expect(await list(b, `salesShipments(${shipment.id})/salesShipmentLines`)).toMatchObject([
      { quantity: 2, lineType: 'Item' }
    ]);
    const entries = await list(b, 'itemLedgerEntries');
    expect(entries.at(-1)).toMatchObject({
      entryType: 'Sale',
      quantity: -2,
      itemNumber: item.number,
      documentNumber: shipment.number,
      sourceNumber: customer.number
    });
    expect((await read(b, `items(${item.id})`)).inventory).toBe(8);
    expect((await read(b, `customers(${customer.id})`)).balanceDue).toBe(242);
    expect((await read(b, `customers(${customer.id})/customerFinancialDetail`)).balance).toBe(242);
  });

  it('takes the names of actions in any case', async () => {
    const { b, order } = await shop();
    expect((await b.call('POST', `salesOrders(${order.id})/microsoft.nav.SHIPANDINVOICE`)).status).toBe(204);
    expect(await list(b, 'salesOrders')).toEqual([]);
  });

  it('knows no action that $metadata does not name, and none on a set without actions', async () => {
    const { b, customer, order } = await shop();
    expect((await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.release`)).status).toBe(404);
    expect((await b.call('POST', `customers(${customer.id})/Microsoft.NAV.post`)).status).toBe(501);
  });

  it('makeOrder and makeInvoice: the quote becomes the other document', async () => {
    const { b, customer, line } = await shop();
    const quote = (): Promise<Json> => b.create('salesQuotes', { customerId: customer.id, salesQuoteLines: [line] });
    const first = await quote();
    await b.call('POST', `salesQuotes(${first.id})/Microsoft.NAV.makeOrder`);
    const orders = await list(b, 'salesOrders');
    expect(orders).toHaveLength(2);
    expect(orders.at(-1)).toMatchObject({ totalAmountIncludingTax: 242, status: 'Draft' });
    const second = await quote();
    await b.call('POST', `salesQuotes(${second.id})/Microsoft.NAV.makeInvoice`);
    expect(await list(b, 'salesInvoices')).toMatchObject([{ status: 'Draft', totalAmountIncludingTax: 242 }]);
    expect(await list(b, 'salesQuotes')).toEqual([]);
  });

  it('send on a quote needs an address', async () => {
    const { b, customer, line } = await shop();
    const quote = await b.create('salesQuotes', { customerId: customer.id, salesQuoteLines: [line] });
    await b.call('POST', `salesQuotes(${quote.id})/Microsoft.NAV.send`);
    expect((await read(b, `salesQuotes(${quote.id})`)).status).toBe('Sent');
    const silent = await b.create('salesQuotes', { customerId: customer.id, email: '' });
    expect((await b.call('POST', `salesQuotes(${silent.id})/Microsoft.NAV.send`)).status).toBe(400);
  });

  it('post works on drafts only, and what is posted cannot be changed', async () => {
    const { b, customer, item, line } = await shop();
    const draft = await b.create('salesInvoices', { customerId: customer.id, salesInvoiceLines: [line] });
    const path = `salesInvoices(${draft.id})`;
    expect((await b.call('POST', `${path}/Microsoft.NAV.post`)).status).toBe(204);
    const posted = await read(b, path);
    expect(posted.status).toBe('Open');
    expect(posted.number).not.toBe(draft.number);
    expect((await read(b, `items(${item.id})`)).inventory).toBe(8);
    expect(refusal(await b.call('POST', `${path}/Microsoft.NAV.post`))[2]).toBe(
      'The action can be applied to a draft invoice only.'
    );
    expect((await b.patch('salesInvoices', posted, { externalDocumentNumber: 'X' })).status).toBe(400);
    expect((await b.call('DELETE', path)).status).toBe(400);
  });

  it('cancel takes the invoice back: nothing owed, goods returned, a credit memo', async () => {
    const { b, customer, item, order } = await shop();
    await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    const [invoice] = await list(b, 'salesInvoices');
    const path = `salesInvoices(${invoice.id})`;
    expect((await b.call('POST', `${path}/Microsoft.NAV.cancel`)).status).toBe(204);
    expect(await read(b, path)).toMatchObject({ status: 'Canceled', remainingAmount: 0 });
    expect((await read(b, `items(${item.id})`)).inventory).toBe(10);
    expect((await read(b, `customers(${customer.id})`)).balanceDue).toBe(0);
    expect(await list(b, 'salesCreditMemos')).toMatchObject([{ invoiceNumber: invoice.number, status: 'Corrective' }]);
    const draft = await b.create('salesInvoices', { customerId: customer.id });
    const refused = await b.call('POST', `salesInvoices(${draft.id})/Microsoft.NAV.cancel`);
    expect(refusal(refused)[2]).toBe('The action can be applied to a posted invoice only.');
  });

  it('a payment lowers what is open and ends in Paid', async () => {
    const { b, order } = await shop();
    await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    const [invoice] = await list(b, 'salesInvoices');
    await atDesk(b, '/invoices/pay', { id: invoice.id, amount: 100 });
    expect(await read(b, `salesInvoices(${invoice.id})`)).toMatchObject({ remainingAmount: 142, status: 'Open' });
    await atDesk(b, '/invoices/pay', { id: invoice.id });
    expect(await read(b, `salesInvoices(${invoice.id})`)).toMatchObject({ remainingAmount: 0, status: 'Paid' });
  });

  it('ships without invoicing, and invoices the rest later', async () => {
    const { b, order } = await shop();
    await atDesk(b, '/orders/post', { id: order.id, ship: true });
    const path = `salesOrders(${order.id})`;
    expect((await read(b, path)).fullyShipped).toBe(true);
    const [line] = await list(b, `${path}/salesOrderLines`);
    expect(line).toMatchObject({ shippedQuantity: 2, invoicedQuantity: 0, shipQuantity: 0 });
    expect((await b.call('DELETE', path)).status).toBe(400);
    await atDesk(b, '/orders/post', { id: order.id, ship: false, invoice: true });
    expect((await b.get(path)).status).toBe(404);
  });

  it('prints documents', async () => {
    const { b, order } = await shop();
    const { body } = await b.get(`salesOrders(${order.id})/pdfDocument`);
    expect(body).toMatchObject({ parentId: order.id, parentType: 'Sales_x0020_Order' });
    const pdf = await b.get(`salesOrders(${order.id})/pdfDocument/pdfDocumentContent`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.body.subarray(0, 8).toString()).toBe('%PDF-1.4');
  });
});

describe('rule 16: inventory', () => {
  it('cannot be set on create, and on update posts an adjustment for the difference', async () => {
    const b = await bench();
    const refused = await b.call('POST', 'items', { body: { displayName: 'Wine', inventory: 5 } });
    expect(refusal(refused)[2]).toBe('Inventory cannot be changed during on insert.');
    const item = await b.create('items', { displayName: 'Wine' });
    expect((await b.patch('items', item, { inventory: 5 })).body.inventory).toBe(5);
    await b.patch('items', item, { inventory: 3 }, { 'if-match': '*' });
    expect(await list(b, 'itemLedgerEntries')).toMatchObject([
      { entryType: 'Positive_x0020_Adjmt_x002E_', quantity: 5 },
      { entryType: 'Negative_x0020_Adjmt_x002E_', quantity: -2 }
    ]);
    expect((await read(b, `items(${item.id})`)).inventory).toBe(3);
  });

  it('may go below nothing unless that is prevented', async () => {
    const { b, customer, item } = await shop();
    const sell = async (): Promise<number> => {
      const order = await b.create('salesOrders', {
        customerId: customer.id,
        salesOrderLines: [{ itemId: item.id, quantity: 4 }]
      });
      return (await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`)).status;
    };
    expect(await sell()).toBe(204);
    b.service.changeSettings({ preventNegativeInventory: true });
    expect(await sell()).toBe(400);
    expect((await read(b, `items(${item.id})`)).inventory).toBe(6);
  });
});

describe('rule 18: posting groups', () => {
  it('come from the template rules; without them posting fails with the real message', async () => {
    const { b, order, customer } = await shop({ settings: { templateRules: false } });
    const answer = await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    expect(refusal(answer)).toEqual([
      400,
      'Application_FieldValidationException',
      `Gen. Bus. Posting Group must have a value in Customer: No.=${customer.number}. It cannot be zero or empty.`
    ]);
    expect((await b.get(`salesOrders(${order.id})`)).status).toBe(200);
  });

  it('are tested on the item too, and nothing stays behind', async () => {
    const b = await bench({ settings: { templateRules: false } });
    const item = await b.create('items', { displayName: 'Bare', unitPrice: 10 });
    b.service.changeSettings({ templateRules: true });
    const customer = await b.create('customers', { displayName: 'Coho' });
    const order = await b.create('salesOrders', {
      customerId: customer.id,
      salesOrderLines: [{ itemId: item.id, quantity: 1 }]
    });
    const answer = await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    expect(refusal(answer)[2]).toBe(
      `Gen. Prod. Posting Group must have a value in Item: No.=${item.number}. It cannot be zero or empty.`
    );
    expect(await list(b, 'salesShipments')).toEqual([]);
    expect(await list(b, 'itemLedgerEntries')).toEqual([]);
  });
});

describe('rule 19: lastModifiedDateTime', () => {
  it('moves on writes, never on ledger activity', async () => {
    const { b, customer, item, order } = await shop({ settings: { accessTokenSeconds: 7 * 86_400 } });
    await b.advance(DAY);
    await b.call('POST', `salesOrders(${order.id})/Microsoft.NAV.shipAndInvoice`);
    expect((await read(b, `items(${item.id})`)).lastModifiedDateTime).toBe(item.lastModifiedDateTime);
    expect((await read(b, `customers(${customer.id})`)).lastModifiedDateTime).toBe(customer.lastModifiedDateTime);
    const changed = await b.patch('customers', customer, { city: 'Beaune' });
    expect(changed.body.lastModifiedDateTime).toBe('2026-06-16T09:00:00.000Z');
    const since = await b.get('customers', { $filter: `lastModifiedDateTime gt ${customer.lastModifiedDateTime}` });
    expect(since.body.value).toHaveLength(1);
    const [invoice] = await list(b, 'salesInvoices');
    await b.advance(DAY);
    await atDesk(b, '/invoices/pay', { id: invoice.id });
    expect(await read(b, `salesInvoices(${invoice.id})`)).toMatchObject({
      status: 'Paid',
      lastModifiedDateTime: invoice.lastModifiedDateTime
    });
  });
});
