import { setImmediate as turn } from 'node:timers/promises';
import type { LedgerChange } from './port.js';

/** One call of `commit` that waits for its transaction. */
export interface WaitingCommit {
  mapping: string;
  changes: readonly LedgerChange[];
}

/** Changes per transaction: bounds how long one is open. */
const MOST_CHANGES = 1_000;

/** Commits that were not stored with their group, and why. */
export type LeftOut = ReadonlyMap<WaitingCommit, Error>;

/**
 * Stores some commits in one transaction, all or none. Answers the commits that it left out, with the reason; throws when
 * nothing was stored.
 */
export type StoreGroup = (mapping: string, group: readonly WaitingCommit[]) => Promise<LeftOut>;

/** Settles like the commit it stands for. */
interface Ticket extends WaitingCommit {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Commits of one turn of the event loop, and those that come while a transaction is open, share one: a transaction costs more
 * than the rows in it. Each stands for itself all the same: when a group fails for a reason that may be one member's, every member is tried alone.
 */
export class GroupCommit {
  private waiting: Ticket[] = [];
  private busy = false;

  /** @param isOwnFault whether an error may concern one member of the group only */
  public constructor(
    private readonly store: StoreGroup,
    private readonly isOwnFault: (error: unknown) => boolean
  ) {}

  public async commit(mapping: string, changes: readonly LedgerChange[]): Promise<void> {
    if (changes.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ mapping, changes, resolve, reject });
      if (!this.busy) void this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  private async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      // One turn of the event loop: what other records got from their sockets in this moment is stored with it.
      await turn();
      await this.storeNext();
    }
    this.busy = false;
  }

  private async storeNext(): Promise<void> {
    const group = this.next();
    try {
      await this.storeTogether(group);
    } catch (error) {
      if (group.length === 1 || !this.isOwnFault(error)) for (const ticket of group) ticket.reject(error);
      else for (const ticket of group) await this.storeTogether([ticket]).catch(ticket.reject);
    }
  }

  private async storeTogether(group: readonly Ticket[]): Promise<void> {
    const leftOut = await this.store(group[0]?.mapping ?? '', group);
    for (const ticket of group) {
      const error = leftOut.get(ticket);
      if (error) ticket.reject(error);
      else ticket.resolve();
    }
  }

  /** The oldest, and those after it that fit: of the same mapping, as far as the bound allows. */
  private next(): Ticket[] {
    const mapping = this.waiting[0]?.mapping;
    let changes = 0;
    let end = 0;
    for (const ticket of this.waiting) {
      changes += ticket.changes.length;
      if (ticket.mapping !== mapping || (end > 0 && changes > MOST_CHANGES)) break;
      end += 1;
    }
    return this.waiting.splice(0, end);
  }
}
