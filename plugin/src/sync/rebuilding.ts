import { CosellError } from '../ports/errors.js';
import type { RunContext } from './context.js';
import { isoNow } from './context.js';
import { holdFeed, releaseFeed } from './feeding.js';
import type { Observe } from './rebuilding-findings.js';
import { RightIndex } from './rebuilding-index.js';
import type { Rebuilding } from './rebuilding-page.js';
import { goThrough } from './rebuilding-page.js';
import { slices } from './rebuilding-reads.js';
import { settleRest } from './rebuilding-rest.js';
import type { Findings } from './rebuilding-store.js';
import { storeFindings } from './rebuilding-store.js';
import type { DifferingField, RebuildCounts, RebuildProblem } from './rebuilding-tally.js';
import { RebuildTally } from './rebuilding-tally.js';
import type { Shift } from './shift.js';
import { startShift } from './shift.js';

export interface RebuildOptions {
  /** Find and list, store nothing. */
  dryRun?: boolean;
  /** Add what is missing to a ledger that has couplings. */
  merge?: boolean;
  /** Have the next run say on every shared record how it stands, although nothing differs. @default false */
  tell?: boolean;
  /** Told of everything that is found, as it is found. */
  observe?: Observe;
}

export interface RebuildResult {
  mapping: string;
  dryRun: boolean;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  counts: RebuildCounts;
  /** Fields that differ; no history is known for them, and the rules decide at the next run. Most frequent first. */
  fields: DifferingField[];
  /** What only a person can settle; at most 1,000. */
  problems: RebuildProblem[];
  /** HTTP calls per connected system. */
  calls: Record<string, number>;
}

export const runActive = (message: string): CosellError =>
  new CosellError('RUN_ACTIVE', message, [
    'Stop the sync service and wait for runs to end, then try again; what a killed process held comes free after a minute.'
  ]);

const lookedElsewhere = (): CosellError => runActive('Another process looks for changes with this ledger.');

/** Couplings without cursors are what an interrupted rebuild leaves: going on with it needs no permission. */
async function checkEmpty({ run }: Shift): Promise<void> {
  const { ledger, mapping } = run;
  const { couplings, cursors } = await ledger.status(mapping.name);
  const count = Object.values(couplings).reduce((sum, one) => sum + one, 0);
  if (count === 0 || cursors.length === 0) return;
  throw new CosellError('LEDGER_NOT_EMPTY', `The ledger has ${count} couplings already.`, [
    'See what a rebuild would find: sf cosell ledger rebuild --dry-run',
    'Add only what is missing, and keep what is there: sf cosell ledger rebuild --merge'
  ]);
}

async function hold(shift: Shift): Promise<void> {
  if (!(await holdFeed(shift))) throw lookedElsewhere();
}

/** Goes through both full feeds. What is found is kept page by page; the cursors move when all of it is. */
async function goThroughBoth(shift: Shift, work: Rebuilding, dryRun: boolean): Promise<void> {
  const { run, queue } = shift;
  const { index, tally } = work;
  const { left, right, ledger, mapping, clock } = run;
  const ends: Record<string, string> = {};
  const progress = (stage: 'reading' | 'working'): void =>
    run.onProgress?.({ stage, considered: tally.counts.right + tally.counts.left, done: tally.counts.coupled });
  const proceed = async (): Promise<void> => (dryRun ? undefined : hold(shift));
  const keep = async (findings: Findings): Promise<void> => {
    await proceed();
    if (!dryRun) await storeFindings(run, queue, findings);
    progress('working');
  };
  for await (const page of right.changes(undefined)) {
    await proceed();
    for (const record of page.records) index.add(record);
    tally.counts.right = index.size;
    ends[right.system] = page.cursor;
    progress('reading');
  }
  for await (const page of left.changes(undefined)) {
    const before = work.seen.size;
    for (const slice of slices(page.records)) await keep(await goThrough(work, slice));
    tally.counts.left += work.seen.size - before;
    ends[left.system] = page.cursor;
  }
  await settleRest(work, keep, ends[right.system]);
  if (dryRun) return;
  await proceed();
  // A cursor that is there is kept: what changed behind it is still to be looked at.
  const known = await ledger.cursors(mapping.name);
  await ledger.moveCursors(mapping.name, { ...ends, ...known }, isoNow(clock));
}

/**
 * Rebuilds a lost ledger from what the records of both sides carry: the left ones the key of their counterpart, the right
 * ones our marker. Writes to neither system. Repeatable: after a crash it goes on from what is stored, and until it has
 * come to its end the cursors are not set, so that a run in between looks at everything.
 *
 * @throws CosellError `LEDGER_NOT_EMPTY`, `RUN_ACTIVE`; ConnectorError when a system cannot be worked with now
 */
export async function rebuildLedger(context: RunContext, options: RebuildOptions = {}): Promise<RebuildResult> {
  const { dryRun = false, merge = false, tell = false } = options;
  const shift = startShift(context);
  const { run, queue } = shift;
  const { mapping, left, right, clock } = run;
  const startedAt = isoNow(clock);
  const before = { left: left.calls(), right: right.calls() };
  const tally = new RebuildTally(options.observe);
  const work: Rebuilding = {
    ...{ run, tally, index: new RightIndex(mapping), labels: { left: left.label, right: right.label } },
    ...{ seen: new Set(), named: new Map(), missing: new Map(), fresh: new Set(), unclear: new Set() },
    ...{ claimed: new Set(), tell }
  };
  if (!dryRun) {
    if (!merge) await checkEmpty(shift);
    await hold(shift);
  }
  try {
    if (!dryRun && (await queue.depth(mapping.name)).held > 0)
      throw runActive('Another process works on records of this ledger.');
    await goThroughBoth(shift, work, dryRun);
  } finally {
    if (!dryRun) await releaseFeed(shift).catch(() => undefined);
  }
  return {
    ...{ mapping: mapping.name, dryRun, startedAt, finishedAt: isoNow(clock) },
    ...{ counts: tally.counts, fields: tally.fields(), problems: tally.problems },
    calls: { [left.system]: left.calls() - before.left, [right.system]: right.calls() - before.right }
  };
}
