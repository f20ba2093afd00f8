import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordPage } from '../../sandbox/src/record-page/index.js';
import type { RecordPage } from '../../sandbox/src/record-page/index.js';
import { changeSource } from '../../sandbox/src/salesforce/core/change-access.js';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { ownHome } from '../support/own-home.js';
import { salesforceRig } from '../support/salesforce-rig.js';
import type { SalesforceRig } from '../support/salesforce-rig.js';

ownHome();
const buildDir = new URL('../../sandbox/build/record-page', import.meta.url).pathname;
const seller = 'sam.seller@cosell.example';

// The bundle comes from `npm run build`, which `npm test` runs first. No service runs: the test plays its part.
describe('a rep decides about a conflict on the record', () => {
  let rig: SalesforceRig;
  let host: RecordPage;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let id: string;
  let issue: string;

  const asService = (fields: Record<string, unknown>): void => {
    const session = rig.salesforce.org.sessionFor('integration@cosell.example');
    rig.salesforce.org.data.update(session, 'Cosell_Issue__c', issue, fields);
    // Every delivery reports on the opportunity, which is what the page hears of.
    rig.salesforce.org.data.update(session, 'Opportunity', id, { Cosell_Last_Sync__c: new Date().toISOString() });
  };

  beforeAll(async () => {
    rig = await salesforceRig();
    const [account] = rig.create('Account', [{ Name: 'Acme' }]);
    [id = ''] = rig.create('Opportunity', [
      {
        Name: 'Deal',
        AccountId: account,
        StageName: 'Prospecting',
        CloseDate: '2027-01-31',
        OwnerId: rig.users.get(seller),
        Sync_with_Partner_Center__c: true,
        Referral_Identifier__c: 'r1',
        Cosell_Sync_State__c: 'Conflict'
      }
    ]);
    [issue = ''] = rig.create('Cosell_Issue__c', [
      {
        Opportunity__c: id,
        Issue_Key__c: 'k1',
        Kind__c: 'Conflict',
        Code__c: 'CONFLICT',
        Field__c: 'Deal value',
        Salesforce_Value__c: '5000',
        Partner_Center_Value__c: '6000',
        Agreed_Value__c: '1000',
        Salesforce_Changed_At__c: '2026-01-05T09:00:00.000Z',
        Partner_Center_Changed_At__c: '2026-01-05T09:01:00.000Z',
        Message__c: 'Deal value was changed in Salesforce and in Partner Center.',
        Next_Step__c: 'Keep one of the values.',
        Status__c: 'Open'
      }
    ]);
    const users = [
      { username: seller, displayName: 'Sam', accessToken: rig.salesforce.org.auth.issueAccessToken(seller) }
    ];
    const changes = changeSource(rig.salesforce.org);
    host = await startRecordPage({ port: 0, salesforceUrl: rig.salesforce.url, users, buildDir, changes });
    browser = await launchBrowser();
    ({ page, problems } = await newPage(browser));
    await page.goto(`${host.url}/lightning/r/Opportunity/${id}/view`);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await rig?.close();
  });

  const decisions = (): ReturnType<Page['locator']> => page.locator('c-cosell-decisions');
  const keep = (): ReturnType<Page['locator']> =>
    decisions().getByRole('button', { name: 'Keep Partner Center: Deal value' });

  it('sees both values, the one before, and a button for each', async () => {
    await decisions().getByRole('heading', { name: 'Deal value' }).waitFor();
    const text = await decisions().innerText();
    for (const value of ['5000', '6000', '1000']) expect(text).toContain(value);
    expect(await decisions().getByRole('button').count()).toBe(2);
    await screenshot(page, '8-conflict-on-the-record');
  });

  it('decides with the keyboard, and is told that the service will carry it out', async () => {
    await keep().focus();
    await page.keyboard.press('Enter');
    await decisions().getByText('the sync service will carry it out').waitFor();
    expect(await decisions().getByRole('button').count()).toBe(0);
    const [row] = await rig.asAdmin.query<{ Resolution__c: string; LastModifiedBy: { Username: string } }>(
      `SELECT Resolution__c, LastModifiedBy.Username FROM Cosell_Issue__c WHERE Id = '${issue}'`
    );
    expect(row).toMatchObject({ Resolution__c: 'KeepPartnerCenter', LastModifiedBy: { Username: seller } });
  });

  it('is told when it could not be carried out and asked again, and when it was', async () => {
    asService({ Resolution__c: null, Message__c: 'It is not written in Salesforce.' });
    await decisions().getByText('could not be carried out').waitFor({ timeout: 20_000 });
    await decisions().getByRole('button', { name: 'Keep Salesforce: Deal value' }).click();
    await decisions().getByText('the sync service will carry it out').waitFor();
    asService({ Status__c: 'Resolved' });
    await decisions().getByText('your decision was carried out').waitFor({ timeout: 20_000 });
    expect(await decisions().getByRole('heading', { name: 'Deal value' }).count()).toBe(0);
  });

  it('all without an error on the page', () => {
    expect(problems).toEqual([]);
  });
});
