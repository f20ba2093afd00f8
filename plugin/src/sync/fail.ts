import type { OpenIssue } from '../ledger/port.js';
import { ConnectorError } from '../ports/errors.js';
import { issueEntry } from './audit.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { auditScope } from './counterpart.js';
import { issueOf, issueOfError } from './issues.js';
import type { PairWork } from './pair.js';
import { leftHash, rightHash } from './pair.js';
import { settle, store } from './settle.js';
import { endsRun, RunStopped } from './stop.js';
import type { Outbox, Verdict } from './telling.js';
import { isNews } from './telling.js';

/** Temporary failures of a record before people are told about it; most are over sooner. */
const QUIET_ATTEMPTS = 3;

/** Equal failures of equal content after which a record is left alone until its content changes. */
const PARKED_AFTER = { refused: 2, unexpected: 5 } as const;

function hashes(run: ActiveRun, work: PairWork): Pick<OpenIssue, 'leftHash' | 'rightHash'> {
  return {
    leftHash: work.left ? leftHash(run.mapping, work.left) : (work.entry.coupling?.seenLeft ?? ''),
    rightHash: work.right ? rightHash(run.mapping, work.right) : (work.entry.coupling?.seenRight ?? '')
  };
}

/** Exponential with full jitter, as many records fail together. */
function backoff(run: ActiveRun, attempts: number, asked: number | undefined): string {
  const { backoffMs, maxBackoffMs } = run.options;
  const ceiling = Math.min(maxBackoffMs, backoffMs * 2 ** (attempts - 1));
  const pause = Math.max(asked ?? 0, Math.round(ceiling * (0.5 + run.random.next() / 2)));
  return new Date(run.clock.now() + pause).toISOString();
}

/** Puts a record off to a later run. */
export async function defer(
  run: ActiveRun,
  outbox: Outbox,
  work: PairWork,
  code: string,
  until?: string,
  askedMs?: number
): Promise<void> {
  const before = work.entry.issue;
  const attempts = before?.code === code ? before.attempts + 1 : 1;
  const shown = attempts >= QUIET_ATTEMPTS && code !== 'CHANGING';
  const issues = shown ? [issueOf.waiting(run.right.label)] : [];
  // A record that nobody was told about yet shows at once that it is being taken care of.
  const fresh = work.entry.telling === undefined && work.entry.coupling === undefined;
  const notBefore = until ?? backoff(run, attempts, askedMs);
  const issue: OpenIssue = { state: 'retry', code, attempts, ...hashes(run, work), notBefore, issues };
  run.tally.add('deferred');
  if ((shown || fresh) && work.left) await settle(run, outbox, work, { state: 'Pending', issues }, { issue });
  else await store(run, work, { issue });
}

/** A refusal or an unexpected error: told to the people, tried once more, and then left alone until the content changes. */
async function refuse(run: ActiveRun, outbox: Outbox, work: PairWork, error: unknown): Promise<void> {
  const found = issueOfError(error, refusingLabel(run, error));
  const now = hashes(run, work);
  const before = work.entry.issue;
  const same =
    before !== undefined &&
    before.code === found.code &&
    before.leftHash === now.leftHash &&
    before.issues[0]?.message === found.message;
  const attempts = same ? before.attempts + 1 : 1;
  const issue: OpenIssue = {
    state: attempts >= PARKED_AFTER[found.code === 'INTERNAL' ? 'unexpected' : 'refused'] ? 'parked' : 'retry',
    code: found.code,
    attempts,
    ...now,
    // A refusal is repeated by the next run; an error of unknown cause gets time to go away.
    notBefore: found.code === 'INTERNAL' ? backoff(run, attempts, undefined) : isoNow(run.clock),
    issues: [found]
  };
  const verdict: Verdict = { state: 'Error', issues: [found] };
  run.tally.add(found.code === 'INTERNAL' ? 'failed' : 'rejected');
  if (isNews(run, work, verdict)) {
    work.audit.push(issueEntry(auditScope(run, work, work.left?.modifiedAt), [found], 'failed'));
  }
  await settle(run, outbox, work, verdict, { issue });
}

function refusingLabel(run: ActiveRun, error: unknown): string {
  return error instanceof ConnectorError && error.system === run.left.system ? run.left.label : run.right.label;
}

/** What a failure of one record leads to. Rethrows only what concerns the run as a whole. */
export async function handleFailure(run: ActiveRun, outbox: Outbox, work: PairWork, error: unknown): Promise<void> {
  if (endsRun(error)) {
    throw error instanceof ConnectorError ? new RunStopped(error) : error;
  }
  if (!(error instanceof ConnectorError) || error.kind === 'rejected') {
    await refuse(run, outbox, work, error);
    return;
  }
  run.tally.failedOnce(error.sharedCall ?? error);
  const until =
    error.kind === 'unknownOutcome' ? new Date(run.clock.now() + run.options.lookupDelayMs).toISOString() : undefined;
  await defer(
    run,
    outbox,
    work,
    error.kind === 'unknownOutcome' ? 'OUTCOME_UNKNOWN' : error.code,
    until,
    error.details.retryAfterMs
  );
  if (run.tally.failuresInARow >= run.options.maxFailuresInARow) throw new RunStopped(error);
}
