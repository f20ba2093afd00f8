import { describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { bench, member, REFERRALS } from './helpers.js';

async function three(): Promise<{ b: Bench; names: (filter: string) => Promise<string[]>; rows: Json[] }> {
  const b = await bench();
  const rows = [];
  for (const [name, country, email] of [
    ['one', 'PT', 'ann@cosell.example'],
    ['two', 'NL', "bea.o'hara@cosell.example"],
    ['three', 'NL', 'ann@cosell.example']
  ]) {
    rows.push(await b.create({ name, customerProfile: { address: { country } }, team: [{ ...member, email }] }));
    b.advance(1000);
  }
  const names = async (filter: string): Promise<string[]> =>
    (await b.list({ $filter: filter })).value.map((row: Json) => row.name);
  return { b, names, rows };
}

const refused = async (query: Record<string, string>): Promise<[number, string]> => {
  const answer = await (await bench()).call('GET', REFERRALS, { query });
  return [answer.status, answer.body.error?.target];
};

describe('listing referrals', () => {
  it.each<[string, string[]]>([
    ["customerProfile/address/country eq 'NL'", ['two', 'three']],
    ["customerProfile/address/country ne 'NL'", ['one']],
    ["'NL' eq customerProfile/address/country", ['two', 'three']],
    ["not (customerProfile/address/country eq 'NL')", ['one']],
    ["not customerProfile/address/country eq 'NL'", ['one']],
    ["status eq 'Active' and substatus eq 'Accepted'", ['one', 'two', 'three']],
    ["status eq 'New' or customerProfile/address/country eq 'PT' and status eq 'Active'", ['one']],
    ["(status eq 'New' or customerProfile/address/country eq 'PT') and status eq 'Closed'", []],
    ["team/any(t:t/email eq 'ann@cosell.example')", ['one', 'three']],
    ["team/any(t: t/email eq 'bea.o''hara@cosell.example')", ['two']],
    ["team/any(t:t/email eq 'ann@cosell.example') and customerProfile/address/country eq 'NL'", ['three']],
    ['team/any()', ['one', 'two', 'three']],
    ["qualification eq 'SalesQualified' and type eq 'Shared' and direction eq 'Outgoing'", ['one', 'two', 'three']],
    ['updatedDateTime ge 2026-01-05T09:00:01Z', ['two', 'three']],
    ['updatedDateTime gt 2026-01-05T09:00:01.9Z', ['three']],
    ['updatedDateTime lt 2026-01-05T09:00:01Z', ['one']],
    ['updatedDateTime le 2026-01-05T10:00:00.9999999+01:00', ['one']],
    ['updatedDateTime ge 2026-01-05', ['one', 'two', 'three']],
    ['2026-01-05T09:00:02Z le updatedDateTime', ['three']],
    ['substatus eq null', []]
  ])('rule 22: %s', async (filter, expected) => {
    expect(await (await three()).names(filter)).toEqual(expected);
  });

  it('rule 22: an engagement is found by its id with and without quotes, in any case', async () => {
    const { names, rows } = await three();
    const id = rows[1].engagementId as string;
    for (const literal of [id, `'${id}'`, id.toUpperCase(), `'${id.toUpperCase()}'`]) {
      expect(await names(`engagementId eq ${literal}`)).toEqual(['two']);
    }
  });

  it.each([
    "name eq 'one'",
    "externalReferenceId eq '006'",
    'createdDateTime ge 2026-01-05T00:00:00Z',
    "status gt 'New'",
    "updatedDateTime ge '2026-01-05T09:00:00Z'",
    'updatedDateTime ge 2026-13-45T00:00:00Z',
    "contains(status,'New')",
    "startswith(status,'New')",
    "status in ('New')",
    "team/all(t:t/email eq 'x')",
    "target/any(t:t/id eq 'msft')",
    "team/any(t:t/firstName eq 'x')",
    "team/any(t:email eq 'x')",
    'status eq New',
    'status eq substatus',
    "'a' eq 'b'",
    "status = 'New'",
    "status eq 'New",
    "(status eq 'New'",
    "status eq 'New')",
    "status eq 'New' and",
    "status EQ 'New'",
    'status',
    "Status eq 'New'",
    "toString eq 'x'"
  ])('rule 22: the filter %s is refused', async (filter) => {
    expect(await refused({ $filter: filter })).toEqual([400, '$filter']);
  });

  it('rule 22: externalReferenceId can be switched on as a filter', async () => {
    const b = await bench({ externalReferenceIdFilterable: true });
    await b.create();
    await b.create({ externalReferenceId: 'other' });
    expect((await b.list({ $filter: "externalReferenceId eq 'other'" })).value).toHaveLength(1);
  });

  it('rule 22: ranges of dates can be switched off', async () => {
    const b = await bench({ dateRangeFilters: false });
    const query = { $filter: 'updatedDateTime ge 2026-01-05T00:00:00Z' };
    expect((await b.call('GET', REFERRALS, { query })).status).toBe(400);
  });

  it.each([
    ['updatedDateTime', ['one', 'two', 'three']],
    ['updatedDateTime desc', ['three', 'two', 'one']],
    ['createdDateTime desc, updatedDateTime', ['three', 'two', 'one']]
  ])('rule 22: $orderby %s', async (order, expected) => {
    const { b } = await three();
    expect((await b.list({ $orderby: order })).value.map((row: Json) => row.name)).toEqual(expected);
  });

  it('rule 22: $select gives the named properties only, $top, $skip and $count do theirs', async () => {
    const { b } = await three();
    const page = await b.list({ $select: 'name, id', $top: '1', $skip: '1', $count: 'true' });
    expect([page['@odata.count'], page.value.map((row: Json) => Object.keys(row)), page.value[0].name]).toEqual([
      3,
      [['name', 'id']],
      'two'
    ]);
    expect(page['@odata.nextLink']).toBeUndefined();
    expect((await b.list({}))['@odata.count']).toBeUndefined();
  });

  it.each<[string, string]>([
    ['$orderby', 'name'],
    ['$orderby', 'updatedDateTime down'],
    ['$select', 'nothing'],
    ['$select', 'details/notes'],
    ['$top', '-1'],
    ['$top', 'all'],
    ['$skip', '1.5'],
    ['$count', 'yes'],
    ['$expand', 'team'],
    ['$search', 'x'],
    ['$skiptoken', 'forged']
  ])('rule 22: %s=%s is refused', async (name, value) => {
    expect(await refused({ [name]: value })).toEqual([400, name]);
  });

  it('rule 22: pages hold 100; next links have the odd host and lead through all of them once', async () => {
    const b = await bench();
    for (let index = 0; index < 205; index += 1) await b.create({ name: String(index) });
    const seen: string[] = [];
    const sizes: number[] = [];
    let query: Record<string, string> | undefined = {
      $orderby: 'updatedDateTime desc',
      $count: 'true',
      $select: 'name'
    };
    while (query) {
      const page: Json = await b.list(query);
      sizes.push(page.value.length);
      seen.push(...page.value.map((row: Json) => row.name));
      expect(page['@odata.count']).toBe(205);
      const next = page['@odata.nextLink'] as string | undefined;
      if (next) expect(next).toMatch(/^http:\/\/api\.partner\.microsoft\.com\/v1\.0\/referrals\?.*\$skiptoken=/);
      query = next ? Object.fromEntries(new URL(next).searchParams) : undefined;
    }
    expect([sizes, new Set(seen).size]).toEqual([[100, 100, 5], 205]);
    const top = await b.list({ $top: '150' });
    const rest = await b.list(Object.fromEntries(new URL(top['@odata.nextLink']).searchParams));
    expect([top.value.length, rest.value.length, rest['@odata.nextLink']]).toEqual([100, 50, undefined]);
  });

  it('rule 22: a referral changed between two pages is seen again, and none is missed', async () => {
    const b = await bench();
    for (let index = 0; index < 101; index += 1) await b.create({ name: String(index) });
    const first = await b.list({ $orderby: 'updatedDateTime' });
    await b.patch(first.value[0].id, [{ path: '/details/notes', value: 'moved' }]);
    const second = await b.list(Object.fromEntries(new URL(first['@odata.nextLink']).searchParams));
    expect(second.value.map((row: Json) => row.name)).toEqual(['100', '0']);
  });

  it('rule 10: the direction of own deals can be turned to what live data shows', async () => {
    const b = await bench({ ownDealDirection: 'Incoming' });
    await b.create();
    expect((await b.list({ $filter: "direction eq 'Incoming'" })).value).toHaveLength(1);
  });
});
