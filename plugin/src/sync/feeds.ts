import type { Clock } from '../ports/clock.js';
import type { ChangePage, Connector } from './ports.js';

/** Pages that are worked off together, so that a pair that changed on both sides needs no further read. */
export interface Batch {
  /** When the feeds were asked first, milliseconds since the epoch: pages of one query may all show the state of that moment. */
  askedAt: number;
  left?: ChangePage;
  right?: ChangePage;
}

async function next(iterator: AsyncIterator<ChangePage>, done: { value: boolean }): Promise<ChangePage | undefined> {
  if (done.value) return undefined;
  const result = await iterator.next();
  done.value = result.done === true;
  return result.done === true ? undefined : result.value;
}

/**
 * Both feeds, page by page. Without a right cursor, as with a lost ledger, the whole right feed comes first: every
 * existing counterpart is coupled by its marker before anything could be created a second time.
 */
export async function* batches(
  left: Connector,
  right: Connector,
  cursors: { left: string | undefined; right: string | undefined },
  clock: Clock
): AsyncGenerator<Batch> {
  const askedAt = clock.now();
  const lefts = left.changes(cursors.left)[Symbol.asyncIterator]();
  const rights = right.changes(cursors.right)[Symbol.asyncIterator]();
  const done = { left: { value: false }, right: { value: false } };
  try {
    while (cursors.right === undefined && !done.right.value) {
      const page = await next(rights, done.right);
      if (page) yield { askedAt, right: page };
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
