import type { StoredRun } from '../ledger/port.js';
import type { JsonObject } from '../ports/json.js';
import { isoNow } from './context.js';
import type { Shift } from './shift.js';
import type { RunSummary } from './summary.js';

/** Runs looked through for killed ones: as many as several workers that are restarted for hours may leave. */
const LOOKED_THROUGH = 20;

const leaseOf = ({ run }: Shift, id: string): string => `${run.mapping.name}:run:${id}`;

/** Runs that were killed: nobody keeps their sign of life any more. */
async function markInterrupted(shift: Shift): Promise<void> {
  const { ledger, mapping, clock, id } = shift.run;
  const open = (await ledger.runs(mapping.name, LOOKED_THROUGH)).filter((run) => run.outcome === 'running');
  for (const { journalLines: _lines, ...killed } of open) {
    if (killed.id === id || !(await ledger.lease(leaseOf(shift, killed.id), id, clock.now(), 1))) continue;
    await ledger.recordRun(mapping.name, { ...killed, finishedAt: isoNow(clock), outcome: 'interrupted' });
    await ledger.release(leaseOf(shift, killed.id), id);
  }
}

/** Keeps a run's sign of life; without one for the time of a lease it counts as interrupted. */
async function signOfLife(shift: Shift): Promise<void> {
  const { ledger, clock, options, id } = shift.run;
  await ledger.lease(leaseOf(shift, id), id, clock.now(), options.leaseMs);
}

/** Records the run as running, before it takes the first record in hand; a run that finds nothing to do is recorded at its end. */
async function recordStart(shift: Shift): Promise<void> {
  const { ledger, mapping, tally, id, started, clock } = shift.run;
  const startedAt = started?.at ?? isoNow(clock);
  await markInterrupted(shift);
  await signOfLife(shift);
  const run: StoredRun = { id, startedAt, finishedAt: startedAt, outcome: 'running', summary: {} };
  await ledger.recordRun(mapping.name, { ...run, summary: { counts: { ...tally.counts } } });
}

/** See `recordStart`; to be called whenever records are taken in hand. */
export async function recordOnce(shift: Shift): Promise<void> {
  if (shift.recorded) return;
  shift.recorded = true;
  shift.aliveAt = shift.run.clock.now();
  await recordStart(shift);
}

/** Two signs may get lost before others think the run dead. */
const SIGNS_PER_LEASE = 3;

/** Between two records: shows that the run lives, when its last sign is old enough. Returns whether it did. */
export async function stayAlive(shift: Shift): Promise<boolean> {
  const { clock, options } = shift.run;
  const now = clock.now();
  if (now - shift.aliveAt < options.leaseMs / SIGNS_PER_LEASE) return false;
  shift.aliveAt = now;
  await signOfLife(shift);
  return true;
}

export async function recordEnd(shift: Shift, summary: RunSummary): Promise<void> {
  const { ledger, mapping } = shift.run;
  const { runId: id, startedAt, finishedAt, outcome } = summary;
  const run = { id, startedAt, finishedAt, outcome, summary: summary as unknown as JsonObject };
  await ledger.recordRun(mapping.name, run);
  if (shift.recorded) await ledger.release(leaseOf(shift, id), id);
}
