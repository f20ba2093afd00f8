import type { LedgerEntry } from '../ledger/port.js';
import type { Claim } from '../queue/port.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { issueEntry } from './audit.js';
import { auditScope } from './counterpart.js';
import { issueOf } from './issues.js';
import type { PairWork } from './pair.js';
import { leftHash, rightHash } from './pair.js';
import { settle } from './settle.js';
import type { Outbox, Verdict } from './telling.js';
import { isNews } from './telling.js';

/**
 * How many records that lost a worker are taken in hand at once, by how many workers were lost with them in hand: as many as
 * are in work at once, then a few, then one with nothing beside it. A worker that dies counts for everything it had claimed,
 * though one record at most ended it, so the suspicion has to narrow before it says anything.
 */
const AT_ONCE_AFTER: Readonly<Record<number, number>> = { 1: Infinity, 2: 4 };

/** From this claim on a record is worked on alone, so that a further loss speaks of this record and no other. */
const ALONE_FROM = 4;

/**
 * The claim with this number is no longer worked on. Three workers ended with the record alone in hand: one of them may have
 * been killed for another reason just then, as on a machine that restarts; three times in a row is no accident.
 */
export const WORKERS_LOST = ALONE_FROM + 3;

/**
 * Which claims a worker takes in hand now; the others go back. One record that ends its workers so brings its neighbours
 * neither under suspicion nor to a halt (promise G10).
 */
export function choose(
  claims: readonly Claim[],
  atOnce: number,
  oneIsAlone: boolean
): { taken: readonly Claim[]; alone: boolean } {
  const isSuspect = ({ attempts }: Claim): boolean => attempts >= ALONE_FROM && attempts < WORKERS_LOST;
  const suspect = oneIsAlone ? undefined : claims.find(isSuspect);
  if (suspect) return { taken: [suspect], alone: true };
  const again = Object.entries(AT_ONCE_AFTER).flatMap(([lost, most]) =>
    claims.filter(({ attempts }) => attempts === Number(lost) + 1).slice(0, Math.min(most, atOnce))
  );
  const others = claims.filter(({ attempts }) => attempts === 1 || attempts >= WORKERS_LOST);
  return { taken: [...again, ...others], alone: false };
}

/** Parked because it ended its workers: even what is open about it waits until its content changes or a person retries it. */
export const isLost = ({ issue }: LedgerEntry): boolean => issue?.code === 'WORKER_LOST' && issue.state === 'parked';

/** What is known of a record, for the question whether anything is new: of one that ended its workers, what is open counts for nothing. */
export function withoutLost(work: PairWork): PairWork {
  if (!isLost(work.entry)) return work;
  const { intent: _open, telling: _untold, ...entry } = work.entry;
  return { ...work, entry };
}

/** Leaves a record alone that ended its workers, instead of letting it end the next one (promise G10). */
export async function parkLost(run: ActiveRun, outbox: Outbox, work: PairWork, attempts: number): Promise<void> {
  const found = issueOf.workerLost(attempts - 1);
  const verdict: Verdict = { state: 'Error', issues: [found] };
  run.tally.add('failed');
  if (isNews(run, work, verdict)) {
    work.audit.push(issueEntry(auditScope(run, work, work.left?.modifiedAt), [found], 'failed'));
  }
  await settle(run, outbox, work, verdict, {
    issue: {
      state: 'parked',
      code: found.code,
      attempts,
      leftHash: work.left ? leftHash(run.mapping, work.left) : '',
      rightHash: work.right ? rightHash(run.mapping, work.right) : '',
      notBefore: isoNow(run.clock),
      issues: [found]
    }
  });
}
