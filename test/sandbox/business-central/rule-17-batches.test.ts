import { describe, expect, it } from 'vitest';
import { COMPANY } from '../../../sandbox/src/business-central/seed/seed.js';
import type { Answer, Bench, Json } from './helpers.js';
import { API, bench, refusal } from './helpers.js';

const CUSTOMERS = `companies(${COMPANY.id})/customers`;

const send = (b: Bench, requests: Json[], headers: Record<string, string> = {}): Promise<Answer> =>
  b.call('POST', `${API}/$batch`, { body: { requests }, headers });

const customer = (displayName: string, id?: string): Json => ({
  ...(id === undefined ? {} : { id }),
  method: 'POST',
  url: CUSTOMERS,
  headers: { 'Content-Type': 'application/json' },
  body: { displayName }
});

const names = async (b: Bench): Promise<string[]> =>
  (await b.get('customers')).body.value.map((row: Json) => row.displayName);

const SNAPSHOT = { isolation: 'snapshot' };

describe('rule 17: deep insert', () => {
  it('stores a document with its lines, or nothing', async () => {
    const b = await bench();
    const row = await b.create('customers', { displayName: 'Coho' });
    const item = await b.create('items', { displayName: 'Wine', unitPrice: 10 });
    const good = { itemId: item.id, quantity: 1 };
    const refused = await b.call('POST', 'salesOrders', {
      body: { customerId: row.id, salesOrderLines: [good, { ...good, discountPercent: 100 }] }
    });
    expect(refused.status).toBe(400);
    expect((await b.get('salesOrders')).body.value).toEqual([]);
    const order = await b.create('salesOrders', { customerId: row.id, salesOrderLines: [good, good] });
    expect(order.totalAmountExcludingTax).toBe(20);
    // The number a refused order would have had is free again.
    expect(order.number).toBe('SO-101001');
  });

  it('knows no deep update', async () => {
    const b = await bench();
    const row = await b.create('customers', { displayName: 'Coho' });
    const order = await b.create('salesOrders', { customerId: row.id });
    const answer = await b.patch('salesOrders', order, { salesOrderLines: [] });
    expect(refusal(answer)).toEqual([
      400,
      'BadRequest',
      "Updating the nested collection 'salesOrderLines' is not supported."
    ]);
  });

  it('answers without content on request', async () => {
    const b = await bench();
    const answer = await b.call('POST', 'customers', {
      body: { displayName: 'Coho' },
      headers: { prefer: 'return-no-content' }
    });
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect(answer.headers['location']).toMatch(/\/customers\([0-9a-f-]{36}\)$/);
  });
});

describe('rule 17: $batch', () => {
  it('lets each operation stand alone', async () => {
    const b = await bench();
    const { status, body } = await send(b, [customer('One', 'a'), customer(''), customer('Two', 'c')]);
    expect(status).toBe(200);
    expect(body.responses.map((each: Json) => [each.id, each.status])).toEqual([
      ['a', 201],
      [null, 400],
      ['c', 201]
    ]);
    expect(body.responses[1].body.error.code).toBe('Application_DialogException');
    expect(await names(b)).toEqual(['One', 'Two']);
  });

  it('reads, changes and acts like single calls', async () => {
    const b = await bench();
    const row = await b.create('customers', { displayName: 'One' });
    const { body } = await send(b, [
      { method: 'GET', url: `${CUSTOMERS}?$select=displayName` },
      {
        method: 'PATCH',
        url: `customers(${row.id})`,
        headers: { Company: COMPANY.name, 'If-Match': '*' },
        body: { city: 'A' }
      },
      { method: 'DELETE', url: `/${CUSTOMERS}(${row.id})`, headers: { 'If-Match': row['@odata.etag'] } }
    ]);
    expect(body.responses.map((each: Json) => each.status)).toEqual([200, 200, 409]);
    expect(body.responses[0].body.value[0].displayName).toBe('One');
  });

  it('with isolation keeps everything or nothing, and shows 201 for what it took back', async () => {
    const b = await bench();
    const { body } = await send(b, [customer('One'), customer('Two'), customer('')], SNAPSHOT);
    expect(body.responses.map((each: Json) => each.status)).toEqual([201, 201, 400]);
    expect((await b.get(`customers(${body.responses[0].body.id})`)).status).toBe(404);
    expect(await names(b)).toEqual([]);
    await send(b, [customer('One'), customer('Two')], SNAPSHOT);
    expect(await names(b)).toEqual(['One', 'Two']);
  });

  it('with isolation answers only the first operation when that one fails', async () => {
    const b = await bench();
    const { body } = await send(b, [customer(''), customer('Two')], SNAPSHOT);
    expect(body.responses).toHaveLength(1);
    expect(await names(b)).toEqual([]);
  });

  it('refuses more than 100 operations, naming the maximum', async () => {
    const b = await bench();
    const many = (count: number): Json[] =>
      Array.from({ length: count }, () => ({ method: 'GET', url: `${CUSTOMERS}?$top=1` }));
    expect((await send(b, many(100))).status).toBe(200);
    const [status, , message] = refusal(await send(b, many(101)));
    expect([status, message]).toEqual([500, expect.stringContaining('maximum of 100')]);
  });
});
