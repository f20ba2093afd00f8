import type { JsonValue } from '../../../plugin/src/ports/json.js';
import type { Arrival, Inbound, InboundPort, Reception } from '../../../plugin/src/sync/inbound.js';
import type { FakeOrg } from './fake-org.js';
import { opportunity } from './fake-org.js';

/** In-memory twin of taking records in: the identifier of the referral is unique among opportunities and leads. */
export class FakeInbound implements InboundPort {
  /** Customers of whom several accounts exist. */
  public readonly ambiguous = new Set<string>();

  public constructor(private readonly org: FakeOrg) {}

  public async receive(arrival: Arrival): Promise<Reception> {
    return Promise.resolve(this.org.around('receive', arrival.rightKey, () => this.find(arrival)));
  }

  public async takeIn(arrival: Arrival): Promise<{ key: string; created: boolean }> {
    return Promise.resolve(
      this.org.around('takeIn', arrival.rightKey, () => {
        const there = this.holder(arrival.rightKey);
        return there === undefined ? { key: this.create(arrival), created: true } : { key: there, created: false };
      })
    );
  }

  public async succeed(key: string, { rightKey, values }: Arrival): Promise<void> {
    this.org.around('succeed', key, () => {
      const { Referral_Identifier__c: shown, Solutions: chosen } = this.org.records.get(key)?.document ?? {};
      if (shown === rightKey) return;
      const brought = values['Solutions'] ?? [];
      this.org.edit(key, {
        ...{ Sync_with_Partner_Center__c: true, Referral_Identifier__c: rightKey },
        Solutions: Array.isArray(chosen) && chosen.length > 0 ? chosen : brought
      });
    });
    return Promise.resolve();
  }

  private holder(rightKey: string): string | undefined {
    return [...this.org.records.values()].find(({ document }) => document['Referral_Identifier__c'] === rightKey)?.key;
  }

  private find({ rightKey, values }: Arrival): Reception {
    const key = this.holder(rightKey);
    if (key !== undefined) return { outcome: 'there', key };
    if (!this.ambiguous.has(String(values['Account.Name']))) return { outcome: 'ready', details: {} };
    const issue = { code: 'ACCOUNT_AMBIGUOUS', message: 'Several accounts fit.', nextStep: 'Merge them.' };
    return { outcome: 'unclear', issues: [issue] };
  }

  private create({ rightKey, values, category, waiting }: Arrival): string {
    const marks: Record<string, JsonValue> = { Referral_Identifier__c: rightKey, Sync_with_Partner_Center__c: true };
    if (category === 'lead')
      return this.org.addAs('00Q', { ...marks, IsLead: true, Status: 'Open', Name: values['Name'] ?? null });
    const plain = Object.fromEntries(Object.entries(values).filter(([path]) => !path.includes('.')));
    const stage = waiting ? 'On Hold' : 'Qualification';
    return this.org.add({ ...opportunity(1), Description: null, ...plain, ...marks, StageName: stage });
  }
}

/** What the organization decided, with defaults. */
export const inboundTo = (port: InboundPort, more: Partial<Inbound> = {}): Inbound => ({
  port,
  unknownReference: 'issue',
  onAccepted: { StageName: 'Qualification' },
  acceptedAs: 'stage Qualification',
  declineReason: 'Declined by the partner',
  howToAnswer: { deal: 'Leave the stage On Hold.', lead: 'Convert the lead.' },
  ...more
});
