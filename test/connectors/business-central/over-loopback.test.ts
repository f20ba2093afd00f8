import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPath } from '../../../plugin/src/connectors/business-central/address.js';
import { runAction } from '../../../plugin/src/connectors/business-central/actions.js';
import { runBatch } from '../../../plugin/src/connectors/business-central/batch.js';
import { collectRows } from '../../../plugin/src/connectors/business-central/listing.js';
import { keepUp, SubscriptionsApi } from '../../../plugin/src/connectors/business-central/subscriptions/index.js';
import type { ChangePage, RemoteRecord } from '../../../plugin/src/sync/ports.js';
import type { LoopbackRig } from '../../support/business-central-loopback.js';
import { businessCentralLoopback } from '../../support/business-central-loopback.js';
import { collect } from '../../support/salesforce-answers.js';

let rig: LoopbackRig;
beforeAll(async () => {
  rig = await businessCentralLoopback();
});
afterAll(() => rig.close());

const pagesOf = (feed: AsyncIterable<ChangePage>): Promise<ChangePage[]> => collect(feed);
const recordsOf = (pages: readonly ChangePage[]): RemoteRecord[] => pages.flatMap(({ records }) => [...records]);
const company = (): string => `v2.0/companies(${rig.companyId})`;

describe('the connector against the stand-in', () => {
  it('creates, finds again, changes once, and is stale for who read before', async () => {
    const customers = rig.connect('customers');
    const sent = { displayName: 'Trey Research', city: 'Lyon', email: null, blocked: null };
    const since = new Date(Date.now() - 60_000).toISOString();
    const made = await customers.create('001000000000001AAA', sent);
    expect(made.document).toMatchObject({ displayName: 'Trey Research', city: 'Lyon', blocked: null });
    expect(await customers.findByMarker('001000000000001AAA', since, sent)).toMatchObject([{ key: made.key }]);
    expect(await customers.update(made, { city: 'Nice', blocked: 'Ship' })).toMatchObject({
      outcome: 'written',
      record: { document: { city: 'Nice', blocked: 'Ship' } }
    });
    expect(await customers.update(made, { city: 'Paris' })).toEqual({ outcome: 'stale' });
    const read = await customers.read([{ key: made.key, context: { companyId: rig.companyId } }]);
    expect(read.get(made.key)?.document['city']).toBe('Nice');
    expect((await customers.keys()).has(made.key)).toBe(true);
  });

  it('walks page by page, and afterwards sees only what changed', async () => {
    const items = rig.connect('items', { overlapMs: 0, pageRows: 2 });
    for (const n of [1, 2, 3]) await items.create(`01t${n}`, { displayName: `Chair ${n}`, type: 'Inventory' });
    const pages = await pagesOf(items.changes(undefined));
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(recordsOf(pages).map(({ key }) => key)).size).toBe((await items.keys()).size);
    const last = recordsOf(pages).at(-1) as RemoteRecord;
    await items.update(last, { displayName: 'Stool' });
    const later = await pagesOf(items.changes(pages.at(-1)?.cursor));
    expect(recordsOf(later).map(({ document }) => document['displayName'])).toContain('Stool');
  });

  it('creates an order with its lines in one request, and finds it by our key', async () => {
    const [customers, items, orders] = [rig.connect('customers'), rig.connect('items'), rig.connect('salesOrders')];
    const customer = await customers.create('001A', { displayName: 'Order Customer' });
    const item = await items.create('01tA', { displayName: 'Desk', type: 'Inventory', unitPrice: 10 });
    const order = await orders.create('801000000000001AAA', {
      customerId: customer.key,
      salesOrderLines: [{ lineType: 'Item', itemId: item.key, quantity: 3, unitPrice: 12 }]
    });
    expect(order).toMatchObject({ counterpart: '801000000000001AAA', document: { status: 'Draft' } });
    expect(order.document['salesOrderLines']).toMatchObject([{ itemId: item.key, quantity: 3, unitPrice: 12 }]);
    expect(await orders.findByMarker('801000000000001AAA', undefined)).toMatchObject([{ key: order.key }]);
    expect(await orders.update(order, { shipToName: 'Yard' })).toMatchObject({
      outcome: 'written',
      record: { document: { shipToName: 'Yard', salesOrderLines: [{ quantity: 3 }] } }
    });
  });

  it('makes an order of a quote', async () => {
    const [customers, quotes] = [rig.connect('customers'), rig.connect('salesQuotes')];
    const customer = await customers.create('001B', { displayName: 'Quote Customer' });
    const quote = await quotes.create('0Q0000000000001AAA', { customerId: customer.key });
    await runAction(rig.api, company(), 'salesQuotes', quote.key, 'makeOrder');
    expect((await quotes.read([{ key: quote.key }])).size).toBe(0);
    const found = await rig.connect('salesOrders').findByMarker('0Q0000000000001AAA', undefined);
    expect(found).toHaveLength(1);
  });

  it('writes many in one call, and none where a transaction fails', async () => {
    const path = `companies(${rig.companyId})/customers`;
    const create = (displayName: string) => ({ method: 'POST', path, body: { displayName } }) as const;
    const before = rig.api.calls();
    const apart = await runBatch(rig.api, [create('Batch 1'), create(''), create('Batch 2')]);
    expect(apart.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done']);
    expect(rig.api.calls() - before).toBe(1);
    const together = await runBatch(rig.api, [create('Batch 3'), create('')], { atomic: true });
    expect(together.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    const names = await collectRows(rig.api, recordPath(company(), 'customers'), {
      filter: "startswith(displayName,'Batch')"
    });
    expect(names.map(({ displayName }) => displayName).sort()).toEqual(['Batch 1', 'Batch 2']);
  });

  it('is refused by name for what Business Central refuses', async () => {
    await expect(
      rig.connect('customers').create('001C', { displayName: 'x', paymentTermsId: rig.companyId })
    ).rejects.toMatchObject({ kind: 'rejected' });
    await expect(rig.connect('salesOrders').create('801B', { customerNumber: 'NOBODY' })).rejects.toMatchObject({
      kind: 'rejected'
    });
  });

  it('tells what it can be told about, and a subscription that nobody answers for is not made', async () => {
    const subscriptions = new SubscriptionsApi(rig.api);
    const supported = await subscriptions.supported(rig.companyId);
    expect([supported.has('customers'), supported.has('contacts')]).toEqual([true, false]);
    const wanted = {
      url: 'http://127.0.0.1:1/webhooks/business-central',
      resources: [`api/${company()}/customers`],
      clientState: 'secret'
    };
    expect(await keepUp(subscriptions, wanted, Date.now())).toMatchObject({ created: [], failed: [{}] });
  });
});
