import type { Claim } from '../queue/port.js';
import { workOnBatch } from './batch.js';
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

const workBatch = (shift: Shift, claims: readonly Claim[], slots = shift.slots): Promise<void> =>
  workOnBatch(shift, claims, slots, {
    load: () => load(shift, claims),
    handle: async (outbox, one) => (!shift.halted() && (await workOnOne(shift, outbox, one)) ? one.claim : undefined)
  });

async function workLoop(shift: Shift): Promise<void> {
  const { hands, run } = shift;
  while (!shift.halted()) {
    const claims = await hands.claim(run.options.batch, leastUrgentNow(run));
    const { taken, alone } = choose(claims, run.options.concurrency, shift.alone);
    await hands.giveBack(claims.filter((claim) => !taken.includes(claim)));
    if (taken.length === 0) return;
    await recordOnce(shift);
    if (!alone) {
      await workBatch(shift, taken);
      continue;
    }
    shift.alone = true;
    try {
      await shift.slots.alone(() => workBatch(shift, taken, new Slots(1)));
    } finally {
      shift.alone = false;
    }
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
