import type { Coupling } from '../../ledger/index.js';
import type { CanonicalRecord, Side } from '../../mapping/types.js';
import { CosellError } from '../../ports/errors.js';
import type { OpenCoupling } from './open.js';

/** A pair to be coupled, with the values of both sides where they are known. */
export interface Pair {
  leftKey: string;
  rightKey: string;
  left?: CanonicalRecord;
  right?: CanonicalRecord;
}

/** Whose values count where the two differ when they are coupled. @default the rules of the mapping, field by field */
export type Prefer = Side | 'rules';

/** Pairs per transaction. */
const AT_ONCE = 500;

/**
 * What both sides are taken to have agreed on: as if the side that is not preferred had never changed, so that every difference is
 * an edit of the preferred one. With the rules nothing was ever agreed on, and the loser of each field is named.
 */
function baseOf({ left, right }: Pair, prefer: Prefer): CanonicalRecord {
  if (prefer === 'rules') return {};
  return (prefer === 'left' ? right : left) ?? {};
}

function couplingOf(pair: Pair, companyId: string, prefer: Prefer, at: string): Coupling {
  const never = new Date(0).toISOString();
  return {
    leftKey: pair.leftKey,
    rightKey: pair.rightKey,
    context: { companyId },
    state: 'active',
    base: baseOf(pair, prefer),
    // Equal to no read: the next run works on the pair.
    ...{ seenLeft: '', seenRight: '', leftAt: never, rightAt: never },
    ...{ createdAt: at, updatedAt: at }
  };
}

const taken = (message: string): CosellError =>
  new CosellError('COUPLED_ALREADY', message, [
    'See with what: sf cosell coupling list --mapping NAME',
    'Uncouple it first: sf cosell coupling remove --mapping NAME --record ID'
  ]);

/** @throws CosellError `COUPLED_ALREADY` when a record of the pairs is coupled with another one */
export async function checkFree({ mapping, context }: OpenCoupling, pairs: readonly Pair[]): Promise<void> {
  const { ledger } = context();
  const entries = await ledger.entries(
    mapping.name,
    pairs.map(({ leftKey }) => leftKey)
  );
  const holders = await ledger.leftKeysOf(
    mapping.name,
    pairs.map(({ rightKey }) => rightKey)
  );
  for (const { leftKey, rightKey } of pairs) {
    const other = entries.get(leftKey)?.coupling?.rightKey;
    if (other !== undefined && other !== rightKey) throw taken(`${leftKey} is coupled with ${other}.`);
    const holder = holders.get(rightKey);
    if (holder !== undefined && holder !== leftKey) throw taken(`${rightKey} is coupled with ${holder}.`);
  }
}

/**
 * Stores couplings, each with a line in the journal, and gives them to the queue for the next run. Nothing is written to the two
 * systems here.
 * @returns the id under which the log keeps it
 * @throws CosellError `LEDGER_CONFLICT` when one of the records was coupled meanwhile
 */
export async function storeCouplings(
  coupling: OpenCoupling,
  pairs: readonly Pair[],
  companyId: string,
  prefer: Prefer = 'rules'
): Promise<string> {
  const { ledger, queue, clock, random, mapping } = coupling.context();
  const id = random.uuid();
  const at = new Date(clock.now()).toISOString();
  for (let start = 0; start < pairs.length; start += AT_ONCE) {
    const slice = pairs.slice(start, start + AT_ONCE);
    await ledger.commit(
      mapping.name,
      slice.map((pair) => ({
        leftKey: pair.leftKey,
        coupling: couplingOf(pair, companyId, prefer, at),
        issue: null,
        intent: null,
        journal: [{ runId: id, rightKey: pair.rightKey, kind: 'linked', changes: [], at }]
      }))
    );
    await queue.enqueue(
      mapping.name,
      slice.map(({ leftKey }) => ({ key: leftKey, priority: 1 }))
    );
  }
  const summary = { runId: id, mapping: mapping.name, coupled: pairs.length };
  if (pairs.length > 0)
    await ledger.recordRun(mapping.name, { id, startedAt: at, finishedAt: at, outcome: 'success', summary });
  return id;
}
