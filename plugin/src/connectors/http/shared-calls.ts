import type { Clock } from '../../ports/clock.js';
import type { CallLog } from './call-log.js';
import { CallWindow } from './call-window.js';

/** Calls of one process that the others need not know of yet, far from the mark. */
const MOST_UNTOLD = 100;
/** Of what is left until the mark each process may use this part before it tells: twenty processes together stay within it. */
const PART_OF_ROOM = 20;
/** How old what is known of the others may be while calls are made. */
const EXCHANGE_MS = 60_000;

/**
 * The count of our calls, kept in step with the other processes that share the log.
 *
 * The bound: before a call goes out, this process has told all but `least(100, a twentieth of the room)` of its calls, and at
 * least one; so P processes pass a mark by at most P × that, and next to the mark, where it is one, by at most P calls. A
 * process that is killed takes what it has not told with it: at most 100 calls.
 */
export class SharedCalls {
  private readonly window: CallWindow;
  private exchangedAt = Number.NEGATIVE_INFINITY;

  public constructor(
    private readonly clock: Clock,
    private readonly shared?: { log: CallLog; system: string }
  ) {
    this.window = new CallWindow(shared);
  }

  public count(): number {
    return this.window.count(this.clock.now());
  }

  public waitMs(mark: number): number {
    return this.window.waitMs(this.clock.now(), mark);
  }

  /**
   * Counts a call that is about to go out, once the others know of enough. A log that cannot be reached does not hold calls
   * up: they are counted here and told later.
   * @param room calls left until the mark
   * @param admit throws when the call must not go out; asked in the same turn in which the call is counted
   */
  public async take(room: () => number, admit: () => void): Promise<void> {
    while (this.isDue(room()) && (await this.tried()));
    admit();
    this.window.add(this.clock.now());
  }

  /** Tells what was called here and learns what the others called. Rejects with the error of the log. */
  public async exchange(): Promise<void> {
    if (this.shared === undefined) return;
    const now = this.clock.now();
    await this.window.exchange(now);
    this.exchangedAt = now;
  }

  private isDue(room: number): boolean {
    if (this.shared === undefined) return false;
    const allowed = Math.max(1, Math.min(MOST_UNTOLD, Math.floor(room / PART_OF_ROOM)));
    return this.window.unknownToOthers() >= allowed || this.clock.now() - this.exchangedAt >= EXCHANGE_MS;
  }

  private tried(): Promise<boolean> {
    return this.exchange().then(
      () => true,
      () => false
    );
  }
}
