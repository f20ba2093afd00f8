import { describe, expect, it } from 'vitest';
import { COMPANY } from '../../../sandbox/src/business-central/seed/seed.js';
import type { Bench, Json } from './helpers.js';
import { API, atDesk, bench } from './helpers.js';

const ANALYTICS = API.replace('api/v2.0', `api/microsoft/analytics/v1.0/companies(${COMPANY.id})`);

const rows = async (b: Bench, set: string, query: Record<string, string> = {}): Promise<Json[]> => {
  const answer = await b.get(`${ANALYTICS}/${set}`, query);
  if (answer.status !== 200) throw new Error(`${set}: ${answer.status}`);
  return answer.body.value;
};

const SETS = [
  'items',
  'locations',
  'resources',
  'customers',
  'itemLedgerEntries',
  'outstandingSalesLines',
  'outstandingPurchaseLines',
  'transferLines',
  'itemOutstandingSalesLines',
  'itemShippedNotInvoicedSalesLines'
];

describe('rule 23: analytics', () => {
  it('has rows in every set behind availability and backlog', async () => {
    const b = await bench({ seed: 'demo' });
    for (const set of SETS) expect([set, (await rows(b, set)).length > 0]).toEqual([set, true]);
  });

  it.each(SETS)('%s is read-only', async (set) => {
    const b = await bench();
    expect((await b.call('POST', `${ANALYTICS}/${set}`, { body: {} })).status).toBe(405);
  });

  it('answers 404 under another version than the environment runs', async () => {
    const b = await bench();
    expect((await b.get(`${ANALYTICS.replace('v1.0', 'beta')}/items`)).status).toBe(404);
    b.service.changeSettings({ analyticsVersion: 'beta' });
    expect((await b.get(`${ANALYTICS.replace('v1.0', 'beta')}/items`)).status).toBe(200);
  });

  it('remaining quantities by location add up to the inventory of the item', async () => {
    const b = await bench({ seed: 'demo' });
    const byItem = new Map<string, number>();
    for (const entry of await rows(b, 'itemLedgerEntries', { $filter: 'open eq true' })) {
      byItem.set(entry.itemNo, (byItem.get(entry.itemNo) ?? 0) + entry.remainingQuantity);
    }
    const items = (await b.get('items', { $filter: "type eq 'Inventory'" })).body.value;
    expect(items.length).toBeGreaterThan(70);
    for (const item of items)
      expect([item.number, byItem.get(item.number) ?? 0]).toEqual([item.number, item.inventory]);
  });

  it('follows an order from outstanding to shipped to nothing', async () => {
    const b = await bench();
    const customer = await b.create('customers', { displayName: 'Coho', country: 'NL' });
    const item = await b.create('items', { displayName: 'Wine', unitPrice: 100 });
    const order = await b.create('salesOrders', {
      customerId: customer.id,
      salesOrderLines: [{ itemId: item.id, quantity: 2, shipmentDate: '2026-07-01' }]
    });
    expect(await rows(b, 'outstandingSalesLines')).toMatchObject([
      { itemNo: item.number, outstandingQtyBase: 2, shipmentDate: '2026-07-01', locationCode: '' }
    ]);
    expect(await rows(b, 'itemOutstandingSalesLines')).toMatchObject([
      { customerNo: customer.number, outstandingAmountLCY: 242 }
    ]);
    await atDesk(b, '/orders/post', { id: order.id });
    expect(await rows(b, 'outstandingSalesLines')).toEqual([]);
    expect(await rows(b, 'itemShippedNotInvoicedSalesLines')).toMatchObject([
      { customerNo: customer.number, shippedNotInvoicedLCY: 200, qtyShippedNotInvdBase: 2 }
    ]);
    await atDesk(b, '/orders/post', { id: order.id, ship: false, invoice: true });
    expect(await rows(b, 'itemShippedNotInvoicedSalesLines')).toEqual([]);
  });

  it('shows goods on order until they are received', async () => {
    const b = await bench({ seed: 'demo' });
    const [line] = await rows(b, 'outstandingPurchaseLines', { $orderby: 'documentNo' });
    const before = (await b.get('items', { $filter: `number eq '${line.itemNo}'` })).body.value[0].inventory;
    const same = (row: Json): boolean => row.documentNo === line.documentNo && row.itemNo === line.itemNo;
    const expected = (await rows(b, 'outstandingPurchaseLines')).filter(same);
    const quantity = expected.reduce((sum, row) => sum + row.outstandingQtyBase, 0);
    await atDesk(b, '/purchase-orders/receive', { number: line.documentNo });
    expect((await rows(b, 'outstandingPurchaseLines')).filter(same)).toEqual([]);
    const after = (await b.get('items', { $filter: `number eq '${line.itemNo}'` })).body.value[0].inventory;
    expect(after).toBe(before + quantity);
  });
});
