import type { KeptRun } from '../ledger/port.js';
import { CosellError } from '../ports/errors.js';
import { readMissing } from './candidates.js';
import type { RunContext } from './context.js';
import type { Handle } from './in-hand.js';
import { handleNamed } from './in-hand.js';
import type { PairWork } from './pair.js';
import { thoughtRun } from './planning.js';
import { perform } from './run.js';
import { isTakenOver } from './stop.js';
import type { RunSummary } from './summary.js';
import { Outbox } from './telling.js';
import type { RecordedRun } from './undoing.js';
import { foldJournal } from './undoing.js';
import type { UndoneRecord, UndoOptions } from './undoing-record.js';
import { undoRecord } from './undoing-record.js';
import { recordReasons } from './undoing-reasons.js';

export interface UndoRequest extends Partial<UndoOptions> {
  /** Id of the run, or a beginning of it that no other run has. */
  runId: string;
  /** Left records; without them all that the run worked on. */
  keys?: readonly string[];
}

export interface UndoResult {
  /** The run that was undone. */
  undone: string;
  dryRun: boolean;
  counts: { records: number; putBack: number; kept: number; unlinked: number; cannotUndo: number };
  records: UndoneRecord[];
  /** The undo as a run of its own; absent after a dry run and when there was nothing to undo. */
  run?: RunSummary;
}

/** Runs that are looked through for the beginning of an id, and how many are named when none fits. */
const LOOKED_THROUGH = 500;
const NAMED = 5;

const nameOf = ({ id, startedAt }: KeptRun): string => `${id} (${startedAt})`;

/** Letters that two ids have in common from the start. */
function common(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * The run that an id, or the beginning of one, names.
 * @throws CosellError `RUN_UNKNOWN` with the nearest ones, `RUN_AMBIGUOUS`
 */
export async function findRun({ ledger, mapping }: RunContext, runId: string): Promise<KeptRun> {
  const exact = await ledger.run(mapping.name, runId);
  if (exact !== undefined) return exact;
  const runs = await ledger.runs(mapping.name, LOOKED_THROUGH);
  const [first, ...more] = runs.filter(({ id }) => runId !== '' && id.startsWith(runId));
  if (first !== undefined && more.length === 0) return first;
  if (first !== undefined) {
    throw new CosellError('RUN_AMBIGUOUS', `Several runs begin with ${runId}.`, [
      `Name one of them in full: ${[first, ...more].slice(0, NAMED).map(nameOf).join(', ')}.`
    ]);
  }
  const near = runs
    .filter(({ journalLines }) => journalLines > 0)
    .sort((one, other) => common(other.id, runId) - common(one.id, runId))
    .slice(0, NAMED);
  throw new CosellError('RUN_UNKNOWN', `There is no run ${runId} in the ledger.`, [
    near.length === 0 ? 'No run in the ledger changed anything.' : `Did you mean ${near.map(nameOf).join(', ')}?`,
    'List the runs with sf cosell sync runs.'
  ]);
}

async function recordedOf(context: RunContext, runId: string, keys?: readonly string[]): Promise<RecordedRun[]> {
  const folded = foldJournal(await context.ledger.journal(context.mapping.name, runId));
  if (keys === undefined) return folded;
  const known = new Set(folded.map(({ leftKey }) => leftKey));
  const unknown = keys.filter((key) => !known.has(key));
  if (unknown.length > 0) {
    throw new CosellError('RECORD_NOT_IN_RUN', `The run did nothing to ${unknown.join(', ')}.`, [
      `It worked on ${known.size} records: ${[...known].slice(0, NAMED).join(', ')}${known.size > NAMED ? ', …' : ''}.`
    ]);
  }
  return folded.filter(({ leftKey }) => keys.includes(leftKey));
}

/** Newest first: what was done last is taken back first. */
const backwards = (records: readonly RecordedRun[]): RecordedRun[] => [...records].reverse();

async function think(
  context: RunContext,
  recorded: readonly RecordedRun[],
  options: UndoOptions
): Promise<UndoneRecord[]> {
  const run = thoughtRun(context);
  const entries = await run.ledger.entries(
    run.mapping.name,
    recorded.map(({ leftKey }) => leftKey)
  );
  const works = recorded.map(({ leftKey }): PairWork => ({
    leftKey,
    entry: entries.get(leftKey) ?? { leftKey },
    audit: []
  }));
  await readMissing(run, works);
  const outbox = new Outbox(run);
  const results: UndoneRecord[] = [];
  for (const [index, work] of works.entries()) {
    const record = recorded[index];
    if (record !== undefined) results.push(await undoRecord(run, outbox, work, record, options));
  }
  return results;
}

const notDone = ({ leftKey, rightKey }: RecordedRun): UndoneRecord => ({
  ...{ key: leftKey, rightKey, putBack: [], kept: [], issues: [recordReasons.busy()], unlinked: false }
});

function resultOf(undone: string, dryRun: boolean, records: UndoneRecord[], run?: RunSummary): UndoResult {
  const sum = (amount: (record: UndoneRecord) => number): number =>
    records.reduce((total, record) => total + amount(record), 0);
  const counts = {
    records: records.length,
    putBack: sum(({ putBack }) => putBack.length),
    kept: sum(({ kept }) => kept.filter(({ code }) => code !== 'AS_BEFORE').length),
    unlinked: sum(({ unlinked }) => Number(unlinked)),
    cannotUndo: sum(({ issues }) => issues.length)
  };
  const whole = counts.kept + counts.cannotUndo === 0;
  const outcome = run?.outcome === 'stopped' ? 'stopped' : whole ? 'success' : 'partial';
  return { undone, dryRun, counts, records, ...(run ? { run: { ...run, outcome } } : {}) };
}

/**
 * Reverses one run by its journal, under the merge rules: old values are put back where they still belong, everything else is
 * named with the reason. Is a run itself, so that it can be undone.
 *
 * @throws CosellError `RUN_UNKNOWN`, `RUN_AMBIGUOUS`, `RECORD_NOT_IN_RUN`
 */
export async function undoRun(context: RunContext, request: UndoRequest): Promise<UndoResult> {
  const { runId, keys, unlink = false, dryRun = false } = request;
  const { id } = await findRun(context, runId);
  const recorded = backwards(await recordedOf(context, id, keys));
  const options = { unlink, dryRun };
  if (dryRun || recorded.length === 0) return resultOf(id, dryRun, await think(context, recorded, options));
  const byKey = new Map(recorded.map((record) => [record.leftKey, record]));
  const results = new Map<string, UndoneRecord>();
  const summary = await perform(context, async (shift) => {
    const { run } = shift;
    run.onProgress?.({ stage: 'reading', considered: recorded.length, done: 0 });
    const handle: Handle = async (outbox, work) => {
      const record = byKey.get(work.leftKey);
      if (record === undefined) return true;
      run.tally.add('considered');
      try {
        results.set(work.leftKey, await undoRecord(run, outbox, work, record, options));
        return true;
      } catch (error) {
        if (!isTakenOver(error)) throw error;
        run.tally.add('takenOver');
        return false;
      }
    };
    await handleNamed(shift, { keys: [...byKey.keys()], handle });
    run.onProgress?.({ stage: 'telling', considered: recorded.length, done: run.tally.done });
  });
  return resultOf(
    id,
    false,
    recorded.map((record) => results.get(record.leftKey) ?? notDone(record)),
    summary
  );
}
