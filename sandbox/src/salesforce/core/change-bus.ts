import { randomUUID } from 'node:crypto';
import type { ChangeLog } from './change-log.js';
import { RETENTION_MS } from './change-log.js';
import { readChannelMember } from './channel-members.js';
import type { ChangeBus, ChangeNotice, ComponentStore, FieldValues, Session } from './contract.js';
import type { OrgClock } from './org-clock.js';
import type { SObjectSchema } from './schema.js';
import { ApiError } from './transport.js';

/** What a save does to a record; gaps and overflows are made of these by the bus. */
export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
export interface RecordChange {
  object: SObjectSchema;
  id: string;
  type: ChangeType;
  changedFields: readonly string[];
  values: FieldValues;
}

/** A larger event is sent as a gap event, with ids only (Change Data Capture guide, "Gap Events"). */
const MAX_EVENT_BYTES = 1_000_000;
/** Changes of one transaction, each changed field counted; what follows is one overflow event per entity ("Overflow Events"). */
const MAX_TRANSACTION_CHANGES = 100_000;
/** A quiet log gets a new end this often, when somebody asks for it. */
const MARK_EVERY_MS = 3_600_000;
export const ALL_CHANGES = '/data/ChangeEvents';

interface Subscription {
  channel: string;
  listener: (notice: ChangeNotice) => void;
}

/** What all events of a transaction share. */
type Stamp = Pick<ChangeNotice, 'changeOrigin' | 'commitTimestamp' | 'commitUser' | 'commitNumber' | 'transactionKey'>;
type Body = Pick<ChangeNotice, 'entityName' | 'recordIds' | 'changeType' | 'changedFields' | 'values'>;

/** `Opportunity` → `OpportunityChangeEvent`, `X__c` → `X__ChangeEvent`. */
export function changeEventName(object: string): string {
  return object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;
}

/** Change notices of the entities that PlatformEventChannelMember components select, kept for replay. */
export class ReplayChangeBus implements ChangeBus {
  private readonly subscriptions = new Set<Subscription>();
  private selected: ReadonlySet<string> | undefined;

  public constructor(
    private readonly components: ComponentStore,
    private readonly clock: OrgClock,
    private readonly log: ChangeLog
  ) {}

  /** Selected entities are read anew after a deploy. */
  public invalidate(): void {
    this.selected = undefined;
  }

  public isSelected(object: string): boolean {
    return this.selectedEvents().has(changeEventName(object));
  }

  public subscribe(channel: string, listener: (notice: ChangeNotice) => void): () => void {
    this.requireChannel(channel);
    const subscription = { channel, listener };
    this.subscriptions.add(subscription);
    return () => this.subscriptions.delete(subscription);
  }

  /** Notices after this replay id that are still kept; -2 means all that are kept. */
  public replay(channel: string, after: number, limit = Number.MAX_SAFE_INTEGER): readonly ChangeNotice[] {
    this.requireChannel(channel);
    const oldest = this.clock.now().getTime() - RETENTION_MS;
    return this.log.after(channel === ALL_CHANGES ? undefined : channel, after, oldest, limit);
  }

  /** The last replay id given out, of whatever channel. */
  public last(): number {
    return this.log.last();
  }

  /** Whether a subscriber can go on behind this replay id: it was given out, not more than 72 hours ago. */
  public holds(replayId: number): boolean {
    return (this.log.givenAt(replayId) ?? -Infinity) >= this.clock.now().getTime() - RETENTION_MS;
  }

  /** The end of the log, as a replay id that can be used for about 72 hours however quiet the org is. */
  public end(): number {
    const now = this.clock.now().getTime();
    const last = this.log.last();
    return (this.log.givenAt(last) ?? -Infinity) > now - MARK_EVERY_MS ? last : this.log.mark(now);
  }

  /** Called inside the transaction, with one change per record: data and events are stored together or not at all. */
  public store(session: Session, changes: readonly RecordChange[]): ChangeNotice[] {
    const told = changes.filter((change) => this.isSelected(change.object.name));
    if (told.length === 0) return [];
    const stamp = this.stamp(session);
    const overflown = new Set<string>();
    const bodies: Body[] = [];
    let count = 0;
    for (const change of told) {
      count += Math.max(1, change.changedFields.length);
      if (count > MAX_TRANSACTION_CHANGES) overflown.add(change.object.name);
      else bodies.push(bodyOf(change));
    }
    return this.append(stamp, [...bodies, ...[...overflown].map((entityName) => overflow(entityName))]);
  }

  /** Called after the commit. */
  public deliver(notices: readonly ChangeNotice[]): void {
    for (const notice of notices) {
      const channel = channelOf(notice);
      for (const subscription of [...this.subscriptions])
        if (matches(subscription.channel, channel)) subscription.listener(notice);
    }
  }

  /** A gap or overflow event as the platform makes them on its own account, for tests. */
  public interrupt(session: Session, entityName: string, changeType: string, recordIds: readonly string[]): void {
    if (!/^GAP_(CREATE|UPDATE|DELETE|UNDELETE|OVERFLOW)$/.test(changeType))
      throw new Error(`${changeType} is not a gap or overflow event.`);
    this.requireChannel(`/data/${changeEventName(entityName)}`);
    const body = { ...overflow(entityName), changeType: changeType as ChangeNotice['changeType'], recordIds };
    this.deliver(this.append({ ...this.stamp(session), changeOrigin: '' }, [body]));
  }

  private append(stamp: Stamp, bodies: readonly Body[]): ChangeNotice[] {
    this.log.prune(stamp.commitTimestamp - RETENTION_MS);
    return bodies.map((body, index) =>
      this.log.append(channelOf(body), { ...body, ...stamp, sequenceNumber: index + 1 })
    );
  }

  private stamp(session: Session): Stamp {
    return {
      changeOrigin: session.changeOrigin ?? '',
      commitTimestamp: this.clock.now().getTime(),
      commitUser: session.userId,
      commitNumber: this.log.last() + 1,
      transactionKey: randomUUID()
    };
  }

  private requireChannel(channel: string): void {
    const known =
      channel === ALL_CHANGES
        ? this.selectedEvents().size > 0
        : this.selectedEvents().has(channel.replace('/data/', ''));
    if (!known) {
      throw new ApiError(400, 'INVALID_FIELD', `The channel ${channel} has no entity selected for change events.`);
    }
  }

  private selectedEvents(): ReadonlySet<string> {
    this.selected ??= new Set(
      this.components
        .list('PlatformEventChannelMember')
        .flatMap((component) => readChannelMember(component)?.selectedEntity ?? [])
    );
    return this.selected;
  }
}

function bodyOf({ object, id, type, changedFields, values }: RecordChange): Body {
  const head = { entityName: object.name, recordIds: [id] };
  return JSON.stringify(values).length > MAX_EVENT_BYTES
    ? { ...head, changeType: `GAP_${type}`, changedFields: [], values: {} }
    : { ...head, changeType: type, changedFields, values };
}

const overflow = (entityName: string): Body => ({
  entityName,
  recordIds: [],
  changeType: 'GAP_OVERFLOW',
  changedFields: [],
  values: {}
});

const channelOf = ({ entityName }: Pick<ChangeNotice, 'entityName'>): string => `/data/${changeEventName(entityName)}`;

function matches(subscribed: string, channel: string): boolean {
  return subscribed === ALL_CHANGES || subscribed === channel;
}
