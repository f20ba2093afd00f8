import { Connection } from '@jsforce/jsforce-node';
import { syncOnce } from '../../../plugin/src/service/index.js';
import type { IncomingReferral } from '../../../sandbox/src/partner-center/microsoft/send.js';
import { sendFromMicrosoft } from '../../../sandbox/src/partner-center/microsoft/send.js';
import { solutionCatalogue } from '../../../sandbox/src/partner-center/solution-catalogue.js';
import { admin } from '../../support/salesforce-org.js';
import type { LifeStep } from './deal-life.js';
import { referralOf } from './referral-shown.js';
import type { ServiceRig } from './service-rig.js';

const COMMON = ['Id', 'Sync_with_Partner_Center__c', 'Cosell_Sync_State__c', 'Cosell_Sync_Message__c'];
const SHOWN = {
  Lead: [...COMMON, 'LastName', 'Company', 'Status', 'IsConverted', 'Referral_Deal_Value__c'],
  Opportunity: [...COMMON, 'Name', 'Account.Name', 'StageName', 'Amount', 'Referral_Origin__c', 'Referral_Status__c']
} as const;

const request: Omit<IncomingReferral, 'kind' | 'name'> = {
  ...{ customerName: 'Fjord Ferries', addressLine1: 'Kaigata 4', city: 'Bergen', postalCode: '5003', country: 'NO' },
  ...{ dealValue: 24_000, currency: 'EUR', closingDateTime: '2027-08-01T12:00:00Z', notes: 'Asked for a partner.' },
  contact: { firstName: 'Nils', lastName: 'Nes', email: 'nils@fjord.example', phoneNumber: '+47 55' },
  solutionId: solutionCatalogue[0]?.id ?? ''
};

/** One referral that Microsoft sent, and the record that it became. */
class Incoming {
  public object: keyof typeof SHOWN;
  private readonly referral: string;
  private told: readonly string[] = [];

  public constructor(
    private readonly rig: ServiceRig,
    public readonly name: string,
    kind: IncomingReferral['kind']
  ) {
    this.object = kind === 'lead' ? 'Lead' : 'Opportunity';
    this.referral = sendFromMicrosoft(rig.center.world, { ...request, kind, name }).document.id ?? '';
  }

  public async step(title: string): Promise<LifeStep> {
    this.rig.moveClock(5_000);
    const { calls } = await syncOnce(this.rig.input());
    const { attributes: _attributes, Account, ...salesforce } = await this.record();
    const customer = (Account as { Name?: string } | undefined)?.Name;
    const trail = (await this.rig.audit(String(salesforce['Id']))).map(({ Message__c }) => Message__c);
    const fresh = trail.filter((line) => !this.told.includes(line));
    this.told = trail;
    return {
      ...{ deal: this.name, title, trail: fresh, calls },
      salesforce: { record: this.object, ...salesforce, ...(customer === undefined ? {} : { account: customer }) },
      partnerCenter: await referralOf(this.rig, this.referral)
    };
  }

  public async edit(values: Record<string, string>): Promise<void> {
    this.rig.moveClock(5_000);
    await this.rig.edit(String((await this.record())['Id']), values);
  }

  /** What the rep does with the button Convert. */
  public async convert(): Promise<void> {
    this.rig.moveClock(5_000);
    const { url, org } = this.rig.salesforce;
    const connection = new Connection({
      instanceUrl: url,
      accessToken: org.auth.issueAccessToken(admin),
      version: '66.0'
    });
    const lead = { leadId: String((await this.record())['Id']), convertedStatus: 'Closed - Converted' };
    const result = (await connection.soap.convertLead(lead)) as { success: boolean };
    if (!result.success) throw new Error(JSON.stringify(result));
    this.object = 'Opportunity';
  }

  private async record(): Promise<Record<string, unknown>> {
    const soql = `SELECT ${SHOWN[this.object].join(', ')} FROM ${this.object} WHERE Referral_Identifier__c = '${this.referral}'`;
    const [found] = await this.rig.query<Record<string, unknown>>(soql);
    return found ?? {};
  }
}

/** A lead that is converted, a deal that is accepted by leaving its stage, and one that is declined. */
export async function* incomingLife(rig: ServiceRig): AsyncGenerator<LifeStep> {
  const lead = new Incoming(rig, 'Ferry ticketing, a lead', 'lead');
  yield lead.step('Microsoft sends a lead: it is a Lead');
  await lead.convert();
  // A conversion begins with the first stage, which is the one on hold here; converting is the answer all the same.
  yield lead.step('The rep converts the lead: the referral is accepted and goes on with the opportunity');
  await lead.edit({ StageName: 'Needs Analysis' });
  yield lead.step('The rep moves the opportunity of the lead on');
  const deal = new Incoming(rig, 'Fleet telemetry, a co-sell deal', 'cosell');
  yield deal.step('Microsoft sends a co-sell deal: it is an opportunity on hold');
  await deal.edit({ StageName: 'Qualification' });
  yield deal.step('The rep moves it on: the deal is accepted');
  const unwanted = new Incoming(rig, 'Harbour cameras, a co-sell deal', 'cosell');
  yield unwanted.step('Microsoft sends another deal');
  await unwanted.edit({ StageName: 'Closed Lost', Referral_Decline_Reason__c: 'No capacity before autumn' });
  yield unwanted.step('The rep closes it as lost: the deal is declined with the reason');
}
