import type { Claim } from '../queue/port.js';
import type { BatchInWork } from './batch.js';
import { beginBatch } from './batch.js';
import { leastUrgentNow } from './budget.js';
import { readMissing } from './candidates.js';
import { isoNow } from './context.js';
import { holdFeed } from './feeding.js';
import type { PairWork } from './pair.js';
import { isUnchanged } from './pair.js';
import { recordOnce, stayAlive } from './recording.js';
import { useReads } from './reads.js';
import type { Shift } from './shift.js';
import { progress } from './shift.js';
import { Slots } from './pool.js';
import type { Outbox } from './telling.js';
import { workOn } from './work.js';
import { choose, parkLost, withoutLost, WORKERS_LOST } from './worker-lost.js';

/** One record in hand, from its claim to the end of its work. */
interface InHand {
  claim: Claim;
  work: PairWork;
}

/** Claims as work: the ledger is read after the claim, because until then the record was somebody else's to change. */
async function load({ run, reads }: Shift, claims: readonly Claim[]): Promise<InHand[]> {
  const entries = await run.ledger.entries(
    run.mapping.name,
    claims.map(({ key }) => key)
  );
  const inHand = claims.map((claim): InHand => {
    const { key: leftKey, fence } = claim;
    const work: PairWork = { leftKey, entry: entries.get(leftKey) ?? { leftKey }, audit: [], fence };
    const cached = reads.take(leftKey);
    if (cached) useReads(work, cached, run.shared === true);
    else run.tally.add('considered');
    return { claim, work };
  });
  await readMissing(
    run,
    inHand.map(({ work }) => work)
  );
  return inHand;
}

/**
 * Whether somebody else has done the work already, between the look and the claim. What a person asked for is always done:
 * a retry changes neither side.
 */
function isDone({ run }: Shift, { claim, work }: InHand): boolean {
  if (claim.priority === 0 || work.gone !== undefined) return false;
  return isUnchanged(run.mapping, withoutLost(work), isoNow(run.clock));
}

/** Whether the work ended with the record still in this worker's hands. */
async function workOnOne(shift: Shift, outbox: Outbox, one: InHand): Promise<boolean> {
  const { run, hands, putOff } = shift;
  const { claim, work } = one;
  await hands.refresh();
  // The right to look is kept with the same beat.
  if ((await stayAlive(shift)) && shift.feeding) shift.feeding = await holdFeed(shift);
  if (claim.attempts >= WORKERS_LOST) await parkLost(run, outbox, work, claim.attempts);
  else if (isDone(shift, one)) run.tally.add('unchanged');
  else if (!(await workOn(run, outbox, work))) {
    hands.drop(work.leftKey);
    return false;
  }
  const { issue, intent, telling } = work.entry;
  if (issue ?? intent ?? telling?.pending) putOff.add(work.leftKey);
  run.tally.done += 1;
  progress(run, 'working');
  return true;
}

const begin = (shift: Shift, claims: readonly Claim[], slots = shift.slots): BatchInWork =>
  beginBatch(shift, claims, slots, {
    load: () => load(shift, claims),
    handle: async (outbox, one) => (!shift.halted() && (await workOnOne(shift, outbox, one)) ? one.claim : undefined)
  });

/** With nothing else in the works. */
async function workAlone(shift: Shift, claims: readonly Claim[]): Promise<void> {
  shift.alone = true;
  try {
    await shift.slots.alone(() => begin(shift, claims, new Slots(1)).over);
  } finally {
    shift.alone = false;
  }
}

/** Nobody was lost with it, so that it is taken in hand beside others. */
const isFirst = ({ attempts }: Claim): boolean => attempts === 1;

/**
 * Batch after batch. While the last records of one are worked on and while it is told, the next one is begun, so that the
 * calls under way never run dry: two batches are in hand at most, and a record is in one of them. Records that lost a worker
 * are taken with no other batch in hand, or what `choose` narrows down would be wide again.
 */
async function workLoop(shift: Shift): Promise<void> {
  const { hands, run } = shift;
  let former: Promise<void> | undefined;
  try {
    while (!shift.halted()) {
      const claims = await hands.claim(run.options.batch, leastUrgentNow(run));
      const { taken, alone } = choose(claims, run.options.concurrency, shift.alone);
      const beside = former === undefined || taken.every(isFirst);
      await hands.giveBack(beside ? claims.filter((claim) => !taken.includes(claim)) : claims);
      if (former !== undefined && (!beside || taken.length === 0)) {
        // Its end may also set work free that was asked for meanwhile.
        await former;
        former = undefined;
        continue;
      }
      if (taken.length === 0) return;
      await recordOnce(shift);
      if (alone) {
        await workAlone(shift, taken);
        continue;
      }
      const batch = begin(shift, taken);
      if (taken.every(isFirst)) await batch.placed;
      else await batch.over;
      await former;
      former = batch.over;
    }
  } finally {
    await former;
  }
}

/**
 * Works until nothing is ready, with the run's workers side by side. Those of other processes take their part.
 * @throws what ended the run
 */
export async function workOff(shift: Shift): Promise<void> {
  const loops = Array.from({ length: shift.run.options.workers }, async () =>
    workLoop(shift).catch((reason: unknown) => {
      shift.failure ??= { reason };
    })
  );
  await Promise.all(loops);
  if (shift.failure) throw shift.failure.reason;
}
