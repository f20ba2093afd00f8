import type { Mapping } from '../mapping/types.js';
import type { Priority } from '../queue/port.js';
import { candidatesOf, dueWork } from './candidates.js';
import { isoNow } from './context.js';
import type { Batch } from './feeds.js';
import { batches } from './feeds.js';
import type { PairWork } from './pair.js';
import { storeSeen } from './seen.js';
import type { Shift } from './shift.js';
import { progress } from './shift.js';

/** Somebody waits for a record that is shared for the first time, or that has a decision on it. */
function urgency({ entry, left }: PairWork): Priority {
  return entry.coupling === undefined || (left?.resolutions ?? []).length > 0 ? 0 : 1;
}

/** Name of the lease that is the right to look. */
export const feedLeaseOf = ({ name }: Mapping): string => `${name}:feed`;

/** Takes or extends the right to look. Only one process looks at a time: two would spend the calls twice. */
export async function holdFeed(shift: Shift): Promise<boolean> {
  const { run, owner } = shift;
  return run.ledger.lease(feedLeaseOf(run.mapping), owner, run.clock.now(), run.options.feedLeaseMs);
}

export async function releaseFeed(shift: Shift): Promise<void> {
  await shift.run.ledger.release(feedLeaseOf(shift.run.mapping), shift.owner);
}

const cursorsOf = ({ run }: Shift, batch: Batch): Record<string, string> => ({
  ...(batch.left ? { [run.left.system]: batch.left.cursor } : {}),
  ...(batch.right && !batch.early ? { [run.right.system]: batch.right.cursor } : {})
});

/** Gives the queue what a page asks for; from then on the work is stored, and the cursors may move (promise G6). */
async function hand(shift: Shift, batch: Batch): Promise<void> {
  const { run, queue, reads } = shift;
  const works = await candidatesOf(run, batch);
  await storeSeen(run, works);
  for (const { leftKey, left, right } of works) {
    reads.put(leftKey, { ...(left ? { left } : {}), ...(right ? { right } : {}), at: batch.askedAt });
  }
  const items = works.map((work) => ({ key: work.leftKey, priority: urgency(work) }));
  if (items.length > 0) await queue.enqueue(run.mapping.name, items);
}

/**
 * Goes through both feeds page by page: candidates into the queue, then the cursors, then `afterPage`, which works the page off
 * while its reads are at hand. Another feeder that took over meanwhile goes on from the stored cursors.
 */
export async function goThroughFeeds(shift: Shift, afterPage: () => Promise<void>): Promise<void> {
  const { run } = shift;
  const { ledger, mapping, left, right, clock } = run;
  const cursors = await ledger.cursors(mapping.name);
  const from = { left: cursors[left.system], right: cursors[right.system] };
  const options = { clock, lagMs: run.options.lookupDelayMs, signal: run.signal };
  for await (const batch of batches(left, right, from, options)) {
    if (!(await holdFeed(shift))) return;
    await hand(shift, batch);
    await ledger.moveCursors(mapping.name, cursorsOf(shift, batch), isoNow(clock));
    progress(run, 'working');
    await afterPage();
    if (shift.halted()) {
      shift.cutShort = true;
      return;
    }
  }
}

/** Records that no feed names but that wait in the ledger; those this run has put off itself have to wait for the next one. */
export async function handDue(shift: Shift): Promise<void> {
  const { run, queue, reads, putOff } = shift;
  const due = await dueWork(run, putOff);
  for (const { leftKey } of due) reads.put(leftKey, { at: run.clock.now() });
  const items = due.map(({ leftKey }) => ({ key: leftKey, priority: 2 as const }));
  if (items.length > 0) await queue.enqueue(run.mapping.name, items);
}
