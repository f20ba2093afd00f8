import type { LedgerEntry } from '../ledger/port.js';
import { inScope } from '../mapping/preflight.js';
import { unmappedValues } from '../mapping/unmapped.js';
import type { ActiveRun } from './context.js';
import { leftHash } from './pair.js';
import { planPair } from './plan.js';
import type { RemoteRecord } from './ports.js';
import type { RightIndex, RightNote } from './rebuilding-index.js';
import { matchOf } from './rebuilding-match.js';
import { isEqual } from './rebuilding-pair.js';
import type { Labels } from './rebuilding-problems.js';
import { problemOf } from './rebuilding-problems.js';
import { readEach, refOf } from './rebuilding-reads.js';
import type { ReconcileTally } from './reconciling-findings.js';
import { findingOf } from './reconciling-findings.js';
import { valuesOf } from './values.js';

export interface Reconciling {
  run: ActiveRun;
  index: RightIndex;
  tally: ReconcileTally;
  labels: Labels;
  /** Left records that were gone through. */
  seen: Set<string>;
  /** Left key → the right record that it is coupled with or names, and that is not in the feed. */
  missing: Map<string, string>;
  /** Right key → the uncoupled left record that names it. */
  named: Map<string, string>;
}

interface Coupled {
  left: RemoteRecord;
  note: RightNote;
  entry: LedgerEntry;
}

/** What the engine knows about and will look at by itself. */
function isPending({ run }: Reconciling, { left, note, entry }: Coupled): boolean {
  const { coupling, intent, issue, dispute, telling } = entry;
  if (intent ?? issue ?? dispute ?? telling?.pending) return true;
  return leftHash(run.mapping, left) !== coupling?.seenLeft || note.seen !== coupling.seenRight;
}

function considerTwins({ index, tally, labels }: Reconciling, leftKey: string, chosen: RightNote): void {
  for (const twin of index.marking(leftKey))
    if (twin !== chosen) tally.add(problemOf.twin(labels, leftKey, chosen, twin));
}

/** A coupled pair whose right side is there. @returns whether its values are to be compared */
function considerCoupled(work: Reconciling, pair: Coupled): boolean {
  const { run, tally, labels } = work;
  const { left, note } = pair;
  considerTwins(work, left.key, note);
  if (note.marker === undefined && !note.final && run.right.mark !== undefined)
    tally.add(findingOf.markerMissing(labels, left.key, note.key));
  if (note.marker !== undefined && note.marker !== left.key) tally.add(problemOf.elsewhere(labels, left.key, note));
  if (!inScope(run.mapping, left.document)) return false;
  if (isPending(work, pair)) {
    tally.counts.waiting += 1;
    return false;
  }
  if (left.counterpart !== note.key) tally.add(findingOf.identifierMissing(labels, left.key, note.key));
  if (!isEqual(run.mapping, left, note)) return true;
  tally.counts.inStep += 1;
  return false;
}

/** Reads the right sides of pairs whose values differ, and asks the rules of the mapping what they make of it. */
async function compare({ run, tally, labels }: Reconciling, pairs: readonly Coupled[]): Promise<void> {
  const rights = await readEach(
    run.right,
    pairs.map(({ note }) => refOf(note))
  );
  for (const { left, note, entry } of pairs) {
    const right = rights.get(note.key);
    if (right === undefined || entry.coupling === undefined) continue;
    const { base, state } = entry.coupling;
    const leftValues = valuesOf(run.mapping, 'left', left);
    const closedBefore = state === 'closed';
    const plan = planPair({ mapping: run.mapping, labels, left, right, leftValues, base, closedBefore });
    const open = plan.state !== 'Closed' && plan.conflicts.some(({ resolution }) => resolution === 'none');
    if (plan.operations.length > 0 || open) tally.add(findingOf.drift(run.mapping, left.key, note.key, plan));
    else tally.counts.inStep += 1;
  }
}

/** A left record that the ledger does not couple. */
async function considerAlone(work: Reconciling, left: RemoteRecord): Promise<void> {
  const { run, index, tally, labels, missing, named } = work;
  const match = matchOf(left, index);
  if (match.kind === 'missing') missing.set(left.key, match.rightKey);
  if (match.kind === 'elsewhere') tally.add(problemOf.elsewhere(labels, left.key, match.right));
  if (match.kind === 'unclear')
    tally.add(
      problemOf.unclear(
        labels,
        left.key,
        match.rightKey,
        match.marking.map(({ key }) => key)
      )
    );
  if (match.kind === 'alone' && inScope(run.mapping, left.document)) tally.counts.fresh += 1;
  if (match.kind !== 'pair' && match.kind !== 'named') return;
  const { right } = match;
  if (match.kind === 'pair') considerTwins(work, left.key, right);
  const holder = (await run.ledger.leftKeysOf(run.mapping.name, [right.key])).get(right.key) ?? named.get(right.key);
  if (holder !== undefined) tally.add(problemOf.keptOtherwise(labels, left.key, right.key, `it to ${holder}`));
  else tally.add(findingOf.uncoupled(labels, left.key, right.key));
  named.set(right.key, holder ?? left.key);
}

/** Goes through left records that were not gone through before. Writes nothing. */
export async function considerLefts(work: Reconciling, records: readonly RemoteRecord[]): Promise<void> {
  const { run, index, tally, seen, missing } = work;
  const lefts = records.filter(({ key, lifecycle }) => lifecycle !== 'deleted' && !seen.has(key));
  const keys = lefts.map(({ key }) => key);
  const entries = await run.ledger.entries(run.mapping.name, keys);
  const differing: Coupled[] = [];
  for (const left of lefts) {
    seen.add(left.key);
    if (inScope(run.mapping, left.document))
      tally.unmapped(run.mapping, 'left', left.key, unmappedValues(run.mapping, 'left', left.document));
    const entry = entries.get(left.key);
    if (entry?.coupling === undefined) {
      if (entry?.intent) tally.counts.waiting += 1;
      else await considerAlone(work, left);
      continue;
    }
    const note = index.get(entry.coupling.rightKey);
    if (note === undefined) missing.set(left.key, entry.coupling.rightKey);
    else {
      tally.counts.coupled += 1;
      if (considerCoupled(work, { left, note, entry })) differing.push({ left, note, entry });
    }
  }
  await compare(work, differing);
}
