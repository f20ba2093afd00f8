import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/lib/chromium.mjs';

const outputDir = new URL('../output/', import.meta.url).pathname;

/** Flags that keep Chromium to the loopback: no look-ups and no background traffic of its own. */
const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error('The browser tests need Chromium. Install it (Debian and Ubuntu: sudo apt-get install chromium).');
  }
  return chromium.launch({ executablePath, args: quietFlags });
};

/** Keeps a picture under `test/output`. */
export const screenshot = async (page: Page, name: string): Promise<void> => {
  mkdirSync(outputDir, { recursive: true });
  await page.screenshot({ path: `${outputDir}${name}.png`, fullPage: true });
};

/** A page that fails the test when anything on it throws or logs an error. */
export const newPage = async (
  browser: Browser,
  size = { width: 1440, height: 1000 }
): Promise<{ page: Page; problems: string[] }> => {
  const page = await browser.newPage({ viewport: size });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
};
