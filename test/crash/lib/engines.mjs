// @ts-check
/** The databases and queues that the crash test runs on. */
import { join } from 'node:path';
import { startPostgres } from '../../../scripts/lib/postgres.mjs';

/**
 * @typedef {{ ledger: string, queue: 'embedded' | 'fleet' }} Storage
 * @typedef {{ storage: (folder: string) => Promise<Storage>, stop: () => Promise<void> }} Engine
 */

/** @param {'embedded' | 'fleet'} queue @returns {Promise<Engine>} */
async function onPostgres(queue) {
  const postgres = await startPostgres();
  return { storage: async () => ({ ledger: await postgres.database(), queue }), stop: () => postgres.stop() };
}

/** @type {Readonly<Record<string, () => Promise<Engine>>>} */
export const engines = {
  sqlite: async () => ({
    storage: async (folder) => ({ ledger: join(folder, 'cosell.ledger'), queue: 'embedded' }),
    stop: async () => undefined
  }),
  postgres: () => onPostgres('embedded'),
  'pg-boss': () => onPostgres('fleet')
};
