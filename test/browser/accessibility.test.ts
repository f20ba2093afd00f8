import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { endpoints } from '../support/sandbox.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

describe('accessibility (axe, WCAG 2.1 A and AA)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const pages = [
    { name: 'record page', url: () => endpoints().recordPage.opportunityUrl, ready: 'c-cosell-sync-state' },
    { name: 'list of opportunities', url: () => endpoints().recordPage.listUrl, ready: 'table tbody tr' },
    { name: 'Partner Center inbox', url: () => endpoints().partnerCenter.inboxUrl, ready: 'main' }
  ];

  it.each(pages.flatMap((page) => [1440, 360].map((width) => ({ ...page, width }))))(
    '$name at $width px has no violation and does not scroll sideways',
    async ({ name, url, ready, width }) => {
      const { page } = await newPage(browser, { width, height: 900 });
      await page.goto(url());
      await page.locator(ready).first().waitFor();
      await expect.poll(() => page.locator('lightning-spinner').count()).toBe(0);
      await screenshot(page, `${name.toLowerCase().replaceAll(' ', '-')}-${width}`);
      // The content security policy forbids script tags, so the checker is evaluated instead of added.
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const checker = (
          globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
        ).axe;
        const result = await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
        return result.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`
        );
      });
      expect(violations).toEqual([]);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      );
      expect(sideways).toBeLessThanOrEqual(0);
      await page.close();
    }
  );
});
