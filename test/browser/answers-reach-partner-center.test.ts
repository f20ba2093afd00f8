import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { Inbox } from '../support/inbox.js';
import { endpoints, eventually, query, salesforce } from '../support/sandbox.js';

const admin = 'ada.admin@cosell.example';
/** Milliseconds until the page has looked by itself: sellers have no View All and so receive no change events. */
const aLook = 20_000;

interface Deal {
  Id: string;
  StageName: string;
  Referral_Identifier__c: string | null;
  Referral_Status__c: string | null;
  Cosell_Sync_State__c: string;
}

const FIELDS = 'Id, StageName, Referral_Identifier__c, Referral_Status__c, Cosell_Sync_State__c';

describe('what a rep answers on the record reaches Partner Center', () => {
  let browser: Browser;
  let page: Page;
  let problems: string[][];
  let inbox: Inbox;

  beforeAll(async () => {
    browser = await launchBrowser();
    const [rep, microsoft] = [await newPage(browser), await newPage(browser)];
    problems = [rep.problems, microsoft.problems];
    page = rep.page;
    inbox = new Inbox(microsoft.page);
  });
  afterAll(() => browser.close());

  const section = (): Locator => page.locator('c-cosell-section');
  const button = (name: string): Locator => section().getByRole('button', { name, exact: true });
  const dealWhere = async (condition: string): Promise<Deal | undefined> =>
    (await query<Deal>(admin, `SELECT ${FIELDS} FROM Opportunity WHERE ${condition}`))[0];
  const openRecord = async (id: string): Promise<void> => {
    await page.goto(`${endpoints().recordPage.url}/lightning/r/Opportunity/${id}/view`);
    await page.bringToFront();
  };
  /** Microsoft sends a deal, the service makes it an opportunity, the rep opens that. */
  const receive = async (name: string, customer: string): Promise<Deal> => {
    const referralId = await inbox.sendDeal(name, customer);
    expect(await inbox.status()).toBe('New · Pending');
    const deal = await eventually('the opportunity of the offer', () =>
      dealWhere(`Referral_Identifier__c = '${referralId}' AND Cosell_Sync_State__c = 'Attention'`)
    );
    await openRecord(deal.Id);
    await section().getByText('Microsoft offers you this deal').waitFor();
    return deal;
  };

  it('accepts: the referral becomes active, the opportunity leaves the stage on which it waited', async () => {
    const waiting = await receive('Cold storage sensors', 'Fjord Ferries');
    await screenshot(page, '12-incoming-live');
    await button('Accept').focus();
    await page.keyboard.press('Enter');
    await section().getByRole('combobox', { name: 'Stage after accepting' }).waitFor();
    await button('Accept').focus();
    await page.keyboard.press('Enter');
    await section().locator('c-cosell-sync-state').getByText('Synced', { exact: true }).waitFor({ timeout: aLook });
    await section().locator('c-cosell-incoming').waitFor({ state: 'detached' });
    await inbox.page.bringToFront();
    await expect.poll(() => inbox.status()).toBe('Active · Accepted');
    const after = await dealWhere(`Id = '${waiting.Id}'`);
    expect(after).toMatchObject({ Referral_Status__c: 'Active', Cosell_Sync_State__c: 'Synced' });
    expect(after?.StageName).not.toBe(waiting.StageName);
    // The referral now carries the opportunity's id, by which a lost answer would be found again.
    expect(await inbox.text()).toContain(waiting.Id);
  });

  it('declines with a reason: the referral is closed with it, the opportunity lost', async () => {
    const waiting = await receive('Harbour lighting', 'Quayside Works');
    await button('Decline').click();
    await section().getByRole('combobox', { name: 'Reason' }).click();
    await section().getByRole('option', { name: 'Budget' }).click();
    await button('Decline').click();
    await section().locator('c-cosell-sync-state').getByText('Closed', { exact: true }).waitFor({ timeout: aLook });
    await screenshot(page, '13-declined-live');
    await inbox.page.bringToFront();
    await expect.poll(() => inbox.status()).toBe('Closed · Declined');
    expect(await inbox.text()).toContain('Reason Budget');
    expect(await dealWhere(`Id = '${waiting.Id}'`)).toMatchObject({
      StageName: 'Closed Lost',
      Referral_Status__c: 'Closed'
    });
  });

  it('upgrades a private deal to partner-led and on to co-sell, asked each time, and Microsoft is invited', async () => {
    const deal = await privateDeal();
    await openRecord(deal.Id);
    const kind = section().locator('c-cosell-deal-kind [aria-current="step"]');
    await expect.poll(() => kind.innerText()).toContain('Private');
    await inbox.open(deal.Referral_Identifier__c ?? '');
    expect(await inbox.kind()).toMatch(/Private$/);
    await page.bringToFront();

    await section().getByText('Visible to Microsoft sellers').click();
    await answer('Cancel');
    await expect.poll(() => kind.innerText()).toContain('Private');
    await section().getByText('Visible to Microsoft sellers').click();
    await answer('OK');
    await expect.poll(() => kind.innerText()).toContain('Partner-led');
    await inbox.page.bringToFront();
    await expect.poll(() => inbox.kind(), { timeout: 10_000 }).toMatch(/Partner-led$/);

    await page.bringToFront();
    await section().locator('[data-control="help"]').getByRole('combobox').click();
    await section().getByRole('option', { name: 'Quotes or Licensing' }).click();
    await answer('OK');
    await expect.poll(() => kind.innerText()).toContain('Co-sell');
    await expect
      .poll(() => section().locator('[data-field="microsoftStatus"]').innerText(), { timeout: aLook })
      .toMatch(/New/);
    await inbox.page.bringToFront();
    await expect.poll(() => inbox.kind(), { timeout: 10_000 }).toMatch(/Co-sell$/);
    expect(await inbox.text()).toMatch(/Help asked Quotes or licensing/i);
    await screenshot(inbox.page, '14-upgraded-in-the-inbox');
  });

  /** Answers the dialog that asks before a step that cannot be taken back. */
  const answer = async (name: 'OK' | 'Cancel'): Promise<void> => {
    const dialog = page.getByRole('button', { name, exact: true });
    await dialog.click();
    await dialog.waitFor({ state: 'detached' });
  };

  const privateDeal = async (): Promise<Deal> => {
    const complete = "Account.BillingCountry = 'NL' AND Id IN (SELECT OpportunityId FROM OpportunityContactRole)";
    const open = 'IsClosed = false AND Sync_with_Partner_Center__c = false AND Amount > 0';
    // The first deal of the seed is shared by another test.
    const another = `Id != '${endpoints().recordPage.opportunityId}'`;
    const deal = await dealWhere(`${open} AND ${complete} AND ${another} ORDER BY Name LIMIT 1`);
    const [solution] = await query<{ Id: string }>(admin, 'SELECT Id FROM Microsoft_Solution__c ORDER BY Name LIMIT 1');
    if (!deal || !solution) throw new Error('The seed has no such deal.');
    await salesforce(admin, 'POST', '/sobjects/Opportunity_Microsoft_Solution__c', {
      Opportunity__c: deal.Id,
      Microsoft_Solution__c: solution.Id
    });
    await salesforce(admin, 'PATCH', `/sobjects/Opportunity/${deal.Id}`, { Sync_with_Partner_Center__c: true });
    return eventually('the shared deal', () => dealWhere(`Id = '${deal.Id}' AND Cosell_Sync_State__c = 'Synced'`));
  };

  it('left no error on the pages', () => {
    expect(problems.flat()).toEqual([]);
  });
});
