import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { Inbox } from '../support/inbox.js';
import { endpoints, eventually, query, salesforce } from '../support/sandbox.js';

const admin = 'ada.admin@cosell.example';

interface Deal {
  Id: string;
  Amount: number;
  CloseDate: string;
  Referral_Identifier__c: string | null;
  Cosell_Sync_State__c: string;
}

/** A deal of the seed's with everything that sharing needs, and nothing shared yet. */
const CANDIDATE =
  'SELECT Id FROM Opportunity WHERE IsClosed = false AND Sync_with_Partner_Center__c = false AND Amount > 0 ' +
  "AND Account.BillingCountry = 'NL' AND Id IN (SELECT OpportunityId FROM OpportunityContactRole) ORDER BY Name DESC LIMIT 1";

describe('Microsoft edits a deal while the rep has the same field open', () => {
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let inbox: Inbox;
  let deal: Deal;

  const read = async (id: string): Promise<Deal | undefined> =>
    (
      await query<Deal>(
        admin,
        `SELECT Id, Amount, CloseDate, Referral_Identifier__c, Cosell_Sync_State__c FROM Opportunity WHERE Id = '${id}'`
      )
    )[0];
  const partnerCenterFaults = async (method: string, body?: object): Promise<void> => {
    const url = `${endpoints().partnerCenter.controlUrl}/faults`;
    const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(await answer.text());
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, problems } = await newPage(browser));
    inbox = new Inbox((await newPage(browser)).page);
    const [candidate] = await query<{ Id: string }>(admin, CANDIDATE);
    const [solution] = await query<{ Id: string }>(admin, 'SELECT Id FROM Microsoft_Solution__c ORDER BY Name LIMIT 1');
    if (!candidate || !solution) throw new Error('The seed has no such deal.');
    const id = candidate.Id;
    await salesforce(admin, 'POST', '/sobjects/Opportunity_Microsoft_Solution__c', {
      Opportunity__c: id,
      Microsoft_Solution__c: solution.Id
    });
    await salesforce(admin, 'PATCH', `/sobjects/Opportunity/${id}`, { Sync_with_Partner_Center__c: true });
    deal = await eventually('the shared deal', async () => {
      const row = await read(id);
      return row?.Cosell_Sync_State__c === 'Synced' ? row : undefined;
    });
  });
  afterAll(async () => {
    await partnerCenterFaults('DELETE');
    await browser.close();
  });

  it('loses neither edit: one value wins, and the record names the other', async () => {
    await page.goto(`${endpoints().recordPage.url}/lightning/r/Opportunity/${deal.Id}/view`);
    await page.getByRole('button', { name: 'Edit Amount' }).click();
    // The service must not see the one edit before the other is made.
    await partnerCenterFaults('POST', { kind: 'status', status: 503, count: 100_000, path: '/engagements/' });
    await inbox.open(deal.Referral_Identifier__c ?? '');
    await inbox.act('Edit value, date or notes', { Value: '77777', 'Closing date': '2027-11-30' });
    await page.bringToFront();
    await page.getByLabel('Amount').fill('55555');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit Amount' }).waitFor();
    await partnerCenterFaults('DELETE');
    const trail = page.locator('c-cosell-audit-trail');
    await expect.poll(() => trail.innerText(), { timeout: 40_000 }).toMatch(/55[,.]?555/);
    await expect.poll(() => trail.innerText()).toMatch(/77[,.]?777/);
    const winner = await read(deal.Id);
    expect([55_555, 77_777]).toContain(winner?.Amount);
    // Both sides show the winner, and the date that nobody but Microsoft touched.
    expect(winner?.CloseDate).toBe('2027-11-30');
    await inbox.page.bringToFront();
    await expect.poll(() => inbox.text()).toContain(`Value EUR ${winner?.Amount.toLocaleString('en-US') ?? ''}`);
    expect(await inbox.text()).toContain('Closing date 30 Nov 2027');
    await screenshot(page, '11-both-edited');
    expect(problems).toEqual([]);
  });
});
