import type { Clock } from '../ports/clock.js';

/** Events of one moment, for example of one save, are one look. */
const GATHER_MS = 50;
/**
 * Least time from one look to the next that an event asks for. Changes without end cost 43,200 looks a day, below half of the
 * smallest allowance of an Enterprise org (100,000 calls).
 */
const SPACING_MS = 2_000;

/** Lets an event end the pause between two looks. */
export class Wake {
  private asked = false;
  private cut: AbortController | undefined;

  public constructor(private readonly clock: Clock) {}

  /** Asks for a look; during a look for another one after it. */
  public call(): void {
    this.asked = true;
    this.cut?.abort();
  }

  /**
   * Sleeps `milliseconds`, or shorter when somebody calls.
   * @param lookedAt when the last look began
   * @throws the reason of `signal` when it is aborted
   */
  public async pause(milliseconds: number, lookedAt: number, signal: AbortSignal): Promise<void> {
    const until = this.clock.now() + milliseconds;
    if (!this.asked) await this.sleep(milliseconds, signal);
    if (this.asked) {
      const now = this.clock.now();
      await this.clock.sleep(Math.max(Math.min(lookedAt + SPACING_MS, until) - now, GATHER_MS), signal);
    }
    this.asked = false;
  }

  private async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const cut = new AbortController();
    this.cut = cut;
    try {
      await this.clock.sleep(milliseconds, AbortSignal.any([signal, cut.signal]));
    } catch (error) {
      if (signal.aborted || !cut.signal.aborted) throw error;
    } finally {
      this.cut = undefined;
    }
  }
}
