import type { Ledger, LedgerEntry } from '../ledger/index.js';
import { openDatabase, SqlLedger } from '../ledger/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import { systemClock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { WorkQueue } from '../queue/index.js';
import { openQueue } from '../queue/index.js';
import { arrivalKey } from '../sync/index.js';
import { mappingOf } from './mapping-of.js';
import type { SettingsInput } from './settings-of.js';
import { settingsOf } from './settings-of.js';

/** What a person needs to answer issues: the ledger and the queue. No system is asked and no secret is needed. */
export interface Desk {
  mapping: Mapping;
  ledger: Ledger;
  queue: Pick<WorkQueue, 'enqueue'>;
  clock: Clock;
}

export type DeskInput = SettingsInput;

/** Opens the desk, does something at it, and closes it. */
export async function atDesk<T>(input: DeskInput, work: (desk: Desk) => Promise<T>): Promise<T> {
  const settings = settingsOf(input);
  const mapping = await mappingOf(settings);
  const database = await openDatabase(settings.ledger, { durability: settings.ledgerDurability });
  const ledger = new SqlLedger(database);
  try {
    const queue = await openQueue({ database, clock: systemClock });
    try {
      return await work({ mapping, ledger, queue, clock: systemClock });
    } finally {
      await queue.close();
    }
  } finally {
    await ledger.close();
  }
}

/** The suffix of an 18-character id says which of the first 15 characters are capitals, five at a time. */
export function longId(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/.test(id)) return id;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((letter, index) => (/[A-Z]/.test(letter) ? 2 ** index : 0));
    return letters[capitals.reduce((sum: number, bit) => sum + bit, 0)] ?? '';
  });
  return id + suffix.join('');
}

/**
 * What the ledger knows about records that a person names.
 * @throws CosellError `RECORD_UNKNOWN` naming the first one that it does not know
 */
export async function entriesOf({ ledger, mapping }: Desk, ids: readonly string[]): Promise<LedgerEntry[]> {
  const keys = [...new Set(ids.map(longId))];
  // A referral that has no record yet is known by its own identifier.
  const found = await ledger.entries(mapping.name, [...keys, ...keys.map(arrivalKey)]);
  return keys.map((key) => {
    const entry = found.get(key) ?? found.get(arrivalKey(key));
    if (entry) return entry;
    throw new CosellError('RECORD_UNKNOWN', `The synchronization knows no record ${key}.`, [
      'Use the id of an opportunity that is shared; it is in the address of its page.'
    ]);
  });
}

/** Asks for work on records before anything else: somebody waits for it. */
export async function hurry({ queue, mapping }: Desk, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await queue.enqueue(
    mapping.name,
    keys.map((key) => ({ key, priority: 0 as const }))
  );
}
