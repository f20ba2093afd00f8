import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenSync } from '../../plugin/src/service/index.js';
import { loadSettings, openSync } from '../../plugin/src/service/index.js';
import type { IncomingReferral } from '../../sandbox/src/partner-center/microsoft/send.js';
import { sendFromMicrosoft } from '../../sandbox/src/partner-center/microsoft/send.js';
import { solutionCatalogue } from '../../sandbox/src/partner-center/solution-catalogue.js';
import { SalesforceClient } from '../../sandbox/src/world/salesforce-client.js';
import { admin, ownHome } from '../support/salesforce-org.js';
import { ServiceRig } from './support/service-rig.js';

ownHome();
let rig: ServiceRig;
let sync: OpenSync;

const incoming = (kind: 'lead' | 'cosell', more: Partial<IncomingReferral> = {}): IncomingReferral => ({
  ...{
    kind,
    name: `A ${kind} from Microsoft`,
    customerName: 'Contoso, Ltd.',
    city: 'Oslo',
    postalCode: '0150',
    country: 'NO'
  },
  ...{ dealValue: 9000, currency: 'EUR', closingDateTime: '2027-08-01T12:00:00Z', notes: 'Asked for help.' },
  contact: { firstName: 'Kari', lastName: 'Kunde', email: 'kari@contoso.example', phoneNumber: '+47 2' },
  solutionId: solutionCatalogue[1]?.id ?? '',
  ...more
});

const send = (referral: IncomingReferral): string => sendFromMicrosoft(rig.center.world, referral).document.id ?? '';

/** The org's stamps have steps of a second, and a record that was just saved is waited for. */
async function run() {
  rig.moveClock(3_000);
  return sync.run();
}

/** Sessions end when the clock is moved. */
const ask = <T>(soql: string): Promise<T[]> =>
  new SalesforceClient(rig.salesforce.url, rig.salesforce.org.auth.issueAccessToken(admin)).query<T>(soql);

const deals = (id: string) =>
  ask<Record<string, unknown>>(
    `SELECT Id, Name, StageName, Amount, CurrencyIsoCode, AccountId, Account.Name, Referral_Origin__c, Microsoft_Seller__c, Cosell_Issue_Codes__c, (SELECT ContactId FROM OpportunityContactRoles), (SELECT Id FROM Microsoft_Solutions__r) FROM Opportunity WHERE Referral_Identifier__c = '${id}'`
  );

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  const { session, settingsFile, env } = rig.input();
  sync = await openSync(loadSettings(settingsFile, env), session, { env });
}, 120_000);

afterAll(async () => {
  await sync.close();
  await rig.close();
});

it('a co-sell deal becomes an opportunity with account, contact, solution and what Microsoft says', async () => {
  const id = send(incoming('cosell'));
  const summary = await run();
  expect(summary.counts.takenIn).toBe(1);
  const [deal] = await deals(id);
  expect(deal).toMatchObject({
    StageName: 'On Hold',
    Amount: 9000,
    CurrencyIsoCode: 'EUR',
    Account: { Name: 'Contoso, Ltd.' },
    Referral_Origin__c: 'Microsoft',
    Cosell_Issue_Codes__c: 'AWAITING_ANSWER',
    OpportunityContactRoles: { totalSize: 1 },
    Microsoft_Solutions__r: { totalSize: 1 }
  });
  expect(deal?.['Microsoft_Seller__c']).toBe('Mila Vermeer');
  expect((await run()).counts).toMatchObject({ takenIn: 0, accepted: 0, updatedRight: 0 });
});

it('a second deal of the same customer, written otherwise, goes to the same account', async () => {
  const id = send(incoming('cosell', { name: 'Second', customerName: 'CONTOSO Limited', postalCode: '01 50' }));
  await run();
  const [deal] = await deals(id);
  const accounts = await ask(`SELECT Id FROM Account WHERE Name LIKE 'Contoso%'`);
  expect([deal?.['Name'], accounts.length]).toEqual(['Second', 1]);
});

it('several deals of one new customer that arrive at once create one account and one contact', async () => {
  const customer = { customerName: 'Tailspin Toys', postalCode: '5003' };
  const contact = { firstName: 'Tora', lastName: 'Toy', email: 'tora@tailspin.example', phoneNumber: '+47 3' };
  const ids = ['One', 'Two', 'Three', 'Four'].map((name) => send(incoming('cosell', { ...customer, contact, name })));
  expect((await run()).counts.takenIn).toBe(4);
  for (const id of ids) expect(await deals(id)).toMatchObject([{ Account: { Name: 'Tailspin Toys' } }]);
  expect(await ask(`SELECT Id FROM Account WHERE Name = 'Tailspin Toys'`)).toHaveLength(1);
  expect(await ask(`SELECT Id FROM Contact WHERE Email = 'tora@tailspin.example'`)).toHaveLength(1);
});

it('leaving the stage accepts the deal at Partner Center', async () => {
  const id = send(incoming('cosell', { name: 'Third' }));
  await run();
  const [deal] = await deals(id);
  await rig.edit(String(deal?.['Id']), { StageName: 'Qualification' });
  const summary = await run();
  expect(summary.counts.accepted).toBe(1);
  expect(rig.center.world.store.get(id)?.document).toMatchObject({
    status: 'Active',
    substatus: 'Accepted',
    externalReferenceId: deal?.['Id']
  });
});

it.each([
  ['the reason of the rep', { Referral_Decline_Reason__c: 'No capacity' }, 'No capacity'],
  ['a reason of its own where the rep gave none', {}, 'Declined by the partner']
])('closing it as lost declines the deal at Partner Center, with %s', async (name, more, statusReason) => {
  const id = send(incoming('cosell', { name }));
  await run();
  const [deal] = await deals(id);
  await rig.edit(String(deal?.['Id']), { StageName: 'Closed Lost', ...more });
  const summary = await run();
  expect(summary.counts.declined).toBe(1);
  expect(rig.center.world.store.get(id)?.document).toMatchObject({
    status: 'Closed',
    substatus: 'Declined',
    statusReason
  });
  const again = await run();
  expect(again.counts).toMatchObject({ declined: 0, updatedRight: 0, updatedLeft: 0 });
});

it('a lead becomes a lead', async () => {
  const id = send(incoming('lead'));
  expect((await run()).counts.takenIn).toBe(1);
  const leads = await ask<Record<string, unknown>>(
    `SELECT LastName, Company, Email, Referral_Deal_Value__c, Cosell_Issue_Codes__c FROM Lead WHERE Referral_Identifier__c = '${id}'`
  );
  expect(leads).toEqual([
    expect.objectContaining({
      LastName: 'Kunde',
      Company: 'Contoso, Ltd.',
      Email: 'kari@contoso.example',
      Referral_Deal_Value__c: 9000,
      Cosell_Issue_Codes__c: 'AWAITING_ANSWER'
    })
  ]);
});

it('a currency that the org does not have is an issue with the next step', async () => {
  const id = send(incoming('cosell', { name: 'Fourth', currency: 'ZAR' }));
  const { issues } = await run();
  expect(issues).toEqual([expect.objectContaining({ key: `>${id}`, code: 'CURRENCY_NOT_IN_ORG' })]);
  expect(await deals(id)).toEqual([]);
});
