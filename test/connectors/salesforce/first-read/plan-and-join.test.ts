import { describe, expect, it } from 'vitest';
import {
  ChildCursor,
  inOrder,
  OutOfOrder
} from '../../../../plugin/src/connectors/salesforce/first-read/merge-join.js';
import {
  bulkCalls,
  bulkIsCheaper,
  restCalls
} from '../../../../plugin/src/connectors/salesforce/first-read/read-plan.js';
import { typedRow, typedValue } from '../../../../plugin/src/connectors/salesforce/first-read/typed-row.js';
import { collect, headers, opportunity, salesforce } from '../../../support/salesforce-answers.js';

describe('the way of a first read', () => {
  it.each([
    { total: 2000, firstPage: 100, rest: 20, bulk: 45, cheaper: false },
    { total: 2001, firstPage: 200, rest: 11, bulk: 46, cheaper: false },
    { total: 20_000, firstPage: 2000, rest: 10, bulk: 58, cheaper: false },
    { total: 20_000, firstPage: 200, rest: 100, bulk: 58, cheaper: true },
    { total: 10_000, firstPage: 200, rest: 50, bulk: 49, cheaper: true },
    { total: 9000, firstPage: 200, rest: 45, bulk: 49, cheaper: false },
    { total: 0, firstPage: 0, rest: 0, bulk: 40, cheaper: false }
  ])('$total rows in pages of $firstPage', ({ total, firstPage, rest, bulk, cheaper }) => {
    const size = { total, firstPage, jobs: 5 };
    expect([restCalls(size), bulkCalls(size), bulkIsCheaper(size)]).toEqual([rest, bulk, cheaper]);
  });

  it('is REST again where the user may not use the Bulk API', async () => {
    const refusal = { status: 400, json: [{ errorCode: 'FEATURENOTENABLED', message: 'not enabled' }] };
    const page = { headers, json: { totalSize: 1, done: true, records: [opportunity()] } };
    const { connector, http } = salesforce(
      { teams: false },
      { firstRead: 'bulk' },
      page,
      refusal,
      refusal,
      refusal,
      refusal
    );
    const pages = await collect(connector.changes(undefined));
    expect(pages).toMatchObject([{ records: [{ key: '006000000000001AAA' }], cursor: '2026-01-05T08:55:30.000Z' }]);
    expect(http.unused()).toBe(0);
  });
});

async function* rows(...ids: string[]): AsyncGenerator<{ parent: string; n: number }> {
  for (const [n, parent] of ids.entries()) yield await Promise.resolve({ parent, n });
}

describe('children beside their parents', () => {
  it('are taken parent by parent; parents without children and children without parents are passed over', async () => {
    const cursor = new ChildCursor(rows('1', '1', '3', '5', '5'), (row) => row.parent);
    const taken: number[][] = [];
    for (const parent of ['1', '2', '4', '5', '6']) taken.push((await cursor.take(parent)).map(({ n }) => n));
    expect(taken).toEqual([[0, 1], [], [], [3, 4], []]);
  });

  it('are refused in any other order', async () => {
    await expect(collect(inOrder(rows('1', '3', '2'), (row) => row.parent))).rejects.toThrow(OutOfOrder);
    const cursor = new ChildCursor(rows('1', '3', '2'), (row) => row.parent);
    await expect(cursor.take('9')).rejects.toThrow(OutOfOrder);
  });
});

describe('a value of Bulk', () => {
  it.each([
    ['', 'string', null],
    ['', 'currency', null],
    ['', 'boolean', false],
    ['true', 'boolean', true],
    ['1000.50', 'currency', 1000.5],
    ['7', 'int', 7],
    ['2027-01-31', 'date', '2027-01-31'],
    ['2026-01-05T09:00:00.000Z', 'datetime', '2026-01-05T09:00:00.000+0000'],
    ['true', 'string', 'true'],
    ['7', undefined, '7']
  ])('%j of type %s is %j', (text, type, value) => {
    expect(typedValue(text, type)).toBe(value);
  });

  it('of a parent is a member of it, and a parent without values is null', () => {
    const row = { Id: '1', 'Account.Name': '', 'Account.BillingCity': '', 'Owner.LastName': 'X', 'Owner.Phone': '' };
    expect(typedRow(row, {})).toEqual({ Id: '1', Account: null, Owner: { LastName: 'X', Phone: null } });
  });
});
