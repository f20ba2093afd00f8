import { subscribe, unsubscribe } from 'lightning/empApi';
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
};
/**
 * Shows on the page what the sync service writes. Change events tell at once where the user may receive them (they need
 * View All on opportunities); looking at intervals is the floor. Rests while the page is hidden.
 */
export class LiveRefresh {
  host;
  timer;
  trailingTimer;
  subscription;
  running = false;
  waitingSince = 0;
  onVisibility = () => this.handleVisibility();
  constructor(host) {
    this.host = host;
  }
  start() {
    if (this.running) return;
    this.running = true;
    document.addEventListener('visibilitychange', this.onVisibility);
    this.listen();
    this.schedule();
  }
  stop() {
    this.running = false;
    clearTimeout(this.timer);
    clearTimeout(this.trailingTimer);
    document.removeEventListener('visibilitychange', this.onVisibility);
    const { subscription } = this;
    this.subscription = undefined;
    if (subscription) unsubscribe(subscription).catch(() => undefined);
  }
  /** The user has changed something: look often until the service has answered. */
  expect() {
    this.waitingSince = Date.now();
    this.schedule();
  }
  /** The record has arrived with new values. */
  recordChanged() {
    this.host.refreshLists();
    clearTimeout(this.trailingTimer);
    if (!this.running) return;
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- cleared in stop()
    this.trailingTimer = setTimeout(() => this.host.refreshLists(), PACE.trailing);
    this.schedule();
  }
  async listen() {
    try {
      const subscription = await subscribe(CHANNEL, NEW_EVENTS, (message) => this.handleEvent(message));
      if (this.running) this.subscription = subscription;
      else await unsubscribe(subscription);
    } catch {
      // No event channel for this user, org or browser: looking at intervals is enough.
    }
  }
  handleEvent({ data }) {
    const recordId = this.host.recordId();
    const changed = data.payload.ChangeEventHeader?.recordIds ?? [];
    // A 15-character id is the start of the 18-character one.
    if (!recordId || !changed.some((id) => id.slice(0, 15) === recordId.slice(0, 15))) return;
    this.look();
    this.recordChanged();
  }
  handleVisibility() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.look();
    this.host.refreshLists();
    this.schedule();
  }
  look() {
    const recordId = this.host.recordId();
    if (recordId) notifyRecordUpdateAvailable([{ recordId }]).catch(() => undefined);
  }
  schedule() {
    clearTimeout(this.timer);
    if (!this.running || document.hidden) return;
    const waiting = this.host.isWaiting();
    if (!waiting) this.waitingSince = 0;
    else if (this.waitingSince === 0) this.waitingSince = Date.now();
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- cleared in stop() and while the page is hidden
    this.timer = setTimeout(() => this.tick(waiting), this.delay(waiting));
  }
  tick(waiting) {
    this.look();
    // While waiting, the lists follow when the record has changed; otherwise nobody else would tell.
    if (!waiting) this.host.refreshLists();
    this.schedule();
  }
  delay(waiting) {
    if (!waiting) return this.subscription ? PACE.withEvents : PACE.withoutEvents;
    return Date.now() - this.waitingSince < PACE.longAfter ? PACE.waiting : PACE.waitingLong;
  }
}
