import { randomUUID } from 'node:crypto';
import type Database from 'libsql';
import type { Json } from '../core/values.js';
import { text } from '../core/values.js';
import type { World } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Change, Row } from '../store/row-store.js';
import type { Post, Subscriptions } from './subscriptions.js';
import { headerOf } from './supported.js';

interface Notice {
  seq: number;
  subscription: string;
  resource: string;
  change_type: string;
  modified_at: string;
  due: number;
}

/** Waits before the next attempt, seconds, by how many were made (application source: API webhook notifications). */
const RETRY_SECONDS = [60, 60, 600, 6000, 60_000];
const RETRIED = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Gathers what was committed, and sends it to the subscribers' addresses. */
export class Notifier {
  private attempts = new Map<string, { made: number; due: number }>();
  private sending: Promise<void> | undefined;
  private paused = false;

  public constructor(
    private readonly world: World,
    private readonly database: Database.Database,
    private readonly subscriptions: Subscriptions,
    private readonly post: Post
  ) {}

  /** Notes the changes for the subscriptions that cover them. Several changes of a row within the delay become one notice. */
  public note(changes: readonly Change[]): void {
    const subscriptions = this.subscriptions.alive();
    if (subscriptions.length === 0) return;
    for (const change of changes) {
      const { row } = change;
      const header = headerOf(row.set);
      const set = header ?? row.set;
      const id = header === undefined ? row.id : text(row.values, 'documentId');
      const kind = header === undefined ? change.kind : 'updated';
      for (const subscription of subscriptions) {
        if (subscription.values['$company'] === row.company && subscription.values['$set'] === set) {
          this.add(subscription, `api/v2.0/companies(${row.company})/${set}(${id})`, kind);
        }
      }
    }
  }

  /** Sends what is due. Calls that come while it works wait for the same work. */
  public pump(): Promise<void> {
    this.sending ??= this.work().finally(() => (this.sending = undefined));
    return this.sending;
  }

  public pause(paused: boolean): void {
    this.paused = paused;
  }

  /** Sends nothing more; resolves when what is on its way is over. */
  public async stop(): Promise<void> {
    this.paused = true;
    await this.sending;
  }

  public waiting(): readonly Notice[] {
    return this.database.prepare('select * from notices order by seq').all() as Notice[];
  }

  public clear(): void {
    this.database.exec('delete from notices');
    this.attempts = new Map();
  }

  private add(subscription: Row, resource: string, kind: Change['kind']): void {
    const before = this.database
      .prepare('select * from notices where subscription = ? and resource = ?')
      .get(subscription.id, resource) as Notice | undefined;
    const due = before?.due ?? this.world.clock.now() + this.world.settings().notificationDelaySeconds * 1000;
    if (before) this.database.prepare('delete from notices where seq = ?').run(before.seq);
    if (before?.change_type === 'created' && kind === 'deleted') return;
    const changeType = before?.change_type === 'created' ? 'created' : kind;
    this.database
      .prepare('insert into notices (subscription, resource, change_type, modified_at, due) values (?, ?, ?, ?, ?)')
      .run(subscription.id, resource, changeType, stamp(this.world), due);
  }

  private async work(): Promise<void> {
    if (this.paused) return;
    const alive = new Map(this.subscriptions.alive().map((row) => [row.id, row]));
    const now = this.world.clock.now();
    const byUrl = new Map<string, Notice[]>();
    for (const notice of this.waiting()) {
      const subscription = alive.get(notice.subscription);
      if (!subscription) this.database.prepare('delete from notices where seq = ?').run(notice.seq);
      else {
        const url = text(subscription.values, 'notificationUrl');
        byUrl.set(url, [...(byUrl.get(url) ?? []), notice]);
      }
    }
    for (const [url, notices] of byUrl) {
      const attempt = this.attempts.get(url);
      const due = attempt ? attempt.due <= now : notices.some((notice) => notice.due <= now);
      if (due) await this.send(url, notices, alive);
    }
  }

  private async send(url: string, notices: readonly Notice[], alive: ReadonlyMap<string, Row>): Promise<void> {
    const value = this.payload(notices, alive);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-ms-client-request-id': randomUUID(),
      'x-ms-correlation-id': randomUUID()
    };
    const answer = await this.post(url, JSON.stringify({ value }), headers);
    if (answer !== undefined && answer.status >= 200 && answer.status < 300) return this.done(url, notices);
    const made = (this.attempts.get(url)?.made ?? 0) + 1;
    if ((answer === undefined || RETRIED(answer.status)) && made <= RETRY_SECONDS.length) {
      const wait = (RETRY_SECONDS[made - 1] ?? 60) * 1000;
      this.attempts.set(url, { made, due: this.world.clock.now() + wait });
      return;
    }
    for (const id of new Set(notices.map((notice) => notice.subscription))) {
      const row = this.world.store.get('', 'subscriptions', id);
      if (row) this.world.store.delete(row);
    }
    this.done(url, notices);
  }

  private done(url: string, notices: readonly Notice[]): void {
    this.attempts.delete(url);
    const remove = this.database.prepare('delete from notices where seq = ?');
    for (const { seq } of notices) remove.run(seq);
  }

  /** One entry per change, or one for the whole set when there are too many. */
  private payload(notices: readonly Notice[], alive: ReadonlyMap<string, Row>): Json[] {
    const { collectionThreshold } = this.world.settings();
    const ids = [...new Set(notices.map((notice) => notice.subscription))];
    return ids.flatMap((id): Json[] => {
      const subscription = alive.get(id)?.values ?? {};
      const own = notices.filter((notice) => notice.subscription === id);
      const shared = {
        subscriptionId: text(subscription, 'subscriptionId'),
        clientState: text(subscription, 'clientState'),
        expirationDateTime: text(subscription, 'expirationDateTime')
      };
      if (own.length <= collectionThreshold) {
        return own.map(({ resource, change_type: changeType, modified_at: lastModifiedDateTime }) => ({
          ...shared,
          resource,
          changeType,
          lastModifiedDateTime
        }));
      }
      const times = own.map((notice) => notice.modified_at).sort();
      // The filter says "after", so the earliest change itself must still be inside.
      const since = new Date(Date.parse(times[0] ?? '') - 1000).toISOString();
      const set = `/api/v2.0/companies(${text(subscription, '$company')})/${text(subscription, '$set')}`;
      return [
        {
          ...shared,
          resource: `${set}?$filter=lastModifiedDateTime%20gt%20${since}`,
          changeType: 'collection',
          lastModifiedDateTime: times.at(-1) ?? ''
        }
      ];
    });
  }
}
