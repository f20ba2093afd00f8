import type {
  Coupling,
  CouplingState,
  JournalChange,
  JournalLine,
  LedgerChange,
  LedgerEntry,
  Telling
} from '../ledger/port.js';
import type { CanonicalRecord } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { disputeAfter } from './dispute.js';
import type { PairWork } from './pair.js';
import { leftHash, rightHash } from './pair.js';
import type { AuditEntry, SyncState } from './ports.js';
import type { Outbox, Verdict } from './telling.js';
import { prepareTelling } from './telling.js';
import { unconfirmedLosses } from './unconfirmed.js';

const COUPLING_STATE: Partial<Record<SyncState, CouplingState>> = {
  Closed: 'closed',
  Conflict: 'conflict',
  NotShared: 'paused'
};

type Change = Omit<LedgerChange, 'leftKey'>;

/** What is not there needs not be removed: three statements less per record. */
const neededOf = ({ entry }: PairWork, change: Change): Change =>
  Object.fromEntries(Object.entries(change).filter(([part, value]) => value !== null || part in entry));

function entryAfter(before: LedgerEntry, change: Change): LedgerEntry {
  const entry: LedgerEntry = { ...before };
  for (const part of ['coupling', 'intent', 'issue', 'telling', 'dispute'] as const) {
    const value = change[part];
    if (value === null) delete entry[part];
    else if (value !== undefined) Object.assign(entry, { [part]: value });
  }
  return entry;
}

/** Stores a change and keeps the entry in hand equal to what is stored. */
export async function store(run: ActiveRun, work: PairWork, change: Change): Promise<void> {
  const { leftKey, fence, journal = [], unsaved } = work;
  const needed = neededOf(work, change);
  const lines = journal.length > 0 ? { journal } : {};
  const held = fence === undefined ? {} : { fence };
  delete work.unsaved;
  try {
    await run.ledger.commit(run.mapping.name, [{ leftKey, ...unsaved?.change, ...needed, ...lines, ...held }]);
  } catch (error) {
    if (unsaved) work.entry = unsaved.before;
    throw error;
  }
  delete work.journal;
  work.entry = entryAfter(work.entry, change);
}

/**
 * Keeps a change for the next `store`, which has to come before anything is sent: a transaction costs more than what is in it.
 * A crash until then is a crash right before this change.
 */
export function storeWithNext(work: PairWork, change: Change): void {
  const { before = work.entry, change: earlier = {} } = work.unsaved ?? {};
  work.unsaved = { before, change: { ...earlier, ...neededOf(work, change) } };
  work.entry = entryAfter(work.entry, change);
}

/** Notes for the journal what was done to the pair. */
export function journal(
  run: ActiveRun,
  work: PairWork,
  kind: JournalLine['kind'],
  changes: readonly JournalChange[],
  rightKey = work.right?.key ?? ''
): void {
  work.journal = [...(work.journal ?? []), { runId: run.id, rightKey, kind, changes, at: isoNow(run.clock) }];
}

/** The outbox with further entries: stored together with what they tell about, they are told even after a crash. */
export function withAudit(work: PairWork, entries: readonly AuditEntry[]): Telling {
  const { telling } = work.entry;
  const earlier = (telling?.pending?.['audit'] ?? []) as JsonValue[];
  return {
    toldHash: telling?.toldHash ?? '',
    pending: { audit: [...earlier, ...(entries as unknown as JsonValue[])] }
  };
}

/** The coupling with what is known now. Times never go back. */
export function couplingNow(run: ActiveRun, work: PairWork, base: CanonicalRecord): Coupling | undefined {
  const { left, right, entry } = work;
  const before = entry.coupling;
  if (left === undefined || right === undefined) return before && { ...before, base };
  const now = isoNow(run.clock);
  const later = (known: string | undefined, read: string): string =>
    known !== undefined && Date.parse(known) > Date.parse(read) ? known : read;
  return {
    state: 'active',
    seenLeft: '',
    seenRight: '',
    createdAt: now,
    ...before,
    leftKey: left.key,
    rightKey: right.key,
    ...(right.context ? { context: right.context } : {}),
    base,
    leftAt: later(before?.leftAt, left.modifiedAt),
    rightAt: later(before?.rightAt, right.modifiedAt),
    updatedAt: now
  };
}

/**
 * Stores that a pair is worked off: base, content hashes, completed intent and the report to deliver, in one transaction.
 * `values` are the left values after our own writes, which the document at hand does not show yet.
 */
export async function settle(
  run: ActiveRun,
  outbox: Outbox,
  work: PairWork,
  verdict: Verdict,
  result: { base?: CanonicalRecord; leftValues?: CanonicalRecord; issue?: LedgerChange['issue'] } = {}
): Promise<void> {
  const { mapping } = run;
  const { left, right, entry } = work;
  const known = result.base === undefined ? entry.coupling : couplingNow(run, work, result.base);
  const coupling: Coupling | undefined = known && {
    ...known,
    state: COUPLING_STATE[verdict.state] ?? 'active',
    ...(left ? { seenLeft: leftHash(mapping, left, result.leftValues) } : {}),
    ...(right ? { seenRight: rightHash(mapping, right) } : {}),
    ...(verdict.state === 'Synced' ? { syncedAt: isoNow(run.clock) } : {})
  };
  const dispute = disputeAfter(run, work, verdict);
  // A write whose outcome is unknown is still to be looked into.
  const intentEnds = entry.intent !== undefined && entry.coupling !== undefined && result.issue?.state !== 'retry';
  if (intentEnds) work.audit.push(...unconfirmedLosses(run, work));
  const told = prepareTelling(run, work, verdict, {
    dispute: dispute === undefined ? entry.dispute : (dispute ?? undefined),
    issue: result.issue ?? undefined
  });
  await store(run, work, {
    ...(coupling ? { coupling } : {}),
    ...(dispute === undefined ? {} : { dispute, answered: entry.dispute?.decisions ?? [] }),
    ...(intentEnds ? { intent: null } : {}),
    issue: result.issue ?? null,
    ...(told ? { telling: told.telling } : {})
  });
  if (told) outbox.add(told.report, told.toldHash, work.fence);
  run.tally.report(work.leftKey, verdict.issues);
}
