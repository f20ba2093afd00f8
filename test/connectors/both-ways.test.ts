import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../plugin/src/connectors/http/index.js';
import type { ClosableHttp } from '../../plugin/src/connectors/http/index.js';
import { createSalesforceConnector } from '../../plugin/src/connectors/salesforce/index.js';
import type { SalesforceConnector, SalesforceSession } from '../../plugin/src/connectors/salesforce/index.js';
import { openDatabase, SqlLedger } from '../../plugin/src/ledger/index.js';
import type { Ledger } from '../../plugin/src/ledger/index.js';
import { loadMapping } from '../../plugin/src/mapping/index.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { systemRandom } from '../../plugin/src/ports/random.js';
import { openQueue } from '../../plugin/src/queue/index.js';
import type { WorkQueue } from '../../plugin/src/queue/index.js';
import { runOnce } from '../../plugin/src/sync/index.js';
import type { RunSummary } from '../../plugin/src/sync/index.js';
import { acceptAsMicrosoft } from '../../sandbox/src/partner-center/microsoft/answer.js';
import { solutionCatalogue } from '../../sandbox/src/partner-center/solution-catalogue.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { SalesforceClient, record } from '../../sandbox/src/world/salesforce-client.js';
import { seedOrg } from '../../sandbox/src/world/seed/seed-org.js';
import { assignPermissionSets, seedUsers } from '../../sandbox/src/world/seed/users.js';
import type { PartnerCenterRig } from '../support/partner-center.js';
import { partnerCenterRig } from '../support/partner-center.js';
import { admin, connect, deployTo, startOrg } from '../support/salesforce-org.js';

const integration = 'integration@cosell.example';
const folder = mkdtempSync(join(tmpdir(), 'cosell-both-'));

let salesforce: RunningSalesforce;
let center: PartnerCenterRig;
let http: ClosableHttp;
let left: SalesforceConnector;
let session: SalesforceSession;
let ledger: Ledger;
let queue: WorkQueue;
let mapping: Mapping;
let asAdmin: SalesforceClient;
let id: string;

interface Row {
  Amount: number;
  StageName: string;
  Cosell_Sync_State__c: string;
  Referral_Identifier__c: string | null;
  Referral_Link__c: string | null;
  Microsoft_Status__c: string | null;
  Microsoft_CRM_Identifier__c: string | null;
}

async function seed(): Promise<void> {
  const users = await seedUsers(asAdmin);
  expect((await deployTo(await connect(salesforce))).failures).toEqual([]);
  await assignPermissionSets(asAdmin);
  const owners = ['sam.seller@cosell.example', 'lena.seller@cosell.example'].map((name) => users.get(name) ?? '');
  await seedOrg(asAdmin, { catalogue: solutionCatalogue, owners, now: new Date() });
  const [ready] = await asAdmin.query<{ Id: string }>(
    'SELECT Id FROM Opportunity WHERE IsClosed = false AND Id IN (SELECT OpportunityId FROM OpportunityContactRole) ' +
      'AND Id IN (SELECT Opportunity__c FROM Opportunity_Microsoft_Solution__c) LIMIT 1'
  );
  id = ready?.Id ?? '';
}

beforeAll(async () => {
  salesforce = await startOrg();
  center = await partnerCenterRig();
  asAdmin = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  await seed();
  http = undiciHttp();
  const token = salesforce.org.auth.issueAccessToken(integration);
  session = {
    instanceUrl: salesforce.url,
    accessToken: () => Promise.resolve(token),
    renew: () => Promise.resolve(token)
  };
  left = createSalesforceConnector({ session, http, clock: systemClock, random: systemRandom });
  mapping = await loadMapping(
    fileURLToPath(new URL('../../plugin/mappings/opportunity-referral.yaml', import.meta.url))
  );
  const database = await openDatabase(join(folder, 'ledger.db'));
  ledger = new SqlLedger(database);
  queue = await openQueue({ database, clock: systemClock });
});

afterAll(async () => {
  await queue.close();
  await ledger.close();
  await http.close();
  await center.close();
  await salesforce.close();
  rmSync(folder, { recursive: true });
});

const run = (): Promise<RunSummary> =>
  runOnce({
    mapping,
    left,
    right: center.connector,
    ledger,
    queue,
    clock: systemClock,
    random: systemRandom,
    options: { lookupDelayMs: 0 }
  });

async function row(): Promise<Row> {
  const [found] = await asAdmin.query<Row>(
    'SELECT Amount, StageName, Cosell_Sync_State__c, Referral_Identifier__c, Referral_Link__c, Microsoft_Status__c, ' +
      `Microsoft_CRM_Identifier__c FROM Opportunity WHERE Id = '${id}'`
  );
  if (!found) throw new Error(`No opportunity ${id}.`);
  return found;
}

const referral = async () => {
  const [found] = await center.connector.findByMarker(id, undefined);
  if (!found) throw new Error(`No referral for ${id}.`);
  return found;
};

/** Longer than a record has to rest before a conditional write (see `settleMs`). */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2600));

describe('both connectors under the real engine', () => {
  it('share a toggled opportunity, with help, in six calls', async () => {
    await asAdmin.update([
      record('Opportunity', {
        Id: id,
        Sync_with_Partner_Center__c: true,
        How_can_Microsoft_help__c: 'Proof Of Concept or Demo'
      })
    ]);
    const summary = await run();
    expect(summary.counts).toMatchObject({ created: 1, told: 1, failed: 0 });
    // Look at the org, first load, tell; first list, the deal, the invitation.
    expect(summary.calls).toEqual({ salesforce: 3, 'partner-center': 3 });
    const { key, document } = await referral();
    expect(await row()).toMatchObject({
      Cosell_Sync_State__c: 'Synced',
      Referral_Identifier__c: key,
      Referral_Link__c: expect.stringContaining(key),
      Microsoft_Status__c: 'New'
    });
    expect(document).toMatchObject({ microsoft: { inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo' } } });
  });

  it('write nothing and make one call each when nothing changed', async () => {
    const summary = await run();
    expect(summary.counts).toMatchObject({ created: 0, updatedLeft: 0, updatedRight: 0, told: 0 });
    expect(summary.calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('carry an edit to Partner Center', async () => {
    await asAdmin.update([record('Opportunity', { Id: id, Amount: 77_000 })]);
    expect((await run()).counts).toMatchObject({ updatedRight: 1, failed: 0 });
    expect((await referral()).document).toMatchObject({ details: { dealValue: 77_000 } });
  });

  it('show what Microsoft did', async () => {
    const { microsoft } = (await referral()).document as { microsoft: { id: string } };
    acceptAsMicrosoft(center.center.world, microsoft.id);
    await run();
    expect(await row()).toMatchObject({
      Microsoft_Status__c: 'Active',
      Microsoft_CRM_Identifier__c: expect.stringMatching(/./)
    });
  });

  it('carry a change back although the org has few calls left and polling pauses', async () => {
    await rest();
    await center.connector.update(await referral(), { 'details.dealValue': 80_000 });
    const frugal = createSalesforceConnector({
      session,
      http,
      clock: systemClock,
      random: systemRandom,
      options: { budget: { softMark: 0.000_001 } }
    });
    const ports = { ledger, queue, clock: systemClock, random: systemRandom };
    const summary = await runOnce({ mapping, left: frugal, right: center.connector, ...ports });
    expect(frugal.budget()).toMatchObject({ state: 'pollingPaused', resumesAt: expect.any(String) });
    expect(summary.counts).toMatchObject({ updatedLeft: 1, failed: 0 });
    expect(await row()).toMatchObject({ Amount: 80_000, Cosell_Sync_State__c: 'Synced' });
  });

  it('carry value and outcome back to the opportunity, once', async () => {
    await rest();
    await center.connector.update(await referral(), { 'details.dealValue': 88_000, outcome: 'Closed/Won' });
    expect((await run()).counts).toMatchObject({ updatedLeft: 1, failed: 0 });
    expect(await row()).toMatchObject({ Amount: 88_000, StageName: 'Closed Won', Cosell_Sync_State__c: 'Closed' });
    expect((await run()).counts).toMatchObject({ updatedLeft: 0, updatedRight: 0, told: 0 });
  });
});
