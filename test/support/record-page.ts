import type { Browser, Locator, Page } from 'playwright-core';
import { startRecordPage } from '../../sandbox/src/record-page/index.js';
import type { RecordPage } from '../../sandbox/src/record-page/index.js';
import { changeSource } from '../../sandbox/src/salesforce/core/change-access.js';
import { launchBrowser, newPage } from './browser.js';
import { salesforceRig } from './salesforce-rig.js';
import type { SalesforceRig } from './salesforce-rig.js';

// The bundle comes from `npm run build`, which `npm test` runs first.
const buildDir = new URL('../../sandbox/build/record-page', import.meta.url).pathname;

/** The record page over an org of its own, without a service: the test plays its part. */
export interface PageRig {
  rig: SalesforceRig;
  page: Page;
  /** Errors on the page so far. */
  problems: string[];
  section: Locator;
  /** Creates an opportunity of the user's and opens it. Answers its id. */
  open(values: Record<string, unknown>): Promise<string>;
  /** Another user in a window of another size, on the same org: a deploy costs seconds. */
  actAs(username: string, size: { width: number; height: number }): Promise<void>;
  /** Writes what the sync service would write. */
  asService(id: string, values: Record<string, unknown>): void;
  close(): Promise<void>;
}

/** @param usernames who the page can act as; the first is signed in at first */
export async function pageRig(
  usernames: readonly [string, ...string[]],
  size = { width: 1440, height: 1000 }
): Promise<PageRig> {
  const rig = await salesforceRig({}, { translations: true });
  const { org } = rig.salesforce;
  const users = usernames.map((username) => ({
    username,
    displayName: username,
    accessToken: org.auth.issueAccessToken(username)
  }));
  let [acting] = usernames;
  const host: RecordPage = await startRecordPage({
    port: 0,
    salesforceUrl: rig.salesforce.url,
    users,
    buildDir,
    changes: changeSource(org)
  });
  const browser: Browser = await launchBrowser();
  const { page, problems } = await newPage(browser, size);
  const [account] = rig.create('Account', [{ Name: 'Acme', BillingCountry: 'NL' }]);
  return {
    rig,
    page,
    problems,
    section: page.locator('c-cosell-section'),
    open: async (values) => {
      const opportunity = {
        Name: 'Deal',
        AccountId: account,
        StageName: 'Prospecting',
        CloseDate: '2027-01-31',
        OwnerId: rig.users.get(acting)
      };
      const [id = ''] = rig.create('Opportunity', [{ ...opportunity, ...values }]);
      await page.goto(`${host.url}/lightning/r/Opportunity/${id}/view`);
      return id;
    },
    actAs: async (username, window) => {
      // The cookie that the page answers with is the sign-in.
      await page.request.post(`${host.url}/session`, { data: { username }, headers: { origin: host.url } });
      await page.setViewportSize(window);
      acting = username;
    },
    asService: (id, values) => {
      const session = org.sessionFor('integration@cosell.example');
      org.data.update(session, 'Opportunity', id, { ...values, Cosell_Last_Sync__c: new Date().toISOString() });
    },
    close: async () => {
      await browser.close();
      await host.close();
      await rig.close();
    }
  };
}
