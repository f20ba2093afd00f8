import type { Observe } from './rebuilding-findings.js';
import type { Difference } from './rebuilding-pair.js';

export interface RebuildCounts {
  /** Records that were read. */
  left: number;
  right: number;
  /** Couplings made, and couplings and work in hand that were there already. */
  coupled: number;
  kept: number;
  /** Of the couplings made: with fields that differ; resting, because sharing is switched off. */
  differing: number;
  paused: number;
  /** Shared records without a counterpart. */
  fresh: number;
  /** Records that the next run takes up. */
  waiting: number;
  twins: number;
  orphans: number;
  disagreements: number;
}

/** A field whose values differ, over all pairs. No history is known, so the rules of the mapping decide at the next run. */
export interface DifferingField {
  field: string;
  label: string;
  /** Pairs. */
  records: number;
  /** What the rules make of them: written to a side, waiting for a person, or only noted as the record is closed. */
  toLeft: number;
  toRight: number;
  open: number;
  noted: number;
}

export type ProblemCode = 'TWIN' | 'RIGHT_MISSING' | 'LEFT_MISSING' | 'COUPLED_ELSEWHERE' | 'COUPLING_UNCLEAR';

/** Something that only a person can settle. */
export interface RebuildProblem {
  code: ProblemCode;
  leftKey?: string;
  rightKey?: string;
  message: string;
  nextStep: string;
}

/** Problems that are listed; all are counted. */
const LISTED = 1_000;

const COUNTED: Readonly<Record<ProblemCode, 'twins' | 'orphans' | 'disagreements'>> = {
  TWIN: 'twins',
  RIGHT_MISSING: 'orphans',
  LEFT_MISSING: 'orphans',
  COUPLED_ELSEWHERE: 'disagreements',
  COUPLING_UNCLEAR: 'disagreements'
};

export class RebuildTally {
  public readonly counts: RebuildCounts = {
    ...{ left: 0, right: 0, coupled: 0, kept: 0, differing: 0, paused: 0, fresh: 0, waiting: 0 },
    ...{ twins: 0, orphans: 0, disagreements: 0 }
  };
  public readonly problems: RebuildProblem[] = [];
  private readonly differing = new Map<string, DifferingField>();

  /** @param observe told of everything that is found */
  public constructor(public readonly observe: Observe = () => undefined) {}

  public problem(problem: RebuildProblem): void {
    this.counts[COUNTED[problem.code]] += 1;
    if (this.problems.length < LISTED) this.problems.push(problem);
    this.observe({ kind: 'problem', ...problem });
  }

  public differences(found: readonly Difference[]): void {
    if (found.length > 0) this.counts.differing += 1;
    for (const { field, label, then } of found) {
      const known = this.differing.get(field) ?? {
        ...{ field, label, records: 0, toLeft: 0, toRight: 0, open: 0, noted: 0 }
      };
      known.records += 1;
      known[then] += 1;
      this.differing.set(field, known);
    }
  }

  /** Most frequent first. */
  public fields(): DifferingField[] {
    return [...this.differing.values()].sort((first, second) => second.records - first.records);
  }
}
