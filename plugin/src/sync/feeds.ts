import type { Clock } from '../ports/clock.js';
import type { ChangePage, Connector, RemoteRecord } from './ports.js';

/** Pages that are worked off together, so that a pair that changed on both sides needs no further read. */
export interface Batch {
  /** When the feeds were asked first, milliseconds since the epoch: pages of one query may all show the state of that moment. */
  askedAt: number;
  left?: ChangePage;
  right?: ChangePage;
  /** Part of the first walk over the right side, whose cursor counts only when the walk is complete. */
  early?: true;
}

export interface FeedOptions {
  clock: Clock;
  /** How long a change may take to show in the right feed. */
  lagMs: number;
  signal?: AbortSignal | undefined;
}

async function next(iterator: AsyncIterator<ChangePage>, done: { value: boolean }): Promise<ChangePage | undefined> {
  if (done.value) return undefined;
  const result = await iterator.next();
  done.value = result.done === true;
  return result.done === true ? undefined : result.value;
}

/** Records kept in mind between the two looks; more were not changed in the minutes by which a cursor overlaps. */
const REMEMBERED = 10_000;
const versionOf = ({ key, modifiedAt }: RemoteRecord): string => `${key} ${modifiedAt}`;

function remember(seen: Set<string>, { records }: ChangePage): void {
  for (const record of records) seen.add(versionOf(record));
  for (const version of seen) {
    if (seen.size <= REMEMBERED) return;
    seen.delete(version);
  }
}

/**
 * The whole right side, before anything is created. A record that was created right before the ledger was lost may not be in the
 * list yet, and would be created again: so there is a second look, once in a ledger's life. The cursor comes last; a walk that
 * is interrupted begins anew.
 */
async function* firstWalk(
  right: Connector,
  rights: AsyncIterator<ChangePage>,
  done: { value: boolean },
  { clock, lagMs, signal }: FeedOptions
): AsyncGenerator<Batch> {
  const askedAt = clock.now();
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = await next(rights, done); page; page = await next(rights, done)) {
    yield { askedAt, right: page, early: true };
    cursor = page.cursor;
    remember(seen, page);
  }
  if (lagMs > 0) {
    await clock.sleep(lagMs, signal);
    const again = right.changes(cursor);
    cursor = undefined;
    for await (const page of again) {
      const records = page.records.filter((record) => !seen.has(versionOf(record)));
      yield { askedAt: clock.now(), right: { ...page, records }, early: true };
      cursor = page.cursor;
    }
  }
  if (cursor !== undefined) yield { askedAt, right: { records: [], cursor } };
}

/**
 * Both feeds, page by page. Without a right cursor, as with a lost ledger, the whole right feed comes first: every
 * existing counterpart is coupled by its marker before anything could be created a second time.
 */
export async function* batches(
  left: Connector,
  right: Connector,
  cursors: { left: string | undefined; right: string | undefined },
  options: FeedOptions
): AsyncGenerator<Batch> {
  const askedAt = options.clock.now();
  const lefts = left.changes(cursors.left)[Symbol.asyncIterator]();
  const rights = right.changes(cursors.right)[Symbol.asyncIterator]();
  const done = { left: { value: false }, right: { value: false } };
  try {
    if (cursors.right === undefined) yield* firstWalk(right, rights, done.right, options);
    while (!done.left.value || !done.right.value) {
      // Settled together: a failure of one feed must not leave the other one's call unattended.
      const results = await Promise.allSettled([next(lefts, done.left), next(rights, done.right)]);
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      const [leftPage, rightPage] = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
      if (leftPage || rightPage)
        yield { askedAt, ...(leftPage ? { left: leftPage } : {}), ...(rightPage ? { right: rightPage } : {}) };
    }
  } finally {
    await Promise.allSettled([lefts.return?.(), rights.return?.()]);
  }
}
