import type { Ledger } from '../ledger/port.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
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
  /** Pause before a record is read again because it changed under our hands. Salesforce's versions have one-second steps. */
  staleDelayMs: number;
  /** First pause after a temporary failure of one record; doubles up to `maxBackoffMs`. */
  backoffMs: number;
  maxBackoffMs: number;
  /** Temporary failures in a row after which the system counts as down and the run stops. */
  maxFailuresInARow: number;
  /** Records taken up again in one run although no feed names them. */
  maxDue: number;
  /** How long a run's lease lasts without a sign of life; a killed process is in the way for that long. */
  leaseMs: number;
}

export const DEFAULT_OPTIONS: RunOptions = {
  concurrency: 8,
  lookupDelayMs: 15_000,
  lookupSlackMs: 600_000,
  maxRounds: 3,
  staleDelayMs: 800,
  backoffMs: 1_000,
  maxBackoffMs: 300_000,
  maxFailuresInARow: 5,
  maxDue: 1_000,
  leaseMs: 30_000
};

/** What a run is made of. Everything that acts on the world is a port. */
export interface RunContext {
  mapping: Mapping;
  left: TellingConnector;
  right: CreatingConnector;
  ledger: Ledger;
  clock: Clock;
  random: Random;
  options?: Partial<RunOptions>;
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
  options: RunOptions;
  id: string;
  tally: Tally;
  /** When the lease was last extended, milliseconds since the epoch. */
  leasedAt: number;
  /**
   * Called right before a write goes out: makes sure that the record is held for longer than the write can take.
   * @throws when another worker has taken the record over
   */
  beforeWrite: (work: PairWork) => Promise<void>;
}

export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();
