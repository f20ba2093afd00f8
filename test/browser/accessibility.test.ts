import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sidewaysOf, violationsOf } from '../support/axe.js';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { endpoints } from '../support/sandbox.js';

describe('accessibility (axe, WCAG 2.1 A and AA)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const pages = [
    { name: 'record page', url: () => endpoints().recordPage.opportunityUrl, ready: 'c-cosell-sync-state' },
    { name: 'list of opportunities', url: () => endpoints().recordPage.listUrl, ready: 'table tbody tr' },
    {
      name: 'list of leads',
      url: () => `${endpoints().recordPage.url}/lightning/o/Lead/list`,
      ready: 'table tbody tr'
    },
    { name: 'Partner Center inbox', url: () => endpoints().partnerCenter.inboxUrl, ready: 'main' },
    { name: 'Webhooks of Partner Center', url: () => `${endpoints().partnerCenter.inboxUrl}/webhooks`, ready: 'main' },
    { name: 'Business Central orders', url: () => endpoints().businessCentral.pagesUrl, ready: 'table' }
  ];

  it.each(pages.flatMap((page) => [1440, 320].map((width) => ({ ...page, width }))))(
    '$name at $width px has no violation and does not scroll sideways',
    async ({ name, url, ready, width }) => {
      const { page } = await newPage(browser, { width, height: 900 });
      await page.goto(url());
      await page.locator(ready).first().waitFor();
      await expect.poll(() => page.locator('lightning-spinner').count()).toBe(0);
      await screenshot(page, `${name.toLowerCase().replaceAll(' ', '-')}-${width}`);
      expect(await violationsOf(page)).toEqual([]);
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      await page.close();
    }
  );

  it.each([1440, 360])(
    'a deal of the inbox at %d px: every action is reached and answered by keyboard',
    async (width) => {
      const { page, problems } = await newPage(browser, { width, height: 900 });
      await page.goto(endpoints().partnerCenter.inboxUrl);
      await page.getByRole('link', { name: 'Robot telemetry rollout' }).click();
      const buttons = page.locator('.actions .group button');
      await buttons.first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      await page.getByRole('link', { name: 'Referrals inbox' }).focus();
      const focused = page.locator(':focus-visible');
      for (const name of await buttons.allInnerTexts()) {
        await page.keyboard.press('Tab');
        expect(await focused.innerText()).toBe(name);
        expect(await focused.evaluate((node) => getComputedStyle(node).outlineStyle)).toBe('solid');
        await page.keyboard.press('Enter');
        await page.locator('dialog[open]').waitFor();
        expect(await violationsOf(page)).toEqual([]);
        await page.keyboard.press('Escape');
        expect(await focused.innerText()).toBe(name);
      }
      await screenshot(page, `deal-of-the-inbox-${width}`);
      expect(problems).toEqual([]);
      await page.close();
    }
  );
});
