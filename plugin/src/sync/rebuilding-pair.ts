import type { Coupling } from '../ledger/port.js';
import { sameValue } from '../mapping/compare.js';
import { labelOf } from '../mapping/convert.js';
import { inScope } from '../mapping/preflight.js';
import type { CanonicalRecord, Mapping } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import { leftHash, rightHash } from './pair.js';
import { planPair } from './plan.js';
import type { RemoteRecord } from './ports.js';
import type { RightNote } from './rebuilding-index.js';
import { sharedHash } from './rebuilding-index.js';
import { valuesOf } from './values.js';

/** A field that has two values, and what the rules make of it when no history is known. */
export interface Difference {
  field: string;
  label: string;
  left: JsonValue;
  right: JsonValue;
  /** `noted`: the record is closed and takes no change. `open`: a person decides. */
  then: 'toLeft' | 'toRight' | 'open' | 'noted';
}

/** A pair as it goes into the ledger. */
export interface RebuiltPair {
  coupling: Coupling;
  differences: readonly Difference[];
  /** Something about it is for the next run: values that differ, a decision, news that the left record does not show. */
  waiting: boolean;
}

export interface PairParts {
  mapping: Mapping;
  labels: { left: string; right: string };
  left: RemoteRecord;
  note: RightNote;
  /** The right record itself, read because the values differ; absent where it could not be read. */
  right?: RemoteRecord;
  /** ISO 8601 UTC. */
  now: string;
  /** The left record shows nothing of ours yet, so that the next run has something to tell about each. @default false */
  tell?: boolean;
}

export const isEqual = (mapping: Mapping, left: RemoteRecord, note: RightNote): boolean =>
  sharedHash(mapping, 'left', left) === note.values;

/** Only what both sides agree on has a history; everything else is for the rules (handbook, promise G2). */
function agreed(mapping: Mapping, left: CanonicalRecord, right: CanonicalRecord): CanonicalRecord {
  const equal = mapping.fields.flatMap((field) => {
    const [ours, theirs] = [left[field.name], right[field.name]];
    if (field.onCreateOnly || ours === undefined || theirs === undefined) return [];
    return sameValue(field, ours, theirs) ? [[field.name, ours] as const] : [];
  });
  return Object.fromEntries(equal);
}

/** What the next run would do about a pair whose values differ. */
function decide({ mapping, labels, left }: PairParts, right: RemoteRecord): [CanonicalRecord, Difference[]] {
  const values = { left: valuesOf(mapping, 'left', left), right: valuesOf(mapping, 'right', right) };
  const plan = planPair({ mapping, labels, left, right, leftValues: values.left, base: {} });
  const name = (field: string, then: Difference['then']): Difference => ({
    field,
    label: labelOf(mapping, field),
    left: values.left[field] ?? null,
    right: values.right[field] ?? null,
    then
  });
  const differences = [
    ...plan.operations.flatMap(({ side, changes }) =>
      changes.map(({ field }) => name(field, side === 'left' ? 'toLeft' : 'toRight'))
    ),
    ...plan.conflicts.filter(({ resolution }) => resolution === 'none').map(({ field }) => name(field, 'open')),
    ...plan.noted.map(({ field }) => name(field, 'noted'))
  ];
  const fields = new Map(differences.map((difference) => [difference.field, difference]));
  // Where no rule wants anything done, what the merge calls agreed is more: it knows the equal items of lists that differ.
  return [fields.size === 0 ? plan.base : agreed(mapping, values.left, values.right), [...fields.values()]];
}

/** Time stamps of the left side may have one-second steps: a report may be up to this much later than its stamp says. */
const STAMP_STEP_MS = 1_000;

/**
 * After its last write to a pair the engine shows the outcome on the left record. A right record that is younger, each by its
 * own server's time, has most likely changed since; being wrong costs one report that changes nothing.
 */
const hasNews = (left: RemoteRecord, note: RightNote): boolean =>
  left.counterpart !== note.key || Date.parse(note.modifiedAt) >= Date.parse(left.modifiedAt) + STAMP_STEP_MS;

/** The coupling of two records that belong together. Pure. */
export function rebuildPair(parts: PairParts): RebuiltPair {
  const { mapping, left, note, right, now } = parts;
  const leftValues = valuesOf(mapping, 'left', left);
  const equal = isEqual(mapping, left, note);
  const unread = !equal && right === undefined;
  const [base, differences]: [CanonicalRecord, Difference[]] = equal
    ? [agreed(mapping, leftValues, leftValues), []]
    : right === undefined
      ? [{}, []]
      : decide(parts, right);
  const shared = inScope(mapping, left.document);
  const decided = (left.resolutions ?? []).length > 0;
  const news = parts.tell === true || hasNews(left, note);
  const waiting = shared && (unread || differences.length > 0 || decided || news);
  const context = right?.context ?? note.context;
  const coupling: Coupling = {
    leftKey: left.key,
    rightKey: note.key,
    ...(context ? { context } : {}),
    state: !shared ? 'paused' : note.final ? 'closed' : 'active',
    base,
    // What waits counts as not seen, so that it is taken up even if the request for it gets lost.
    seenLeft: waiting ? '' : leftHash(mapping, left),
    seenRight: waiting ? '' : right ? rightHash(mapping, right) : note.seen,
    leftAt: left.modifiedAt,
    rightAt: right?.modifiedAt ?? note.modifiedAt,
    createdAt: now,
    updatedAt: now
  };
  return { coupling, differences, waiting };
}
