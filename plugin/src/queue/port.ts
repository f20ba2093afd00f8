/**
 * How urgent work is. 0: somebody waits for it (a record that is shared for the first time, a decision, a retry asked for by
 * a person). 1: a change on either side. 2: what can wait (a retry by the clock, reconciliation).
 */
export type Priority = 0 | 1 | 2;

/** "Make this pair agree": the only kind of work there is, named by its left record. */
export interface WorkItem {
  key: string;
  priority: Priority;
  /** Milliseconds since the epoch before which nobody takes it up. @default at once */
  notBefore?: number;
}

/** A record in the hands of one worker. */
export interface Claim {
  key: string;
  priority: Priority;
  /** Grows with every claim and never repeats; what the worker stores is refused once another fence is current. */
  fence: number;
  /** How often the record was taken up since it was last completed, this time included. More than one: somebody died with it. */
  attempts: number;
}

export interface ClaimRequest {
  /** The worker; unique over all processes and machines. */
  owner: string;
  limit: number;
  leaseMs: number;
  /** Leave less urgent work alone, for example when the API budget is in its reserve. @default 2 */
  leastUrgent?: Priority;
}

export interface QueueDepth {
  /** Could be claimed now. */
  ready: number;
  /** Waits for its time. */
  later: number;
  /** In somebody's hands. */
  held: number;
}

/**
 * Work that several workers, processes or machines share. One record is never in two hands, and work that is asked for twice
 * is done once. The queue carries no data: whoever claims a record reads it.
 */
export interface WorkQueue {
  /** For people: `embedded`, `fleet` or `memory`. */
  readonly kind: string;
  /**
   * Asks for work; stored when it resolves. What waits already keeps the earlier time and the more urgent priority. Work on a
   * record that is in hand is taken up again after it is completed.
   */
  enqueue(mapping: string, items: readonly WorkItem[]): Promise<void>;
  /** Most urgent first, then oldest first. Claims whose lease ran out count as waiting. */
  claim(mapping: string, request: ClaimRequest): Promise<readonly Claim[]>;
  /** Keeps claims alive. Returns the keys that are still held under their fence; the others belong to somebody else. */
  extend(mapping: string, owner: string, claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>>;
  /**
   * Ends claims whose work is stored. Repeatable; a claim whose fence is no longer current is left alone. A lease that ran
   * out does no harm until somebody takes over. Returns the keys that this call ended.
   */
  complete(mapping: string, owner: string, claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  /** Puts claims back as they were, at once or not before a time (the earlier one if the record was asked for meanwhile); counts as no attempt. */
  giveBack(mapping: string, owner: string, claims: readonly Claim[], notBefore?: number): Promise<void>;
  depth(mapping: string): Promise<QueueDepth>;
  /** When the next waiting item may be claimed, milliseconds since the epoch; undefined when none waits. What is in hand does not wait. */
  nextAt(mapping: string): Promise<number | undefined>;
  close(): Promise<void>;
}
