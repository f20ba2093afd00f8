import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage } from '../support/browser.js';
import { endpoints } from '../support/sandbox.js';

describe('a person finds the way in the sandbox', () => {
  let browser: Browser;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, problems } = await newPage(browser));
    await page.goto(endpoints().recordPage.url);
  });
  afterAll(() => browser.close());

  it('from the list of deals to one that Microsoft offers', async () => {
    await page.getByRole('link', { name: 'Incoming deals' }).click();
    await page.getByRole('heading', { name: 'Incoming deals' }).waitFor();
    const row = page.locator('table tbody tr', { hasText: 'Needs attention' }).first();
    await row.getByRole('link').click();
    await page.locator('c-cosell-section').getByText('Microsoft offers you this deal').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Incoming deals' }).waitFor();
  });

  it('to the leads, each with its sync state', async () => {
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    await page.getByRole('table', { name: 'All Leads' }).waitFor();
    await page.getByRole('columnheader', { name: 'Company' }).waitFor();
    const lead = page.locator('table tbody tr', { hasText: 'Needs attention' }).first();
    await lead.getByRole('link').click();
    await page.getByText('Referral Expires On').waitFor();
  });

  it('to the other systems', async () => {
    const addressOf = (name: RegExp): Promise<string | null> => page.getByRole('link', { name }).getAttribute('href');
    expect(await addressOf(/^Partner Center/)).toBe(endpoints().partnerCenter.inboxUrl);
    expect(await addressOf(/^Business Central/)).toBe(endpoints().businessCentral.pagesUrl);
    expect(problems).toEqual([]);
  });
});
