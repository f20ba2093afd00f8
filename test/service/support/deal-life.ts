import { writeFileSync } from 'node:fs';
import { syncOnce } from '../../../plugin/src/service/index.js';
import { acceptAsMicrosoft, editAsMicrosoft } from '../../../sandbox/src/partner-center/microsoft/answer.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import { incomingLife } from './incoming-life.js';
import { referralOf } from './referral-shown.js';
import { ServiceRig } from './service-rig.js';

/** What happened, and how both records stand afterwards. */
export interface LifeStep {
  /** Whose life it is: steps of one deal follow each other. */
  deal: string;
  title: string;
  salesforce: Readonly<Record<string, unknown>>;
  partnerCenter: Readonly<Record<string, unknown>>;
  /** Lines that the step added to the audit trail. */
  trail: readonly string[];
  /** HTTP calls of the pass that followed. */
  calls: Readonly<Record<string, number>>;
}

const OWN_DEAL = "A rep's own deal";
const DAY_MS = 86_400_000;
const SHOWN = [
  ...['StageName', 'Amount', 'CloseDate', 'Description', 'How_can_Microsoft_help__c'],
  ...['Referral_Visible_to_Microsoft_Sellers__c', 'Cosell_Sync_State__c', 'Cosell_Sync_Message__c'],
  ...['Referral_Status__c', 'Referral_Substatus__c', 'Microsoft_Status__c', 'Microsoft_CRM_Identifier__c'],
  'Referral_Registration_Status__c'
];

/** One deal between a rep and Microsoft, on both stand-ins, with the engine in between. */
class Life {
  private told = 0;

  public constructor(
    private readonly rig: ServiceRig,
    public readonly deal: string
  ) {}

  /** Lets time go by, so that nobody edits in the second of another edit, runs one pass and looks at both records. */
  public async step(title: string): Promise<LifeStep> {
    this.rig.moveClock(5_000);
    const { calls } = await syncOnce(this.rig.input());
    const trail = (await this.rig.audit(this.deal)).map(({ Message__c }) => Message__c);
    const fresh = trail.slice(this.told);
    this.told = trail.length;
    const salesforce = await this.rig.fields(this.deal, SHOWN);
    const { attributes: _attributes, ...shown } = salesforce;
    const partnerCenter = await referralOf(this.rig, await this.rig.referral(this.deal));
    return { deal: OWN_DEAL, title, salesforce: shown, partnerCenter, trail: fresh, calls };
  }

  public async rep(values: Record<string, string | number | boolean | null>): Promise<void> {
    this.rig.moveClock(5_000);
    await this.rig.edit(this.deal, values);
  }

  /** The rep's answer to the one conflict that is open. */
  public async decide(resolution: 'KeepSalesforce' | 'KeepPartnerCenter'): Promise<void> {
    this.rig.moveClock(5_000);
    const soql = `SELECT Id FROM Cosell_Issue__c WHERE Opportunity__c = '${this.deal}' AND Status__c = 'Open'`;
    const [issue] = await this.rig.query<{ Id: string }>(soql);
    await this.rig.change(record('Cosell_Issue__c', { Id: issue?.Id, Resolution__c: resolution }));
  }

  public async microsoft(act: typeof acceptAsMicrosoft): Promise<void> {
    act(this.rig.center.world, await this.rig.referral(this.deal));
  }
}

/** The world that a life is played in: a person decides when both sides change the deal value, and won deals are registered. */
export async function lifeRig(): Promise<ServiceRig> {
  const rig = await ServiceRig.start(false);
  const mapping = rig.file('mapping.yaml');
  writeFileSync(
    mapping,
    JSON.stringify({ extends: 'opportunity-referral', fields: [{ name: 'dealValue', rule: 'manual' }] })
  );
  const cosell = { inbound: { ownerFallback: 'sam.seller@cosell.example' } };
  rig.more = { mapping, registration: { enabled: true }, cosell };
  return rig;
}

/** What Microsoft sends and how it is answered; then from a rep's private deal to a registered one, step by step. Closing and signing dates are those of today's clock. */
export async function* dealLife(rig: ServiceRig): AsyncGenerator<LifeStep> {
  yield* incomingLife(rig);
  const life = new Life(rig, await rig.deal('Demand forecasting for Alpine Ski House'));
  await life.rep({ Amount: 30_000, Sync_with_Partner_Center__c: true });
  yield life.step('The rep shares the deal: it is private');
  await life.rep({ Referral_Visible_to_Microsoft_Sellers__c: true });
  yield life.step('The rep lets Microsoft sellers see it: it is partner-led');
  await life.rep({ How_can_Microsoft_help__c: 'Quotes or Licensing' });
  yield life.step('The rep asks for help, and nobody is there to be contacted');
  await rig.addContact(life.deal);
  yield life.step('The rep names a contact: Microsoft is invited');
  await life.microsoft(acceptAsMicrosoft);
  yield life.step('A Microsoft seller accepts');
  await life.rep({ Amount: 36_000, StageName: 'Negotiation/Review' });
  yield life.step('The rep raises the amount and moves the stage');
  await life.microsoft((world, id) =>
    editAsMicrosoft(world, id, { closingDateTime: '2027-07-15T12:00:00Z', notes: 'Budget is approved.' })
  );
  yield life.step('The Microsoft seller changes closing date and notes');
  await life.rep({ Amount: 40_000 });
  await life.microsoft((world, id) => editAsMicrosoft(world, id, { dealValue: 38_000 }));
  yield life.step('Both change the deal value');
  await life.decide('KeepSalesforce');
  yield life.step('The rep decides on the record: keep the value of Salesforce');
  await rig.addSolution(life.deal);
  yield life.step('The rep adds a second solution');
  const signed = new Date(rig.now() - 3 * DAY_MS).toISOString().slice(0, 10);
  const registration = { Registration_Requested__c: true, Registration_Contract_Term__c: 'Perpetual' };
  await life.rep({ ...registration, Registration_Sign_Date__c: signed, StageName: 'Closed Won' });
  yield life.step('The rep wins the deal and asks to register it, without saying for which solution');
  await life.rep({ Registration_Solution_Identifier__c: 'SOL-10482-KLM' });
  yield life.step('The rep names the solution: the deal is registered');
  await life.rep({ Amount: 45_000, Registration_Contract_Value__c: 40_000 });
  yield life.step('The rep changes the amount of the closed deal');
  yield life.step('Nothing happens any more');
}
