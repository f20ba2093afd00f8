import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sidewaysOf, violationsOf } from '../support/axe.js';
import { screenshot } from '../support/browser.js';
import { pageRig } from '../support/record-page.js';
import type { PageRig } from '../support/record-page.js';
import { ownHome } from '../support/salesforce-org.js';

ownHome();

const offer = (identifier: string): Record<string, unknown> => ({
  Sync_with_Partner_Center__c: true,
  Referral_Identifier__c: identifier,
  Referral_Status__c: 'New',
  Referral_Substatus__c: 'Pending',
  Referral_Origin__c: 'Microsoft',
  Referral_Expires_On__c: '2027-01-15T09:00:00.000Z',
  Cosell_Sync_State__c: 'Synced'
});
const ours = {
  ...offer('own'),
  Referral_Status__c: 'Active',
  Referral_Substatus__c: 'Accepted',
  Referral_Origin__c: 'Own'
};

describe('a rep answers a deal that Microsoft offers, and upgrades one', () => {
  let at: PageRig;
  beforeAll(async () => {
    at = await pageRig(['sam.seller@cosell.example', 'noor.seller@cosell.example'], { width: 1024, height: 1200 });
  });
  afterAll(() => at.close());

  const read = async (id: string, fields: string): Promise<Record<string, unknown> | undefined> =>
    (await at.rig.asAdmin.query<Record<string, unknown>>(`SELECT ${fields} FROM Opportunity WHERE Id = '${id}'`))[0];
  const button = (name: string | RegExp): ReturnType<PageRig['section']['getByRole']> =>
    at.section.getByRole('button', { name, exact: true });

  it('accepts with the keyboard, and the deal leaves the stage on which it waited', async () => {
    const id = await at.open(offer('r1'));
    await at.section.getByText('Microsoft offers you this deal').waitFor();
    await screenshot(at.page, '9-incoming');
    await button('Accept').focus();
    await at.page.keyboard.press('Enter');
    await at.section.getByRole('combobox', { name: 'Stage after accepting' }).waitFor();
    expect(await violationsOf(at.page)).toEqual([]);
    await button('Accept').focus();
    await at.page.keyboard.press('Enter');
    await at.section.getByText('You accepted the deal').waitFor();
    expect(await read(id, 'StageName')).toMatchObject({ StageName: 'Qualification' });
    at.asService(id, { Referral_Status__c: 'Active', Referral_Substatus__c: 'Accepted' });
    await at.section.locator('c-cosell-incoming').waitFor({ state: 'detached', timeout: 20_000 });
  });

  it('declines only with a reason, and the deal is closed as lost', async () => {
    const id = await at.open(offer('r2'));
    await button('Decline').click();
    await at.section.getByText('A declined referral cannot be opened again.').waitFor();
    await button('Decline').click();
    await at.section.getByText('Choose a reason.').waitFor();
    expect(await read(id, 'StageName')).toMatchObject({ StageName: 'Prospecting' });
    await at.section.getByRole('combobox', { name: 'Reason' }).click();
    await at.section.getByRole('option', { name: 'Budget' }).click();
    await screenshot(at.page, '9-decline');
    await button('Decline').click();
    await at.section.getByText('You declined the deal').waitFor();
    expect(await read(id, 'StageName, Referral_Decline_Reason__c')).toMatchObject({
      StageName: 'Closed Lost',
      Referral_Decline_Reason__c: 'Budget'
    });
  });

  it('is asked before Microsoft is invited, keeps a private deal on Cancel, and upgrades it on OK', async () => {
    const id = await at.open(ours);
    const kind = at.section.locator('c-cosell-deal-kind [aria-current="step"]');
    await at.section.getByText('Only your company sees this deal').waitFor();
    const choose = async (answer: string): Promise<void> => {
      await at.section.locator('[data-control="help"]').getByRole('combobox').click();
      await at.section.getByRole('option', { name: 'Quotes or Licensing' }).click();
      await at.page.getByText('Invite Microsoft to this deal?').waitFor();
      await at.page.getByRole('button', { name: answer, exact: true }).click();
      await at.page.getByText('Invite Microsoft to this deal?').waitFor({ state: 'detached' });
    };
    await choose('Cancel');
    await expect.poll(() => kind.innerText()).toContain('Private');
    expect(await read(id, 'How_can_Microsoft_help__c')).toMatchObject({ How_can_Microsoft_help__c: null });
    await choose('OK');
    await expect.poll(() => kind.innerText()).toContain('Co-sell');
    await expect
      .poll(() => read(id, 'How_can_Microsoft_help__c'))
      .toMatchObject({ How_can_Microsoft_help__c: 'Quotes or Licensing' });
  });

  it('asks for another check of what is missing', async () => {
    const id = await at.open({
      ...ours,
      Referral_Identifier__c: null,
      Cosell_Sync_State__c: 'Attention',
      Cosell_Issue_Codes__c: 'SOLUTION_MISSING'
    });
    const issue = {
      Opportunity__c: id,
      Issue_Key__c: 'p1',
      Kind__c: 'Problem',
      Code__c: 'SOLUTION_MISSING',
      Status__c: 'Open'
    };
    const [row = ''] = at.rig.create('Cosell_Issue__c', [issue]);
    await at.page.reload();
    await button('Check again').click();
    await at.section.getByText('The sync service checks again in a moment.').waitFor();
    const [asked] = await at.rig.asAdmin.query(`SELECT Resolution__c FROM Cosell_Issue__c WHERE Id = '${row}'`);
    expect(asked).toMatchObject({ Resolution__c: 'Retry' });
  });

  it('reads in Dutch what is missing and what to do, at 320 pixels and with forced colors', async () => {
    await at.actAs('noor.seller@cosell.example', { width: 320, height: 900 });
    await at.open({
      Sync_with_Partner_Center__c: true,
      Cosell_Sync_State__c: 'Attention',
      Cosell_Issue_Codes__c: 'SOLUTION_MISSING;REJECTED',
      Cosell_Sync_Message__c: 'No Microsoft solution is chosen.\nPartner Center refused the change (details.dealValue).'
    });
    await at.section.getByText('Er is geen Microsoft-oplossing gekozen.').waitFor();
    await at.section.getByText('Voeg hieronder ten minste één oplossing toe die gereed is voor co-sell.').waitFor();
    // What no label can say comes from the service, as it was stored.
    await at.section.getByText('Partner Center refused the change (details.dealValue).').waitFor();
    expect(await at.page.locator('html').getAttribute('lang')).toBe('nl-NL');
    await at.section.locator('[data-control="help"]').getByRole('combobox').click();
    await at.section.getByRole('option', { name: 'Offertes of licenties' }).waitFor();
    await at.page.keyboard.press('Escape');
    expect(await violationsOf(at.page)).toEqual([]);
    expect(await sidewaysOf(at.page)).toBeLessThanOrEqual(0);
    await at.page.emulateMedia({ forcedColors: 'active' });
    await screenshot(at.page, '10-dutch-forced-colors-320');
  });

  it('all without an error on the page', () => {
    expect(at.problems).toEqual([]);
  });
});
