import type Database from 'libsql';
import type { Referral } from '../referrals/resource.js';

export interface StoredReferral {
  id: string;
  engagementId: string;
  /** Organisation the referral belongs to. */
  owner: string;
  /** Organisation that made it; sees it too. */
  inviter: string;
  document: Referral;
}

/** Who wrote, as the history shows it. */
export interface Writer {
  kind: 'partner' | 'microsoft' | 'system';
  name: string;
  /** `X-Caller-Id` of the call; null for people and the service itself. */
  callerId: string | null;
  correlationId: string | null;
}

export interface FieldChange {
  path: string;
  from: unknown;
  to: unknown;
}

export interface HistoryEntry {
  seq: number;
  referralId: string;
  engagementId: string;
  at: string;
  action: string;
  writer: Writer;
  changes: readonly FieldChange[];
}

export interface ChangeEvent {
  seq: number;
  at: string;
  /** Organisation that is told. */
  organization: string;
  eventName: 'referral-created' | 'referral-updated' | 'related-referral-created' | 'related-referral-updated';
  referralId: string;
}

/** Everything one write stores, in one transaction. */
export interface Commit {
  referrals: readonly StoredReferral[];
  history: readonly Omit<HistoryEntry, 'seq'>[];
  events: readonly Omit<ChangeEvent, 'seq'>[];
}

/** Referrals in memory, every commit written through to the database first. */
export class ReferralStore {
  private readonly byId = new Map<string, StoredReferral>();
  private readonly byEngagement = new Map<string, Set<string>>();
  private readonly listeners = new Set<(events: readonly ChangeEvent[]) => void>();

  public constructor(private readonly database: Database.Database) {
    this.load();
  }

  public get(id: string): StoredReferral | undefined {
    return this.byId.get(id.toLowerCase());
  }

  public all(): StoredReferral[] {
    return [...this.byId.values()];
  }

  public engagement(engagementId: string): StoredReferral[] {
    return [...(this.byEngagement.get(engagementId) ?? [])].map((id) => this.byId.get(id) as StoredReferral);
  }

  public commit(commit: Commit): void {
    const events: ChangeEvent[] = [];
    this.database.transaction(() => {
      for (const referral of commit.referrals) this.writeReferral(referral);
      for (const entry of commit.history) this.writeHistory(entry);
      for (const event of commit.events) events.push({ ...event, seq: this.writeEvent(event) });
    })();
    for (const referral of commit.referrals) this.keep(referral);
    for (const listener of this.listeners) listener(events);
  }

  /** History of every referral of the engagement, newest first. */
  public history(engagementId: string): HistoryEntry[] {
    const rows = this.database
      .prepare('select seq, entry from history where engagement_id = ? order by seq desc')
      .all(engagementId) as { seq: number; entry: string }[];
    return rows.map((row) => ({ ...(JSON.parse(row.entry) as HistoryEntry), seq: row.seq }));
  }

  public events(after = 0, limit = 1000): ChangeEvent[] {
    return this.database
      .prepare(
        `select seq, at, organization, event_name as eventName, referral_id as referralId
         from events where seq > ? order by seq limit ?`
      )
      .all(after, limit) as ChangeEvent[];
  }

  /** Number of the newest change notice, 0 when there is none. */
  public version(): number {
    const row = this.database.prepare('select coalesce(max(seq), 0) as seq from events').get() as { seq: number };
    return row.seq;
  }

  public onChange(listener: (events: readonly ChangeEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public clear(): void {
    this.database.exec('delete from referrals; delete from history; delete from events;');
    this.byId.clear();
    this.byEngagement.clear();
  }

  private load(): void {
    const rows = this.database
      .prepare('select id, engagement_id as engagementId, owner, inviter, document from referrals order by rowid')
      .all() as (Omit<StoredReferral, 'document'> & { document: string })[];
    for (const row of rows) this.keep({ ...row, document: JSON.parse(row.document) as Referral });
  }

  private keep(stored: StoredReferral): void {
    this.byId.set(stored.id, stored);
    const engagement = this.byEngagement.get(stored.engagementId) ?? new Set();
    this.byEngagement.set(stored.engagementId, engagement.add(stored.id));
  }

  private writeReferral(stored: StoredReferral): void {
    this.database
      .prepare(
        `insert into referrals (id, engagement_id, owner, inviter, document) values (?, ?, ?, ?, ?)
         on conflict (id) do update set document = excluded.document`
      )
      .run(stored.id, stored.engagementId, stored.owner, stored.inviter, JSON.stringify(stored.document));
  }

  private writeHistory(entry: Omit<HistoryEntry, 'seq'>): void {
    this.database
      .prepare('insert into history (referral_id, engagement_id, at, entry) values (?, ?, ?, ?)')
      .run(entry.referralId, entry.engagementId, entry.at, JSON.stringify(entry));
  }

  private writeEvent(event: Omit<ChangeEvent, 'seq'>): number {
    const result = this.database
      .prepare('insert into events (at, organization, event_name, referral_id) values (?, ?, ?, ?)')
      .run(event.at, event.organization, event.eventName, event.referralId);
    return Number(result.lastInsertRowid);
  }
}
