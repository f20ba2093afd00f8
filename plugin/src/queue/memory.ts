import type { Clock } from '../ports/clock.js';
import type { Claim, ClaimRequest, Priority, QueueDepth, WorkItem, WorkQueue } from './port.js';

interface Hold {
  owner: string;
  fence: number;
  expiresAt: number;
}

interface Row {
  key: string;
  priority: Priority;
  notBefore: number;
  enqueuedAt: number;
  attempts: number;
  hold?: Hold;
  /** Asked for again while in hand: how urgent. `notBefore` then belongs to the next round. */
  again?: Priority;
}

const urgent = (one: Priority, other: Priority): Priority => (one < other ? one : other);

const byUrgencyAndAge = (one: Row, other: Row): number =>
  one.priority - other.priority || one.enqueuedAt - other.enqueuedAt || (one.key < other.key ? -1 : 1);

/** In-memory twin of the shared queues; passes the same contract suite. Deterministic: equal calls give equal answers. */
export class MemoryQueue implements WorkQueue {
  public readonly kind = 'memory';
  private readonly shelves = new Map<string, Map<string, Row>>();
  private lastFence = 0;

  public constructor(private readonly clock: Clock) {}

  /** For `MemoryLedger`: whether a record is held under a fence. A lease that ran out counts until somebody takes over. */
  public readonly isHeld = (mapping: string, leftKey: string, fence: number): boolean =>
    this.shelves.get(mapping)?.get(leftKey)?.hold?.fence === fence;

  public async enqueue(mapping: string, items: readonly WorkItem[]): Promise<void> {
    const rows = this.rows(mapping);
    const now = this.clock.now();
    for (const { key, priority, notBefore = now } of items) {
      const row = rows.get(key);
      if (row) merge(row, priority, notBefore);
      else rows.set(key, { key, priority, notBefore, enqueuedAt: now, attempts: 0 });
    }
    return Promise.resolve();
  }

  public async claim(mapping: string, request: ClaimRequest): Promise<readonly Claim[]> {
    const { owner, limit, leaseMs, leastUrgent = 2 } = request;
    const now = this.clock.now();
    const chosen = [...this.rows(mapping).values()]
      .filter((row) => this.isReady(row) && row.priority <= leastUrgent)
      .sort(byUrgencyAndAge)
      .slice(0, limit);
    return Promise.resolve(
      chosen.map((row) => {
        const fence = (this.lastFence += 1);
        row.hold = { owner, fence, expiresAt: now + leaseMs };
        row.attempts += 1;
        delete row.again;
        return { key: row.key, priority: row.priority, fence, attempts: row.attempts };
      })
    );
  }

  public async extend(
    mapping: string,
    owner: string,
    claims: readonly Claim[],
    leaseMs: number
  ): Promise<ReadonlySet<string>> {
    const held = this.held(mapping, owner, claims);
    for (const row of held) if (row.hold) row.hold.expiresAt = this.clock.now() + leaseMs;
    return Promise.resolve(new Set(held.map(({ key }) => key)));
  }

  public async complete(mapping: string, owner: string, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const ended = this.held(mapping, owner, claims);
    for (const row of ended) {
      if (row.again === undefined) this.rows(mapping).delete(row.key);
      else {
        Object.assign(row, { priority: row.again, enqueuedAt: this.clock.now(), attempts: 0 });
        delete row.again;
        delete row.hold;
      }
    }
    return Promise.resolve(new Set(ended.map(({ key }) => key)));
  }

  public async giveBack(mapping: string, owner: string, claims: readonly Claim[], notBefore?: number): Promise<void> {
    const from = notBefore ?? this.clock.now();
    for (const row of this.held(mapping, owner, claims)) {
      row.notBefore = row.again === undefined ? from : Math.min(row.notBefore, from);
      row.attempts -= 1;
      delete row.again;
      delete row.hold;
    }
    return Promise.resolve();
  }

  public async depth(mapping: string): Promise<QueueDepth> {
    const rows = [...this.rows(mapping).values()];
    const ready = rows.filter((row) => this.isReady(row)).length;
    const held = rows.filter((row) => !this.isFree(row)).length;
    return Promise.resolve({ ready, later: rows.length - ready - held, held });
  }

  public async nextAt(mapping: string): Promise<number | undefined> {
    const times = [...this.rows(mapping).values()]
      .filter((row) => this.isFree(row))
      .map((row) => row.hold?.expiresAt ?? row.notBefore);
    return Promise.resolve(times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other)));
  }

  public async close(): Promise<void> {
    return Promise.resolve();
  }

  private rows(mapping: string): Map<string, Row> {
    const known = this.shelves.get(mapping) ?? new Map<string, Row>();
    this.shelves.set(mapping, known);
    return known;
  }

  private isFree({ hold }: Row): boolean {
    return hold === undefined || hold.expiresAt <= this.clock.now();
  }

  private isReady(row: Row): boolean {
    return this.isFree(row) && (row.hold !== undefined || row.notBefore <= this.clock.now());
  }

  private held(mapping: string, owner: string, claims: readonly Claim[]): Row[] {
    return claims.flatMap(({ key, fence }) => {
      const row = this.rows(mapping).get(key);
      return row?.hold?.fence === fence && row.hold.owner === owner ? [row] : [];
    });
  }
}

/** What waits keeps the earlier time; what is in hand remembers the wish for the time after. */
function merge(row: Row, priority: Priority, notBefore: number): void {
  const first = row.hold !== undefined && row.again === undefined;
  row.notBefore = first ? notBefore : Math.min(row.notBefore, notBefore);
  if (row.hold) row.again = urgent(row.again ?? 2, priority);
  row.priority = urgent(row.priority, priority);
}
