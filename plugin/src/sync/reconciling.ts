import { unmappedValues } from '../mapping/unmapped.js';
import type { RunContext } from './context.js';
import { isoNow, labelsOf } from './context.js';
import { holdFeed, releaseFeed } from './feeding.js';
import { RightIndex } from './rebuilding-index.js';
import { problemOf } from './rebuilding-problems.js';
import { readEach, slices } from './rebuilding-reads.js';
import { runActive } from './rebuilding.js';
import type { ReconcileCode, ReconcileFinding, UnmappedChoice } from './reconciling-findings.js';
import { ReconcileTally } from './reconciling-findings.js';
import type { Reconciling } from './reconciling-pairs.js';
import { considerLefts } from './reconciling-pairs.js';
import { carryOutRepairs } from './reconciling-repairs.js';
import type { Shift } from './shift.js';
import { startShift } from './shift.js';

export interface ReconcileOptions {
  /** Put right what needs no person. @default false */
  repair?: boolean;
  /** Repairs that are made without being asked again; more are a mass change (promise G10). @default 20 */
  maxRepairs?: number;
  /** Told of everything that is found, as it is found. */
  observe?: (finding: ReconcileFinding) => void;
}

export interface ReconcileResult {
  mapping: string;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  /** Records read; coupled pairs, those in step and those the next run looks at anyway; shared records without a counterpart. */
  counts: { left: number; right: number; coupled: number; inStep: number; waiting: number; fresh: number };
  found: Record<ReconcileCode, number>;
  /** At most 1,000; all are counted. */
  findings: ReconcileFinding[];
  unmapped: UnmappedChoice[];
  repairs: {
    possible: number;
    done: number;
    /** They are more than are made without being asked again. */ tooMany: boolean;
  };
  /** HTTP calls per connected system. */
  calls: Record<string, number>;
}

const MAX_REPAIRS = 20;

/** Goes through both full feeds once. Of a right record some 500 bytes are kept, of a left one its key. */
async function goThroughBoth(work: Reconciling): Promise<void> {
  const { run, index, tally } = work;
  const progress = (stage: 'reading' | 'working'): void =>
    run.onProgress?.({ stage, considered: index.size + work.seen.size, done: tally.counts.coupled });
  for await (const { records } of run.right.changes(undefined)) {
    for (const record of records) {
      index.add(record);
      tally.unmapped(run.mapping, 'right', record.key, unmappedValues(run.mapping, 'right', record.document));
    }
    progress('reading');
  }
  for await (const { records } of run.left.changes(undefined)) {
    for (const slice of slices(records)) await considerLefts(work, slice);
    progress('working');
  }
}

/** Right records that left ones name and that the feed did not show: younger than its first page, or gone. */
async function lookForRights(work: Reconciling): Promise<void> {
  const { run, index, tally, labels, missing, seen } = work;
  for (const slice of slices([...missing])) {
    const refs = slice.map(([, key]) => ({ key }));
    for (const right of (await readEach(run.right, refs)).values()) index.add(right);
    const found: string[] = [];
    for (const [leftKey, rightKey] of slice) {
      if (index.get(rightKey) === undefined) tally.add(problemOf.rightMissing(labels, leftKey, rightKey));
      else found.push(leftKey);
    }
    for (const key of found) seen.delete(key);
    const lefts = await readEach(
      run.left,
      found.map((key) => ({ key }))
    );
    await considerLefts(work, [...lefts.values()]);
  }
}

/** Left records that right ones name and that the feed did not show: neither shared nor known to be coupled, or gone. */
async function lookForLefts(work: Reconciling): Promise<void> {
  const { run, index, tally, labels, seen } = work;
  for (const slice of slices([...index.markers()].filter((key) => !seen.has(key)))) {
    const lefts = await readEach(
      run.left,
      slice.map((key) => ({ key }))
    );
    await considerLefts(work, [...lefts.values()]);
    for (const key of slice.filter((one) => !lefts.has(one)))
      for (const note of index.marking(key)) tally.add(problemOf.leftMissing(labels, key, note.key));
  }
}

async function hold(shift: Shift): Promise<void> {
  if (!(await holdFeed(shift))) throw runActive('Another process looks for changes with this ledger.');
}

async function repair(work: Reconciling, shift: Shift): Promise<number> {
  const { run, tally } = work;
  await hold(shift);
  try {
    if ((await shift.queue.depth(run.mapping.name)).held > 0)
      throw runActive('Another process works on records of this ledger.');
    return await carryOutRepairs(work, shift, tally.repairs, () => hold(shift));
  } finally {
    await releaseFeed(shift).catch(() => undefined);
  }
}

/**
 * Compares everything on both sides with each other and with the ledger: twins, orphans, pairs that the ledger does not know,
 * markers and identifiers that are missing, values that differ although nothing changed, choices without a word. Writes only
 * when asked to repair, by the same rules as any run: what is coupled and queued here is written by the next one.
 * @throws CosellError `RUN_ACTIVE`; ConnectorError when a system cannot be worked with now
 */
export async function reconcile(context: RunContext, options: ReconcileOptions = {}): Promise<ReconcileResult> {
  const shift = startShift(context);
  const { run } = shift;
  const { mapping, left, right, clock } = run;
  const startedAt = isoNow(clock);
  const before = { left: left.calls(), right: right.calls() };
  const tally = new ReconcileTally(options.observe ?? (() => undefined));
  const work: Reconciling = {
    ...{ run, tally, index: new RightIndex(mapping), labels: labelsOf(run) },
    ...{ seen: new Set(), missing: new Map(), named: new Map() }
  };
  await goThroughBoth(work);
  await lookForRights(work);
  await lookForLefts(work);
  const possible = tally.repairs.length;
  const tooMany = possible > (options.maxRepairs ?? MAX_REPAIRS);
  const done = options.repair === true && !tooMany && possible > 0 ? await repair(work, shift) : 0;
  return {
    ...{ mapping: mapping.name, startedAt, finishedAt: isoNow(clock) },
    counts: { ...tally.counts, left: work.seen.size, right: work.index.size },
    ...{ found: tally.found, findings: tally.findings, unmapped: tally.unmappedChoices() },
    repairs: { possible, done, tooMany },
    calls: { [left.system]: left.calls() - before.left, [right.system]: right.calls() - before.right }
  };
}
