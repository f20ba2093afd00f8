import type { Clock } from '../ports/clock.js';
import type { ChangePage, Connector, RemoteRecord } from './ports.js';

/** Pages that are worked off together, so that a pair that changed on both sides needs no further read. */
export interface Batch {
  /** When the feeds were asked first, milliseconds since the epoch: pages of one query may all show the state of that moment. */
  askedAt: number;
  left?: ChangePage;
  right?: ChangePage;
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
 * A record that was created right before the ledger was lost may not be in the list yet, and would be created again. So the
 * right side is looked at twice, once in a ledger's life.
 */
async function* secondLook(
  right: Connector,
  cursor: string | undefined,
  seen: ReadonlySet<string>,
  { clock, lagMs, signal }: FeedOptions
): AsyncGenerator<Batch> {
  await clock.sleep(lagMs, signal);
  const askedAt = clock.now();
  for await (const page of right.changes(cursor)) {
    const records = page.records.filter((record) => !seen.has(versionOf(record)));
    yield { askedAt, right: { ...page, records } };
  }
}

/**
 * Both feeds, page by page. Without a right cursor, as with a lost ledger, the whole right feed comes first: every
 * existing counterpart is coupled by its marker before anything could be created a second time.
 */
export async function* batches(
  left: Connector,
  right: Connector,
  cursors: { left: string | undefined; right: string | undefined },
  { clock, lagMs, signal }: FeedOptions
): AsyncGenerator<Batch> {
  const askedAt = clock.now();
  const lefts = left.changes(cursors.left)[Symbol.asyncIterator]();
  const rights = right.changes(cursors.right)[Symbol.asyncIterator]();
  const done = { left: { value: false }, right: { value: false } };
  try {
    if (cursors.right === undefined) {
      const seen = new Set<string>();
      let cursor: string | undefined;
      for (let page = await next(rights, done.right); page; page = await next(rights, done.right)) {
        yield { askedAt, right: page };
        cursor = page.cursor;
        remember(seen, page);
      }
      if (lagMs > 0) yield* secondLook(right, cursor, seen, { clock, lagMs, signal });
    }
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
