import { labelOf } from '../mapping/convert.js';
import type { UnmappedValue } from '../mapping/unmapped.js';
import type { Mapping, Side } from '../mapping/types.js';
import type { FieldChange, PairPlan } from './plan.js';
import type { Labels } from './rebuilding-problems.js';

export const RECONCILE_CODES = [
  'TWIN',
  'RIGHT_MISSING',
  'LEFT_MISSING',
  'COUPLED_ELSEWHERE',
  'COUPLING_UNCLEAR',
  'UNCOUPLED',
  'MARKER_MISSING',
  'IDENTIFIER_MISSING',
  'DRIFT'
] as const;
export type ReconcileCode = (typeof RECONCILE_CODES)[number];

/** How a finding is put right without a person: couple both, write the marker, have the engine work on the pair again. */
export type RepairKind = 'couple' | 'mark' | 'bringInStep';

export interface PlannedChange extends FieldChange {
  label: string;
}

/** Something that is not as it should be, and what a repair would write. */
export interface ReconcileFinding {
  code: ReconcileCode;
  leftKey?: string;
  rightKey?: string;
  message: string;
  nextStep: string;
  repair?: RepairKind;
  /** Field values before and after, by the rules of the mapping. */
  changes?: readonly PlannedChange[];
}

/** A choice without a word in the mapping, over all records. */
export interface UnmappedChoice extends UnmappedValue {
  side: Side;
  label: string;
  records: number;
  example: string;
}

const REPAIR = 'Repair it: sf cosell reconcile --repair';

export const findingOf = {
  uncoupled: ({ left, right }: Labels, leftKey: string, rightKey: string): ReconcileFinding => ({
    code: 'UNCOUPLED',
    ...{ leftKey, rightKey, repair: 'couple' },
    message: `${leftKey} in ${left} and ${rightKey} in ${right} belong together, and the ledger does not couple them.`,
    nextStep: REPAIR
  }),
  markerMissing: ({ left, right }: Labels, leftKey: string, rightKey: string): ReconcileFinding => ({
    code: 'MARKER_MISSING',
    ...{ leftKey, rightKey, repair: 'mark' },
    message: `${rightKey} in ${right} does not carry the id of its record in ${left}.`,
    nextStep: REPAIR
  }),
  identifierMissing: ({ right }: Labels, leftKey: string, rightKey: string): ReconcileFinding => ({
    code: 'IDENTIFIER_MISSING',
    ...{ leftKey, rightKey, repair: 'bringInStep' },
    message: `${leftKey} does not show ${rightKey} in ${right}, with which it is coupled.`,
    nextStep: REPAIR
  }),
  drift: (
    mapping: Mapping,
    leftKey: string,
    rightKey: string,
    { operations, conflicts }: PairPlan
  ): ReconcileFinding => {
    const changes = operations.flatMap((operation) =>
      operation.changes.map((change): PlannedChange => ({ ...change, label: labelOf(mapping, change.field) }))
    );
    const open = conflicts.filter(({ resolution }) => resolution === 'none').map(({ field }) => field);
    const fields = [...new Set([...changes.map(({ field }) => field), ...open])].map((name) => labelOf(mapping, name));
    return {
      code: 'DRIFT',
      ...{ leftKey, rightKey, repair: 'bringInStep', changes },
      message: `Both sides differ although nothing is known to have changed: ${fields.join(', ')}.`,
      nextStep: REPAIR
    };
  }
};

/** Findings that are listed; all are counted. */
const LISTED = 1_000;

/** What a reconciliation has found so far; of the records themselves nothing is kept. */
export class ReconcileTally {
  public readonly counts = { left: 0, right: 0, coupled: 0, inStep: 0, waiting: 0, fresh: 0 };
  public readonly found = Object.fromEntries(RECONCILE_CODES.map((code) => [code, 0])) as Record<ReconcileCode, number>;
  public readonly findings: ReconcileFinding[] = [];
  /** Left keys by the repair they need. */
  public readonly repairs: { kind: RepairKind; leftKey: string; rightKey: string }[] = [];
  private readonly choices = new Map<string, UnmappedChoice>();

  public constructor(private readonly observe: (finding: ReconcileFinding) => void) {}

  public add(finding: ReconcileFinding): void {
    const { code, repair, leftKey, rightKey } = finding;
    this.found[code] += 1;
    if (this.findings.length < LISTED) this.findings.push(finding);
    if (repair !== undefined && leftKey !== undefined && rightKey !== undefined)
      this.repairs.push({ kind: repair, leftKey, rightKey });
    this.observe(finding);
  }

  public unmapped(mapping: Mapping, side: Side, key: string, values: readonly UnmappedValue[]): void {
    for (const { field, value } of values) {
      const name = JSON.stringify([side, field, value]);
      const label = labelOf(mapping, field);
      const known = this.choices.get(name) ?? { side, field, label, value, records: 0, example: key };
      known.records += 1;
      this.choices.set(name, known);
    }
  }

  /** Most frequent first. */
  public unmappedChoices(): UnmappedChoice[] {
    return [...this.choices.values()].sort((first, second) => second.records - first.records).slice(0, LISTED);
  }
}
