import { describe, expect, it } from 'vitest';
import type { Answer, Bench } from './helpers.js';
import { atDesk, bench } from './helpers.js';

const press = (
  b: Bench,
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {}
): Promise<Answer> =>
  b.call('POST', `/bc/actions/${action}`, { token: '', headers, body: new URLSearchParams(fields).toString() });

const look = async (b: Bench, list: string): Promise<string> =>
  String((await b.call('GET', `/bc/${list}`, { token: '' })).body);

async function withOrder(b: Bench) {
  const customer = await b.create('customers', { displayName: 'Coho <Winery>', country: 'NL' });
  const item = await b.create('items', { displayName: 'Wine', unitPrice: 100 });
  const order = await b.create('salesOrders', {
    customerId: customer.id,
    salesOrderLines: [{ itemId: item.id, quantity: 2 }]
  });
  return { customer, item, order };
}

describe('the pages', () => {
  it('list customers, items, orders and purchase orders', async () => {
    const b = await bench({ seed: 'demo' });
    expect(await look(b, 'customers')).toContain('Adatum Corporation');
    expect(await look(b, 'items')).toContain('Laptop 14&quot;, 8 GB');
    expect(await look(b, 'orders')).toContain('Post shipment');
    expect(await look(b, 'purchases')).toContain('Receive');
    expect((await b.call('GET', '/bc/nothing', { token: '' })).status).toBe(404);
  });

  it('print what people typed as text', async () => {
    const b = await bench();
    await withOrder(b);
    expect(await look(b, 'customers')).toContain('Coho &lt;Winery&gt;');
  });

  it('post a shipment and then its invoice, and the order is gone', async () => {
    const b = await bench();
    const { order } = await withOrder(b);
    const shipped = await press(b, 'ship', { id: order.id });
    expect(shipped.body).toContain(`Shipment PS-SHPT102001 is posted for order ${order.number}.`);
    const invoiced = await press(b, 'invoice', { id: order.id });
    expect(invoiced.body).toContain('Invoice PS-INV103001 is posted');
    expect(await look(b, 'orders')).not.toContain(order.number);
    expect((await press(b, 'ship', { id: order.id })).body).toContain('The record is not there any more.');
  });

  it('release and reopen an order', async () => {
    const b = await bench();
    const { order } = await withOrder(b);
    await press(b, 'release', { id: order.id });
    expect((await b.get(`salesOrders(${order.id})`)).body.status).toBe('Open');
    await press(b, 'reopen', { id: order.id });
    expect((await b.get(`salesOrders(${order.id})`)).body.status).toBe('Draft');
  });

  it('receive stock at a location, and say why not', async () => {
    const b = await bench();
    const { item } = await withOrder(b);
    await press(b, 'receive-stock', { id: item.id, locationCode: 'EAST', quantity: '7' });
    expect((await b.get(`items(${item.id})`)).body.inventory).toBe(7);
    const refused = await press(b, 'receive-stock', { id: item.id, locationCode: 'EAST', quantity: '0' });
    expect([refused.status, refused.body.includes('The quantity must be more than 0.')]).toEqual([400, true]);
  });

  it('take no action from pages of other sites', async () => {
    const b = await bench();
    const { order } = await withOrder(b);
    const answer = await press(b, 'ship', { id: order.id }, { origin: 'http://evil.example' });
    expect(answer.body).toContain('from the own pages only');
    expect((await b.get('salesShipments')).body.value).toEqual([]);
  });

  it('refuse a release without lines over the control port too', async () => {
    const b = await bench();
    const customer = await b.create('customers', { displayName: 'Coho' });
    const order = await b.create('salesOrders', { customerId: customer.id });
    await expect(atDesk(b, '/orders/release', { id: order.id })).rejects.toThrow('There is nothing to release');
  });
});
