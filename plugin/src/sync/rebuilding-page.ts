import type { LedgerEntry } from '../ledger/port.js';
import { inScope } from '../mapping/preflight.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { leftHash } from './pair.js';
import type { RemoteRecord } from './ports.js';
import type { RightIndex, RightNote } from './rebuilding-index.js';
import { matchOf } from './rebuilding-match.js';
import { isEqual, rebuildPair } from './rebuilding-pair.js';
import { problemOf } from './rebuilding-problems.js';
import { readEach, refOf } from './rebuilding-reads.js';
import type { Findings } from './rebuilding-store.js';
import { nothingYet, parkedAs } from './rebuilding-store.js';
import type { RebuildTally } from './rebuilding-tally.js';

/** Code of an issue in the ledger: whom the record belongs to has to be settled by a person first. */
const UNCLEAR = 'COUPLING_UNCLEAR';

export interface Rebuilding {
  run: ActiveRun;
  index: RightIndex;
  tally: RebuildTally;
  labels: { left: string; right: string };
  /** Left records that were gone through, or are put off until more is known. */
  seen: Set<string>;
  /** Right key → left records that name it, for right records that name nobody. */
  named: Map<string, string[]>;
  /** Left key → the right record that it names and that is not in the feed. */
  missing: Map<string, string>;
  /** Shared left records that neither name nor are named. */
  fresh: Set<string>;
  /** Left records that were listed as unclear. */
  unclear: Set<string>;
  /** Right records that are coupled. */
  claimed: Set<string>;
  /** See `RebuildOptions`. */
  tell: boolean;
}

interface Pairing {
  left: RemoteRecord;
  note: RightNote;
  twins: readonly RightNote[];
}

async function pairUp(work: Rebuilding, pairings: readonly Pairing[], findings: Findings): Promise<void> {
  const { run, labels, tally, tell, claimed } = work;
  const { mapping } = run;
  const taken = await run.ledger.leftKeysOf(
    mapping.name,
    pairings.map(({ note }) => note.key)
  );
  const free = pairings.filter(({ left, note }) => {
    const holder = taken.get(note.key);
    if (holder !== undefined) tally.problem(problemOf.keptOtherwise(labels, left.key, note.key, `it to ${holder}`));
    return holder === undefined;
  });
  const differing = free.filter(({ left, note }) => !isEqual(mapping, left, note));
  const rights = await readEach(
    run.right,
    differing.map(({ note }) => refOf(note))
  );
  const now = isoNow(run.clock);
  for (const { left, note, twins } of free) {
    const right = rights.get(note.key);
    const pair = rebuildPair({ mapping, labels, left, note, now, tell, ...(right ? { right } : {}) });
    const { coupling, differences } = pair;
    findings.couplings.push(coupling);
    claimed.add(note.key);
    if (pair.waiting) findings.waiting.push(left.key);
    tally.counts.coupled += 1;
    if (coupling.state === 'paused') tally.counts.paused += 1;
    tally.differences(differences);
    const [rightKey, unmarked] = [note.key, note.marker === undefined];
    tally.observe({ kind: 'coupled', leftKey: left.key, rightKey, state: coupling.state, unmarked, differences });
    for (const twin of twins) tally.problem(problemOf.twin(labels, left.key, note, twin));
  }
}

/** A record that the ledger knows already stays as it is; what changed since is for the next run. */
function keep(work: Rebuilding, left: RemoteRecord, { coupling }: LedgerEntry, findings: Findings): void {
  const { run, index, tally, labels, claimed } = work;
  tally.counts.kept += 1;
  tally.observe({ kind: 'kept', leftKey: left.key });
  if (coupling === undefined) return;
  claimed.add(coupling.rightKey);
  const match = matchOf(left, index);
  const rightKey = match.kind === 'pair' ? match.right.key : left.counterpart;
  if (rightKey !== undefined && rightKey !== coupling.rightKey)
    tally.problem(problemOf.keptOtherwise(labels, left.key, rightKey, `${left.key} to ${coupling.rightKey}`));
  const note = index.get(coupling.rightKey);
  const unseen =
    leftHash(run.mapping, left) !== coupling.seenLeft || (note !== undefined && note.seen !== coupling.seenRight);
  if (unseen) findings.waiting.push(left.key);
}

/** Lists a record whose sides disagree, and keeps the engine from choosing for them. */
export function markUnclear(
  { run, tally, labels, index, unclear }: Rebuilding,
  left: RemoteRecord,
  others: readonly string[],
  findings: Findings
): void {
  if (unclear.has(left.key)) return;
  unclear.add(left.key);
  const problem = problemOf.unclear(labels, left.key, left.counterpart ?? '', others);
  tally.problem(problem);
  const hashes = { leftHash: leftHash(run.mapping, left), rightHash: index.marking(left.key)[0]?.seen ?? '' };
  if (inScope(run.mapping, left.document)) findings.changes.push(parkedAs(run, left.key, UNCLEAR, hashes, problem));
}

const push = (lists: Map<string, string[]>, name: string, key: string): void => {
  const known = lists.get(name) ?? [];
  if (!known.includes(key)) lists.set(name, [...known, key]);
};

/** What is to be done about one record that the ledger does not couple; a pairing is done together with others. */
function sort(work: Rebuilding, left: RemoteRecord, findings: Findings, sure: Sure): Pairing[] {
  const { run, index, tally, labels, named, missing, fresh } = work;
  const match = matchOf(left, index);
  const own = index.get(left.counterpart);
  if (match.kind === 'pair') return [{ left, note: match.right, twins: match.twins }];
  if (match.kind === 'named' && sure(match.right.key)) return [{ left, note: match.right, twins: [] }];
  // Whoever else names it must not get it either, also when this record turns out to be unclear.
  if (own && own.marker === undefined) push(named, own.key, left.key);
  if (match.kind === 'missing') missing.set(left.key, match.rightKey);
  if (match.kind === 'elsewhere') tally.problem(problemOf.elsewhere(labels, left.key, match.right));
  if (match.kind === 'unclear') {
    const others = match.marking.map(({ key }) => key);
    markUnclear(work, left, others, findings);
  }
  const shared = inScope(run.mapping, left.document);
  if (shared && match.kind === 'alone') fresh.add(left.key);
  if (shared && match.kind === 'elsewhere') findings.waiting.push(left.key);
  return [];
}

/** Whether nobody else claims a right record that names nobody. */
export type Sure = (rightKey: string) => boolean;

/** Goes through left records that were not gone through before. Stores nothing. */
export async function goThrough(
  work: Rebuilding,
  records: readonly RemoteRecord[],
  sure: Sure = () => false
): Promise<Findings> {
  const { run, seen, tally } = work;
  const findings = nothingYet();
  const lefts = records.filter(({ key, lifecycle }) => lifecycle !== 'deleted' && !seen.has(key));
  const entries = await run.ledger.entries(
    run.mapping.name,
    lefts.map(({ key }) => key)
  );
  const pairings: Pairing[] = [];
  for (const left of lefts) {
    seen.add(left.key);
    const entry = entries.get(left.key);
    if (entry?.coupling !== undefined || entry?.intent !== undefined) keep(work, left, entry, findings);
    else pairings.push(...sort(work, left, findings, sure));
  }
  await pairUp(work, pairings, findings);
  // A reason for leaving the record alone that an earlier rebuild stored.
  for (const { leftKey } of findings.couplings)
    if (entries.get(leftKey)?.issue) findings.changes.push({ leftKey, issue: null });
  tally.counts.waiting += findings.waiting.length;
  return findings;
}
