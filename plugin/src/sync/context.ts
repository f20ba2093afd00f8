import type { Ledger } from '../ledger/port.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { WorkQueue } from '../queue/port.js';
import type { Budget } from './budget.js';
import type { Inbound } from './inbound.js';
import type { Turns } from './missing.js';
import type { PairWork } from './pair.js';
import type { CreatingConnector, TellingConnector } from './ports.js';
import type { Tally } from './summary.js';

export interface RunOptions {
  /** Records worked on at the same time. Eight in flight bring 1,000 creations at 50 ms to about 10 s. */
  concurrency: number;
  /** How long after a create with an unknown outcome the look-up waits: the list of the other system may lag. */
  lookupDelayMs: number;
  /** How far before its first attempt the look-up of a create starts, for clocks that differ. */
  lookupSlackMs: number;
  /** Reads and merges of one record in one run before it is left for the next one. */
  maxRounds: number;
  /**
   * Pause before a record is read again because it changed under our hands. Salesforce's versions and its clock have one-second
   * steps: three pauses are longer than the 2.5 s after which a record is at rest for certain.
   */
  staleDelayMs: number;
  /** First pause after a temporary failure of one record; doubles up to `maxBackoffMs`. */
  backoffMs: number;
  maxBackoffMs: number;
  /** Temporary failures in a row after which the system counts as down and the run stops; a call that records share counts once. */
  maxFailuresInARow: number;
  /** Records taken up again in one run although no feed names them. */
  maxDue: number;
  /** How long a record stays in a worker's hands without a sign of life; what a killed process held comes back after that. */
  leaseMs: number;
  /** How long one call may be under way, repeats included; has to be shorter than `leaseMs`. */
  requestTimeoutMs: number;
  /** Worker loops of this run; they share `concurrency`. */
  workers: number;
  /** Records that a worker takes in hand at once, reads and reports together: as many rows as one call of the collections resource takes. */
  batch: number;
  /** Coupled left records that may disappear within 24 hours before the run stops: a permission that was lost looks the same. */
  maxMissing: number;
  /** Whether to look for changes; otherwise only the work that waits is done. */
  look: boolean;
  /** How long the right to look lasts for its owner, and whether it is kept after the run for the next one of the same owner. */
  feedLeaseMs: number;
  keepFeed: boolean;
}

export const DEFAULT_OPTIONS: RunOptions = {
  concurrency: 8,
  lookupDelayMs: 15_000,
  lookupSlackMs: 600_000,
  maxRounds: 4,
  staleDelayMs: 850,
  backoffMs: 1_000,
  maxBackoffMs: 300_000,
  maxFailuresInARow: 5,
  maxDue: 1_000,
  leaseMs: 60_000,
  requestTimeoutMs: 20_000,
  workers: 1,
  batch: 200,
  maxMissing: 20,
  look: true,
  feedLeaseMs: 60_000,
  keepFeed: false
};

/** What a run is made of. Everything that acts on the world is a port. */
export interface RunContext {
  mapping: Mapping;
  left: TellingConnector;
  right: CreatingConnector;
  ledger: Ledger;
  /** Work that is shared with other workers, processes or machines. */
  queue: WorkQueue;
  /** Takes in records of the right side. Without it they are listed as belonging to nobody. */
  inbound?: Inbound;
  /** Records without a counterpart are left alone unless somebody asked for one (`askFor`). @default false: every record in scope gets one */
  onlyCoupled?: boolean;
  /** The process, for leases and claims; unique over all machines. @default the run's id */
  owner?: string;
  /** Whether other machines, with clocks of their own, share the work. @default false */
  shared?: boolean;
  clock: Clock;
  random: Random;
  options?: Partial<RunOptions>;
  /** Asked before records are taken in hand; a system without one has no limit. */
  budgets?: readonly Budget[];
  /** System → the most calls that were under way at the same time since this was last asked. */
  inFlight?: () => Record<string, number>;
  /** Aborting lets the records in hand finish and then ends the run. */
  signal?: AbortSignal;
  /** Called as the run goes on, for people who watch. */
  onProgress?: (progress: RunProgress) => void;
}

export interface RunProgress {
  stage: 'reading' | 'working' | 'telling';
  considered: number;
  done: number;
}

/** A context in use: options complete, tally running. */
export interface ActiveRun extends Omit<RunContext, 'options'> {
  /** When the run began, ISO 8601 UTC, and how many calls were made before. Absent in a run that is only thought through. */
  started?: { at: string; calls: { left: number; right: number } };
  options: RunOptions;
  id: string;
  tally: Tally;
  /** Right record → left record that it was found again for, before the ledger knows. */
  adopted?: Map<string, string>;
  /** For checks that count what is stored: one by one. */
  turns?: Turns;
  /**
   * Called right before a write goes out: makes sure that the record is held for longer than the write can take.
   * @throws when another worker has taken the record over
   */
  beforeWrite: (work: PairWork) => Promise<void>;
}

export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();

/** Names of both systems, for sentences. */
export const labelsOf = ({ left, right }: Pick<ActiveRun, 'left' | 'right'>): { left: string; right: string } => ({
  left: left.label,
  right: right.label
});
