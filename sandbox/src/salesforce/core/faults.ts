import { ApiError } from './transport.js';

/** Where a connection is cut: before the org acts, or after it acted and before the answer is sent. */
export type DropPoint = 'before' | 'after';

/** Faults that tests switch on; all off by default. */
export class FaultSwitches {
  /** Records held by another transaction. */
  public readonly lockedRows = new Set<string>();
  /** Requests still to be answered with 503. */
  public unavailable = 0;
  /** Added to every answer, in milliseconds. */
  public slowMs = 0;
  /** The API request limit is used up. */
  public limitExhausted = false;
  private readonly drops: DropPoint[] = [];

  /** The next `count` requests lose their connection. */
  public dropNext(point: DropPoint, count: number): void {
    for (let index = 0; index < count; index++) this.drops.push(point);
  }

  public takeDrop(): DropPoint | undefined {
    return this.drops.shift();
  }

  public requireUnlocked(id: string): void {
    if (!this.lockedRows.has(id)) return;
    throw new ApiError(
      400,
      'UNABLE_TO_LOCK_ROW',
      `unable to obtain exclusive access to this record or 1 records: ${id}`
    );
  }

  public clear(): void {
    this.lockedRows.clear();
    this.unavailable = 0;
    this.slowMs = 0;
    this.limitExhausted = false;
    this.drops.length = 0;
  }
}
