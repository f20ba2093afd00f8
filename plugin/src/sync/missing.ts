import { ConnectorError } from '../ports/errors.js';
import type { ActiveRun } from './context.js';
import { RunStopped } from './stop.js';

const DAY_MS = 86_400_000;

/** The issue of a coupled record whose left side is gone; counted over all processes and restarts. */
export const LEFT_MISSING = 'LEFT_MISSING';

/**
 * Refuses to park another coupling once too many disappeared within a day: most likely a permission was lost, and records that
 * cannot be read look like deleted ones (promise G10).
 * @throws RunStopped with TOO_MANY_MISSING
 */
export async function checkMissing({ ledger, mapping, clock, options, left }: ActiveRun): Promise<void> {
  const since = new Date(clock.now() - DAY_MS).toISOString();
  const missing = await ledger.countIssues(mapping.name, LEFT_MISSING, since);
  if (missing < options.maxMissing) return;
  throw new RunStopped(
    new ConnectorError(
      left.system,
      'connection',
      'TOO_MANY_MISSING',
      `More than ${options.maxMissing} coupled records could not be found in ${left.label} within 24 hours.`,
      {
        nextSteps: [
          `Check what the sync user may read in ${left.label}: a permission that was lost looks like deleted records.`,
          `If they were deleted on purpose, run: sf cosell sync once --allow-missing ${Math.max(100, options.maxMissing * 10)}`
        ]
      }
    )
  );
}

/** Lets the checks of one process pass one by one, so that records that disappear together are not all counted as the last one. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  public async take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
