import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncOnce } from '../../plugin/src/service/index.js';
import { callReferrals } from '../support/partner-calls.js';
import { ownHome } from '../support/salesforce-org.js';
import { ServiceRig } from './support/service-rig.js';

ownHome();
const DAY_MS = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
const WON = { StageName: 'Closed Won', Registration_Requested__c: true };
const QUIET = { created: 0, updatedLeft: 0, updatedRight: 0, told: 0 };
let rig: ServiceRig;

interface Registered {
  registrationStatus: string | null;
  registrations: { contract: Record<string, unknown>; solutionDetails: Record<string, unknown>[] }[];
}

const referralOf = async (deal: string): Promise<Registered> =>
  (await callReferrals(rig.center, 'GET', await rig.referral(deal))) as unknown as Registered;
const message = async (deal: string): Promise<unknown> =>
  (await rig.fields(deal, ['Cosell_Sync_Message__c']))['Cosell_Sync_Message__c'];

/** Sessions are over after the clock was moved; a record that was saved a moment ago is waited for. */
async function pass(): Promise<Awaited<ReturnType<typeof syncOnce>>['counts']> {
  rig.moveClock(5_000);
  return (await syncOnce(rig.input())).counts;
}

type Values = Record<string, string | number | boolean>;

async function shared(name: string, values: Values = {}): Promise<string> {
  const deal = await rig.deal(name);
  const visible = { Referral_Visible_to_Microsoft_Sellers__c: true, Sync_with_Partner_Center__c: true };
  await rig.edit(deal, { Amount: 30_000, ...visible, ...values });
  return deal;
}

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  rig.more = { registration: { enabled: true } };
});
afterAll(() => rig.close());

describe('a won deal that a rep asks to register', () => {
  it('says what is missing, is registered once, shows where it stands, and is corrected', async () => {
    const deal = await shared('Registered');
    await pass();
    await rig.edit(deal, WON);
    await pass();
    expect(await message(deal)).toContain('contract term, value or sign date is missing. Complete the registration');
    expect((await referralOf(deal)).registrations).toEqual([]);

    await rig.edit(deal, { Registration_Contract_Term__c: 'Perpetual', Registration_Sign_Date__c: day(10) });
    expect(await pass()).toMatchObject({ updatedRight: 1 });
    const { registrations, registrationStatus } = await referralOf(deal);
    expect(registrationStatus).toBe('ReviewPending');
    expect(registrations).toMatchObject([
      {
        type: 'AzureIPCoSell',
        contract: { term: 'Perpetual', value: 30_000 },
        solutionDetails: [{ id: 'SOL-10482-KLM', isDeployedOnAzure: true, pricingModel: 'Other' }]
      }
    ]);
    const shown = await rig.fields(deal, ['Referral_Registration_Status__c', 'Cosell_Sync_State__c']);
    expect(shown).toMatchObject({ Referral_Registration_Status__c: 'ReviewPending', Cosell_Sync_State__c: 'Closed' });
    // The deal of this test was won the moment it was created, which Microsoft may refuse.
    expect(await message(deal)).toContain('within 72 hours of its creation');
    const trail = (await rig.audit(deal)).map(({ Message__c }) => Message__c);
    expect(trail).toContain('The deal was registered with Microsoft; contract term: Perpetual.');
    await pass();
    expect(await pass()).toMatchObject(QUIET);

    await rig.edit(deal, { Registration_Contract_Value__c: 40_000 });
    expect(await pass()).toMatchObject({ updatedRight: 1 });
    const corrected = (await referralOf(deal)).registrations;
    expect(corrected).toHaveLength(1);
    expect(corrected).toMatchObject([{ contract: { value: 40_000 }, solutionDetails: [{ value: 40_000 }] }]);

    // Nothing else of a closed deal travels any more, and a request that is taken back changes nothing.
    await rig.edit(deal, { Amount: 1, Registration_Requested__c: false });
    expect(await pass()).toMatchObject({ updatedRight: 0, updatedLeft: 0 });
    expect((await referralOf(deal)).registrations).toMatchObject(corrected);
  });

  it.each<[string, Values, string]>([
    ['below 25,000 US dollars', { Registration_Contract_Value__c: 24_999 }, 'below 25,000 US dollars'],
    ['signed too long ago', { Registration_Sign_Date__c: day(62) }, 'more than 60 days ago'],
    ['of a term without its end', { Registration_Contract_Term__c: 'Finite' }, 'needs an end date'],
    ['that Microsoft never saw', { Referral_Visible_to_Microsoft_Sellers__c: false }, 'never shared with Microsoft']
  ])('is not registered %s', async (name, values, sentence) => {
    const complete = { Registration_Contract_Term__c: 'Perpetual', Registration_Sign_Date__c: day(1) };
    const deal = await shared(name, { ...complete, ...values });
    await pass();
    await rig.edit(deal, WON);
    await pass();
    expect(await message(deal)).toContain(sentence);
    expect((await referralOf(deal)).registrations).toEqual([]);
  });
});

it('registers nothing unless it is switched on', async () => {
  rig.more = {};
  const complete = { Registration_Contract_Term__c: 'Perpetual', Registration_Sign_Date__c: day(1) };
  const deal = await shared('Switched off', complete);
  await pass();
  await rig.edit(deal, WON);
  await pass();
  expect((await referralOf(deal)).registrations).toEqual([]);
  expect(await rig.fields(deal, ['Cosell_Sync_State__c'])).toMatchObject({ Cosell_Sync_State__c: 'Closed' });
});
