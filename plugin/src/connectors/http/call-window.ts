import type { CallLog } from './call-log.js';

/** Both vendors count calls in rolling 24 hours (Salesforce Developer Limits; Partner Center: API throttling guidance). */
export const dayMs = 86_400_000;
/** Fine enough that a wait is at most ten minutes too long, coarse enough for 144 numbers. */
const bucketMs = 600_000;

type Buckets = Map<number, number>;

function addTo(buckets: Buckets, bucket: number, calls: number): void {
  const sum = (buckets.get(bucket) ?? 0) + calls;
  if (sum > 0) buckets.set(bucket, sum);
  else buckets.delete(bucket);
}

/** A step counts until its last call is 24 hours old. */
const expiry = (bucket: number): number => bucket + bucketMs + dayMs;

/**
 * Our own calls of the rolling 24 hours, counted in steps of ten minutes: those of this process, and, as of the last exchange,
 * those of all others that share the log.
 */
export class CallWindow {
  /** Of all processes, as last read. */
  private shared: Buckets = new Map();
  /** Of this process: in the log but not in `shared` yet, and not in the log yet. */
  private readonly told: Buckets = new Map();
  private readonly untold: Buckets = new Map();
  private exchanging: Promise<void> | undefined;

  /** @param log without one only this process is counted, from its start on */
  public constructor(private readonly log?: { log: CallLog; system: string }) {}

  public add(now: number): void {
    addTo(this.untold, Math.floor(now / bucketMs) * bucketMs, 1);
  }

  /** Calls that still count at `now`. */
  public count(now: number): number {
    return [...this.all(now).values()].reduce((sum, calls) => sum + calls, 0);
  }

  /** Calls that the others do not know of. */
  public unknownToOthers(): number {
    return [...this.untold.values()].reduce((sum, calls) => sum + calls, 0);
  }

  /** Milliseconds until fewer than `mark` calls count; 24 hours when no waiting would help. */
  public waitMs(now: number, mark: number): number {
    const all = this.all(now);
    let left = this.count(now);
    if (left < mark) return 0;
    for (const bucket of [...all.keys()].sort((a, b) => a - b)) {
      left -= all.get(bucket) ?? 0;
      if (left < mark) return expiry(bucket) - now;
    }
    return dayMs;
  }

  /**
   * Tells the others what was called here and learns what they called. Calls made meanwhile are told the next time; one whose
   * telling fails half-way may count twice, never not at all.
   */
  public async exchange(now: number): Promise<void> {
    this.exchanging ??= this.exchangeOnce(now).finally(() => {
      this.exchanging = undefined;
    });
    return this.exchanging;
  }

  private async exchangeOnce(now: number): Promise<void> {
    if (this.log === undefined) return;
    const { log, system } = this.log;
    for (const [bucket, calls] of [...this.untold]) {
      await log.add(system, bucket, calls);
      addTo(this.untold, bucket, -calls);
      addTo(this.told, bucket, calls);
    }
    this.shared = new Map(await log.since(system, now - dayMs - bucketMs));
    this.told.clear();
  }

  private all(now: number): Buckets {
    const sums: Buckets = new Map();
    for (const buckets of [this.shared, this.told, this.untold]) {
      for (const [bucket, calls] of [...buckets]) {
        if (expiry(bucket) <= now) buckets.delete(bucket);
        else addTo(sums, bucket, calls);
      }
    }
    return sums;
  }
}
