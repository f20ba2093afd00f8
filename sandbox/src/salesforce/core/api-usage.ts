import type { OrgClock } from './org-clock.js';

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** Enterprise Edition without extra licences (Salesforce Developer Limits, total API request allocations). */
export const DEFAULT_DAILY_REQUESTS = 100_000;

/** API requests, or other things that an org allots, of the last 24 hours, in hourly buckets, against the org's allocation. */
export class ApiUsage {
  private readonly buckets = new Map<number, number>();

  public constructor(
    private readonly clock: OrgClock,
    public readonly max: number = DEFAULT_DAILY_REQUESTS
  ) {}

  public count(amount = 1): void {
    const hour = this.hour();
    this.buckets.set(hour, (this.buckets.get(hour) ?? 0) + amount);
  }

  public get used(): number {
    const oldest = this.hour() - HOURS;
    let sum = 0;
    for (const [hour, calls] of this.buckets) {
      if (hour > oldest) sum += calls;
      else this.buckets.delete(hour);
    }
    return sum;
  }

  public get exhausted(): boolean {
    return this.used >= this.max;
  }

  private hour(): number {
    return Math.floor(this.clock.now().getTime() / HOUR_MS);
  }
}
