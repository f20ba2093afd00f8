import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Coupling } from './port.js';
import { couplingRow } from './rows.js';
import type { Tables } from './schema.js';
import type { Statements } from './statements.js';

/** Couplings per transaction: about 2 MB, and a tenth of a second in which nobody else writes to a file. */
const PER_TRANSACTION = 4_096;

/** `Ledger.load` by SQL. */
export async function loadCouplings(
  db: Kysely<Tables>,
  statements: Statements,
  mapping: string,
  couplings: AsyncIterable<Coupling> | Iterable<Coupling>
): Promise<number> {
  let waiting: Coupling[] = [];
  let stored = 0;
  const flush = async (): Promise<void> => {
    const rows = [...new Map(waiting.map((coupling) => [coupling.leftKey, coupling])).values()].map((coupling) =>
      couplingRow(mapping, coupling.leftKey, coupling)
    );
    stored += waiting.length;
    waiting = [];
    await db
      .transaction()
      .execute(async (transaction) => statements.insert(transaction, 'couplings', rows, ['mapping', 'left_key']));
    // The driver frees what it allocated only when the event loop turns.
    await turn();
  };
  for await (const coupling of couplings) {
    waiting.push(coupling);
    if (waiting.length >= PER_TRANSACTION) await flush();
  }
  if (waiting.length > 0) await flush();
  return stored;
}
