import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSync } from '../../plugin/src/service/index.js';
import { loadSettings, openSync, serve, silentLog } from '../../plugin/src/service/index.js';
import { readStatus } from '../../plugin/src/service/status.js';
import type { RunSummary } from '../../plugin/src/sync/index.js';
import { CLIENT_ID, PARTNER } from '../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { record, SalesforceClient } from '../../sandbox/src/world/salesforce-client.js';
import { solutionCatalogue } from '../../sandbox/src/partner-center/solution-catalogue.js';
import { assignPermissionSets, seedUsers } from '../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from '../support/salesforce-org.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-end-to-end-'));
const DEALS = 24;

let salesforce: RunningSalesforce;
let center: RunningPartnerCenter;
let asAdmin: SalesforceClient;
let sync: OpenSync;
let ids: string[];

async function seed(): Promise<string[]> {
  const users = await seedUsers(asAdmin);
  expect((await deployTo(await connect(salesforce))).failures).toEqual([]);
  await assignPermissionSets(asAdmin);
  const owner = users.get('sam.seller@cosell.example') ?? '';
  const { id, name } = solutionCatalogue[0] ?? { id: '', name: '' };
  const [solution] = await asAdmin.insert([
    record('Microsoft_Solution__c', { Name: name, Solution_Identifier__c: id })
  ]);
  const [account] = await asAdmin.insert([
    record('Account', { Name: 'Alpine Ski House', BillingStreet: '1 Way', BillingCity: 'Oslo', BillingCountry: 'NO' })
  ]);
  const deals = await asAdmin.insert(
    Array.from({ length: DEALS }, (_item, index) =>
      record('Opportunity', {
        Name: `Deal ${index}`,
        AccountId: account,
        OwnerId: owner,
        StageName: 'Prospecting',
        Amount: 1000 + index,
        CloseDate: '2027-06-30',
        Sync_with_Partner_Center__c: true
      })
    )
  );
  await asAdmin.insert(
    deals.map((deal) =>
      record('Opportunity_Microsoft_Solution__c', { Opportunity__c: deal, Microsoft_Solution__c: solution })
    )
  );
  return deals;
}

async function open(): Promise<OpenSync> {
  const file = join(folder, 'cosell.yaml');
  const partnerCenter = [
    `baseUrl: ${center.url}`,
    `authority: ${center.url}`,
    `tenantId: ${PARTNER.tenantId ?? ''}`,
    `clientId: ${CLIENT_ID}`,
    'refreshTokenVariable: PC_TOKEN',
    'tokenCacheFile: tokens.json'
  ];
  writeFileSync(
    file,
    `partnerCenter:\n  ${partnerCenter.join('\n  ')}\nledger: e2e.ledger\npollInterval: 100ms\nlookupDelay: 0ms\n`
  );
  const token = salesforce.org.auth.issueAccessToken('integration@cosell.example');
  const give = (): Promise<string> => Promise.resolve(token);
  const env = { PC_TOKEN: center.issueRefreshToken() };
  return openSync(loadSettings(file, env), { instanceUrl: salesforce.url, accessToken: give, renew: give }, { env });
}

beforeAll(async () => {
  salesforce = await startOrg();
  center = await startPartnerCenter({ file: ':memory:', port: 0 });
  asAdmin = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  ids = await seed();
  sync = await open();
}, 60_000);

afterAll(async () => {
  await sync.close();
  await center.close();
  await salesforce.close();
  rmSync(folder, { recursive: true });
});

interface Row {
  Id: string;
  Cosell_Sync_State__c: string;
  Referral_Identifier__c: string | null;
}

const rows = (): Promise<Row[]> =>
  asAdmin.query<Row>('SELECT Id, Cosell_Sync_State__c, Referral_Identifier__c FROM Opportunity');

/** How often each opportunity has a referral at Partner Center. */
function referralsPerDeal(): number[] {
  const markers = center.world.store.all().map(({ document }) => document.externalReferenceId);
  return ids.map((id) => markers.filter((marker) => marker === id).length);
}

const schemaOf = (name: string): object => JSON.parse(readFileSync(`plugin/schemas/${name}.json`, 'utf8')) as object;

describe('the service between both stand-ins, signed in with a refresh token', () => {
  it('creates every referral once although answers get lost and the service is unavailable at times', async () => {
    center.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: '/referrals', count: 4 });
    center.faults.add({ kind: 'status', status: 503, method: 'POST', path: '/referrals', count: 3 });
    const summaries: RunSummary[] = [];
    for (let run = 0; run < 8; run += 1) {
      summaries.push(await sync.run());
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(summaries[0]?.counts.deferred).toBeGreaterThan(0);
    expect(referralsPerDeal()).toEqual(ids.map(() => 1));
    const shown = await rows();
    expect(shown.every((row) => row.Cosell_Sync_State__c === 'Synced' && row.Referral_Identifier__c !== null)).toBe(
      true
    );
    const trail = await asAdmin.query<{ Opportunity__c: string }>(
      "SELECT Opportunity__c FROM Cosell_Audit__c WHERE Action__c = 'created'"
    );
    expect(new Set(trail.map((entry) => entry.Opportunity__c)).size).toBe(DEALS);
    expect(trail).toHaveLength(DEALS);
    const valid = new Ajv({ strict: false }).compile(schemaOf('cosell-sync-once'));
    expect([...summaries.map((summary) => valid(JSON.parse(JSON.stringify(summary)))), valid.errors]).toEqual([
      ...summaries.map(() => true),
      null
    ]);
  }, 60_000);

  it('costs one call per system when nothing changed', async () => {
    const summary = await sync.run();
    expect(summary.calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('says how it stands', async () => {
    const status = await readStatus(sync);
    expect(status).toMatchObject({ couplings: { active: DEALS }, openIntents: 0, issueCount: 0, connection: null });
    expect(status.budget?.used).toBeGreaterThan(0);
    const valid = new Ajv({ strict: false }).compile(schemaOf('cosell-sync-status'));
    expect([valid(JSON.parse(JSON.stringify(status))), valid.errors]).toEqual([true, null]);
  });

  it('serves: an edit arrives within two seconds, and the service stops in good order', async () => {
    const controller = new AbortController();
    const served = serve(sync, { signal: controller.signal, log: silentLog, healthPort: 0 });
    const [id = ''] = ids;
    const before = performance.now();
    await asAdmin.update([record('Opportunity', { Id: id, Amount: 4321 })]);
    const value = (): unknown =>
      center.world.store.all().find(({ document }) => document.externalReferenceId === id)?.document.details?.dealValue;
    while (value() !== 4321 && performance.now() - before < 5000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - before).toBeLessThan(2000);
    controller.abort();
    const result = await served;
    const valid = new Ajv({ strict: false }).compile(schemaOf('cosell-sync-run'));
    expect([valid(JSON.parse(JSON.stringify(result))), valid.errors]).toEqual([true, null]);
    expect(result.lastError).toBeNull();
  }, 20_000);
});
