import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordPage } from '../../sandbox/src/record-page/index.js';
import type { RecordPage } from '../../sandbox/src/record-page/index.js';
import { changeSource } from '../../sandbox/src/salesforce/core/change-access.js';
import { startSalesforce } from '../../sandbox/src/salesforce/server.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { launchBrowser, newPage } from '../support/browser.js';
import { DemoOrg } from '../sandbox/ui-api/support/demo-org.js';

const buildDir = new URL('../../sandbox/build/record-page', import.meta.url).pathname;

// The bundle comes from `npm run build`, which `npm test` runs first.
describe('the record page in a browser', () => {
  let demo: DemoOrg;
  let salesforce: RunningSalesforce;
  let host: RecordPage;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    demo = DemoOrg.open();
    salesforce = await startSalesforce({ org: demo.org, port: 0 });
    const users = ['sam', 'rita'].map((name) => ({
      username: `${name}@test.example`,
      displayName: name,
      accessToken: demo.org.auth.issueAccessToken(`${name}@test.example`)
    }));
    const changes = changeSource(demo.org);
    host = await startRecordPage({ port: 0, salesforceUrl: salesforce.url, users, buildDir, changes });
    browser = await launchBrowser();
    ({ page, problems } = await newPage(browser));
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await salesforce?.close();
    demo?.close();
  });

  const open = (path: string): Promise<unknown> => page.goto(host.url + path);
  const alpha = (): string => `/lightning/r/Opportunity/${demo.ids['alpha']}/view`;
  const details = (): ReturnType<Page['locator']> => page.locator('page-detail-panel');
  const stored = async (field: string): Promise<unknown> => {
    const path = `/ui-api/records/${demo.ids['alpha']}?fields=Opportunity.${field}`;
    return (await demo.call('ada', 'GET', path)).body.fields[field].value as unknown;
  };

  it('places the co-sell component where the Lightning page has it', async () => {
    await open(alpha());
    await page.locator('aside c-cosell-section').getByText('Microsoft co-sell').first().waitFor();
    expect(await page.title()).toBe('Alpha | Opportunity | Salesforce');
  });

  it('saves what is edited in place and shows it everywhere', async () => {
    await page.getByRole('button', { name: 'Edit Amount' }).click();
    await page.getByLabel('Amount').fill('2500');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Opportunity "Alpha" was saved.').waitFor();
    expect(await stored('Amount')).toBe(2500);
    await expect.poll(() => page.locator('page-highlights-panel').innerText()).toContain('2,500.00');
  });

  it('forgets an edit that is cancelled', async () => {
    await page.getByRole('button', { name: 'Edit Next Step' }).click();
    await page.getByLabel('Next Step').fill('Nothing');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => details().innerText()).not.toContain('Nothing');
  });

  it('changes the stage from the path', async () => {
    await page.getByRole('option', { name: 'Needs Analysis' }).click();
    await page.getByText('Stage changed successfully.').waitFor();
    expect(await stored('StageName')).toBe('Needs Analysis');
    await expect.poll(() => details().innerText()).toContain('Needs Analysis');
  });

  it('lists contact roles and the address of the account', async () => {
    await page.getByRole('tab', { name: 'Related' }).click();
    await page.getByText('Kim Lee').waitFor();
    await expect
      .poll(() => page.locator('page-related-lists').innerText())
      .toMatch(/Decision Maker.*Primary[\s\S]*Utrecht/);
  });

  it('goes to the account and to lists without loading the document again', async () => {
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await page.locator('page-account-card').getByRole('link', { name: 'Acme' }).click();
    await page.getByRole('heading', { name: /Acme/ }).waitFor();
    await page.getByRole('link', { name: 'Opportunities' }).click();
    await page.getByText('3 items').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /Acme/ }).waitFor();
    expect(await page.evaluate(() => (globalThis as { sameDocument?: boolean }).sameDocument)).toBe(true);
  });

  it('searches the list by name, taking % literally', async () => {
    await open('/lightning/o/Opportunity/list');
    const search = page.getByRole('searchbox').or(page.getByPlaceholder('Search this list by name...')).first();
    await search.fill('100%');
    await page.getByText('1 item •').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await search.fill('nothing like it');
    await page.getByText('No name contains “nothing like it”.').waitFor();
  });

  it('left no error of its own in the console', () => {
    // This org has neither the co-sell objects nor change events, and the browser reports such refusals itself.
    expect(problems.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });

  it('shows what the server refuses, at the field', async () => {
    await open(alpha());
    await page.getByRole('button', { name: 'Edit Name' }).click();
    await page.getByLabel('Name').first().fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Review the following fields: .*Name/).waitFor();
    await page.getByText('Required fields are missing: [Name]').waitFor();
    expect(await stored('Name')).toBe('Alpha');
  });

  it('offers nothing to edit to another user who may only read', async () => {
    await open(alpha());
    await page.getByRole('button', { name: 'View profile: sam' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'rita' }).click();
    await page.getByRole('button', { name: 'View profile: rita' }).waitFor();
    await details().getByText('Alpha').first().waitFor();
    expect(await page.getByRole('button', { name: /^Edit / }).count()).toBe(0);
  });

  it('says why a record cannot be shown', async () => {
    await open('/lightning/r/Opportunity/0065g0000099999AAA/view');
    await page.getByRole('heading', { name: 'This record cannot be shown' }).waitFor();
    await page.getByText('The requested resource does not exist').waitFor();
  });
});
