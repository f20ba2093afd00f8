import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addBusinessCentral, MemoryConnections } from '../../../plugin/src/service/connections/index.js';
import { Answering } from '../../../plugin/src/service/erp/answering.js';
import { refreshErp, showErp } from '../../../plugin/src/service/erp/index.js';
import type { OpenErp } from '../../../plugin/src/service/erp/open.js';
import { openErp } from '../../../plugin/src/service/erp/open.js';
import { eventLog } from '../../../plugin/src/service/log.js';
import { loadSettings } from '../../../plugin/src/service/settings.js';
import { Wake } from '../../../plugin/src/service/wake.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../../sandbox/src/business-central/identity/applications.js';
import type { RunningBusinessCentral } from '../../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../../sandbox/src/business-central/server.js';
import type { SalesforceRig } from '../../support/salesforce-rig.js';
import { salesforceRig } from '../../support/salesforce-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-erp-'));
const settingsFile = join(folder, 'cosell.yaml');
const connections = new MemoryConnections();
let org: SalesforceRig;
let center: RunningBusinessCentral;
let erp: OpenErp;
const ids = { account: '', stranger: '', opportunity: '', laptop: '', service: '', unknown: '' };

const session = () => ({
  instanceUrl: org.salesforce.url,
  accessToken: () => Promise.resolve(org.salesforce.org.auth.issueAccessToken('integration@cosell.example')),
  renew: () => Promise.resolve(org.salesforce.org.auth.issueAccessToken('integration@cosell.example'))
});
const input = () => ({ session: session(), env: {}, settingsFile, ports: { connections } });
const customer = () => center.world.store.all(company(), 'customers')[0];
const company = (): string => center.world.store.all('', 'companies')[0]?.id ?? '';
type Row = Record<string, unknown>;
const query = (soql: string): Promise<Row[]> => org.asAdmin.query<Row>(soql);
const one = async (soql: string): Promise<Row> => (await query(soql))[0] ?? {};
const ask = (object: string, id: string): Promise<unknown> =>
  fetch(`${org.salesforce.url}/services/data/v66.0/sobjects/${object}/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${org.salesforce.org.auth.issueAccessToken('ada.admin@cosell.example')}`,
      'content-type': 'application/json'
    },
    body: JSON.stringify({ ERP_Refresh_Requested__c: new Date().toISOString() })
  }).then((answer) => expect(answer.status).toBe(204));
const state = (object: string, id: string): Promise<Row> =>
  one(
    `SELECT ERP_Refresh_Requested__c, ERP_Refreshed__c, ERP_Refresh_Code__c, ERP_Refresh_Message__c FROM ${object} WHERE Id = '${id}'`
  );
const answering = (more: object = {}): Answering =>
  new Answering({
    ...erp,
    intervalMs: 50,
    refreshEveryMs: 0,
    wake: new Wake(systemClock),
    log: eventLog('silent'),
    signal: new AbortController().signal,
    ...more
  });

beforeAll(async () => {
  org = await salesforceRig();
  center = await startBusinessCentral({ file: ':memory:', port: 0, seed: 'demo' });
  writeFileSync(settingsFile, JSON.stringify({ businessCentral: { baseUrl: center.url, authority: center.url } }));
  await addBusinessCentral({
    env: {},
    settingsFile,
    connections,
    signIn: {
      kind: 'online',
      tenantId: TENANT.id,
      clientId: INTEGRATION_CLIENT_ID,
      proof: 'secret',
      secret: INTEGRATION_SECRET
    },
    pick: (_what, choices) => Promise.resolve(choices[0])
  });
  const number = String(customer()?.values['number']);
  [ids.account = '', ids.stranger = ''] = org.create('Account', [
    { Name: 'Coupled by number', AccountNumber: number },
    { Name: 'Nobody there' }
  ]);
  [ids.laptop = '', ids.service = '', ids.unknown = ''] = org.create('Product2', [
    { Name: 'Laptop', ProductCode: '1000', IsActive: true },
    { Name: 'Consulting', ProductCode: '1079', IsActive: true },
    { Name: 'Unknown', ProductCode: 'X-9', IsActive: true }
  ]);
  const [book] = await query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const entries = org.create(
    'PricebookEntry',
    [ids.laptop, ids.service, ids.unknown].map((Product2Id) => ({
      Pricebook2Id: book?.['Id'],
      Product2Id,
      UnitPrice: 10,
      IsActive: true
    }))
  );
  [ids.opportunity = ''] = org.create('Opportunity', [
    {
      Name: 'Laptops',
      AccountId: ids.account,
      StageName: 'Prospecting',
      CloseDate: '2027-01-31',
      Pricebook2Id: book?.['Id']
    }
  ]);
  org.create(
    'OpportunityLineItem',
    entries.map((PricebookEntryId) => ({
      OpportunityId: ids.opportunity,
      PricebookEntryId,
      Quantity: 5,
      UnitPrice: 10
    }))
  );
});
beforeEach(async () => {
  const opened = await openErp(loadSettings(settingsFile, {}), session(), { connections });
  if (!opened) throw new Error('not connected');
  erp = opened;
});
afterEach(async () => {
  center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, state: 'Enabled' });
  await erp.close();
});
afterAll(async () => {
  await org.close();
  await center.close();
  rmSync(folder, { recursive: true });
});

describe('a refresh that somebody asked for', () => {
  it('is answered for an opportunity with the availability of its products and the figures of its account', async () => {
    await ask('Opportunity', ids.opportunity);
    expect(await answering().look()).toMatchObject({ pages: 1, accounts: 1, products: 3, fault: null });
    const shown = await state('Opportunity', ids.opportunity);
    expect(shown).toMatchObject({ ERP_Refresh_Requested__c: null, ERP_Refresh_Code__c: null });
    expect(Date.now() - Date.parse(String(shown['ERP_Refreshed__c']))).toBeLessThan(10_000);
    const { availability, statistics } = await showErp(input(), ids.opportunity);
    const laptop = availability.filter((row) => row['Product__c'] === ids.laptop);
    expect(laptop.length).toBeGreaterThan(2);
    const inventory = laptop.reduce((total, row) => total + Number(row['On_Hand__c']), 0);
    const ledger = center.world.store.all(company(), 'itemLedgerEntries').map(({ values }) => values);
    const own = ledger.filter((entry) => entry['itemNumber'] === '1000');
    expect(inventory).toBe(own.reduce((total, entry) => total + Number(entry['quantity']), 0));
    expect(laptop[0]).toMatchObject({ Name: 'Laptop', Item_Number__c: '1000', Unit__c: 'PCS' });
    const reasons = Object.fromEntries(availability.map((row) => [row['Name'], row['Not_Available_Reason__c']]));
    expect(reasons).toEqual({ Laptop: undefined, Consulting: 'NOT_STOCKED', Unknown: 'NO_MATCH' });
    expect(statistics).toHaveLength(1);
    expect(statistics[0]).toMatchObject({ Currency_Code__c: 'EUR', Customer_Number__c: customer()?.values['number'] });
  });

  it('leaves nothing to do for the next look, which is one call', async () => {
    await ask('Account', ids.account);
    const service = answering();
    expect(await service.look()).toMatchObject({ pages: 1, products: 0, statistics: 1 });
    const before = erp.org.calls();
    expect(await service.look()).toBeUndefined();
    expect(erp.org.calls() - before).toBe(1);
  });

  it('says on an account without a customer why there are no figures', async () => {
    await ask('Account', ids.stranger);
    await answering().look();
    expect((await state('Account', ids.stranger))['ERP_Refresh_Requested__c']).toBeNull();
    const { statistics } = await showErp(input(), ids.stranger);
    expect(statistics[0]).toMatchObject({ Not_Available__c: 'customer=NO_NUMBER' });
  });

  it('is answered with what is wrong when Business Central lets nobody in', async () => {
    center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, state: 'Disabled' });
    await ask('Account', ids.account);
    expect((await answering().look())?.fault?.code).toBeTruthy();
    const shown = await state('Account', ids.account);
    expect(shown['ERP_Refresh_Requested__c']).toBeNull();
    expect(String(shown['ERP_Refresh_Message__c']).length).toBeGreaterThan(20);
    center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, state: 'Enabled' });
    await ask('Account', ids.account);
    await answering().look();
    expect((await state('Account', ids.account))['ERP_Refresh_Code__c']).toBeNull();
  });

  it('stays asked for while the org refuses the answer, and is found by a later look', async () => {
    await ask('Account', ids.account);
    const broken = { ...erp.org, answer: () => Promise.reject(new Error('no')) };
    const service = answering({ org: broken });
    await expect(service.look()).rejects.toThrow('no');
    expect((await state('Account', ids.account))['ERP_Refresh_Requested__c']).not.toBeNull();
    expect(await answering().look()).toMatchObject({ pages: 1 });
  });

  it('is answered within five seconds by the running service, polling alone', async () => {
    const over = new AbortController();
    const running = answering({ signal: over.signal, intervalMs: 500 }).run();
    const asked = Date.now();
    await ask('Opportunity', ids.opportunity);
    while ((await state('Opportunity', ids.opportunity))['ERP_Refresh_Requested__c'] !== null) {
      expect(Date.now() - asked).toBeLessThan(5_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    over.abort(new Error('done'));
    await running;
  });
});

describe('rows of figures', () => {
  it('are replaced, not repeated, and go with the location', async () => {
    await refreshErp(input(), [ids.opportunity]);
    const rows = () =>
      query(`SELECT Id, ERP_Key__c, Location_Code__c FROM ERP_Availability__c WHERE Product__c = '${ids.laptop}'`);
    const before = await rows();
    org.create('ERP_Availability__c', [
      { ERP_Key__c: `${company()}:${ids.laptop}:CLOSED`, Product__c: ids.laptop, On_Hand__c: 9 }
    ]);
    await refreshErp(input(), [ids.opportunity]);
    expect((await rows()).map((row) => row['Id']).sort()).toEqual(before.map((row) => row['Id']).sort());
  });

  it('follow the coupling rather than the number', async () => {
    const other = center.world.store.all(company(), 'customers')[7];
    const [coupled = ''] = org.create('Account', [
      { Name: 'Coupled', AccountNumber: String(customer()?.values['number']), ERP_Record_Id__c: other?.id }
    ]);
    await refreshErp(input(), [coupled]);
    const { statistics } = await showErp(input(), coupled);
    expect(statistics[0]?.['Customer_Number__c']).toBe(other?.values['number']);
  });

  it('of everything are refreshed at once, without rows for accounts that are no customers', async () => {
    const result = await refreshErp(input(), 'all');
    expect(result).toMatchObject({ pages: 0, products: 3, fault: null });
    expect(result.statistics).toBeLessThanOrEqual(result.accounts);
    expect(result.statistics).toBeGreaterThan(0);
  });

  it('cannot be had for a record that is not there', async () => {
    await expect(refreshErp(input(), ['006000000000099AAA'])).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    const none = { ...input(), ports: { connections: new MemoryConnections() } };
    await expect(showErp(none, ids.account)).rejects.toMatchObject({ code: 'CONNECTION_NONE' });
  });
});
