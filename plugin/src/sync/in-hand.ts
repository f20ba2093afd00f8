import type { Claim } from '../queue/port.js';
import { workOnBatch } from './batch.js';
import { leastUrgentNow } from './budget.js';
import { candidatesOf, readMissing } from './candidates.js';
import type { ActiveRun } from './context.js';
import type { PairWork } from './pair.js';
import type { RemoteRecord } from './ports.js';
import { recordOnce, stayAlive } from './recording.js';
import type { Shift } from './shift.js';
import { Tally } from './summary.js';
import type { Outbox } from './telling.js';

/** How long to wait for records that another worker has in hand, before they are asked for again. */
const POLL_MS = 500;

/** What is done with a record in hand. `false` when another worker took it over. */
export type Handle = (outbox: Outbox, work: PairWork) => Promise<boolean>;

export interface NamedWork {
  keys: readonly string[];
  handle: Handle;
  /** Right records that are known for records without a coupling. */
  rights?: ReadonlyMap<string, RemoteRecord>;
  /** Milliseconds since the epoch after which nothing more is begun. @default no end */
  until?: number;
}

const isOver = ({ run }: Shift, { until }: NamedWork): boolean => until !== undefined && run.clock.now() >= until;

async function load({ run }: Shift, claims: readonly Claim[], { rights }: NamedWork): Promise<PairWork[]> {
  const entries = await run.ledger.entries(
    run.mapping.name,
    claims.map(({ key }) => key)
  );
  const works = claims.map(({ key, fence }): PairWork => {
    const entry = entries.get(key) ?? { leftKey: key };
    const right = entry.coupling ? undefined : rights?.get(key);
    return { leftKey: key, entry, audit: [], fence, ...(right ? { right } : {}) };
  });
  await readMissing(run, works);
  return works;
}

/** Handles what was claimed; answers the keys that were begun. */
async function handleBatch(shift: Shift, claims: readonly Claim[], named: NamedWork): Promise<Set<string>> {
  const { run, hands } = shift;
  const begun = new Set<string>();
  const handle = async (outbox: Outbox, work: PairWork): Promise<Claim | undefined> => {
    if (shift.halted() || isOver(shift, named)) return undefined;
    await hands.refresh();
    await stayAlive(shift);
    begun.add(work.leftKey);
    const mine = await named.handle(outbox, work);
    if (!mine) hands.drop(work.leftKey);
    run.tally.done += 1;
    run.onProgress?.({ stage: 'working', considered: named.keys.length, done: run.tally.done });
    return mine ? claims.find(({ key }) => key === work.leftKey) : undefined;
  };
  await workOnBatch(shift, claims, shift.slots, { load: () => load(shift, claims, named), handle });
  return begun;
}

/** A slice of the records. What others asked for as urgently is held until the slice is done, so that it is not claimed again and again. */
async function handleSlice(shift: Shift, slice: readonly string[], named: NamedWork): Promise<string[]> {
  const { run, queue, hands } = shift;
  const waiting = new Set(slice);
  const foreign: Claim[] = [];
  // Somebody waits for named records, so they are taken up in the reserve of a budget too.
  leastUrgentNow(run);
  await queue.enqueue(
    run.mapping.name,
    slice.map((key) => ({ key, priority: 0 }))
  );
  try {
    while (waiting.size > 0 && !shift.halted() && !isOver(shift, named)) {
      leastUrgentNow(run);
      const claims = await hands.claim(run.options.batch, 0);
      const mine = claims.filter(({ key }) => waiting.has(key));
      foreign.push(...claims.filter(({ key }) => !waiting.has(key)));
      if (claims.length === 0) await run.clock.sleep(POLL_MS, run.signal).catch(() => undefined);
      if (mine.length === 0) continue;
      await recordOnce(shift);
      const begun = await handleBatch(shift, mine, named);
      for (const key of begun) waiting.delete(key);
    }
  } finally {
    await hands.giveBack(foreign);
  }
  return [...waiting];
}

/**
 * Takes the named records in hand, as any worker does, and nothing else. They are given to the queue slice by slice, so that
 * what is never begun does not stay behind as work for others. Returns the keys that were not begun.
 * @throws what ended the run
 */
export async function handleNamed(shift: Shift, named: NamedWork): Promise<string[]> {
  const { batch } = shift.run.options;
  const left: string[] = [];
  for (let start = 0; start < named.keys.length; start += batch) {
    const slice = named.keys.slice(start, start + batch);
    const over = shift.halted() || isOver(shift, named);
    left.push(...(over ? slice : await handleSlice(shift, slice, named)));
  }
  if (shift.failure) throw shift.failure.reason;
  return left;
}

/**
 * Right records that turned up since the last look and carry the marker of one of these records. Nothing may be created
 * before this was asked (promise G1). Cursors stay where they are.
 */
export async function rightsFor(run: ActiveRun, keys: ReadonlySet<string>): Promise<Map<string, RemoteRecord>> {
  const cursors = await run.ledger.cursors(run.mapping.name);
  const silent: ActiveRun = { ...run, tally: new Tally() };
  const rights = new Map<string, RemoteRecord>();
  for await (const page of run.right.changes(cursors[run.right.system])) {
    for (const { leftKey, right } of await candidatesOf(silent, { askedAt: run.clock.now(), right: page })) {
      if (right !== undefined && keys.has(leftKey)) rights.set(leftKey, right);
    }
  }
  return rights;
}
