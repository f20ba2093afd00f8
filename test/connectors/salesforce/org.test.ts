import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import type { ClosableHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import { createSalesforceConnector } from '../../../plugin/src/connectors/salesforce/connector.js';
import type { SalesforceConnector } from '../../../plugin/src/connectors/salesforce/connector.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import type { ChangePage, RecordReport, RemoteRecord } from '../../../plugin/src/sync/ports.js';
import type { RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { SalesforceClient, record } from '../../../sandbox/src/world/salesforce-client.js';
import { seedUsers, assignPermissionSets } from '../../../sandbox/src/world/seed/users.js';
import { collect } from '../../support/salesforce-answers.js';
import { admin, connect, deployTo, startOrg } from '../../support/salesforce-org.js';

const integration = 'integration@cosell.example';

let salesforce: RunningSalesforce;
let http: ClosableHttp;
let asAdmin: SalesforceClient;
let connector: SalesforceConnector;
let solutionId: string;
let users: Map<string, string>;

beforeAll(async () => {
  salesforce = await startOrg();
  asAdmin = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  users = await seedUsers(asAdmin);
  const deployed = await deployTo(await connect(salesforce));
  expect(deployed.failures).toEqual([]);
  await assignPermissionSets(asAdmin);
  [solutionId] = (await asAdmin.insert([
    record('Microsoft_Solution__c', {
      Name: 'One',
      Solution_Identifier__c: 'SOL-1-ABC',
      Type__c: '3P',
      Publisher_Name__c: 'C'
    })
  ])) as [string];
  http = undiciHttp();
});
afterAll(async () => {
  await http.close();
  await salesforce.close();
});

beforeEach(() => {
  connector = createSalesforceConnector({
    session: {
      instanceUrl: salesforce.url,
      accessToken: () => Promise.resolve(salesforce.org.auth.issueAccessToken(integration)),
      renew: () => Promise.resolve(salesforce.org.auth.issueAccessToken(integration))
    },
    http,
    clock: systemClock,
    random: new SeededRandom(1),
    options: { overlapMs: 0 }
  });
});

/** An opportunity that changed long enough ago to be written under a condition. */
async function opportunity(fields: Record<string, unknown> = {}): Promise<{ id: string; account: string }> {
  salesforce.org.clock.move(-3_600_000);
  try {
    const [account] = await asAdmin.insert([
      record('Account', { Name: 'Acme', BillingStreet: 'S 1', BillingCity: 'Utrecht', BillingCountry: 'NL' })
    ]);
    const [id] = await asAdmin.insert([
      record('Opportunity', {
        Name: 'Big deal',
        AccountId: account,
        StageName: 'Prospecting',
        CloseDate: '2027-01-31',
        Amount: 1000,
        OwnerId: users.get('sam.seller@cosell.example'),
        Sync_with_Partner_Center__c: true,
        ...fields
      })
    ]);
    return { id: id ?? '', account: account ?? '' };
  } finally {
    salesforce.org.clock.move(3_600_000);
  }
}

async function fresh(id: string): Promise<RemoteRecord> {
  const found = (await connector.read([{ key: id }])).get(id);
  if (!found) throw new Error(`No opportunity ${id}.`);
  return found;
}

const keys = (pages: readonly ChangePage[]): string[] => pages.flatMap((page) => page.records.map(({ key }) => key));
const now = (): string => `${new Date().toISOString().slice(0, 19)}.000Z`;

function report(left: RemoteRecord, changes: Partial<RecordReport> = {}): RecordReport {
  return { key: left.key, state: 'Synced', issues: [], rows: [], settled: [], audit: [], left, ...changes };
}

describe('the connector on an org', () => {
  it('reads the whole document of an opportunity', async () => {
    const { id, account } = await opportunity({ How_can_Microsoft_help__c: 'Proof Of Concept or Demo' });
    const [contact] = await asAdmin.insert([
      record('Contact', { AccountId: account, FirstName: 'Cy', LastName: 'X', Email: 'cy@x.example', Phone: '1' })
    ]);
    await asAdmin.insert([
      record('OpportunityContactRole', {
        OpportunityId: id,
        ContactId: contact,
        Role: 'Decision Maker',
        IsPrimary: true
      })
    ]);
    await asAdmin.insert([
      record('OpportunityTeamMember', {
        OpportunityId: id,
        UserId: users.get('lena.seller@cosell.example'),
        TeamMemberRole: 'Sales Rep'
      })
    ]);
    await asAdmin.insert([
      record('Opportunity_Microsoft_Solution__c', { Opportunity__c: id, Microsoft_Solution__c: solutionId })
    ]);
    const { document, lifecycle } = await fresh(id);
    expect(lifecycle).toBe('open');
    expect(document).toMatchObject({
      Id: id,
      Name: 'Big deal',
      Amount: 1000,
      CloseDate: '2027-01-31',
      StageName: 'Prospecting',
      IsClosed: false,
      CurrencyIsoCode: 'USD',
      Sync_with_Partner_Center__c: true,
      How_can_Microsoft_help__c: 'Proof Of Concept or Demo',
      Cosell_Sync_State__c: 'NotShared',
      Account: { Name: 'Acme', BillingStreet: 'S 1', BillingCity: 'Utrecht', BillingCountry: 'NL' },
      Contacts: [
        { FirstName: 'Cy', LastName: 'X', Email: 'cy@x.example', Phone: '1', Role: 'Decision Maker', IsPrimary: true }
      ],
      Team: [{ FirstName: 'Sam' }, { FirstName: 'Lena' }],
      Solutions: [{ Id: 'SOL-1-ABC', Name: 'One', Type: '3P', PublisherName: 'C' }]
    });
  });

  it('costs one call per idle poll, after one look at the org', async () => {
    const quiet = new Date(Date.now() + 2000).toISOString();
    const [first] = await collect(connector.changes(quiet));
    expect(connector.calls()).toBe(2);
    await collect(connector.changes(first?.cursor));
    expect(connector.calls()).toBe(3);
  });

  it('sees toggled and coupled opportunities and no others', async () => {
    const toggled = await opportunity();
    const coupled = await opportunity({ Sync_with_Partner_Center__c: false, Referral_Identifier__c: 'r-coupled' });
    const neither = await opportunity({ Sync_with_Partner_Center__c: false });
    const seen = keys(await collect(connector.changes(undefined)));
    expect(seen).toEqual(expect.arrayContaining([toggled.id, coupled.id]));
    expect(seen).not.toContain(neither.id);
  });

  const change = {
    'the record itself': ({ id }: { id: string }) => asAdmin.update([record('Opportunity', { Id: id, Amount: 2 })]),
    'its account': ({ account }: { account: string }) =>
      asAdmin.update([record('Account', { Id: account, BillingCity: 'Delft' })]),
    'a new solution': ({ id }: { id: string }) =>
      asAdmin.insert([
        record('Opportunity_Microsoft_Solution__c', { Opportunity__c: id, Microsoft_Solution__c: solutionId })
      ]),
    'a new contact role': async ({ id, account }: { id: string; account: string }) => {
      const [contact] = await asAdmin.insert([record('Contact', { AccountId: account, LastName: 'Y' })]);
      await asAdmin.insert([record('OpportunityContactRole', { OpportunityId: id, ContactId: contact })]);
    },
    'a new team member': ({ id }: { id: string }) =>
      asAdmin.insert([
        record('OpportunityTeamMember', {
          OpportunityId: id,
          UserId: users.get('lena.seller@cosell.example'),
          TeamMemberRole: 'Sales Rep'
        })
      ])
  };
  it.each(Object.keys(change) as (keyof typeof change)[])('sees a change of %s', async (what) => {
    const made = await opportunity();
    const cursor = now();
    expect(keys(await collect(connector.changes(cursor)))).not.toContain(made.id);
    await change[what](made);
    const pages = await collect(connector.changes(cursor));
    expect(keys(pages).filter((key) => key === made.id)).toEqual([made.id]);
  });

  it('sees a removed solution and a deleted opportunity', async () => {
    const made = await opportunity();
    const gone = await opportunity();
    const [child] = await asAdmin.insert([
      record('Opportunity_Microsoft_Solution__c', { Opportunity__c: made.id, Microsoft_Solution__c: solutionId })
    ]);
    const session = salesforce.org.sessionFor(admin);
    salesforce.org.clock.move(5000);
    const cursor = new Date(salesforce.org.now().getTime() - 1000).toISOString();
    salesforce.org.data.delete(session, 'Opportunity_Microsoft_Solution__c', child ?? '');
    salesforce.org.data.delete(session, 'Opportunity', gone.id);
    const records = (await collect(connector.changes(cursor))).flatMap((page) => page.records);
    salesforce.org.clock.move(-5000);
    expect(records).toContainEqual(expect.objectContaining({ key: made.id, lifecycle: 'open' }));
    expect(records).toContainEqual(expect.objectContaining({ key: gone.id, lifecycle: 'deleted' }));
    expect((await connector.read([{ key: gone.id }])).size).toBe(0);
  });

  it('writes under the condition that nobody wrote meanwhile', async () => {
    const { id } = await opportunity();
    const read = await fresh(id);
    expect(await connector.update(read, { Amount: 2000, StageName: 'Closed Won' })).toEqual({ outcome: 'written' });
    expect(await connector.update(read, { Amount: 3000 })).toEqual({ outcome: 'stale' });
    expect((await fresh(id)).document).toMatchObject({ Amount: 2000, StageName: 'Closed Won', IsWon: true });
  });

  it('puts a write off while the record is younger than the clock is exact', async () => {
    const { id } = await opportunity();
    await asAdmin.update([record('Opportunity', { Id: id, Amount: 7 })]);
    expect(await connector.update(await fresh(id), { Amount: 8 })).toEqual({ outcome: 'stale' });
  });

  it('is told what a validation refuses', async () => {
    const { id } = await opportunity();
    await expect(connector.update(await fresh(id), { CloseDate: null })).rejects.toMatchObject({
      kind: 'rejected',
      details: { target: 'CloseDate' }
    });
  });

  it('tells reps what happened, once', async () => {
    const { id } = await opportunity();
    const left = await fresh(id);
    const told = report(left, {
      syncedAt: '2026-01-05T09:05:00.000Z',
      issues: [{ code: 'A', message: 'One @{x.y}.', nextStep: 'Two.' }],
      counterpart: {
        key: `r-${id}`,
        link: 'https://partner.microsoft.com/x',
        document: { engagementId: 'e1', status: 'Active', substatus: 'Accepted', microsoft: null }
      },
      audit: [
        {
          key: `k-${id}`,
          at: '2026-01-05T09:05:00.000Z',
          direction: 'toRight',
          action: 'created',
          outcome: 'success',
          message: 'Referral created @{x.y}.'
        }
      ]
    });
    const before = connector.calls();
    expect(await connector.tell([told])).toEqual([{ key: id }]);
    expect(connector.calls() - before).toBe(1);
    const after = await fresh(id);
    expect(after).toMatchObject({
      counterpart: `r-${id}`,
      document: {
        Cosell_Sync_State__c: 'Synced',
        Referral_Link__c: 'https://partner.microsoft.com/x',
        Engagement_Identifier__c: 'e1',
        Referral_Status__c: 'Active',
        Audit__c: expect.stringContaining('2026-01-05 09:05 - Referral created')
      }
    });
    expect(await connector.tell([{ ...told, left: after }])).toEqual([{ key: id }]);
    const entries = await asAdmin.query(`SELECT Id FROM Cosell_Audit__c WHERE Opportunity__c = '${id}'`);
    expect(entries).toHaveLength(1);
    expect((await fresh(id)).document['Audit__c']).toBe(after.document['Audit__c']);
  });

  it('waits for a locked row', async () => {
    const { id } = await opportunity();
    const left = await fresh(id);
    salesforce.org.faults.lockedRows.add(id);
    setTimeout(() => salesforce.org.faults.lockedRows.delete(id), 300);
    expect(await connector.tell([report(left, { state: 'Pending' })])).toEqual([{ key: id }]);
    expect((await fresh(id)).document['Cosell_Sync_State__c']).toBe('Pending');
  });

  it('stops when the allowance is used up, and repeats a poll the org could not answer', async () => {
    salesforce.org.faults.unavailable = 1;
    expect(await collect(connector.changes(now()))).toHaveLength(1);
    expect(connector.limits()?.allowed).toBeGreaterThan(0);
    salesforce.org.faults.limitExhausted = true;
    await expect(collect(connector.changes(now()))).rejects.toMatchObject({
      code: 'REQUEST_LIMIT_EXCEEDED',
      kind: 'connection'
    });
    salesforce.org.faults.clear();
  });

  it('says which field is missing for a user without the permission set', async () => {
    const seller = createSalesforceConnector({
      session: {
        instanceUrl: salesforce.url,
        accessToken: () => Promise.resolve(salesforce.org.auth.issueAccessToken('lena.seller@cosell.example')),
        renew: () => Promise.resolve('')
      },
      http,
      clock: systemClock,
      random: new SeededRandom(1)
    });
    const [assignment] = await asAdmin.query<{ Id: string }>(
      "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'lena.seller@cosell.example' AND PermissionSet.Name = 'Cosell_Seller'"
    );
    salesforce.org.data.delete(salesforce.org.sessionFor(admin), 'PermissionSetAssignment', assignment?.Id ?? '');
    await expect(collect(seller.changes(undefined))).rejects.toMatchObject({ code: 'FIELD_NOT_VISIBLE' });
  });
});
