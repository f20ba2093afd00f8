import type { FullRun } from '../../coupling/full/index.js';
import type { Ledger } from '../../ledger/index.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';

/** Under which full synchronizations are kept in the ledger, beside the runs of the mappings. */
export const FULL_SYNC = 'full-sync';

/** How long the right to run lasts without a sign of life: after that time a killed run can be resumed. */
const LEASE_MS = 60_000;
const BEAT_MS = 15_000;

export type FullLedger = Pick<Ledger, 'recordRun' | 'run' | 'runs' | 'lease' | 'release'>;

const stored = (summary: JsonObject): FullRun => summary as unknown as FullRun;

export async function saveFull(ledger: FullLedger, run: FullRun): Promise<void> {
  const { id, startedAt, finishedAt = startedAt, outcome } = run;
  const summary = JSON.parse(JSON.stringify(run)) as JsonObject;
  await ledger.recordRun(FULL_SYNC, { id, startedAt, finishedAt, outcome, summary });
}

/**
 * The named run, or the newest one.
 * @throws CosellError `FULL_SYNC_UNKNOWN`
 */
export async function readFull(ledger: FullLedger, id?: string): Promise<FullRun> {
  const run = id === undefined ? (await ledger.runs(FULL_SYNC, 1))[0] : await ledger.run(FULL_SYNC, id);
  if (run) return stored(run.summary);
  throw new CosellError(
    'FULL_SYNC_UNKNOWN',
    id === undefined ? 'No full synchronization was made yet.' : `There is no full synchronization ${id}.`,
    ['Begin one: sf cosell sync full']
  );
}

/**
 * Does something while no other process makes a full synchronization with this ledger.
 * @param lost called when the right to run went to another process meanwhile, which a machine that stood still may find
 * @throws CosellError `FULL_SYNC_RUNNING`
 */
export async function alone<T>(
  { ledger, clock, owner }: { ledger: FullLedger; clock: Clock; owner: string },
  lost: (reason: Error) => void,
  work: () => Promise<T>
): Promise<T> {
  const hold = (): Promise<boolean> => ledger.lease(FULL_SYNC, owner, clock.now(), LEASE_MS);
  if (!(await hold())) {
    throw new CosellError('FULL_SYNC_RUNNING', 'Another process makes a full synchronization with this ledger.', [
      'Watch it: sf cosell sync full --status',
      'If it was killed, run this again in a minute.'
    ]);
  }
  const over = new AbortController();
  const beat = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(BEAT_MS, over.signal);
      if (!(await hold())) return lost(new Error('Another process took the full synchronization over.'));
    }
  };
  // A beat that fails is the ledger's failure, which the work itself meets.
  const beating = beat().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort(new Error('The full synchronization is over.'));
    await beating;
    await ledger.release(FULL_SYNC, owner).catch(() => undefined);
  }
}
