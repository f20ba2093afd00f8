import type { Side } from '../../mapping/types.js';

/** Records of a mapping that take part, by its scope and filters. */
export interface MappingCounts {
  /** Not coupled, per side. */
  left: number;
  right: number;
  /** Pairs. */
  coupled: number;
}

/** What `count` answers where a mapping cannot take part, for example currencies in an org with a single one. */
export interface NotAvailable {
  unavailable: { code: string; message: string };
}

export interface MappingProgress {
  /** Records looked at so far, and how many there are, where that is known. */
  done: number;
  total?: number;
}

export interface StepOptions {
  /** Aborting lets the records in hand finish; the answer is then `unfinished`. */
  signal: AbortSignal;
  onProgress?: (progress: MappingProgress) => void;
}

/** What coupling by criteria came to. */
export interface MatchCounts {
  coupled: number;
  /** Right records without a fitting left one, and those that more than one fits: a work list for people. */
  unmatched: number;
  several: number;
}

/**
 * `success`: every record is in step. `partial`: some need somebody's attention, and are listed. `unfinished`: asked to stop, or
 * left for a next run. `stopped`: a system could not be worked with.
 */
export type SyncAllOutcome = 'success' | 'partial' | 'unfinished' | 'stopped';

/** What bringing all records of a mapping in step came to. */
export interface SyncAllResult {
  outcome: SyncAllOutcome;
  /** For example `created`, `takenIn`, `updatedRight`, `attention`; as in the summary of a run. */
  counts: Readonly<Record<string, number>>;
  /** HTTP calls per connected system. */
  calls: Readonly<Record<string, number>>;
  /** Why it ended early; `stopped` only. */
  stopped?: { code: string; message: string; nextSteps: readonly string[] };
}

export interface SyncAllOptions extends StepOptions {
  /**
   * Side on which a record is created for each one that is not coupled. Absent: only coupled pairs are brought in step.
   * Creating has to be safe to repeat: after a crash the same call is made again (promise G1).
   */
  create?: Side;
}

/**
 * What a full synchronization needs of the engine: one mapping at a time, by its name. Each call may be repeated, because it
 * depends on the state of the records only. Every error that is not in a result is thrown as `CosellError`.
 */
export interface MappingRunner {
  /** Counts both sides; costs as few calls as the systems allow (`SELECT COUNT()`, `$count`), never a read of all records. */
  count(mapping: string, signal: AbortSignal): Promise<MappingCounts | NotAvailable>;
  /** Couples what fits exactly by the mapping's criteria, and stores it; nothing is created or written elsewhere. */
  match(mapping: string, options: StepOptions): Promise<MatchCounts>;
  /** Brings all records of the mapping in step. */
  syncAll(mapping: string, options: SyncAllOptions): Promise<SyncAllResult>;
}
