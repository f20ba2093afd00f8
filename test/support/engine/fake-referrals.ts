import type { PathValues, RecordIssue } from '../../../plugin/src/mapping/types.js';
import type {
  CreatingConnector,
  RemoteRecord,
  RightAnswer,
  RightRequest,
  WriteResult
} from '../../../plugin/src/sync/ports.js';
import type { JsonValue } from '../../../plugin/src/ports/json.js';
import type { Stored } from './fake-system.js';
import { FakeSystem } from './fake-system.js';

const HELP = 'microsoft.inviteContext.assistanceRequestCode';

/** In-memory Partner Center: referrals in the shape the Partner Center connector reads them; creation is not repeatable. */
export class FakeReferrals extends FakeSystem implements CreatingConnector {
  private count = 0;

  public async create(marker: string, values: PathValues): Promise<RemoteRecord> {
    this.enter('create', marker, values);
    const stored = this.addReferral(marker, values);
    this.after('create', marker);
    return Promise.resolve(this.toRecord(stored));
  }

  public async findByMarker(marker: string, since: string | undefined): Promise<readonly RemoteRecord[]> {
    this.enter('findByMarker', marker);
    const found = [...this.records.values()].filter(
      ({ document, modifiedAt }) =>
        document['externalReferenceId'] === marker && (since === undefined || modifiedAt >= since)
    );
    this.after('findByMarker', marker);
    return Promise.resolve(found.map((stored) => this.toRecord(stored)));
  }

  public mark(current: RemoteRecord, marker: string): Promise<WriteResult> {
    return this.update(current, { externalReferenceId: marker });
  }

  public async answer(current: RemoteRecord, answer: RightAnswer): Promise<WriteResult> {
    this.enter('answer', current.key, { ...answer });
    const stored = this.records.get(current.key);
    if (!stored || String(stored.sequence) !== current.version) return Promise.resolve({ outcome: 'stale' });
    const values: PathValues = answer.accept
      ? { outcome: 'Active/Accepted', externalReferenceId: answer.marker }
      : { outcome: 'Closed/Declined', statusReason: answer.reason };
    this.put(current.key, values, stored);
    this.after('answer', current.key);
    return Promise.resolve({ outcome: 'written', record: this.toRecord(stored) });
  }

  /** Microsoft sends a deal or a lead, which waits for an answer. */
  public send(values: PathValues = {}, category: 'deal' | 'lead' = 'deal'): string {
    const { key } = this.addReferral(null, {
      name: 'Deal from Microsoft',
      outcome: 'New/Pending',
      incoming: category,
      'customerProfile.name': 'Contoso Ltd',
      'customerProfile.address': { addressLine1: '1 Main St', city: 'Oslo', postalCode: '0150', country: 'NO' },
      'details.dealValue': 9000,
      'details.currency': 'USD',
      'details.closingDateTime': '2026-08-01T12:00:00.000Z',
      ...values
    });
    return key;
  }

  public linkTo({ key }: RemoteRecord): string {
    return `https://referrals.example/${key}`;
  }

  /** Somebody creates a referral; a new one is Active/Accepted whatever was asked for. */
  public addReferral(marker: string | null, values: PathValues): Stored {
    this.count += 1;
    const { [HELP]: help, ...rest } = values;
    return this.put(`R${this.count}`, {
      engagementId: `E${this.count}`,
      externalReferenceId: marker,
      outcome: 'Active/Accepted',
      microsoft: null,
      customerProfile: { team: [] },
      consent: { consentToShareReferralWithMicrosoftSellers: false },
      details: { notes: null, dealValue: null, currency: null, closingDateTime: null, requirements: { solutions: [] } },
      team: [],
      ...rest,
      ...invited(help)
    });
  }

  public override put(key: string, values: PathValues, stored?: Stored): Stored {
    const record = super.put(key, values, stored);
    const [status = null, substatus = null] = String(record.document['outcome']).split('/');
    Object.assign(record.document, { status, substatus });
    return record;
  }

  /** Referrals that carry a marker. */
  public of(marker: string): Stored[] {
    return [...this.records.values()].filter(({ document }) => document['externalReferenceId'] === marker);
  }

  protected override isFinal({ document }: Stored): boolean {
    return document['status'] === 'Closed';
  }

  protected override toRecord(stored: Stored): RemoteRecord {
    const { incoming, outcome, remarks } = stored.document;
    const plain = super.toRecord(stored);
    const record = remarks === undefined ? plain : { ...plain, remarks: remarks as unknown as RecordIssue[] };
    if (incoming === undefined) return record;
    const state = STATES[String(outcome)] ?? 'accepted';
    return {
      ...record,
      category: incoming === 'lead' ? 'lead' : 'deal',
      request: { state },
      context: state === 'waiting' ? { request: state } : {}
    };
  }

  protected override counterpartOf({ document }: Stored): string | undefined {
    const marker = document['externalReferenceId'];
    return typeof marker === 'string' ? marker : undefined;
  }
}

const STATES: Readonly<Record<string, RightRequest['state']>> = {
  'New/Pending': 'waiting',
  'Closed/Declined': 'declined',
  'Closed/Expired': 'expired'
};

const invited = (help: JsonValue | undefined): PathValues =>
  typeof help === 'string'
    ? { microsoft: { status: 'New', substatus: 'Pending', inviteContext: { assistanceRequestCode: help } } }
    : {};
