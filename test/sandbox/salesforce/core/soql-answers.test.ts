import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../sandbox/src/salesforce/core/contract.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { addDeal, newOrg } from './org-fixture.js';

let org: OrgHandle;
let admin: Session;
let acme = '';

/** Names of the opportunities that a condition finds, in alphabetical order. */
function found(condition: string): string {
  const { records } = org.data.query(admin, `SELECT Name FROM Opportunity WHERE ${condition} ORDER BY Name`);
  return records.map((record) => record['Name']).join('');
}

beforeEach(() => {
  ({ org, admin } = newOrg());
  acme = org.data.create(admin, 'Account', { Name: 'Acme', BillingCity: 'Oslo', Industry: 'Technology' });
  const other = org.data.create(admin, 'Account', { Name: "O'Neil 100%", ParentId: acme });
  addDeal(org, admin, { Name: 'A', Amount: 10, AccountId: acme, CloseDate: '2026-03-02', NextStep: 'call' });
  addDeal(org, admin, { Name: 'B', Amount: 20, AccountId: acme, CloseDate: '2026-03-31', StageName: 'Closed Won' });
  addDeal(org, admin, { Name: 'C', AccountId: other, CloseDate: '2026-02-15', StageName: 'Qualification' });
  addDeal(org, admin, { Name: 'D', Amount: 30, CloseDate: '2025-12-31', StageName: 'Closed Lost', NextStep: 'mail' });
});

describe('conditions', () => {
  const cases: readonly [string, string][] = [
    [`Name = 'a'`, 'A'],
    [`Name != 'A'`, 'BCD'],
    [`NextStep != 'call'`, 'BCD'],
    [`NOT NextStep = 'call'`, 'BCD'],
    [`NextStep = null`, 'BC'],
    [`NextStep != null`, 'AD'],
    [`Amount > 10`, 'BD'],
    [`Amount >= 10 AND Amount < 30`, 'AB'],
    [`Amount = 10 OR Amount = 30`, 'AD'],
    [`Name = 'A' OR (Name = 'B' AND Amount = 20)`, 'AB'],
    [`(Name = 'A' OR Name = 'B') AND Amount = 20`, 'B'],
    [`NOT (Name = 'A' OR Name = 'B')`, 'CD'],
    [`(NOT (Name = 'A')) AND Amount != null`, 'BD'],
    [`Name IN ('A', 'C')`, 'AC'],
    [`Name NOT IN ('A', 'C')`, 'BD'],
    [`NextStep NOT IN ('call')`, 'BCD'],
    [`NextStep IN ('call', null)`, 'ABC'],
    [`Account.Name LIKE 'ac%'`, 'AB'],
    [`Account.Name LIKE '%100\\%'`, 'C'],
    [`Account.Name LIKE 'Acm_'`, 'AB'],
    [`Account.Name = 'O\\'Neil 100%'`, 'C'],
    [`Account.Parent.Name = 'Acme'`, 'C'],
    [`Account.Name = null`, 'D'],
    [`IsClosed = true`, 'BD'],
    [`IsWon = false AND IsClosed = TRUE`, 'D'],
    [`CloseDate = 2026-03-31`, 'B'],
    [`CloseDate = TODAY`, 'A'],
    [`CloseDate > TODAY`, 'B'],
    [`CloseDate < TODAY`, 'CD'],
    [`CloseDate = THIS_MONTH`, 'AB'],
    [`CloseDate = LAST_MONTH`, 'C'],
    [`CloseDate = LAST_YEAR`, 'D'],
    [`CloseDate = LAST_N_DAYS:20`, 'AC'],
    [`CloseDate = NEXT_N_DAYS:30`, 'B'],
    [`CloseDate IN (TODAY, LAST_YEAR)`, 'AD'],
    [`CALENDAR_YEAR(CloseDate) = 2025`, 'D'],
    [`CreatedDate = TODAY`, 'ABCD'],
    [`SystemModstamp > 2026-03-02T09:59:59Z`, 'ABCD'],
    [`SystemModstamp >= 2026-03-02T11:00:00+01:00`, 'ABCD'],
    [`SystemModstamp > 2026-03-02T10:00:00.000Z`, ''],
    [`AccountId IN (SELECT Id FROM Account WHERE Industry = 'Technology')`, 'AB'],
    [`AccountId NOT IN (SELECT Id FROM Account WHERE Industry = 'Technology')`, 'CD'],
    [`Id IN (SELECT OpportunityId FROM OpportunityLineItem)`, '']
  ];
  it.each(cases)('%s finds "%s"', (condition, names) => {
    expect(found(condition)).toBe(names);
  });

  it('take ids with 15 characters and lists of 2,000 values', () => {
    expect(found(`AccountId = '${acme.slice(0, 15)}'`)).toBe('AB');
    const many = Array.from({ length: 2000 }, (_each, index) => `'x${String(index)}'`);
    expect(found(`Name IN (${[...many, "'B'"].join(',')})`)).toBe('B');
  });
});

describe('order', () => {
  const cases: readonly [string, string][] = [
    ['Amount', 'CABD'],
    ['Amount DESC NULLS LAST', 'DBAC'],
    ['Account.Name NULLS LAST, Name DESC', 'BACD'],
    // In the order of the picklist: Prospecting, Qualification, Closed Won, Closed Lost.
    ['StageName', 'ACBD'],
    ['CloseDate DESC LIMIT 2', 'BA'],
    ['CloseDate LIMIT 2 OFFSET 1', 'CA']
  ];
  it.each(cases)('by %s gives %s', (order, names) => {
    const { records } = org.data.query(admin, `SELECT Name FROM Opportunity ORDER BY ${order}`);
    expect(records.map((record) => record['Name']).join('')).toBe(names);
  });
});

describe('records', () => {
  it('carry attributes, parents as records, and null for a parent that is not there', () => {
    const { records } = org.data.query(
      admin,
      `SELECT o.Name, o.Account.Name, o.Account.BillingAddress, Account.Owner.Name FROM Opportunity o WHERE Name IN ('A', 'D') ORDER BY Name`
    );
    expect(records[0]).toMatchObject({
      attributes: {
        type: 'Opportunity',
        url: expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/Opportunity\/006/) as string
      },
      Name: 'A',
      Account: { Name: 'Acme', BillingAddress: { city: 'Oslo', street: null }, Owner: { Name: 'Ada Admin' } }
    });
    expect(records[1]).toMatchObject({ Name: 'D', Account: null });
  });

  it('carry children, null where there are none, and at most LIMIT of them per parent', () => {
    const { records } = org.data.query(
      admin,
      `SELECT Name, (SELECT Name FROM Opportunities WHERE Amount > 0 ORDER BY Amount DESC LIMIT 1) FROM Account ORDER BY Name`
    );
    expect(records[0]?.['Opportunities']).toMatchObject({ totalSize: 1, done: true, records: [{ Name: 'B' }] });
    expect(records[1]?.['Opportunities']).toBeNull();
  });

  it('have every readable field with FIELDS()', () => {
    const [standard] = org.data.query(admin, 'SELECT FIELDS(STANDARD) FROM Opportunity').records;
    expect(Object.keys(standard ?? {})).toEqual(expect.arrayContaining(['Id', 'Name', 'StageName', 'CurrencyIsoCode']));
    expect(
      Object.keys(org.data.query(admin, 'SELECT Id, FIELDS(CUSTOM) FROM Opportunity LIMIT 1').records[0] ?? {})
    ).toEqual(['attributes', 'Id']);
  });
});

describe('aggregates', () => {
  const rows = (soql: string): unknown[] =>
    org.data.query(admin, soql).records.map(({ attributes: _attributes, ...values }) => values);

  it('count rows without returning them', () => {
    expect(org.data.query(admin, 'SELECT COUNT() FROM Opportunity WHERE Amount > 10')).toEqual({
      totalSize: 2,
      done: true,
      records: []
    });
  });

  it('name results by alias or position', () => {
    expect(rows('SELECT COUNT(Id), SUM(Amount) total, MIN(CloseDate), AVG(Amount) FROM Opportunity')).toEqual([
      { expr0: 4, total: 60, expr1: '2025-12-31', expr2: 20 }
    ]);
  });

  it('group, filter groups and sort by results', () => {
    expect(
      rows('SELECT IsClosed, COUNT(Id) n FROM Opportunity GROUP BY IsClosed HAVING COUNT(Id) > 1 ORDER BY IsClosed')
    ).toEqual([
      { IsClosed: false, n: 2 },
      { IsClosed: true, n: 2 }
    ]);
    expect(
      rows(
        'SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY COUNT(Id)'
      )
    ).toEqual([
      { y: 2025, n: 1 },
      { y: 2026, n: 3 }
    ]);
    expect(
      rows(
        'SELECT Account.Name, COUNT_DISTINCT(StageName) s FROM Opportunity GROUP BY Account.Name ORDER BY Account.Name NULLS LAST'
      )
    ).toEqual([
      { Name: 'Acme', s: 2 },
      { Name: "O'Neil 100%", s: 1 },
      { Name: null, s: 1 }
    ]);
  });
});

describe('deleted records', () => {
  it('are found by queryAll for 15 days', () => {
    const id = String(org.data.query(admin, `SELECT Id FROM Opportunity WHERE Name = 'A'`).records[0]?.['Id']);
    org.data.delete(admin, 'Opportunity', id);
    const all = (): number => org.data.query(admin, 'SELECT Id FROM Opportunity', { includeDeleted: true }).totalSize;
    expect(org.data.query(admin, 'SELECT Id FROM Opportunity').totalSize).toBe(3);
    expect(all()).toBe(4);
    org.clock.move(16 * 86_400_000);
    expect(all()).toBe(3);
  });
});
