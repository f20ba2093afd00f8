import { subscribe, unsubscribe } from 'lightning/empApi';
import type { EmpMessage, Subscription } from 'lightning/empApi';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';

const CHANNEL = '/data/OpportunityChangeEvent';
/** Only events from now on. */
const NEW_EVENTS = -1;

/** Milliseconds. The service usually answers a save within two seconds, so the first looks are close together. */
export const PACE = {
  waiting: 500,
  waitingLong: 5_000,
  longAfter: 10_000,
  withoutEvents: 15_000,
  withEvents: 60_000,
  /** Audit rows may be written just after the opportunity. */
  trailing: 1_000
} as const;

/** What the refresh needs from the component it serves. */
export interface LiveRefreshHost {
  recordId(): string | undefined;
  /** The service still has to answer. */
  isWaiting(): boolean;
  /** Runs the queries of lists again: the data service does not add rows to them by itself. */
  refreshLists(): void;
}

/**
 * Shows on the page what the sync service writes. Change events tell at once where the user may receive them (they need
 * View All on opportunities); looking at intervals is the floor. Rests while the page is hidden.
 */
export class LiveRefresh {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private trailingTimer: ReturnType<typeof setTimeout> | undefined;
  private subscription: Subscription | undefined;
  private running = false;
  private waitingSince = 0;
  private readonly onVisibility = (): void => this.handleVisibility();

  constructor(private readonly host: LiveRefreshHost) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    document.addEventListener('visibilitychange', this.onVisibility);
    this.listen();
    this.schedule();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    clearTimeout(this.trailingTimer);
    document.removeEventListener('visibilitychange', this.onVisibility);
    const { subscription } = this;
    this.subscription = undefined;
    if (subscription) unsubscribe(subscription).catch(() => undefined);
  }

  /** The user has changed something: look often until the service has answered. */
  expect(): void {
    this.waitingSince = Date.now();
    this.schedule();
  }

  /** The record has arrived with new values. */
  recordChanged(): void {
    this.host.refreshLists();
    clearTimeout(this.trailingTimer);
    if (!this.running) return;
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- cleared in stop()
    this.trailingTimer = setTimeout(() => this.host.refreshLists(), PACE.trailing);
    this.schedule();
  }

  private async listen(): Promise<void> {
    try {
      const subscription = await subscribe(CHANNEL, NEW_EVENTS, (message) => this.handleEvent(message));
      if (this.running) this.subscription = subscription;
      else await unsubscribe(subscription);
    } catch {
      // No event channel for this user, org or browser: looking at intervals is enough.
    }
  }

  private handleEvent({ data }: EmpMessage): void {
    const recordId = this.host.recordId();
    const changed = data.payload.ChangeEventHeader?.recordIds ?? [];
    // A 15-character id is the start of the 18-character one.
    if (!recordId || !changed.some((id) => id.slice(0, 15) === recordId.slice(0, 15))) return;
    this.look();
    this.recordChanged();
  }

  private handleVisibility(): void {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.look();
    this.host.refreshLists();
    this.schedule();
  }

  private look(): void {
    const recordId = this.host.recordId();
    if (recordId) notifyRecordUpdateAvailable([{ recordId }]).catch(() => undefined);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.running || document.hidden) return;
    const waiting = this.host.isWaiting();
    if (!waiting) this.waitingSince = 0;
    else if (this.waitingSince === 0) this.waitingSince = Date.now();
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- cleared in stop() and while the page is hidden
    this.timer = setTimeout(() => this.tick(waiting), this.delay(waiting));
  }

  private tick(waiting: boolean): void {
    this.look();
    // While waiting, the lists follow when the record has changed; otherwise nobody else would tell.
    if (!waiting) this.host.refreshLists();
    this.schedule();
  }

  private delay(waiting: boolean): number {
    if (!waiting) return this.subscription ? PACE.withEvents : PACE.withoutEvents;
    return Date.now() - this.waitingSince < PACE.longAfter ? PACE.waiting : PACE.waitingLong;
  }
}
