import type { Claim } from '../queue/port.js';
import type { Slots } from './pool.js';
import type { Shift } from './shift.js';
import { LedgerFailure } from './stop.js';
import { Outbox } from './telling.js';

/** What is done with a batch of claims. */
export interface BatchWork<One> {
  /** Everything that has to be known before the first record is begun. */
  load: () => Promise<readonly One[]>;
  /** The claim of a record whose work ended with the record still in this worker's hands. */
  handle: (outbox: Outbox, one: One) => Promise<Claim | undefined>;
}

/** A batch under way. Neither promise rejects: what fails is the shift's failure. */
export interface BatchInWork {
  /** Every record has a place to be worked at, or is done: from here on another batch keeps the places busy. */
  placed: Promise<void>;
  /** Worked off and told, claims ended or given back. */
  over: Promise<void>;
}

/**
 * Works on what was claimed, tells about it, and only then ends the claims: until people are told, a crash brings the record
 * back. What was not begun is given back.
 */
export function beginBatch<One>(
  shift: Shift,
  claims: readonly Claim[],
  slots: Slots,
  work: BatchWork<One>
): BatchInWork {
  let allPlaced: () => void = () => undefined;
  const placed = new Promise<void>((resolve) => {
    allPlaced = resolve;
  });
  return { placed, over: toTheEnd(shift, claims, slots, work, allPlaced).finally(allPlaced) };
}

/** See `beginBatch`, to its end. */
export async function workOnBatch<One>(
  shift: Shift,
  claims: readonly Claim[],
  slots: Slots,
  work: BatchWork<One>
): Promise<void> {
  await beginBatch(shift, claims, slots, work).over;
}

async function toTheEnd<One>(
  shift: Shift,
  claims: readonly Claim[],
  slots: Slots,
  { load, handle }: BatchWork<One>,
  allPlaced: () => void
): Promise<void> {
  const { hands } = shift;
  const outbox = new Outbox(shift.run);
  const done: Claim[] = [];
  const fail = (reason: unknown): void => {
    shift.failure ??= { reason };
  };
  const stopBeating = hands.beat();
  try {
    const all = await load();
    let waiting = all.length;
    const one = async (record: One): Promise<void> => {
      waiting -= 1;
      if (waiting === 0) allPlaced();
      const claim = await handle(outbox, record);
      if (claim) done.push(claim);
    };
    await Promise.all(all.map(async (record) => slots.use(() => one(record)).catch(fail)));
    // What was settled before a failure is told if that is still possible; it is in the ledger anyway.
    if (!(shift.failure?.reason instanceof LedgerFailure)) await outbox.flush(shift.failure?.reason);
  } catch (error) {
    fail(error);
  } finally {
    await stopBeating();
  }
  await hands.complete(done).catch(fail);
  await hands.giveBack(claims).catch(fail);
}
