import { beforeEach, describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { bench, refusal } from './helpers.js';

let b: Bench;

const names = async (query: Record<string, string>): Promise<string[]> => {
  const answer = await b.get('customers', query);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body.value.map((row: Json) => row.displayName);
};

beforeEach(async () => {
  b = await bench();
  for (const [displayName, city, creditLimit, type] of [
    ['Adatum', 'Utrecht', 100, 'Company'],
    ['Bellows', 'Ithaca', 200, 'Person'],
    ["Margie's Travel", 'Sydney', 300, 'Company'],
    ['Coho', 'Beaune', 400, 'Company']
  ]) {
    await b.create('customers', { displayName, city, creditLimit, type });
  }
});

describe('rule 5: query options', () => {
  it.each([
    ["displayName eq 'Coho'", ['Coho']],
    ["displayName ne 'Coho'", ['Adatum', 'Bellows', "Margie's Travel"]],
    ["displayName eq 'Margie''s Travel'", ["Margie's Travel"]],
    ['creditLimit gt 200', ["Margie's Travel", 'Coho']],
    ['creditLimit ge 200 and creditLimit lt 400', ['Bellows', "Margie's Travel"]],
    ['creditLimit le 100 or creditLimit eq 400', ['Adatum', 'Coho']],
    ["startswith(displayName,'Be')", ['Bellows']],
    ["endswith(displayName,'o')", ['Coho']],
    ["contains(displayName,'a')", ['Adatum', "Margie's Travel"]],
    ["tolower(displayName) eq 'coho'", ['Coho']],
    ["toupper(city) eq 'UTRECHT'", ['Adatum']],
    ["substring(displayName,1,3) eq 'oho'", ['Coho']],
    ["type eq 'Person'", ['Bellows']],
    ["(displayName eq 'Coho' or displayName eq 'Adatum') and creditLimit gt 100", ['Coho']],
    ['lastModifiedDateTime ge 2026-06-15T09:00:00Z and creditLimit eq 100', ['Adatum']],
    ["blocked eq '_x0020_' and creditLimit eq 100", ['Adatum']],
    ["blocked eq ' ' and creditLimit eq 200", ['Bellows']]
  ])('$filter=%s', async (filter, expected) => {
    expect(await names({ $filter: filter })).toEqual(expected);
  });

  it.each([
    ['or over two fields', "displayName eq 'Coho' or city eq 'Utrecht'", /distinct fields/],
    ['in', "displayName in ('Coho')", /schemaversion=2\.1/],
    ['a function in a function', "contains(tolower(displayName),'a')", /cannot be used/],
    ['an unknown field', "nameOfIt eq 'Coho'", /Could not find a property named 'nameOfIt'/],
    ['a bare text', 'displayName eq Coho', /cannot be compared/],
    ['a quoted number', "creditLimit eq '100'", /cannot be compared/],
    ['an unfinished text', "displayName eq 'Coho", /unterminated/],
    ['a neighbour', "currency/code eq 'USD'", /Could not find a property/]
  ])('refuses %s in $filter', async (_name, filter, message) => {
    const answer = refusal(await b.get('customers', { $filter: filter }));
    expect(answer.slice(0, 2)).toEqual([400, 'BadRequest']);
    expect(answer[2]).toMatch(message);
  });

  it('ignores a lambda and returns every row, as the service does', async () => {
    expect(await names({ $filter: "defaultDimensions/any(d:d/dimensionCode eq 'X')" })).toHaveLength(4);
  });

  it('refuses a text longer than the field', async () => {
    const answer = refusal(await b.get('customers', { $filter: `number eq '${'9'.repeat(21)}'` }));
    expect(answer.slice(0, 2)).toEqual([400, 'Application_FilterErrorException']);
  });

  it('sorts, skips, cuts and counts', async () => {
    const { body } = await b.get('customers', {
      $orderby: 'type desc,creditLimit desc',
      $skip: '1',
      $top: '2',
      $count: 'true',
      $select: 'displayName'
    });
    expect(body['@odata.count']).toBe(4);
    expect(body.value.map((row: Json) => row.displayName)).toEqual(['Coho', "Margie's Travel"]);
    expect(Object.keys(body.value[0])).toEqual(['@odata.etag', 'displayName']);
  });

  it('gives the number alone at $count', async () => {
    expect((await b.get('customers/$count', { $filter: 'creditLimit gt 200' })).body).toBe('2');
  });

  it('expands over several levels, with options inside', async () => {
    const [customer] = (await b.get('customers', { $filter: "displayName eq 'Coho'" })).body.value;
    const item = await b.create('items', { displayName: 'Wine', unitPrice: 10 });
    await b.create('salesOrders', {
      customerId: customer.id,
      salesOrderLines: [
        { itemId: item.id, quantity: 1 },
        { itemId: item.id, quantity: 7 }
      ]
    });
    const { body } = await b.get('salesOrders', {
      $select: 'number',
      $expand:
        'customer($select=displayName),salesOrderLines($filter=quantity gt 5;$select=quantity;$expand=item($select=number))'
    });
    expect(body.value[0].customer.displayName).toBe('Coho');
    expect(body.value[0].salesOrderLines).toHaveLength(1);
    expect(body.value[0].salesOrderLines[0]).toMatchObject({ quantity: 7, item: { number: item.number } });
  });

  it.each([
    ['an unknown field in $select', { $select: 'nothing' }],
    ['an unknown way in $expand', { $expand: 'nothing' }],
    ['a negative $top', { $top: '-1' }],
    ['an unknown option', { $search: 'x' }]
  ])('refuses %s', async (_name, query) => {
    expect((await b.get('customers', query as Record<string, string>)).status).toBe(400);
  });

  it('answers 501 when a set that cannot be sorted is sorted', async () => {
    const answer = await b.get('customerSales', { $orderby: 'name' });
    expect(refusal(answer).slice(0, 2)).toEqual([501, 'BadRequest_MethodNotImplemented']);
  });
});

describe('rule 6: server paging', () => {
  const everyPage = async (query: Record<string, string>, headers?: Record<string, string>): Promise<Json[][]> => {
    const pages: Json[][] = [];
    let answer = await b.get('customers', query, headers);
    for (;;) {
      pages.push(answer.body.value);
      const next = answer.body['@odata.nextLink'];
      if (next === undefined) return pages;
      const url = new URL(next);
      answer = await b.get(decodeURIComponent(url.pathname), Object.fromEntries(url.searchParams), headers);
    }
  };

  it('cuts lists into pages of the set size that hold every row once', async () => {
    b.service.changeSettings({ pageSize: 3 });
    const pages = await everyPage({});
    expect(pages.map((page) => page.length)).toEqual([3, 1]);
    expect(new Set(pages.flat().map((row) => row.id)).size).toBe(4);
  });

  it('gives smaller pages on request', async () => {
    const pages = await everyPage({ $orderby: 'creditLimit desc' }, { prefer: 'odata.maxpagesize=2' });
    expect(pages.map((page) => page.map((row) => row.creditLimit))).toEqual([
      [400, 300],
      [200, 100]
    ]);
  });

  it('keeps $top over the pages', async () => {
    b.service.changeSettings({ pageSize: 2 });
    expect((await everyPage({ $top: '3' })).map((page) => page.length)).toEqual([2, 1]);
  });

  it('goes on in the right place when rows come and go meanwhile', async () => {
    const first = await b.get('customers', { $orderby: 'displayName' }, { prefer: 'odata.maxpagesize=2' });
    await b.call('DELETE', `customers(${first.body.value[0].id})`, { headers: { 'if-match': '*' } });
    await b.create('customers', { displayName: 'Aardvark' });
    const next = new URL(first.body['@odata.nextLink']);
    const { body } = await b.get(decodeURIComponent(next.pathname), Object.fromEntries(next.searchParams));
    expect(body.value.map((row: Json) => row.displayName)).toEqual(['Coho', "Margie's Travel"]);
  });

  it('answers 413 to a page above the maximum', async () => {
    expect((await b.get('customers', {}, { prefer: 'odata.maxpagesize=20001' })).status).toBe(413);
  });

  it('refuses a page link it did not make', async () => {
    expect((await b.get('customers', { $skiptoken: 'made-up' })).status).toBe(400);
  });
});

describe('rule 7: versions', () => {
  it('puts an ETag on every row, and another one after every write', async () => {
    const row = (await b.get('customers')).body.value[0];
    expect(row['@odata.etag']).toMatch(/^W\/"[^"]+"$/);
    const changed = await b.patch('customers', row, { city: 'Zeist' });
    expect(changed.body['@odata.etag']).not.toBe(row['@odata.etag']);
    expect(changed.headers['etag']).toBe(changed.body['@odata.etag']);
  });

  it('names the context of lists and rows', async () => {
    const list = (await b.get('customers')).body;
    expect(list['@odata.context']).toMatch(/\$metadata#companies\(.*\)\/customers$/);
    const row = (await b.get(`customers(${list.value[0].id})`)).body;
    expect(row['@odata.context']).toMatch(/\/customers\/\$entity$/);
  });
});

describe('rule 8: how nothing and names are written', () => {
  it('uses the empty guid, the first day of the calendar, and encoded members', async () => {
    const item = await b.create('items', { displayName: 'Manual', type: 'Non-Inventory' });
    expect(item).toMatchObject({ type: 'Non_x002D_Inventory', itemCategoryId: '00000000-0000-0000-0000-000000000000' });
    const customer = (await b.get('customers')).body.value[0];
    expect(customer).toMatchObject({ blocked: '_x0020_', addressLine2: '' });
    const order = await b.create('salesOrders', { customerId: customer.id });
    expect(order.requestedDeliveryDate).toBe('0001-01-01');
  });

  it.each(['_x0020_', ' ', ''])('takes a blank member written as "%s"', async (blocked) => {
    const row = (await b.get('customers')).body.value[0];
    expect((await b.patch('customers', row, { blocked })).body.blocked).toBe('_x0020_');
  });
});
