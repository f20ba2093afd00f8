import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginning } from '../../../../plugin/src/connectors/salesforce/cursor.js';
import type { SalesforceOptions } from '../../../../plugin/src/connectors/salesforce/connector.js';
import type { RecordReport, RemoteRecord } from '../../../../plugin/src/sync/ports.js';
import { collect } from '../../../support/salesforce-answers.js';
import type { SalesforceRig } from '../../../support/salesforce-rig.js';
import { salesforceRig } from '../../../support/salesforce-rig.js';

const polling = { firstMs: 2, capMs: 5, timeoutMs: 20_000 };
let rig: SalesforceRig;
let ids: string[];

const opportunities = (count: number, fields: object = {}): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => ({
    Name: `Deal ${index}, "big"\nand long`,
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
    Sync_with_Partner_Center__c: true,
    ...fields
  }));

function seed(): void {
  const [account = ''] = rig.create('Account', [{ Name: 'Acme', BillingCity: 'Utrecht' }]);
  const [cy = '', di = ''] = rig.create('Contact', [
    { LastName: 'X', FirstName: 'Cy', AccountId: account, Email: 'cy@x.example' },
    { LastName: 'Di' }
  ]);
  const [one = ''] = rig.create('Microsoft_Solution__c', [
    { Name: 'One', Solution_Identifier__c: 'SOL-1', Type__c: '3P', Publisher_Name__c: 'C' }
  ]);
  ids = [
    ...rig.create('Opportunity', opportunities(40, { AccountId: account, Amount: 1234.5, Description: 'a\r\nb' })),
    ...rig.create('Opportunity', opportunities(10))
  ];
  rig.create('Opportunity', opportunities(3, { Sync_with_Partner_Center__c: false }));
  const even = ids.filter((_, index) => index % 2 === 0);
  rig.create(
    'OpportunityContactRole',
    even.flatMap((OpportunityId) => [
      { OpportunityId, ContactId: di },
      { OpportunityId, ContactId: cy, Role: 'Decision Maker', IsPrimary: true }
    ])
  );
  const lena = rig.users.get('lena.seller@cosell.example');
  rig.create('OpportunityTeamMember', [{ OpportunityId: ids[1], UserId: lena, TeamMemberRole: 'Sales Rep' }]);
  rig.create('Opportunity_Microsoft_Solution__c', [
    { Opportunity__c: ids.at(-1), Microsoft_Solution__c: one },
    { Opportunity__c: ids[0], Microsoft_Solution__c: one }
  ]);
}

beforeAll(async () => {
  rig = await salesforceRig({ limits: { bulkResultRows: 7 } });
  // Long enough ago for a conditional write.
  rig.salesforce.org.clock.move(-3_600_000);
  seed();
  rig.salesforce.org.clock.move(3_600_000);
});
afterAll(() => rig.close());

async function firstRead(firstRead: SalesforceOptions['firstRead']) {
  const pages = await collect(rig.connector({ firstRead: firstRead!, polling }).changes(undefined));
  const records = new Map(pages.flatMap((page) => page.records).map((record) => [record.key, record]));
  return { pages, records };
}

describe('a first read by Bulk', () => {
  it('gives the very documents of a REST read, from result pages of seven rows', async () => {
    const rest = await firstRead('rest');
    const bulk = await firstRead('bulk');
    expect([...bulk.records.keys()].sort()).toEqual([...ids].sort());
    for (const [key, record] of rest.records) {
      const { version, ...twin } = bulk.records.get(key) as RemoteRecord;
      const { version: other, ...expected } = record;
      expect(twin).toEqual(expected);
      expect(version.split('@')[0]).toBe(other.split('@')[0]);
    }
    expect(bulk.records.get(ids[0] ?? '')?.document).toMatchObject({
      Amount: 1234.5,
      Contacts: [{ FirstName: 'Cy', IsPrimary: true }, { LastName: 'Di' }],
      Solutions: [{ Id: 'SOL-1' }]
    });
  });

  it('has a cursor that starts over until the end, and then one that polling goes on from', async () => {
    const { pages } = await firstRead('bulk');
    const cursors = pages.map(({ cursor }) => cursor);
    expect(new Set(cursors.slice(0, -1))).toEqual(new Set([beginning]));
    expect(Math.abs(Date.now() - Date.parse(cursors.at(-1) ?? ''))).toBeLessThan(10_000);
    const again = await collect(rig.connector({ firstRead: 'bulk', polling }).changes(beginning));
    expect(again.flatMap((page) => page.records)).toHaveLength(ids.length);
  });

  it('leaves nothing to do for a record that was read so: its version allows a conditional write', async () => {
    const { records } = await firstRead('bulk');
    const record = records.get(ids[3] ?? '') as RemoteRecord;
    expect(await rig.connector().update(record, { Amount: 5 })).toEqual({ outcome: 'written' });
    expect(await rig.connector().update(record, { Amount: 6 })).toEqual({ outcome: 'stale' });
  });
});

describe('telling thousands', () => {
  it('goes by Bulk for what suits it and by collections for the rest, with one result per report, in order', async () => {
    const many = rig.create('Opportunity', opportunities(2105, { Sync_with_Partner_Center__c: false }));
    const at = '2026-01-05T09:05:00.000Z';
    const reports = many.map((key, index): RecordReport => {
      const left = { key, document: { Id: key }, version: '', modifiedAt: at, lifecycle: 'open' as const };
      const entry = {
        key: `${key}-1`,
        at,
        direction: 'toRight' as const,
        action: 'created' as const,
        outcome: 'success' as const,
        message: index === 7 ? '#N/A' : 'Referral created.'
      };
      // Eight reports bring an issue, so their columns are others; one record does not exist.
      const issues = index < 8 ? [{ code: 'A', message: 'One.', nextStep: 'Two.' }] : [];
      const gone = index === 9 ? '006000000000009AAA' : key;
      return {
        key: gone,
        state: 'Synced',
        issues,
        rows: [],
        settled: [],
        audit: [entry],
        syncedAt: at,
        left: { ...left, key: gone }
      };
    });
    rig.sent.length = 0;
    const results = await collect(rig.connector({ polling }).writeServiceFields(reports));
    expect(results.map(({ key }) => key)).toEqual(reports.map(({ key }) => key));
    expect(results.filter(({ error }) => error)).toMatchObject([{ key: '006000000000009AAA' }]);
    const jobs = rig.sent.filter(({ method, url }) => method === 'POST' && url.endsWith('/jobs/ingest'));
    expect(jobs).toHaveLength(2);
    const [{ told } = { told: 0 }] = await rig.asAdmin.query<{ told: number }>(
      "SELECT COUNT(Id) told FROM Opportunity WHERE Cosell_Sync_State__c = 'Synced' AND Cosell_Last_Sync__c != null"
    );
    const [{ entries } = { entries: 0 }] = await rig.asAdmin.query<{ entries: number }>(
      'SELECT COUNT(Id) entries FROM Cosell_Audit__c'
    );
    expect([told, entries]).toEqual([2104, 2104]);
    const again = await collect(rig.connector({ polling }).writeServiceFields(reports));
    expect(again.filter(({ error }) => error)).toHaveLength(1);
    const [{ after } = { after: 0 }] = await rig.asAdmin.query<{ after: number }>(
      'SELECT COUNT(Id) after FROM Cosell_Audit__c'
    );
    expect(after).toBe(2104);
  }, 60_000);
});
