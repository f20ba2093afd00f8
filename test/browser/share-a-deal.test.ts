import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage, screenshot } from '../support/browser.js';
import { endpoints, eventually, query, salesforce } from '../support/sandbox.js';

const seller = 'sam.seller@cosell.example';
const admin = 'ada.admin@cosell.example';

interface Shared {
  Name: string;
  Amount: number;
  CloseDate: string;
  CurrencyIsoCode: string;
  Referral_Identifier__c: string | null;
  Cosell_Sync_State__c: string;
}

const read = async (id: string): Promise<Shared> => {
  const fields = 'Name, Amount, CloseDate, CurrencyIsoCode, Referral_Identifier__c, Cosell_Sync_State__c';
  const [row] = await query<Shared>(admin, `SELECT ${fields} FROM Opportunity WHERE Id = '${id}'`);
  if (!row) throw new Error(`No opportunity ${id}.`);
  return row;
};

/** Base components of this version announce the toggle as a checkbox, later ones as a switch. */
const toggle = (page: Page): ReturnType<Page['getByRole']> =>
  page
    .getByRole('checkbox', { name: /Sync with Partner Center/ })
    .or(page.getByRole('switch', { name: /Sync with Partner Center/ }));

const flipToggle = async (page: Page): Promise<void> => {
  // The checkbox itself is visually hidden; a person clicks its label.
  await page.locator('lightning-input[data-control="sync"] label').first().click();
};

const chooseHelp = async (page: Page, value: string): Promise<void> => {
  await page.locator('lightning-combobox[data-control="help"]').getByRole('combobox').click();
  await page.getByRole('option', { name: value }).click();
};

describe('a rep shares a deal with Microsoft', () => {
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let inbox: Page;
  let opportunityId: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    ({ page, problems } = await newPage(browser));
    ({ page: inbox } = await newPage(browser));
    opportunityId = endpoints().recordPage.opportunityId;
    await page.goto(endpoints().recordPage.opportunityUrl);
  });
  afterAll(() => browser.close());

  const section = (): ReturnType<Page['locator']> => page.locator('lwc-cosell-section, c-cosell-section');
  const field = (name: string): ReturnType<Page['locator']> => section().locator(`[data-field="${name}"]`);

  it('sees the section on the record page, not shared yet', async () => {
    await section().getByText('Microsoft co-sell').first().waitFor();
    await expect.poll(() => section().getByText('Not shared').count()).toBeGreaterThan(0);
    await screenshot(page, '1-before-sharing');
  });

  it('picks the help needed and adds a solution', async () => {
    await chooseHelp(page, 'Proof Of Concept or Demo');
    // Asking for help shares the deal with Microsoft sellers once it is switched on; nothing is sent before.
    await page.getByRole('combobox', { name: /solution/i }).fill('Secure Landing');
    await page.getByRole('option', { name: /Contoso Secure Landing Zone/ }).click();
    await section().locator('c-cosell-solutions').getByText('Contoso Secure Landing Zone').first().waitFor();
    expect((await read(opportunityId)).Referral_Identifier__c).toBeNull();
  });

  it('flips the toggle and sees id, link, audit entry and "Synced" within two seconds, without a reload', async () => {
    await flipToggle(page);
    // Help was asked for, so this invites Microsoft for good.
    await page.getByText('Invite Microsoft to this deal?').waitFor();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    const flipped = performance.now();
    await section().locator('c-cosell-sync-state').getByText('Synced', { exact: true }).waitFor({ timeout: 10_000 });
    const seconds = (performance.now() - flipped) / 1000;
    await expect.poll(() => field('referralId').innerText()).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
    await expect.poll(() => field('referralLink').locator('a').getAttribute('href')).toContain('/inbox/referrals/');
    await expect
      .poll(() => section().locator('c-cosell-audit-trail').innerText())
      .toMatch(/referral|created|Microsoft/i);
    await screenshot(page, '2-shared');
    expect(await toggle(page).isChecked()).toBe(true);
    expect(seconds).toBeLessThan(2);
  });

  it('finds the deal in the Partner Center inbox with value, close date, customer, contact, team and solution', async () => {
    const row = await read(opportunityId);
    await inbox.goto(`${endpoints().partnerCenter.inboxUrl}/referrals/${row.Referral_Identifier__c ?? ''}`);
    const text = (await inbox.locator('main').innerText()).replace(/\s+/g, ' ');
    // The mark in front of the name stays in the org.
    expect(text).toContain(row.Name.replace('✔ ', ''));
    expect(text).not.toContain('✔ ');
    expect(text).toContain('Adatum Corporation');
    expect(text).toContain('Contoso Secure Landing Zone');
    expect(text).toMatch(/Sam Seller/);
    expect(text).toMatch(/@adatum\.example/);
    expect(text).toMatch(new RegExp(row.Amount.toLocaleString('en-US').replace(/,/g, '[,.\\s]?')));
    expect(text).toContain(row.CurrencyIsoCode);
    expect(text).toMatch(/Proof of concept/i);
    await screenshot(inbox, '3-partner-center-inbox');
  });

  it('changes the amount in Salesforce, and the referral follows', async () => {
    await page.getByRole('button', { name: 'Edit Amount' }).click();
    await page.getByLabel('Amount').fill('123456');
    await page.getByRole('button', { name: 'Save' }).click();
    await inbox.bringToFront();
    await eventually('the new amount in the inbox', async () => {
      await inbox.reload();
      return /123[,.\s]?456/.test(await inbox.locator('main').innerText()) ? true : undefined;
    });
  });

  it('sees a value that Microsoft changed, without a reload', async () => {
    await inbox.getByRole('button', { name: 'Edit value, date or notes' }).click();
    await inbox.getByRole('dialog').getByLabel(/value/i).fill('98765');
    await inbox.getByRole('dialog').locator('button[type=submit]').click();
    await page.bringToFront();
    // Sellers have no View All and so receive no change events: the page looks every 15 seconds.
    await expect.poll(() => page.locator('page-detail-panel').innerText(), { timeout: 20_000 }).toMatch(/98[,.\s]?765/);
    await expect.poll(async () => (await read(opportunityId)).Amount).toBe(98765);
  });

  it('sees that Microsoft accepted, with the number in Microsoft’s CRM', async () => {
    await inbox.bringToFront();
    await inbox.reload();
    await inbox.getByRole('button', { name: 'Accept', exact: true }).click();
    await inbox.getByRole('dialog').locator('button[type=submit]').click();
    await page.bringToFront();
    await expect.poll(() => field('microsoftStatus').innerText(), { timeout: 20_000 }).toMatch(/Accepted/);
    await expect.poll(() => field('microsoftCrmId').innerText()).not.toMatch(/^(–|-|Not yet)?$/);
    await screenshot(page, '4-accepted');
  });

  it('left no error on the page', () => {
    expect(problems).toEqual([]);
  });
});

describe('what is missing shows on the record as a sentence with the next step, and nothing is sent', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const cases = [
    {
      title: 'no solution',
      soql: "Id NOT IN (SELECT Opportunity__c FROM Opportunity_Microsoft_Solution__c) AND Account.BillingCountry = 'NL' AND Id IN (SELECT OpportunityId FROM OpportunityContactRole)",
      values: {},
      says: /No Microsoft solution|solution/i,
      code: 'SOLUTION_MISSING'
    },
    {
      title: 'no contact although help is asked',
      soql: "Id NOT IN (SELECT OpportunityId FROM OpportunityContactRole) AND Account.BillingCountry = 'NL'",
      values: { How_can_Microsoft_help__c: 'Quotes or Licensing' },
      says: /contact/i,
      code: 'CONTACT_MISSING'
    },
    {
      title: 'a country that is no two-letter code',
      soql: "Account.BillingCountry = 'Germany'",
      values: {},
      says: /two-letter/i,
      code: 'COUNTRY_NOT_TWO_LETTERS'
    }
  ];

  it.each(cases)('$title', async ({ soql, values, says, code }) => {
    const [candidate] = await query<{ Id: string; OwnerId: string }>(
      admin,
      `SELECT Id FROM Opportunity WHERE IsClosed = false AND Sync_with_Partner_Center__c = false AND ${soql} ORDER BY Name LIMIT 1`
    );
    if (!candidate) throw new Error('The seed has no such opportunity.');
    await salesforce(admin, 'PATCH', `/sobjects/Opportunity/${candidate.Id}`, values);
    const { page } = await newPage(browser, { width: 768, height: 1000 });
    await page.goto(`${endpoints().recordPage.url}/lightning/r/Opportunity/${candidate.Id}/view`);
    await page.locator('lightning-input[data-control="sync"]').waitFor();
    await flipToggle(page);
    if ('How_can_Microsoft_help__c' in values) await page.getByRole('button', { name: 'OK', exact: true }).click();
    const state = page.locator('c-cosell-sync-state');
    await state.getByText('Needs attention').waitFor({ timeout: 10_000 });
    expect(await state.innerText()).toMatch(says);
    const [row] = await query<Record<string, string | null>>(
      admin,
      `SELECT Referral_Identifier__c, Cosell_Issue_Codes__c, Cosell_Sync_Message__c FROM Opportunity WHERE Id = '${candidate.Id}'`
    );
    expect(row?.['Referral_Identifier__c']).toBeNull();
    expect(row?.['Cosell_Issue_Codes__c']?.split(';')).toContain(code);
    await screenshot(page, `missing-${code.toLowerCase()}`);
    await page.close();
  });

  it('is what a seller sees and cannot overrule: read-only fields stay read-only', async () => {
    const { opportunityId } = endpoints().recordPage;
    await expect(
      salesforce(seller, 'PATCH', `/sobjects/Opportunity/${opportunityId}`, { Referral_Identifier__c: 'mine' })
    ).rejects.toThrow(/INVALID_FIELD_FOR_INSERT_UPDATE/);
  });
});
