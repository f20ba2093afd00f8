import { type ChanceFault, ChanceFaults } from '../../control/fault-rates.js';
import { ApiError } from './transport.js';

/** Where a connection is cut: before the org acts, or after it acted and before the answer is sent. */
export type DropPoint = 'before' | 'after';

const SIGN_IN = /^\/(services\/oauth2|id)\//;

/** Extra time for some calls only. */
export interface SlowCalls {
  /** @default every method */
  method?: string;
  /** Text that the path contains. @default every path */
  path?: string;
  /** Milliseconds. */
  ms: number;
}

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
  /** Added to the calls that match, on top of `slowMs`. */
  public slowCalls: readonly SlowCalls[] = [];
  /** `Object` or `Object.Field`, in lower case, that nobody but an administrator may see or edit any more. */
  public readonly denied = new Set<string>();
  /** Faults by chance, on calls over HTTP. */
  public readonly chance = new ChanceFaults();
  private readonly drops: DropPoint[] = [];

  /** The next `count` requests lose their connection. */
  public dropNext(point: DropPoint, count: number): void {
    for (let index = 0; index < count; index++) this.drops.push(point);
  }

  /** Milliseconds that this call waits. */
  public delayOf(method: string, path: string): number {
    const matching = this.slowCalls.filter(
      (slow) => (slow.method ?? method).toUpperCase() === method && path.includes(slow.path ?? '')
    );
    return matching.reduce((sum, { ms }) => sum + ms, this.slowMs);
  }

  /** Whether a permission was taken away from everybody but administrators. */
  public isDenied(object: string, field?: string): boolean {
    if (this.denied.size === 0) return false;
    const name = field === undefined ? object : `${object}.${field}`;
    return this.denied.has(name.toLowerCase());
  }

  /** What hits this request; a planned cut comes before chance, which draws for every call all the same. */
  public meet(path: string): ChanceFault | undefined {
    const data = path.startsWith('/services/data/');
    const chance = data || SIGN_IN.test(path) ? this.chance.draw(data ? 'data' : 'signIn') : undefined;
    const planned = this.drops.shift();
    if (planned === undefined) return chance;
    return planned === 'before' ? 'dropBefore' : 'dropAfter';
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
    this.slowCalls = [];
    this.denied.clear();
    this.limitExhausted = false;
    this.drops.length = 0;
    this.chance.clear();
  }
}
