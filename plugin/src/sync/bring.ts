import { preflight } from '../mapping/preflight.js';
import type { CanonicalRecord } from '../mapping/types.js';
import { isEmpty, stableText } from '../mapping/compare.js';
import type { Coupling, Intent } from '../ledger/port.js';
import type { JsonValue } from '../ports/json.js';
import { ANSWER_CODES, answerStep, heldBy } from './answering.js';
import { conflictEntry, issueEntry, noteEntries } from './audit.js';
import type { ActiveRun } from './context.js';
import { isoNow, labelsOf } from './context.js';
import { auditScope } from './counterpart.js';
import { decisionsFor } from './decisions.js';
import type { FieldConflict } from './merge.js';
import type { PairWork } from './pair.js';
import type { FieldChange, Operation, PairPlan } from './plan.js';
import { phaseOf, planPair } from './plan.js';
import { defer } from './fail.js';
import { attemptEnded, attemptOnce, isOnce, mayArriveUntil } from './once.js';
import type { RemoteRecord } from './ports.js';
import { couplingNow, settle, store, withAudit } from './settle.js';
import type { Outbox, Verdict } from './telling.js';
import { isNews } from './telling.js';
import { entriesFor, journalWrite } from './trail.js';
import { announcedConflicts } from './unconfirmed.js';
import { valuesOf } from './values.js';

/** Reads that a round needs and did not get. */
export type RoundResult = 'settled' | 'again';

interface Pair {
  work: PairWork;
  coupling: Coupling;
  left: RemoteRecord;
  right: RemoteRecord;
  leftValues: CanonicalRecord;
}

/**
 * A crash between a write and its record in the ledger: what the intent announced and is there now did happen.
 * @returns the base with what was written: both sides agreed on it then, so an edit made since is one against it
 */
function confirmIntent(run: ActiveRun, pair: Pair): CanonicalRecord {
  const { intent } = pair.work.entry;
  const { base } = pair.coupling;
  if (intent?.kind !== 'update') return base;
  pair.work.confirmed = intent.startedAt;
  const changes = (intent.payload?.['changes'] ?? []) as unknown as FieldChange[];
  const now = { left: pair.leftValues, right: valuesOf(run.mapping, 'right', pair.right) };
  const done = changes.filter((change) => stableText(now[change.to][change.field]) === stableText(change.newValue));
  const conflicts = announcedConflicts(intent);
  const scope = auditScope(run, pair.work, String(intent.payload?.['epoch']));
  pair.work.audit.push(...entriesFor(scope, done, conflicts));
  journalWrite(run, pair.work, done, conflicts);
  return { ...base, ...Object.fromEntries(done.map(({ field, newValue }) => [field, newValue])) };
}

/**
 * The same for a pair that is not brought in step any more, because sharing was switched off: what was written, and which
 * edits lost to it, is named all the same (promise G2).
 */
export function confirmOpen(run: ActiveRun, work: PairWork, left: RemoteRecord, right: RemoteRecord): void {
  const { coupling } = work.entry;
  if (coupling === undefined) return;
  confirmIntent(run, { work, coupling, left, right, leftValues: valuesOf(run.mapping, 'left', left) });
}

/** Stores what is about to be written, so that a crash right after the write still leaves a trail. */
async function announce(
  run: ActiveRun,
  { work, coupling }: Pair,
  operation: Operation,
  decided: readonly FieldConflict[]
): Promise<void> {
  const payload = {
    changes: operation.changes as unknown as JsonValue,
    conflicts: decided as unknown as JsonValue,
    epoch: coupling.updatedAt
  };
  const startedAt = isoNow(run.clock);
  const intent: Intent = { kind: 'update', marker: work.leftKey, attempt: 1, startedAt, payload };
  // The intent before this one ends here, so what it has turned out to have done must be kept with it.
  await store(run, work, { intent, ...(work.audit.length > 0 ? { telling: withAudit(work, work.audit) } : {}) });
  work.audit = [];
}

/** One write. `false` when the record changed under our hands: then everything read about the pair is stale. */
async function carryOut(
  run: ActiveRun,
  pair: Pair,
  operation: Operation,
  decided: readonly FieldConflict[]
): Promise<boolean> {
  const { work, coupling } = pair;
  await announce(run, pair, operation, decided);
  const connector = run[operation.side];
  await run.beforeWrite(work);
  const once = isOnce(run, operation);
  const mayGoOn = async (): Promise<void> => (once ? attemptOnce(run, work) : run.beforeWrite(work));
  const result = await connector
    .update(pair[operation.side], operation.values, { mayGoOn })
    .catch(async (error: unknown) => {
      if (once) await attemptEnded(run, work, error);
      throw error;
    });
  if (result.outcome === 'stale') {
    // The intent stays: a write whose answer was lost is repeated, and its repetition meets the version that it made itself.
    delete work.left;
    delete work.right;
    return false;
  }
  work.audit.push(...entriesFor(auditScope(run, work, coupling.updatedAt), operation.changes, decided));
  journalWrite(run, work, operation.changes, decided);
  run.tally.add(operation.side === 'right' ? 'updatedRight' : 'updatedLeft');
  if (operation.side === 'right') {
    if (result.record) work.right = result.record;
    else delete work.right;
  }
  return true;
}

/** As if the intent had not been looked at yet. */
function forget(work: PairWork, { audit, journal }: Pick<PairWork, 'audit' | 'journal'>): void {
  work.audit = audit;
  if (journal) work.journal = journal;
  else delete work.journal;
}

const afterWrite = (values: CanonicalRecord, operation: Operation): CanonicalRecord => ({
  ...values,
  ...Object.fromEntries(operation.changes.map(({ field, newValue }) => [field, newValue]))
});

/** Carries out a plan. Every success is stored before the next write, so that no edit of ours looks like one of theirs. */
async function carryOutAll(run: ActiveRun, pair: Pair, plan: PairPlan): Promise<CanonicalRecord | undefined> {
  const { work } = pair;
  const decided = plan.conflicts.filter(({ resolution }) => resolution !== 'none');
  let values = pair.leftValues;
  for (const operation of plan.operations) {
    if (!(await carryOut(run, pair, operation, decided))) return undefined;
    // The base that is stored next counts these edits as seen.
    work.audit.push(...noteEntries(auditScope(run, work, pair.coupling.updatedAt), plan.noted));
    if (operation.side === 'left') values = afterWrite(values, operation);
    const coupling = couplingNow(run, work, operation.side === 'right' ? plan.baseAfterRight : plan.base);
    const telling = withAudit(work, work.audit);
    await store(run, work, { ...(coupling ? { coupling } : {}), intent: null, telling });
    work.audit = [];
  }
  // What the record lacked may be what was just written: that is for a fresh read to say.
  const lacked = preflight(run.mapping, pair.left.document, phaseOf(pair.right)).length > 0;
  if (lacked && plan.operations.some(({ side }) => side === 'left')) delete work.left;
  return values;
}

function verdictOf(plan: PairPlan): Verdict {
  return {
    state: plan.state,
    issues: plan.issues,
    conflicts: plan.conflicts.filter(({ resolution }) => resolution === 'none')
  };
}

function recordOutcome(run: ActiveRun, pair: Pair, plan: PairPlan): Verdict {
  const { work } = pair;
  const verdict = verdictOf(plan);
  const scope = auditScope(run, work, pair.coupling.updatedAt);
  work.audit.push(...noteEntries(scope, plan.noted));
  if (isNews(run, work, verdict)) {
    work.audit.push(...(verdict.conflicts ?? []).map((conflict) => conflictEntry(scope, conflict)));
    const own = plan.issues.filter(({ code }) => code !== 'CONFLICT' && !ANSWER_CODES.has(code));
    if (!isEmpty(own.map(({ code }) => code)))
      work.audit.push(issueEntry(auditScope(run, work, pair.left.modifiedAt), own, 'attention'));
  }
  if (plan.state === 'Attention') run.tally.add('attention');
  if (plan.state === 'Conflict') run.tally.add('conflicts');
  if (plan.state === 'Closed' && work.entry.coupling?.state !== 'closed') run.tally.add('closed');
  return verdict;
}

/**
 * One round for a coupled pair with both sides read: merge, plan, write, store. `again` asks for another round, because a
 * record changed under our hands, or because what came back from a write differs from what was sent.
 */
export async function bringInStep(
  run: ActiveRun,
  outbox: Outbox,
  work: PairWork,
  known?: CanonicalRecord
): Promise<RoundResult | CanonicalRecord> {
  const { left, right, entry } = work;
  if (!left || !right || !entry.coupling) return 'again';
  const leftValues = known ?? valuesOf(run.mapping, 'left', left);
  const pair: Pair = { work, coupling: entry.coupling, left, right, leftValues };
  const before = { audit: [...work.audit], ...(work.journal ? { journal: work.journal } : {}) };
  const base = confirmIntent(run, pair);
  const step = await answerStep(run, work, left, right);
  if (step === 'again') return 'again';
  if (step === 'answered') return leftValues;
  const labels = labelsOf(run);
  const { mapping } = run;
  const values = { left: leftValues, right: valuesOf(mapping, 'right', right) };
  const decisions = decisionsFor(mapping, left, entry.dispute, values);
  const closedBefore = entry.coupling.state === 'closed';
  const request = heldBy(run, left, right);
  const plan = planPair({ mapping, labels, left, right, leftValues, base, closedBefore, decisions, request });
  const until = await mayArriveUntil(run, work, plan.operations);
  if (until !== undefined) {
    // The intent stays open, and what it has done is named when it ends.
    forget(work, before);
    await defer(run, outbox, work, 'OUTCOME_UNKNOWN', until);
    return 'settled';
  }
  if (plan.operations.length > 0) return (await carryOutAll(run, pair, plan)) ?? 'again';
  await settle(run, outbox, work, recordOutcome(run, pair, plan), { base: plan.base, leftValues });
  return 'settled';
}
