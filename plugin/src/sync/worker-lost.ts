import type { LedgerEntry } from '../ledger/port.js';
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

/** The claim with this number is no longer worked on: three workers ended while they had the record in hand. */
export const WORKERS_LOST = 4;

/** Parked because it ended its workers: even what is open about it waits until its content changes or a person retries it. */
export const isLost = ({ issue }: LedgerEntry): boolean => issue?.code === 'WORKER_LOST' && issue.state === 'parked';

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
