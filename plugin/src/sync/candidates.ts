import { ConnectorError } from '../ports/errors.js';
import { arrivalKey, arrivingRef, isArrival, isArriving } from './arrivals.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import type { Batch } from './feeds.js';
import type { PairWork } from './pair.js';
import { knownRight } from './seen.js';
import { isWanted, NOT_COUPLED } from './wanted.js';
import { isLost, withoutLost } from './worker-lost.js';
import { bornAt, dropStaleReads, isUnchanged } from './pair.js';
import type { Connector, RecordRef, RemoteRecord } from './ports.js';

/** Keys of records that a batch of feed pages names, with the reads that came along. */
type Found = Map<string, { left?: RemoteRecord; right?: RemoteRecord }>;

function skipRight(run: ActiveRun, { key }: RemoteRecord, code: string, message: string): void {
  run.tally.add('considered');
  run.tally.skip({ side: 'right', key, code, message });
}

function skipLeft({ tally, right }: ActiveRun, key: string): void {
  tally.skip({ side: 'left', key, code: NOT_COUPLED, message: `It is coupled with no record of ${right.label}.` });
}

/** The left record that a right one belongs to: by coupling, else by the marker it carries. */
async function addRights(run: ActiveRun, rights: readonly RemoteRecord[], found: Found): Promise<void> {
  const coupled = await run.ledger.leftKeysOf(
    run.mapping.name,
    rights.map(({ key }) => key)
  );
  const pattern = run.mapping.left.keyPattern === undefined ? undefined : new RegExp(run.mapping.left.keyPattern);
  const byMarker: RemoteRecord[] = [];
  for (const right of rights) {
    const leftKey = coupled.get(right.key);
    if (leftKey !== undefined) found.set(leftKey, { ...found.get(leftKey), right });
    else if (right.counterpart !== undefined && pattern?.test(right.counterpart) !== false) byMarker.push(right);
    else if (run.onlyCoupled !== true && isArriving(run, right)) found.set(arrivalKey(right.key), { right });
    else
      skipRight(
        run,
        right,
        run.onlyCoupled === true ? NOT_COUPLED : 'NO_COUNTERPART',
        `It belongs to no record of ${run.left.label}.`
      );
  }
  // The older one first: it is kept, and the younger twin is listed.
  byMarker.sort((first, second) => Date.parse(bornAt(first)) - Date.parse(bornAt(second)));
  const markers = await run.ledger.entries(
    run.mapping.name,
    byMarker.map(({ counterpart }) => counterpart ?? '')
  );
  for (const right of byMarker) {
    const leftKey = right.counterpart ?? '';
    const taken = found.get(leftKey)?.right ?? markers.get(leftKey)?.coupling;
    if (taken === undefined) found.set(leftKey, { ...found.get(leftKey), right });
    else
      skipRight(
        run,
        right,
        'TWIN',
        `Another record carries the same marker ${leftKey}; close the younger one by hand.`
      );
  }
}

/** What a batch asks the engine to look at, with the ledger's knowledge; unchanged pairs are counted and left out. */
export async function candidatesOf(run: ActiveRun, batch: Batch): Promise<PairWork[]> {
  const found: Found = new Map();
  for (const left of batch.left?.records ?? []) found.set(left.key, { left });
  await addRights(run, batch.right?.records ?? [], found);
  const entries = await run.ledger.entries(run.mapping.name, [...found.keys()]);
  const now = isoNow(run.clock);
  const candidates: PairWork[] = [];
  for (const [leftKey, reads] of found) {
    const work: PairWork = { leftKey, entry: entries.get(leftKey) ?? { leftKey }, ...reads, audit: [] };
    run.tally.add('considered');
    dropStaleReads(work);
    const nothingNew = work.left === undefined && work.right === undefined;
    if (nothingNew || isUnchanged(run.mapping, withoutLost(work), now)) {
      run.tally.add('unchanged');
      continue;
    }
    if (!isWanted(run, work.entry, work)) skipLeft(run, leftKey);
    else candidates.push(work);
  }
  return candidates;
}

/** Records that no feed names but that are waiting: open intents, undelivered reports, issues whose time has come. */
export async function dueWork(run: ActiveRun, except: ReadonlySet<string>): Promise<PairWork[]> {
  const keys = (await run.ledger.due(run.mapping.name, isoNow(run.clock), run.options.maxDue)).filter(
    (key) => !except.has(key)
  );
  const entries = await run.ledger.entries(run.mapping.name, keys);
  const works = keys.map((leftKey): PairWork => ({ leftKey, entry: entries.get(leftKey) ?? { leftKey }, audit: [] }));
  const due = works.filter(({ entry }) => !isLost(entry));
  run.tally.add('considered', due.length);
  return due;
}

async function readAll(
  connector: Connector,
  refs: readonly RecordRef[]
): Promise<ReadonlyMap<string, RemoteRecord> | undefined> {
  if (refs.length === 0) return undefined;
  try {
    return await connector.read(refs);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'connection') throw error;
    // One bad reference must not stop the others: each pair reads for itself then.
    return undefined;
  }
}

/** Reads the sides that are still missing, in batches: one call for many pairs. */
export async function readMissing(run: ActiveRun, works: readonly PairWork[]): Promise<void> {
  const lefts = works.filter((work) => work.left === undefined && !isArrival(work.leftKey));
  const rights = works.filter((work) => work.right === undefined && rightRef(work) !== undefined);
  const reads = await Promise.allSettled([
    readAll(
      run.left,
      lefts.map((work) => ({ key: work.leftKey }))
    ),
    readAll(
      run.right,
      rights.flatMap((work) => rightRef(work) ?? [])
    )
  ]);
  for (const read of reads) if (read.status === 'rejected') throw read.reason;
  const [left, right] = reads.map((read) => (read.status === 'fulfilled' ? read.value : undefined));
  for (const work of left ? lefts : []) assign(work, 'left', left?.get(work.leftKey));
  for (const work of right ? rights : []) assign(work, 'right', right?.get(rightRef(work)?.key ?? ''));
}

const rightRef = ({ entry, leftKey }: PairWork): RecordRef | undefined => knownRight(entry) ?? arrivingRef(leftKey);

function assign(work: PairWork, side: 'left' | 'right', record: RemoteRecord | undefined): void {
  if (record) work[side] = record;
  else work.gone = { ...work.gone, [side]: true };
}
