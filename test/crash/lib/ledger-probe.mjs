// @ts-check
/** What the ledger still has to do, read from outside while others work with it. */
import { openDatabase, openLedger } from '../../../plugin/lib/ledger/index.js';
import { openQueue } from '../../../plugin/lib/queue/index.js';
import { systemClock } from '../../../plugin/lib/ports/clock.js';

const MAPPING = 'opportunity-referral';

/** @param {string} location @param {'embedded' | 'fleet'} kind */
export async function openProbe(location, kind) {
  const database = await openDatabase(location);
  const ledger = await openLedger(location);
  const queue = await openQueue({ database, clock: systemClock, kind });
  return {
    /** @returns {Promise<import('./verdict.mjs').LedgerState>} */
    look: async () => {
      const { openIntents, issueCount } = await ledger.status(MAPPING);
      const { ready, later, held } = await queue.depth(MAPPING);
      const untold = await database.db
        .selectFrom('tellings')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('pending', 'is not', null)
        .executeTakeFirst();
      return { openIntents, issues: issueCount, untold: Number(untold?.count ?? 0), queue: ready + later, held };
    },
    close: async () => {
      await queue.close();
      await ledger.close();
      await database.close();
    }
  };
}

/** @param {import('./verdict.mjs').LedgerState} state */
export const isQuiet = (state) => Object.values(state).every((count) => count === 0);
