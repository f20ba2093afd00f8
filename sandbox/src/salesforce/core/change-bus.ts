import { readChannelMember } from './channel-members.js';
import type { ChangeBus, ChangeNotice, ComponentStore, FieldValues, Session } from './contract.js';
import type { OrgClock } from './org-clock.js';
import type { SObjectSchema } from './schema.js';
import { ApiError } from './transport.js';

export type ChangeType = ChangeNotice['changeType'];
export interface RecordChange {
  object: SObjectSchema;
  id: string;
  type: ChangeType;
  changedFields: readonly string[];
  values: FieldValues;
}

/** Events stay available for replay for 72 hours (Change Data Capture guide, message retention). */
const RETENTION_MS = 72 * 3_600_000;
const MAX_BUFFER = 50_000;
const ALL_CHANGES = '/data/ChangeEvents';

interface Subscription {
  channel: string;
  listener: (notice: ChangeNotice) => void;
}

/** `Opportunity` → `OpportunityChangeEvent`, `X__c` → `X__ChangeEvent`. */
export function changeEventName(object: string): string {
  return object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;
}

/** Change notices of the entities that PlatformEventChannelMember components select, with a buffer for replay. */
export class ReplayChangeBus implements ChangeBus {
  private readonly subscriptions = new Set<Subscription>();
  private readonly buffer: { channel: string; notice: ChangeNotice }[] = [];
  private selected: ReadonlySet<string> | undefined;

  public constructor(
    private readonly components: ComponentStore,
    private readonly clock: OrgClock,
    /** The last replay id given out; ids go on growing when the org is opened again. */
    private replayId = 0
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
  public replay(channel: string, after: number): readonly ChangeNotice[] {
    this.requireChannel(channel);
    const oldest = this.clock.now().getTime() - RETENTION_MS;
    return this.buffer
      .filter((entry) => matches(channel, entry.channel))
      .map((entry) => entry.notice)
      .filter((notice) => notice.replayId > after && notice.commitTimestamp >= oldest);
  }

  /** Called after commit, with one change per record. */
  public publish(session: Session, changes: readonly RecordChange[]): void {
    for (const change of changes) {
      if (!this.isSelected(change.object.name)) continue;
      const notice: ChangeNotice = {
        replayId: ++this.replayId,
        entityName: change.object.name,
        recordIds: [change.id],
        changeType: change.type,
        changedFields: change.changedFields,
        values: change.values,
        changeOrigin: session.changeOrigin ?? '',
        commitTimestamp: this.clock.now().getTime(),
        commitUser: session.userId
      };
      this.deliver(`/data/${changeEventName(change.object.name)}`, notice);
    }
  }

  private deliver(channel: string, notice: ChangeNotice): void {
    this.buffer.push({ channel, notice });
    if (this.buffer.length > MAX_BUFFER) this.buffer.splice(0, this.buffer.length - MAX_BUFFER);
    for (const subscription of [...this.subscriptions]) {
      if (matches(subscription.channel, channel)) subscription.listener(notice);
    }
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

function matches(subscribed: string, channel: string): boolean {
  return subscribed === ALL_CHANGES || subscribed === channel;
}
