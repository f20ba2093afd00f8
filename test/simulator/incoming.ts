import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import type { OrgServer } from './org-server.js';
import type { OrgRow } from './org-rows.js';
import type { InboundKind } from './profile.js';
import { INBOUND_KINDS } from './profile.js';
import type { Referral, ReferralServer } from './referral-server.js';
import type { SimEvent } from './story.js';

export const ON_HOLD = 'On Hold';
export const ACTIVE_STAGE = 'Qualification';

/** One that the org has in another notation, one that it has twice, and one that it does not have. */
const CUSTOMERS = ['CONTOSO Limited', 'Northwind Traders', 'Fabrikam'];

/** The referral of a record, by the marker or, for one that was taken in, by what the record shows. */
export function referralOf(referrals: ReferralServer, { id, fields }: OrgRow): Referral | undefined {
  return referrals.of(id)[0] ?? referrals.referrals.get(String(fields['Referral_Identifier__c']));
}

/** How people save, for the trace and for what must not be lost. */
export interface Saving {
  left: (row: OrgRow, values: Record<string, JsonValue>) => void;
  right: (referral: Referral, values: Record<string, JsonValue>) => boolean;
  /** Types something new into a referral that may have no record yet. */
  edit: (referral: Referral, choice: number) => void;
  trace: (line: () => string) => void;
}

const isInbound = (kind: SimEvent['kind']): kind is InboundKind => (INBOUND_KINDS as readonly string[]).includes(kind);

/** What Microsoft, colleagues in Partner Center and reps do about deals that others send. */
export class Incoming {
  public constructor(
    private readonly org: OrgServer,
    private readonly referrals: ReferralServer,
    private readonly saving: Saving
  ) {}

  /** Whether the event is about a deal that somebody else sent; then it has happened. */
  public does({ kind, record, choice }: SimEvent): boolean {
    if (!isInbound(kind)) return false;
    const sent = this.referrals.incoming();
    const referral = sent[record % Math.max(1, sent.length)];
    const held = [...this.org.rows.values()].filter(({ fields }) => fields['StageName'] === ON_HOLD);
    const row = held[record % Math.max(1, held.length)];
    const waits = referral?.document['status'] === 'New';
    const actions: Record<InboundKind, () => void> = {
      arrive: () => this.arrive(choice),
      takeOn: () => row && this.saving.left(row, { StageName: choice < 0.8 ? ACTIVE_STAGE : 'Closed Won' }),
      turnDown: () => row && this.saving.left(row, { StageName: 'Closed Lost' }),
      answerRight: () => referral && waits && this.saving.right(referral, choice < 0.6 ? ACCEPTED : DECLINED),
      expire: () => referral && waits && this.saving.right(referral, EXPIRED),
      editIncoming: () => referral && this.saving.edit(referral, choice)
    };
    this.saving.trace(() => `people ${kind} ${row?.id ?? ''} ${referral?.id ?? ''}`);
    actions[kind]();
    return true;
  }

  /** `choice` decides whose deal it is. */
  public arrive(choice: number): void {
    const customer = CUSTOMERS[Math.floor(choice * CUSTOMERS.length)] ?? '';
    const { id } = this.referrals.send(deal(customer));
    this.saving.trace(() => `Microsoft sends ${id} of ${customer}`);
  }
}

const ACCEPTED = { status: 'Active', substatus: 'Accepted' };
const DECLINED = { status: 'Closed', substatus: 'Declined' };
const EXPIRED = { status: 'Closed', substatus: 'Expired' };

/** A shared deal as Microsoft sends it. */
function deal(customer: string): JsonObject {
  return {
    type: 'Shared',
    qualification: 'SalesQualified',
    organizationId: 'partner-1',
    inviteContext: { invitedBy: { organizationId: 'MSFT' }, assistanceRequestCode: 'Unknown' },
    consent: { consentToShareReferralWithMicrosoftSellers: true },
    customerProfile: { name: customer, team: [] },
    details: { dealValue: 9000, notes: 'sent', requirements: { solutions: [{ id: 'SOL-1', name: 'Solution SOL-1' }] } }
  };
}
