import type { PathValues } from '../../../plugin/src/mapping/types.js';
import type { JsonObject, JsonValue } from '../../../plugin/src/ports/json.js';
import type {
  AuditEntry,
  IssueRow,
  LeftAnswer,
  RecordReport,
  RemoteRecord,
  Resolution,
  RunRow,
  TellingConnector,
  TellResult
} from '../../../plugin/src/sync/ports.js';
import type { Stored } from './fake-system.js';
import { FakeSystem } from './fake-system.js';

/** An issue row as the org keeps it. */
export interface Shown extends IssueRow {
  opportunity: string;
  status: 'Open' | 'Parked' | 'Resolved';
  choice?: Resolution['choice'] | undefined;
  answeredBy?: string | undefined;
}

/** In-memory Salesforce org: opportunities in the shape the Salesforce connector reads them. */
export class FakeOrg extends FakeSystem implements TellingConnector {
  public readonly reports: RecordReport[] = [];
  /** The audit trail as the org keeps it: one row per key. */
  public readonly audit = new Map<string, AuditEntry & { opportunity: string }>();
  /** Rows of what waits for somebody, by key; `choice` is a person's answer. */
  public readonly rows = new Map<string, Shown>();
  public readonly runs = new Map<string, RunRow>();
  /** Keys whose reports the org refuses. */
  public readonly refuses = new Set<string>();
  private count = 0;

  public add(more: JsonObject = {}): string {
    this.count += 1;
    const key = `006${String(this.count).padStart(15, '0')}`;
    this.put(key, { ...opportunity(this.count), ...(more as Record<string, JsonValue>) });
    return key;
  }

  /** Room for a record with another kind of key. */
  public addAs(prefix: string, document: PathValues): string {
    this.count += 1;
    const key = `${prefix}${String(this.count).padStart(15, '0')}`;
    this.put(key, document);
    return key;
  }

  /** Calls that the twin of taking in makes count and can fail like all others. */
  public around<T>(call: 'receive' | 'takeIn' | 'succeed', key: string, work: () => T): T {
    this.enter(call, key);
    const result = work();
    this.after(call, key);
    return result;
  }

  /** A person answers a row on the record; a change of a child, which the feed sees. */
  public answer(key: string, field: string, choice: Resolution['choice'], by = 'Lena Seller'): void {
    const row = this.openRows(key).find((one) => one.key.endsWith(`:${field}`));
    if (!row) throw new Error(`Nothing is open about ${field}.`);
    Object.assign(row, { choice, answeredBy: by });
    this.edit(key, {});
  }

  public openRows(key: string): Shown[] {
    return [...this.rows.values()].filter((row) => row.opportunity === key && row.status !== 'Resolved');
  }

  public async tell(reports: readonly RecordReport[], run?: RunRow): Promise<readonly TellResult[]> {
    this.enter('tell');
    if (run) this.runs.set(run.id, structuredClone(run));
    const results = reports.map((report): TellResult => {
      if (this.refuses.has(report.key))
        return { key: report.key, error: { code: 'LOCKED', message: 'Row is locked.' } };
      this.show(report);
      return { key: report.key };
    });
    this.after('tell');
    return Promise.resolve(results);
  }

  /** State, issue codes and audit messages of one opportunity, as a rep sees them. */
  public seen(key: string): { state: JsonValue | undefined; codes: JsonValue | undefined; audit: AuditEntry[] } {
    const document = this.records.get(key)?.document ?? {};
    return {
      state: document['Cosell_Sync_State__c'],
      codes: document['Cosell_Issue_Codes__c'],
      audit: [...this.audit.values()].filter(({ opportunity: owner }) => owner === key)
    };
  }

  protected override counterpartOf({ document }: Stored): string | undefined {
    if (typeof document['ConvertedOpportunityId'] === 'string') return undefined;
    const id = document['Referral_Identifier__c'];
    return typeof id === 'string' ? id : undefined;
  }

  protected override toRecord(stored: Stored): RemoteRecord {
    const resolutions = this.openRows(stored.key).flatMap(({ key, choice, answeredBy = '' }): Resolution[] =>
      choice ? [{ key, choice, by: answeredBy, at: stored.modifiedAt }] : []
    );
    const answer = answerOf(stored.document);
    return { ...super.toRecord(stored), ...answer, ...(resolutions.length > 0 ? { resolutions } : {}) };
  }

  private showRows({ key: opportunity, rows, settled, left }: RecordReport): void {
    const answered = new Set(left.resolutions?.map(({ key }) => key));
    for (const row of rows) {
      const before = this.rows.get(row.key);
      const kept = row.waiting === true || !answered.has(row.key) ? before?.choice : undefined;
      const status = row.parked === true ? 'Parked' : 'Open';
      this.rows.set(row.key, { ...row, opportunity, status, choice: kept, answeredBy: before?.answeredBy });
    }
    for (const row of this.openRows(opportunity)) {
      if (rows.some(({ key }) => key === row.key)) continue;
      const decided = settled.find(({ key }) => key === row.key);
      Object.assign(row, { status: 'Resolved' }, decided ? { choice: decided.keep, answeredBy: decided.by } : {});
    }
  }

  private show(report: RecordReport): void {
    this.reports.push(structuredClone(report));
    this.showRows(report);
    for (const entry of report.audit) this.audit.set(entry.key, { ...entry, opportunity: report.key });
    const stored = this.records.get(report.key);
    if (!stored) return;
    this.put(
      report.key,
      {
        Cosell_Sync_State__c: report.state,
        Cosell_Issue_Codes__c: report.issues.map(({ code }) => code).join(';'),
        ...(report.counterpart
          ? { Referral_Identifier__c: report.counterpart.key, Referral_Link__c: report.counterpart.link }
          : {})
      },
      stored
    );
  }
}

/** Leads have keys and a state of their own; an opportunity answers by its stage. */
function answerOf(document: JsonObject): Pick<RemoteRecord, 'answer' | 'answerOnly'> {
  const reason = typeof document['Reason'] === 'string' ? { reason: document['Reason'] } : {};
  if (document['IsLead'] !== true) {
    const choices: Record<string, LeftAnswer['choice']> = { 'On Hold': 'wait', 'Closed Lost': 'decline' };
    return { answer: { choice: choices[String(document['StageName'])] ?? 'accept', ...reason } };
  }
  const key = document['ConvertedOpportunityId'];
  const rightKey = String(document['Referral_Identifier__c']);
  if (typeof key === 'string') return { answer: { choice: 'accept', successor: { key, rightKey } }, answerOnly: true };
  return { answer: { choice: document['Status'] === 'Unqualified' ? 'decline' : 'wait', ...reason }, answerOnly: true };
}

export function opportunity(count: number): Record<string, JsonValue> {
  return {
    Name: `Deal ${count}`,
    Amount: 1000 * count,
    CurrencyIsoCode: 'USD',
    CloseDate: '2026-06-30',
    Description: 'First line\r\nsecond line ',
    StageName: 'Prospecting',
    Sync_with_Partner_Center__c: true,
    How_can_Microsoft_help__c: null,
    Referral_Visible_to_Microsoft_Sellers__c: false,
    Account: {
      Name: 'Alpine Ski House',
      BillingStreet: '1 Way',
      BillingCity: 'Oslo',
      BillingState: null,
      BillingPostalCode: '0150',
      BillingCountry: 'NO'
    },
    Contacts: [],
    Team: [{ FirstName: 'Sam', LastName: 'Seller', Email: 'Sam.Seller@cosell.example', Phone: '+47 1' }],
    Solutions: [{ Id: 'SOL-10001-ABC', Name: 'Ski Cloud', Type: '3P', PublisherName: 'Cosell' }]
  };
}

export const contact: JsonObject = {
  FirstName: 'Kari',
  LastName: 'Kunde',
  Email: 'kari@alpine.example',
  Phone: '+47 2',
  Role: null,
  IsPrimary: true
};
