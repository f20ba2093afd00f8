import type { RemoteRecord } from './ports.js';
import type { Rebuilding, Sure } from './rebuilding-page.js';
import { goThrough, markUnclear } from './rebuilding-page.js';
import { problemOf } from './rebuilding-problems.js';
import { readEach, slices } from './rebuilding-reads.js';
import type { Findings } from './rebuilding-store.js';
import { nothingYet, parkedAs } from './rebuilding-store.js';

type Keep = (findings: Findings) => Promise<void>;

async function readLefts({ run }: Rebuilding, keys: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
  return readEach(
    run.left,
    keys.map((key) => ({ key }))
  );
}

/** Reads left records once more and goes through them with what is known by now. */
async function again(work: Rebuilding, keys: readonly string[], keep: Keep, sure?: Sure): Promise<void> {
  for (const slice of slices(keys)) {
    const lefts = await readLefts(work, slice);
    for (const key of slice) work.seen.delete(key);
    await keep(await goThrough(work, [...lefts.values()], sure));
  }
}

/** Left records that right ones name and that the left feed does not show: not shared, or gone. */
async function namedByRights(work: Rebuilding, keep: Keep): Promise<void> {
  const { run, index, tally, labels, seen } = work;
  const unseen = [...index.markers()].filter((key) => !seen.has(key));
  for (const slice of slices(unseen)) {
    const lefts = await readLefts(work, slice);
    const findings = await goThrough(work, [...lefts.values()]);
    tally.counts.left += lefts.size;
    const gone = slice.filter((key) => !lefts.has(key));
    const known = await run.ledger.entries(run.mapping.name, gone);
    for (const key of gone) {
      const marking = index.marking(key);
      for (const note of marking) tally.problem(problemOf.leftMissing(labels, key, note.key));
      // As the engine stores it when it meets such a record.
      const hashes = { leftHash: 'deleted', rightHash: marking[0]?.seen ?? '' };
      if (!known.has(key)) findings.changes.push(parkedAs(run, key, 'NO_LEFT_RECORD', hashes));
    }
    await keep(findings);
  }
}

/** Right records that left ones name and that the right feed does not show: younger than its first page, or gone. */
async function namedByLefts(work: Rebuilding, keep: Keep): Promise<void> {
  const { run, index, tally, labels, missing } = work;
  for (const slice of slices([...missing])) {
    const rights = await readEach(
      run.right,
      slice.map(([, key]) => ({ key }))
    );
    for (const right of rights.values()) index.add(right);
    tally.counts.right = index.size;
    const gone = slice.filter(([, rightKey]) => index.get(rightKey) === undefined);
    for (const [leftKey, rightKey] of gone) tally.problem(problemOf.rightMissing(labels, leftKey, rightKey));
    // The engine says so on the record.
    const waiting = gone.map(([leftKey]) => leftKey);
    tally.counts.waiting += waiting.length;
    await keep({ ...nothingYet(), waiting });
    const found = slice.filter((pair) => !gone.includes(pair)).map(([leftKey]) => leftKey);
    await again(work, found, keep);
  }
}

/** Right records that name nobody: coupled with the one left record that names them. */
async function namingNobody(work: Rebuilding, keep: Keep): Promise<void> {
  const { named, unclear } = work;
  const single = [...named].filter(([, keys]) => keys.length === 1).flatMap(([, keys]) => keys);
  const sure: Sure = (rightKey) => named.get(rightKey)?.length === 1;
  await again(
    work,
    single.filter((key) => !unclear.has(key)),
    keep,
    sure
  );
  for (const [, keys] of named) {
    if (keys.length < 2) continue;
    const findings = nothingYet();
    for (const left of (await readLefts(work, keys)).values()) {
      const others = keys.filter((key) => key !== left.key);
      markUnclear(work, left, others, findings);
    }
    await keep(findings);
  }
}

/**
 * Shared records without a counterpart are for the next run, which creates one. The list of the other system may lag behind, so
 * the right side is looked at once more before: a record that was created right before the ledger was lost is found then.
 */
async function namedByNobody(work: Rebuilding, keep: Keep, rightEnd: string | undefined): Promise<void> {
  const { run, index, tally, fresh } = work;
  if (fresh.size === 0) return;
  await run.clock.sleep(run.options.lookupDelayMs, run.signal);
  for await (const page of run.right.changes(rightEnd)) for (const record of page.records) index.add(record);
  tally.counts.right = index.size;
  const found = [...fresh].filter((key) => index.marking(key).length > 0);
  for (const key of found) fresh.delete(key);
  await again(work, found, keep);
  tally.counts.fresh += fresh.size;
  for (const leftKey of fresh) tally.observe({ kind: 'fresh', leftKey });
  tally.counts.waiting += fresh.size;
  for (const waiting of slices(fresh)) await keep({ ...nothingYet(), waiting });
}

/** Right records that no left one has to do with; a marker may name a record of another system, or one that is gone. */
function claimedByNobody({ index, claimed, tally }: Rebuilding): void {
  for (const { key, marker, final } of index.all())
    if (!claimed.has(key))
      tally.observe({ kind: 'unclaimed', rightKey: key, final, ...(marker === undefined ? {} : { marker }) });
}

/** What the feeds left open, once every record of both was seen. */
export async function settleRest(work: Rebuilding, keep: Keep, rightEnd: string | undefined): Promise<void> {
  await namedByRights(work, keep);
  await namedByLefts(work, keep);
  await namingNobody(work, keep);
  await namedByNobody(work, keep, rightEnd);
  claimedByNobody(work);
}
