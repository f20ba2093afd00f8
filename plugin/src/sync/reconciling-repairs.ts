import type { Coupling } from '../ledger/port.js';
import { isoNow } from './context.js';
import type { RemoteRecord } from './ports.js';
import { isEqual, rebuildPair } from './rebuilding-pair.js';
import { readEach, refOf, slices } from './rebuilding-reads.js';
import { nothingYet, storeFindings } from './rebuilding-store.js';
import type { RepairKind } from './reconciling-findings.js';
import type { Reconciling } from './reconciling-pairs.js';
import type { Shift } from './shift.js';

/** One repair, by the keys it is about. */
export interface Repair {
  kind: RepairKind;
  leftKey: string;
  rightKey: string;
}

/** Couples records as a rebuild does: what both agree on is the base, and the rules decide about the rest. */
async function couple(work: Reconciling, shift: Shift, repairs: readonly Repair[]): Promise<number> {
  const { run, index, labels } = work;
  const lefts = await readEach(
    run.left,
    repairs.map(({ leftKey }) => ({ key: leftKey }))
  );
  const pairs = repairs.flatMap(({ leftKey, rightKey }) => {
    const [left, note] = [lefts.get(leftKey), index.get(rightKey)];
    return left && note ? [{ left, note }] : [];
  });
  const differing = pairs.filter(({ left, note }) => !isEqual(run.mapping, left, note));
  const rights = await readEach(
    run.right,
    differing.map(({ note }) => refOf(note))
  );
  const findings = nothingYet();
  for (const { left, note } of pairs) {
    const right = rights.get(note.key);
    const parts = { mapping: run.mapping, labels, left, note, now: isoNow(run.clock), tell: true };
    const pair = rebuildPair({ ...parts, ...(right ? { right } : {}) });
    findings.couplings.push(pair.coupling);
    findings.changes.push({ leftKey: left.key, issue: null });
    if (pair.waiting) findings.waiting.push(left.key);
  }
  await storeFindings(run, shift.queue, findings);
  return pairs.length;
}

/** Writes the marker where there is still none. */
async function mark({ run, index }: Reconciling, repairs: readonly Repair[]): Promise<number> {
  const notes = repairs.flatMap(({ rightKey }) => index.get(rightKey) ?? []);
  const rights = await readEach(run.right, notes.map(refOf));
  let done = 0;
  for (const { leftKey, rightKey } of repairs) {
    const right: RemoteRecord | undefined = rights.get(rightKey);
    if (right === undefined || right.counterpart !== undefined) continue;
    const result = await run.right.mark?.(right, leftKey);
    if (result?.outcome === 'written') done += 1;
  }
  return done;
}

/** Lets the engine look at pairs as if it had never seen them; base and rules stay what they are. */
async function bringInStep({ run }: Reconciling, shift: Shift, repairs: readonly Repair[]): Promise<number> {
  const keys = repairs.map(({ leftKey }) => leftKey);
  const entries = await run.ledger.entries(run.mapping.name, keys);
  const changes = keys.flatMap((leftKey) => {
    const coupling = entries.get(leftKey)?.coupling;
    const unseen: Coupling | undefined = coupling && { ...coupling, seenLeft: '', seenRight: '' };
    return unseen ? [{ leftKey, coupling: unseen, telling: { toldHash: '' } }] : [];
  });
  const waiting = changes.map(({ leftKey }) => leftKey);
  await storeFindings(run, shift.queue, { couplings: [], changes, waiting });
  return waiting.length;
}

/** Carries repairs out, in sets. What is for the engine to write is queued for the next run. @returns how many were made */
export async function carryOutRepairs(
  work: Reconciling,
  shift: Shift,
  repairs: readonly Repair[],
  before: () => Promise<void>
): Promise<number> {
  let done = 0;
  const of = (kind: RepairKind): readonly Repair[] => repairs.filter((repair) => repair.kind === kind);
  const make: Readonly<Record<RepairKind, (slice: readonly Repair[]) => Promise<number>>> = {
    couple: (slice) => couple(work, shift, slice),
    mark: (slice) => mark(work, slice),
    bringInStep: (slice) => bringInStep(work, shift, slice)
  };
  for (const kind of ['couple', 'mark', 'bringInStep'] as const)
    for (const slice of slices(of(kind))) {
      await before();
      done += await make[kind](slice);
    }
  return done;
}
