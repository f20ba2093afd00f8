import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LifeStep } from './support/deal-life.js';
import { dealLife, lifeRig } from './support/deal-life.js';
import type { ServiceRig } from './support/service-rig.js';

let rig: ServiceRig;
const steps: LifeStep[] = [];

beforeAll(async () => {
  rig = await lifeRig();
  for await (const step of dealLife(rig)) steps.push(step);
}, 240_000);
afterAll(() => rig.close());

const at = (title: string): LifeStep => {
  const step = steps.find((one) => one.title.startsWith(title));
  if (!step) throw new Error(`There is no step "${title}".`);
  return step;
};

describe('the life of a deal, on both sides', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string?]>([
    [
      'Microsoft sends a lead',
      { record: 'Lead', Company: 'Fjord Ferries', IsConverted: false, Cosell_Sync_State__c: 'Attention' },
      { status: 'New/Pending', externalReferenceId: null }
    ],
    [
      'The rep converts the lead',
      { record: 'Opportunity', account: 'Fjord Ferries', StageName: 'Qualification', Cosell_Sync_State__c: 'Synced' },
      { status: 'Active/Accepted', externalReferenceId: expect.stringMatching(/^006/) as string },
      'The deal was accepted in Partner Center'
    ],
    [
      'The rep moves the opportunity of the lead',
      { StageName: 'Needs Analysis', Referral_Status__c: 'Active', Cosell_Sync_State__c: 'Synced' },
      { status: 'Active/Accepted', solutions: 'SOL-10482-KLM' }
    ],
    [
      'Microsoft sends a co-sell deal',
      { StageName: 'On Hold', Sync_with_Partner_Center__c: true, Cosell_Sync_State__c: 'Attention' },
      { status: 'New/Pending' },
      'Referral taken in from Partner Center.'
    ],
    [
      'The rep moves it on',
      { StageName: 'Qualification', Referral_Status__c: 'Active', Cosell_Sync_Message__c: null },
      { status: 'Active/Accepted', externalReferenceId: expect.stringMatching(/^006/) as string },
      'The deal was accepted in Partner Center'
    ],
    [
      'The rep closes it as lost',
      { StageName: 'Closed Lost', Referral_Status__c: 'Closed', Cosell_Sync_State__c: 'Closed' },
      { status: 'Closed/Declined', statusReason: 'No capacity before autumn' },
      'The deal was declined in Partner Center.'
    ],
    [
      'The rep shares',
      { Cosell_Sync_State__c: 'Synced' },
      { type: 'Independent', status: 'Active/Accepted', visible: false }
    ],
    ['The rep lets', {}, { visible: true, microsoft: '' }, 'The deal is now visible to Microsoft sellers.'],
    ['The rep asks for help', { Cosell_Sync_State__c: 'Attention' }, { microsoft: '' }],
    ['The rep names a contact', { Microsoft_Status__c: 'New' }, { microsoft: 'New/Pending' }, 'Microsoft was invited'],
    [
      'A Microsoft seller accepts',
      { Microsoft_Status__c: 'Active', Microsoft_CRM_Identifier__c: expect.stringMatching(/^7-/) as string },
      { microsoft: 'Active/Accepted' }
    ],
    ['The rep raises', { StageName: 'Negotiation/Review' }, { dealValue: 36_000, status: 'Active/Accepted' }],
    [
      'The Microsoft seller changes',
      { CloseDate: '2027-07-15', Description: 'Budget is approved.' },
      { dealValue: 36_000 }
    ],
    ['Both change', { Amount: 40_000, Cosell_Sync_State__c: 'Conflict' }, { dealValue: 38_000 }],
    [
      'The rep decides',
      { Amount: 40_000, Cosell_Sync_State__c: 'Synced' },
      { dealValue: 40_000 },
      'Salesforce wins, as'
    ],
    ['The rep adds', {}, { solutions: 'SOL-10482-KLM, SOL-11937-QRS' }],
    [
      'The rep wins',
      {
        Cosell_Sync_State__c: 'Closed',
        Cosell_Sync_Message__c: expect.stringContaining('which of its solutions') as string
      },
      { status: 'Closed/Won', registration: '' }
    ],
    [
      'The rep names the solution',
      {
        Referral_Registration_Status__c: 'ReviewPending',
        Cosell_Sync_Message__c: expect.stringContaining('within 72 hours of its creation') as string
      },
      { registration: 'Perpetual 40000', registrationStatus: 'ReviewPending' },
      'The deal was registered with Microsoft'
    ],
    ['The rep changes the amount', { Amount: 45_000 }, { dealValue: 40_000 }, 'not sent, because the record is closed']
  ])('%s', (title, salesforce, partnerCenter, line) => {
    const step = at(title);
    expect(step.salesforce).toMatchObject(salesforce);
    expect(step.partnerCenter).toMatchObject(partnerCenter);
    if (line !== undefined) expect(step.trail.join('\n')).toContain(line);
  });

  it('ends at rest: a pass with nothing to do tells nothing and costs at most three calls per system', () => {
    const { trail, calls } = at('Nothing happens');
    expect(trail).toEqual([]);
    expect(Math.max(...Object.values(calls))).toBeLessThanOrEqual(3);
  });
});
