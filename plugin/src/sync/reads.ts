import type { PairWork } from './pair.js';
import { dropStaleReads } from './pair.js';
import type { RemoteRecord } from './ports.js';

/** What the pages of the feeds read of a pair. */
export interface PageReads {
  left?: RemoteRecord;
  right?: RemoteRecord;
  /** When the first page was asked for, milliseconds since the epoch by this machine's clock. */
  at: number;
}

/** Pairs whose reads are kept: two pages of 2,000 records each, and the pages before that others still work on. */
const KEPT = 10_000;

/**
 * Reads of this process's feed pages for this process's workers, so that a record that was just read is not read again.
 * Bounded: what falls out is read again by whoever claims the record.
 */
export class ReadCache {
  private readonly reads = new Map<string, PageReads>();

  public put(key: string, reads: PageReads): void {
    this.reads.delete(key);
    this.reads.set(key, reads);
    const [oldest] = this.reads.keys();
    if (this.reads.size > KEPT && oldest !== undefined) this.reads.delete(oldest);
  }

  /** Takes the reads of a pair out; each is good for one piece of work. */
  public take(key: string): PageReads | undefined {
    const reads = this.reads.get(key);
    this.reads.delete(key);
    return reads;
  }
}

/**
 * Gives a pair in hand the page reads that can be trusted. `work.entry` has to be read after the claim.
 *
 * The danger is a left read from before a write of our own: compared with the base that the write left behind, it looks
 * like an edit back to the old value, and the true one would be lost. A right read shows its age, as every write of ours
 * answers with the new time stamp (`dropStaleReads`). A write to Salesforce answers with nothing, so a left read counts
 * - for a record without a counterpart: nothing of ours was written into it;
 * - for a coupled one only when the coupling was last stored before the pages were asked for. Both times must come from one
 *   clock, so where several machines share the work (`shared`) it never counts, and costs one call per 200 records;
 * - never while an intent is open: its write may have gone out after the page.
 */
export function useReads(work: PairWork, reads: PageReads, shared: boolean): void {
  const { coupling, intent } = work.entry;
  if (reads.right && intent?.kind !== 'update') work.right = reads.right;
  const untouched = coupling === undefined || (!shared && Date.parse(coupling.updatedAt) < reads.at);
  const begun = intent !== undefined && intent.attempt > 0;
  if (reads.left && untouched && !begun) work.left = reads.left;
  dropStaleReads(work);
}
