import type { Coupling } from '../ledger/port.js';
import { toCanonical, toPathValues } from '../mapping/convert.js';
import { inScope } from '../mapping/preflight.js';
import type { CanonicalRecord, RecordIssue, Side } from '../mapping/types.js';
import { ConnectorError } from '../ports/errors.js';
import type { JsonValue } from '../ports/json.js';
import { changeEntries } from './audit.js';
import type { ActiveRun } from './context.js';
import { isoNow, labelsOf } from './context.js';
import { auditScope } from './counterpart.js';
import { handleFailure } from './fail.js';
import { HoldLost } from './hands.js';
import type { PairWork } from './pair.js';
import { leftHash, rightHash } from './pair.js';
import type { FieldChange } from './plan.js';
import type { AuditEntry, RemoteRecord } from './ports.js';
import { journal, settle, store, withAudit } from './settle.js';
import { endsRun, isTakenOver } from './stop.js';
import type { Outbox } from './telling.js';
import type { RecordedRun, UndoPlan } from './undoing.js';
import { undoPlan } from './undoing.js';
import type { Kept } from './undoing-reasons.js';
import { recordReasons } from './undoing-reasons.js';
import { workOn } from './work.js';

export interface UndoOptions {
  /** Links that the run made are taken away. */
  unlink: boolean;
  /** Nothing is written; the result says what would be. */
  dryRun: boolean;
}

/** What an undo did to a record, or would do. */
export interface UndoneRecord {
  key: string;
  rightKey: string;
  putBack: readonly FieldChange[];
  kept: readonly Kept[];
  /** What concerns the record as a whole. */
  issues: readonly RecordIssue[];
  unlinked: boolean;
}

interface Sides {
  left: RemoteRecord;
  right: RemoteRecord;
  coupling: Coupling;
}

const nothing = ({ leftKey, rightKey }: RecordedRun, issues: readonly RecordIssue[]): UndoneRecord => ({
  ...{ key: leftKey, rightKey, putBack: [], kept: [], issues, unlinked: false }
});

async function read(run: ActiveRun, work: PairWork): Promise<void> {
  const { coupling } = work.entry;
  work.left ??= (await run.left.read([{ key: work.leftKey }])).get(work.leftKey) as RemoteRecord;
  if (coupling === undefined) return;
  const reference = { key: coupling.rightKey, ...(coupling.context ? { context: coupling.context } : {}) };
  work.right ??= (await run.right.read([reference])).get(coupling.rightKey) as RemoteRecord;
}

const present = (record: RemoteRecord | undefined): record is RemoteRecord =>
  record !== undefined && record.lifecycle !== 'deleted';

/** Both sides of the pair that the run worked on, or why it is not to be touched. */
async function sidesOf(run: ActiveRun, work: PairWork, recorded: RecordedRun): Promise<Sides | RecordIssue> {
  const labels = labelsOf(run);
  const { coupling } = work.entry;
  if (coupling?.rightKey !== recorded.rightKey) return recordReasons.linkedElsewhere(recorded.rightKey);
  await read(run, work);
  const { left, right } = work;
  if (!present(left)) return recordReasons.leftMissing(work.leftKey, labels);
  if (!present(right)) return recordReasons.rightMissing(coupling.rightKey, labels);
  return inScope(run.mapping, left.document) ? { left, right, coupling } : recordReasons.paused(labels);
}

function planFor({ mapping, ...run }: ActiveRun, { left, right, coupling }: Sides, { changes }: RecordedRun): UndoPlan {
  return undoPlan(
    {
      mapping,
      labels: { left: run.left.label, right: run.right.label },
      left: toCanonical(mapping, 'left', left.document),
      right: toCanonical(mapping, 'right', right.document),
      base: coupling.base,
      leftDocument: left.document,
      closed: right.lifecycle === 'final'
    },
    changes
  );
}

/** Entries say where the value comes from, or an old value would look like a fresh edit. */
function entries(run: ActiveRun, work: PairWork, coupling: Coupling, changes: readonly FieldChange[]): AuditEntry[] {
  return changeEntries(auditScope(run, work, coupling.updatedAt), changes).map((entry) => ({
    ...entry,
    message: `${entry.fieldLabel ?? entry.field ?? ''}: put back to what it was before a run that was undone.`
  }));
}

/** Writes old values to one side, as the engine writes: announced first, conditional, in journal and trail. `false` when stale. */
async function write(
  run: ActiveRun,
  work: PairWork,
  { coupling, ...sides }: Sides,
  side: Side,
  changes: readonly FieldChange[]
): Promise<boolean> {
  const payload = { changes: changes as unknown as JsonValue, conflicts: [], epoch: coupling.updatedAt };
  const startedAt = isoNow(run.clock);
  await store(run, work, { intent: { kind: 'update', marker: work.leftKey, attempt: 1, startedAt, payload } });
  await run.beforeWrite(work);
  const values: CanonicalRecord = Object.fromEntries(changes.map(({ field, newValue }) => [field, newValue]));
  const mayGoOn = async (): Promise<void> => run.beforeWrite(work);
  const result = await run[side].update(sides[side], toPathValues(run.mapping, side, values), { mayGoOn });
  if (result.outcome === 'stale') {
    delete work.left;
    delete work.right;
    await store(run, work, { intent: null });
    return false;
  }
  const trail = entries(run, { ...work, right: sides.right }, coupling, changes);
  journal(run, work, 'updated', changes, sides.right.key);
  await store(run, work, { intent: null, telling: withAudit(work, trail) });
  delete work[side];
  if (side === 'right' && result.record) work.right = result.record;
  run.tally.add(side === 'right' ? 'updatedRight' : 'updatedLeft');
  return true;
}

async function putBack(run: ActiveRun, work: PairWork, sides: Sides, plan: UndoPlan): Promise<boolean> {
  for (const side of ['right', 'left'] as const) {
    const changes = plan.putBack.filter(({ to }) => to === side);
    if (changes.length > 0 && !(await write(run, work, sides, side, changes))) return false;
  }
  return true;
}

/** Takes a link away. The record rests then, until one of the sides changes. */
async function unlink(run: ActiveRun, outbox: Outbox, work: PairWork, { left, right }: Sides): Promise<void> {
  const issues = [recordReasons.unlinked(labelsOf(run))];
  await store(run, work, { coupling: null, dispute: null, intent: null });
  delete work.right;
  await settle(
    run,
    outbox,
    work,
    { state: 'Attention', issues },
    {
      issue: {
        ...{ state: 'parked', code: 'UNLINKED', attempts: 1, notBefore: isoNow(run.clock), issues },
        leftHash: leftHash(run.mapping, left),
        rightHash: rightHash(run.mapping, right)
      }
    }
  );
}

/** A refusal by a system is the undo's own matter: the record was in step, and it still is. */
async function refused(run: ActiveRun, outbox: Outbox, work: PairWork, error: unknown): Promise<RecordIssue> {
  if (error instanceof ConnectorError && error.kind === 'rejected' && !endsRun(error)) {
    await store(run, work, { intent: null });
  } else await handleFailure(run, outbox, work, error);
  const { code = 'INTERNAL', message } = error as Error & { code?: string };
  return recordReasons.failed(code, message);
}

function wholeRecord(
  run: ActiveRun,
  { created, takenIn, linked, rightKey }: RecordedRun,
  unlinked: boolean
): RecordIssue[] {
  if (created) return [recordReasons.created(rightKey, labelsOf(run))];
  if (takenIn) return [recordReasons.takenIn(rightKey, labelsOf(run))];
  return linked && !unlinked ? [recordReasons.linked(rightKey, labelsOf(run))] : [];
}

/**
 * Reverses what a run did to one record. The old values are put in as edits and carried to the other side by the ordinary
 * work, so that a crash in between leaves nothing that the next run would not finish.
 */
export async function undoRecord(
  run: ActiveRun,
  outbox: Outbox,
  work: PairWork,
  recorded: RecordedRun,
  options: UndoOptions
): Promise<UndoneRecord> {
  const unlinks = options.unlink && recorded.linked && !recorded.created;
  const whole = wholeRecord(run, recorded, unlinks);
  let done: readonly FieldChange[] = [];
  try {
    for (let round = 0; round < run.options.maxRounds; round += 1) {
      const sides = await sidesOf(run, work, recorded);
      if ('code' in sides) return nothing(recorded, [...whole, sides]);
      const plan = planFor(run, sides, recorded);
      const result = { ...nothing(recorded, whole), ...plan, unlinked: unlinks };
      if (options.dryRun) return result;
      if (plan.putBack.length > 0 && !(await putBack(run, work, sides, plan))) {
        await run.clock.sleep(run.options.staleDelayMs);
        continue;
      }
      done = plan.putBack;
      if (done.length > 0 && !(await workOn(run, outbox, work))) throw new HoldLost(work.leftKey);
      if (unlinks) await unlink(run, outbox, work, sides);
      return result;
    }
  } catch (error) {
    if (isTakenOver(error)) throw error;
    return { ...nothing(recorded, [...whole, await refused(run, outbox, work, error)]), putBack: done };
  }
  return nothing(recorded, [...whole, recordReasons.busy()]);
}
