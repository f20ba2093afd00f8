import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { Claim, Priority, WorkQueue } from '../queue/port.js';

/** The record is, or may be, in another worker's hands: whatever was going to happen to it here must not. */
export class HoldLost extends CosellError {
  public override readonly name = 'HoldLost';

  public constructor(key: string) {
    super('HOLD_LOST', `Another worker has taken ${key} over.`);
  }
}

export interface HandsPorts {
  queue: WorkQueue;
  clock: Clock;
  mapping: string;
  /** Unique over all processes and machines. */
  owner: string;
  leaseMs: number;
  /** How long a write may be under way at most; a hold that ends sooner is extended before the write goes out. */
  writeMs: number;
}

/** Between two steps of a heartbeat: two of them may fail before a hold runs out. */
const BEATS_PER_LEASE = 3;

/**
 * The claims of one run's workers. When a hold ends is reckoned from the time before it was asked for, by this machine's
 * clock alone: the queue's own reckoning ends later, and clocks of machines are never compared.
 */
export class Hands {
  private readonly held = new Map<string, { claim: Claim; until: number }>();
  private extending: Promise<void> | undefined;

  public constructor(private readonly ports: HandsPorts) {}

  public async claim(limit: number, leastUrgent: Priority): Promise<readonly Claim[]> {
    const { queue, clock, mapping, owner, leaseMs } = this.ports;
    const asked = clock.now();
    const claims = await queue.claim(mapping, { owner, limit, leaseMs, leastUrgent });
    for (const claim of claims) this.held.set(claim.key, { claim, until: asked + leaseMs });
    return claims;
  }

  /**
   * Right before a write: the record has to be held for longer than the write can be under way, or a write that hangs could
   * arrive when the record is in other hands already.
   * @throws HoldLost
   */
  public async ensure(key: string): Promise<void> {
    if (this.lastsFor(key, this.ports.writeMs)) return;
    await this.extend();
    if (!this.lastsFor(key, this.ports.writeMs)) throw new HoldLost(key);
  }

  /** Extends all holds once a third of the shortest is over; to be called between two records. */
  public async refresh(): Promise<void> {
    const { clock, leaseMs } = this.ports;
    const soonest = clock.now() + leaseMs - leaseMs / BEATS_PER_LEASE;
    for (const { until } of this.held.values()) if (until < soonest) return this.extend();
  }

  public async extend(): Promise<void> {
    this.extending ??= this.extendAll().finally(() => {
      this.extending = undefined;
    });
    return this.extending;
  }

  /** Extends holds as time goes by, for calls that take long. Returns how to end it. */
  public beat(): () => Promise<void> {
    const { clock, leaseMs } = this.ports;
    if (clock.instant === true) return async () => Promise.resolve();
    const over = new AbortController();
    const beating = (async () => {
      while (!over.signal.aborted) {
        await clock.sleep(leaseMs / BEATS_PER_LEASE, over.signal);
        // A beat that fails is made up for by the next one, or the writes find that the hold is lost.
        await this.extend().catch(() => undefined);
      }
    })().catch(() => undefined);
    return async () => {
      over.abort(new Error('The work is done.'));
      await beating;
    };
  }

  /** Ends claims whose work is stored; those of others are left alone. */
  public async complete(claims: readonly Claim[]): Promise<void> {
    await this.letGo(claims, async (mine) => this.ports.queue.complete(this.ports.mapping, this.ports.owner, mine));
  }

  /** Puts claims back, for another worker or a later run. */
  public async giveBack(claims: readonly Claim[]): Promise<void> {
    await this.letGo(claims, async (mine) => this.ports.queue.giveBack(this.ports.mapping, this.ports.owner, mine));
  }

  /** Forgets a record that is in other hands now. */
  public drop(key: string): void {
    this.held.delete(key);
  }

  private async letGo(claims: readonly Claim[], end: (mine: readonly Claim[]) => Promise<unknown>): Promise<void> {
    const mine = claims.filter(({ key, fence }) => this.held.get(key)?.claim.fence === fence);
    for (const { key } of mine) this.held.delete(key);
    if (mine.length > 0) await end(mine);
  }

  private lastsFor(key: string, milliseconds: number): boolean {
    return (this.held.get(key)?.until ?? 0) - this.ports.clock.now() > milliseconds;
  }

  private async extendAll(): Promise<void> {
    const { queue, clock, mapping, owner, leaseMs } = this.ports;
    const claims = [...this.held.values()].map(({ claim }) => claim);
    if (claims.length === 0) return;
    const asked = clock.now();
    const kept = await queue.extend(mapping, owner, claims, leaseMs);
    for (const claim of claims) {
      const now = this.held.get(claim.key);
      if (now?.claim.fence !== claim.fence) continue;
      if (kept.has(claim.key)) now.until = asked + leaseMs;
      else this.held.delete(claim.key);
    }
  }
}
