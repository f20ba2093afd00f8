import type { CouplingState } from '../ledger/port.js';
import type { Difference } from './rebuilding-pair.js';
import type { RebuildProblem } from './rebuilding-tally.js';

/** One thing that a rebuild found, told as it is found: for reports that are too long to be held. */
export type RebuildFinding =
  | {
      kind: 'coupled';
      leftKey: string;
      rightKey: string;
      state: CouplingState;
      /** Only the left record names the right one: it carries no marker of ours. */
      unmarked: boolean;
      differences: readonly Difference[];
    }
  /** The ledger knew it before. */
  | { kind: 'kept'; leftKey: string }
  /** Shared and without a counterpart, which the next run would create. */
  | { kind: 'fresh'; leftKey: string }
  /** A right record that belongs to no left one, and the marker that it carries all the same. */
  | { kind: 'unclaimed'; rightKey: string; marker?: string; final: boolean }
  | ({ kind: 'problem' } & RebuildProblem);

export type Observe = (finding: RebuildFinding) => void;
