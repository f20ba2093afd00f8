/**
 * Calls per window and tenant (Partner Center: API throttling guidance). A call that is refused counts as well, so
 * retrying at once keeps the window full.
 */
export class Throttle {
  private times: number[] = [];

  /** Seconds to wait, or 0 when the call may pass. `now` in milliseconds. */
  public check(now: number, limit: { calls: number; windowSeconds: number }): number {
    const window = limit.windowSeconds * 1000;
    this.times = this.times.filter((time) => time > now - window && time <= now);
    this.times.push(now);
    if (this.times.length <= limit.calls) return 0;
    const oldestThatBlocks = this.times[this.times.length - limit.calls] ?? now;
    return Math.max(1, Math.ceil((oldestThatBlocks + window - now) / 1000));
  }

  public reset(): void {
    this.times = [];
  }
}
