import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markedName } from '../../plugin/src/connectors/salesforce/index.js';
import { syncOnce } from '../../plugin/src/service/index.js';
import { testMapping } from '../../plugin/src/service/mappings.js';
import { sendFromMicrosoft } from '../../sandbox/src/partner-center/microsoft/send.js';
import { record, SalesforceClient } from '../../sandbox/src/world/salesforce-client.js';
import { admin } from '../support/salesforce-org.js';
import { ServiceRig, until } from './support/service-rig.js';

describe('the mark in front of a name', () => {
  it.each([
    ['Rollout', 'Synced', '✔ Rollout'],
    ['✖ Rollout', 'Synced', '✔ Rollout'],
    ['✔ Rollout', 'Conflict', '✖ Rollout'],
    ['❌✔\uFE0F  Rollout', 'Error', '✖ Rollout'],
    ['✔ Rollout', 'Synced', undefined],
    ['Rollout', 'Pending', undefined],
    ['x'.repeat(119), 'Synced', undefined]
  ])('of %j in state %s makes it %j', (name, state, expected) => {
    expect(markedName(name, state)).toBe(expected);
  });
});

describe('beside the synchronization', () => {
  let rig: ServiceRig;
  let people: SalesforceClient;

  beforeAll(async () => {
    rig = await ServiceRig.start(false);
    people = new SalesforceClient(rig.salesforce.url, rig.salesforce.org.auth.issueAccessToken(admin));
  }, 60_000);
  afterAll(() => rig.close());

  const nameOf = async (id: string): Promise<unknown> => (await rig.fields(id, ['Name']))['Name'];
  const referralName = async (id: string): Promise<string | null | undefined> => {
    const { fields } = await testMapping({ ...rig.input(), record: id });
    return fields.find(({ field }) => field === 'name')?.right as string | null;
  };

  it('names are marked without the mark ever travelling, and a renaming gets its mark back', async () => {
    rig.more = {};
    const deal = await rig.deal('Rollout');
    await rig.toggle(deal);
    await syncOnce(rig.input());
    await until(async () => {
      await syncOnce(rig.input());
      return (await nameOf(deal)) === '✔ Rollout';
    });
    expect(await referralName(deal)).toBe('Rollout');
    const quiet = await syncOnce(rig.input());
    expect(quiet.counts).toMatchObject({ updatedRight: 0, updatedLeft: 0, told: 0 });
    await rig.edit(deal, { Name: 'Second wave' });
    await until(async () => {
      await syncOnce(rig.input());
      return (await nameOf(deal)) === '✔ Second wave';
    });
    // The name is the deal's since its creation; only the mark must not have gone there.
    expect(await referralName(deal)).toBe('Rollout');
  }, 60_000);

  it('a deal from Microsoft is marked once it was answered, and a name that came with a mark has one only', async () => {
    rig.more = {};
    const sent = sendFromMicrosoft(rig.center.world, {
      ...{ kind: 'cosell', name: '✔ Ferries', customerName: 'Fjord Ferries', city: 'Bergen', country: 'NO' },
      ...{ dealValue: 5000, currency: 'EUR', closingDateTime: '2027-08-01T12:00:00Z' }
    });
    const find = `SELECT Id, Name FROM Opportunity WHERE Referral_Identifier__c = '${sent.document.id}'`;
    const pass = async (): Promise<void> => {
      rig.moveClock(5_000);
      await syncOnce(rig.input());
    };
    await pass();
    await pass();
    const [{ Id: deal, Name } = { Id: '', Name: '' }] = await rig.query<{ Id: string; Name: string }>(find);
    expect(Name).toBe('Ferries');
    await rig.edit(deal, { StageName: 'Qualification' });
    await pass();
    await pass();
    expect(await nameOf(deal)).toMatch(/^[✔✖] Ferries$/);
    expect(rig.center.world.store.get(sent.document.id ?? '')?.document.name).toBe('✔ Ferries');
  }, 60_000);

  it('nothing is asked about names while nothing changes', async () => {
    rig.more = {};
    const calls = async (): Promise<number | undefined> => {
      // Longer than the overlap of two looks, so that nothing is shown twice.
      rig.moveClock(400_000);
      return (await syncOnce(rig.input())).calls['salesforce'];
    };
    await calls();
    await calls();
    const quiet = await calls();
    rig.more = { cosell: { markName: false } };
    expect(quiet).toBe(await calls());
  }, 60_000);

  it('and none where it is switched off', async () => {
    rig.more = { cosell: { markName: false } };
    const deal = await rig.deal('Plain');
    await rig.toggle(deal);
    for (let pass = 0; pass < 3; pass += 1) {
      rig.moveClock(5_000);
      await syncOnce(rig.input());
    }
    expect(await rig.fields(deal, ['Name', 'Cosell_Sync_State__c'])).toMatchObject({
      Name: 'Plain',
      Cosell_Sync_State__c: 'Synced'
    });
  }, 60_000);

  it('old rows of the audit trail are removed once a day, and never without a retention', async () => {
    rig.more = {};
    const deal = await rig.deal('Old');
    const entry = (key: string, at: string) =>
      record('Cosell_Audit__c', {
        Opportunity__c: deal,
        Audit_Key__c: key,
        Occurred_At__c: at,
        Direction__c: 'None',
        Action__c: 'Linked',
        Outcome__c: 'Success',
        Message__c: key
      });
    const days = (count: number): string => new Date(Date.now() - count * 86_400_000).toISOString();
    await people.insert([entry('old', days(31)), entry('young', days(29))]);
    const left = async (): Promise<string[]> => (await rig.audit(deal)).map(({ Message__c }) => Message__c);
    await syncOnce(rig.input());
    expect(await left()).toEqual(['old', 'young']);
    rig.more = { cosell: { auditRetentionDays: 30 } };
    await syncOnce(rig.input());
    expect(await left()).toEqual(['young']);
    await people.insert([entry('older', days(90))]);
    await syncOnce(rig.input());
    expect(await left()).toEqual(['young', 'older']);
  }, 60_000);

  it('only who holds the permission set may have an opportunity shared', async () => {
    rig.more = { cosell: { mayShare: 'Cosell_Integration_Administrator' } };
    const refused = await rig.deal('Not mine to share');
    await rig.toggle(refused);
    const summary = await syncOnce(rig.input());
    expect(summary.counts.created).toBe(0);
    expect(await rig.fields(refused, ['Cosell_Issue_Codes__c', 'Referral_Identifier__c'])).toMatchObject({
      Cosell_Issue_Codes__c: 'SHARING_NOT_ALLOWED',
      Referral_Identifier__c: null
    });
    rig.more = { cosell: { mayShare: 'Cosell_Seller' } };
    const allowed = await rig.deal('Mine to share');
    await rig.toggle(allowed);
    await syncOnce(rig.input());
    expect(await rig.referral(allowed)).not.toBe('');
  }, 60_000);

  it('a deal that is partner-led by default becomes visible to Microsoft, and comes to rest', async () => {
    rig.more = { cosell: { defaultDealKind: 'partnerLed' } };
    const deal = await rig.deal('Visible');
    await rig.toggle(deal);
    await syncOnce(rig.input());
    expect(await rig.fields(deal, ['Referral_Visible_to_Microsoft_Sellers__c', 'Cosell_Sync_State__c'])).toMatchObject({
      Referral_Visible_to_Microsoft_Sellers__c: true,
      Cosell_Sync_State__c: 'Synced'
    });
    await syncOnce(rig.input());
    const second = await syncOnce(rig.input());
    expect(second.counts).toMatchObject({ updatedRight: 0, updatedLeft: 0, told: 0, conflicts: 0 });
  }, 60_000);
});
