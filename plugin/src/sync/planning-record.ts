import type { Intent } from '../ledger/port.js';
import { contentHash } from '../mapping/compare.js';
import { agreedOnCreate, creationRecord, labelOf, toCanonical } from '../mapping/convert.js';
import { inScope, preflight } from '../mapping/preflight.js';
import type { CanonicalRecord, RecordIssue } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import { heldBy } from './answering.js';
import { isArrival } from './arrivals.js';
import type { ActiveRun } from './context.js';
import { isoNow, labelsOf } from './context.js';
import { lookupAt, sentBy } from './attempts.js';
import { checkCounterpart } from './counterpart.js';
import { decisionsFor } from './decisions.js';
import type { PairWork } from './pair.js';
import { bornAt, isUnchanged, leftHash, rightHash } from './pair.js';
import type { PairPlan } from './plan.js';
import { phaseOf, planPair } from './plan.js';
import type { PlannedOperation, PlannedRecord, Seen } from './plan-file.js';
import { planArrival, plannedAnswer } from './planning-arrivals.js';
import { plannedConflicts, skippedFields, skippedOnCreate } from './planning-fields.js';
import type { RemoteRecord } from './ports.js';
import { knownRight } from './seen.js';

/** A planned record, or nothing worth a line: it is in step. */
export type Planned = PlannedRecord | 'unchanged';

const NOTHING = { operations: [], conflicts: [], issues: [], skippedFields: [] } as const;

const valuesOf = (
  { mapping }: ActiveRun,
  record: CanonicalRecord
): { field: string; label: string; value: JsonValue }[] =>
  Object.entries(record).map(([field, value]) => ({ field, label: labelOf(mapping, field), value }));

/** Content hashes of what is in hand. */
export function seenOf({ mapping }: ActiveRun, { left, right, entry }: PairWork): Seen {
  return {
    left: left ? leftHash(mapping, left) : '',
    right: right ? rightHash(mapping, right) : '',
    base: entry.coupling ? contentHash({ ...entry.coupling.base }) : ''
  };
}

/** The record as far as it is known, without anything to do. */
function bare(run: ActiveRun, work: PairWork): PlannedRecord {
  const rightKey = work.entry.coupling?.rightKey ?? work.right?.key;
  return {
    key: work.leftKey,
    ...(rightKey === undefined ? {} : { rightKey }),
    seen: seenOf(run, work),
    ...NOTHING
  };
}

const skipped = (run: ActiveRun, work: PairWork, code: string, message: string): PlannedRecord => ({
  ...bare(run, work),
  skipped: { code, message }
});

/** Fields of a pair whose fields are merged, with what is written and what is not. */
function compared(run: ActiveRun, work: PairWork, sides: { left: RemoteRecord; right: RemoteRecord }, quiet: boolean) {
  const { mapping } = run;
  const labels = labelsOf(run);
  const base = work.entry.coupling?.base ?? linkedBase(run, work, sides.right);
  const leftValues = toCanonical(mapping, 'left', sides.left.document);
  const values = { left: leftValues, right: toCanonical(mapping, 'right', sides.right.document) };
  const decisions = decisionsFor(mapping, sides.left, work.entry.dispute, values);
  const closedBefore = work.entry.coupling?.state === 'closed';
  const request = heldBy(run, sides.left, sides.right);
  const plan = planPair({ mapping, labels, ...sides, leftValues, base, closedBefore, decisions, request });
  const operations = quiet ? [] : updates(run, plan);
  const conflicts = plan.conflicts.filter(({ resolution }) => !quiet || resolution === 'none');
  const written = operations.flatMap((operation) => (operation.kind === 'update' ? operation.changes : []));
  return {
    operations,
    issues: plan.issues,
    conflicts: plannedConflicts(mapping, labels, conflicts, {
      leftAt: sides.left.modifiedAt,
      rightAt: sides.right.modifiedAt
    }),
    skippedFields: skippedFields({
      ...{ mapping, labels, base, ...values },
      closed: sides.right.lifecycle === 'final',
      lacking: preflight(mapping, sides.left.document, phaseOf(sides.right)).length > 0,
      written: new Set(written.map(({ field }) => field)),
      conflicts: plan.conflicts
    })
  };
}

/** A record that an interrupted creation made is known up to what was sent; any other one has no history. */
function linkedBase({ mapping }: ActiveRun, work: PairWork, right: RemoteRecord): CanonicalRecord {
  const sent = work.entry.intent?.payload?.['sent'] as CanonicalRecord | undefined;
  return sent === undefined
    ? {}
    : { ...toCanonical(mapping, 'right', right.document), ...agreedOnCreate(mapping, sent) };
}

function updates({ mapping }: ActiveRun, { operations }: PairPlan): PlannedOperation[] {
  return operations.map(({ side, changes }) => ({
    kind: 'update',
    side,
    changes: changes.map(({ field, oldValue, newValue }) => ({
      ...{ field, label: labelOf(mapping, field) },
      ...{ oldValue, newValue }
    }))
  }));
}

async function readLeft(run: ActiveRun, work: PairWork): Promise<RemoteRecord | undefined> {
  if (work.left === undefined && work.gone?.left !== true) {
    const found = (await run.left.read([{ key: work.leftKey }])).get(work.leftKey);
    if (found) work.left = found;
  }
  return work.left?.lifecycle === 'deleted' ? undefined : work.left;
}

async function readRight(run: ActiveRun, work: PairWork, key: string): Promise<RemoteRecord | undefined> {
  if (work.right === undefined && work.gone?.right !== true) {
    const known = knownRight(work.entry);
    const found = (await run.right.read([known?.key === key ? known : { key }])).get(key);
    if (found) work.right = found;
  }
  return work.right;
}

/** The record that an interrupted creation made after all; `waiting` while it is too early to look. */
async function interrupted(
  run: ActiveRun,
  work: PairWork,
  intent: Intent
): Promise<RemoteRecord | 'waiting' | undefined> {
  const { lookupSlackMs } = run.options;
  if ((await run.ledger.now(run.clock.now())) < lookupAt(run, intent)) return 'waiting';
  const since = new Date(Date.parse(intent.startedAt) - lookupSlackMs).toISOString();
  const found = await run.right.findByMarker(intent.marker, since, sentBy(run, intent));
  const born = (record: RemoteRecord): number => Date.parse(bornAt(record));
  return [...found]
    .filter(({ lifecycle, counterpart }) => lifecycle !== 'deleted' && counterpart === work.leftKey)
    .sort((first, second) => born(first) - born(second) || (first.key < second.key ? -1 : 1))[0];
}

const needing = (run: ActiveRun, work: PairWork, issues: readonly RecordIssue[]): PlannedRecord => ({
  ...bare(run, work),
  issues
});

function coupled(run: ActiveRun, work: PairWork, sides: { left: RemoteRecord; right: RemoteRecord }): PlannedRecord {
  const linked: PlannedOperation[] = work.entry.coupling ? [] : [{ kind: 'link', rightKey: sides.right.key }];
  const answer = plannedAnswer(run, sides.left, sides.right);
  if (answer !== undefined) return { ...bare(run, work), operations: [...linked, answer] };
  const { operations, ...rest } = compared(run, work, sides, false);
  return { ...bare(run, work), ...rest, operations: [...linked, ...operations] };
}

/** A record without a counterpart that is known. */
async function uncoupled(run: ActiveRun, work: PairWork, record: RemoteRecord): Promise<PlannedRecord> {
  const { mapping } = run;
  const { intent } = work.entry;
  const found = intent?.kind === 'create' && intent.attempt > 0 ? await interrupted(run, work, intent) : undefined;
  if (found === 'waiting') {
    const message = `Whether an interrupted creation went through in ${run.right.label} is looked up a little later.`;
    return skipped(run, work, 'OUTCOME_UNKNOWN', message);
  }
  if (found !== undefined) {
    work.right = found;
    return coupled(run, work, { left: record, right: found });
  }
  const missing = preflight(mapping, record.document);
  if (missing.length > 0) return needing(run, work, missing);
  const values = toCanonical(mapping, 'left', record.document);
  return {
    ...bare(run, work),
    operations: [{ kind: 'create', values: valuesOf(run, creationRecord(mapping, values)) }],
    skippedFields: skippedOnCreate(mapping, labelsOf(run), values)
  };
}

function notShared(run: ActiveRun, work: PairWork): PlannedRecord {
  if (work.entry.coupling === undefined) return skipped(run, work, 'NOT_SHARED', 'It is not to be shared.');
  return skipped(run, work, 'PAUSED', `Sharing is switched off; ${run.right.label} keeps the values it has.`);
}

/** The link moves to another left record, which is planned once it has it. */
function successorOf(
  run: ActiveRun,
  work: PairWork,
  { key, rightKey }: { key: string; rightKey: string }
): PlannedRecord {
  if (work.entry.coupling === undefined) return skipped(run, work, 'PASSED_ON', `${key} goes on with ${rightKey}.`);
  return { ...bare(run, work), operations: [{ kind: 'passOn', to: key }] };
}

/** A record that a run would leave alone, because nothing changed since it was last looked at. */
function leftAlone(run: ActiveRun, work: PairWork): Planned {
  const { issue, coupling } = work.entry;
  const { left: ours, right: theirs } = work;
  if (issue?.state === 'retry') {
    return skipped(run, work, issue.code, `It is tried again at ${issue.notBefore}.`);
  }
  if (issue !== undefined) return needing(run, work, issue.issues);
  if (ours !== undefined && !inScope(run.mapping, ours.document)) return notShared(run, work);
  if (coupling === undefined || !ours || !theirs) return 'unchanged';
  const { operations: _none, ...rest } = compared(run, work, { left: ours, right: theirs }, true);
  const silent = rest.skippedFields.length + rest.conflicts.length + rest.issues.length === 0;
  return silent ? 'unchanged' : { ...bare(run, work), ...rest };
}

/**
 * What the engine would do to one record, decided like the engine decides it, with reads only (handbook, the road of one
 * change). Sides that are missing in `work` are read.
 */
export async function planRecord(run: ActiveRun, work: PairWork): Promise<Planned> {
  const { mapping } = run;
  if (isArrival(work.leftKey)) return planArrival(run, work, bare(run, work));
  if (isUnchanged(mapping, work, isoNow(run.clock)) && (work.left !== undefined || work.right !== undefined)) {
    return leftAlone(run, work);
  }
  const record = await readLeft(run, work);
  if (record === undefined) {
    const message = `The record ${work.leftKey} does not exist in ${run.left.label}, or may not be read.`;
    return skipped(run, work, 'LEFT_MISSING', message);
  }
  if (record.answer?.successor !== undefined) return successorOf(run, work, record.answer.successor);
  if (!inScope(mapping, record.document)) return notShared(run, work);
  const key = knownRight(work.entry)?.key ?? work.right?.key ?? record.counterpart;
  if (key === undefined) return uncoupled(run, work, record);
  const right = await readRight(run, work, key);
  const problem = checkCounterpart(run, work, right);
  if (problem !== undefined || right === undefined) return needing(run, work, problem ? [problem] : []);
  return coupled(run, work, { left: record, right });
}
