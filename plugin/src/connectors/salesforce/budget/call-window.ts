import { dayMs } from './rules.js';

/** Fine enough that a wait is at most ten minutes too long, coarse enough for 144 numbers. */
const bucketMs = 600_000;

/** Our own calls of the rolling 24 hours, counted in steps of ten minutes. */
export class CallWindow {
  private readonly buckets = new Map<number, number>();

  public add(now: number): void {
    const bucket = Math.floor(now / bucketMs);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
  }

  /** Calls that still count at `now`. */
  public count(now: number): number {
    let sum = 0;
    for (const [bucket, calls] of this.buckets) {
      if (this.expiry(bucket) <= now) this.buckets.delete(bucket);
      else sum += calls;
    }
    return sum;
  }

  /** Milliseconds until fewer than `mark` calls count; 24 hours when no waiting would help. */
  public waitMs(now: number, mark: number): number {
    let left = this.count(now);
    if (left < mark) return 0;
    for (const bucket of [...this.buckets.keys()].sort((a, b) => a - b)) {
      left -= this.buckets.get(bucket) ?? 0;
      if (left < mark) return this.expiry(bucket) - now;
    }
    return dayMs;
  }

  /** A step counts until its last call is 24 hours old. */
  private expiry(bucket: number): number {
    return (bucket + 1) * bucketMs + dayMs;
  }
}
