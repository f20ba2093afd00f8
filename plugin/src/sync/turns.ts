import { ConnectorError } from '../ports/errors.js';
import type { ActiveRun } from './context.js';
import type { PairWork } from './pair.js';

/** Between two looks at whether a turn is free; about the time that an arrival takes. */
const LOOK_AGAIN_MS = 500;
/** Longest text of a turn; names of leases are keys in the ledger. */
const NAME_LENGTH = 200;

/** The turn belongs to a record, so that two workers of one process do not share it. */
const ownerOf = ({ id }: ActiveRun, { leftKey }: PairWork): string => `${id} ${leftKey}`;

/**
 * Does `work` while nobody else does anything under the same name, in this process or another one that shares the ledger. Two arrivals
 * of one new customer would each find no account and create one: nothing on the left makes an account's name unique. A process that
 * dies leaves its turn to the clock. Without a name nothing is waited for.
 * @throws ConnectorError BUSY, to be tried again later, when the turn did not come within the time of one
 */
export async function inTurn(
  run: ActiveRun,
  record: PairWork,
  name: string | undefined,
  work: () => Promise<void>
): Promise<void> {
  if (name === undefined) return work();
  const { ledger, clock, mapping, options } = run;
  const lease = `${mapping.name} turn ${name}`.slice(0, NAME_LENGTH);
  const owner = ownerOf(run, record);
  const giveUp = clock.now() + options.leaseMs;
  while (!(await ledger.lease(lease, owner, clock.now(), options.leaseMs))) {
    if (clock.now() >= giveUp) {
      const message = 'Another record with the same customer is being taken in.';
      throw new ConnectorError(run.left.system, 'retryable', 'BUSY', message);
    }
    await clock.sleep(LOOK_AGAIN_MS);
    // What was read and what is held must still be good when the turn comes.
    await run.beforeWrite(record);
  }
  try {
    await work();
  } finally {
    await ledger.release(lease, owner);
  }
}
