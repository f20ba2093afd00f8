import type { FullRun, FullStep, MappingRunner } from '../../coupling/full/index.js';
import { newRun, resumedRun, review, runFull } from '../../coupling/full/index.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { Random } from '../../ports/random.js';
import { exitCodes } from '../commands.js';
import { loadOrder, takingPart } from './order.js';
import type { FullLedger } from './store.js';
import { alone, readFull, saveFull } from './store.js';

/** What a full synchronization is made of. */
export interface FullSync {
  runner: MappingRunner;
  ledger: FullLedger;
  clock: Clock;
  random: Random;
  /** Mappings that are switched on. */
  mappings: readonly string[];
}

export interface FullRequest {
  signal: AbortSignal;
  /** Only these, of the mappings that are switched on. @default all */
  only?: readonly string[];
  /** Mappings worked on at the same time. */
  width?: number;
  /** Shown the review before anything is done; `false` ends it there. */
  confirm?: (steps: readonly FullStep[]) => Promise<boolean>;
  onChange?: (run: FullRun) => void;
}

/**
 * What a full synchronization would do; nothing is stored.
 * @throws CosellError `MAPPING_NOT_ENABLED`, `NO_MAPPINGS`, and whatever ends a count
 */
export async function reviewFull(
  full: FullSync,
  { only, signal }: Pick<FullRequest, 'only' | 'signal'>
): Promise<FullStep[]> {
  const order = await loadOrder();
  const unknown = only?.filter((name) => !full.mappings.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new CosellError('MAPPING_NOT_ENABLED', `These mappings are not switched on: ${unknown.join(', ')}.`, [
      `Choose from: ${full.mappings.join(', ')}.`,
      'Or switch them on in the settings, under businessCentral.mappings.'
    ]);
  }
  const mappings = takingPart(order, only ?? full.mappings);
  if (mappings.length === 0) {
    throw new CosellError('NO_MAPPINGS', 'No mapping takes part in a full synchronization.', [
      'Switch mappings on in the settings, under businessCentral.mappings.'
    ]);
  }
  const counts = await Promise.all(
    mappings.map(async ({ name }) => [name, await full.runner.count(name, signal)] as const)
  );
  return review(mappings, new Map(counts));
}

const play = (full: FullSync, run: FullRun, { signal, width, onChange }: FullRequest): Promise<FullRun> =>
  runFull(run, {
    runner: full.runner,
    clock: full.clock,
    signal,
    save: (current) => saveFull(full.ledger, current),
    ...(width === undefined ? {} : { width }),
    ...(onChange ? { onChange } : {})
  });

/** Whoever loses the right to run stops as if asked to. */
async function undisturbed<T>(
  { ledger, clock, random }: FullSync,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  const taken = new AbortController();
  const either = AbortSignal.any([signal, taken.signal]);
  return alone(
    { ledger, clock, owner: random.uuid() },
    (reason) => taken.abort(reason),
    () => work(either)
  );
}

/**
 * Reviews, asks, and goes through the mappings.
 * @returns `undefined` when the review was not confirmed
 * @throws CosellError `FULL_SYNC_RUNNING`, and as `reviewFull`
 */
export async function beginFull(full: FullSync, request: FullRequest): Promise<FullRun | undefined> {
  const steps = await reviewFull(full, request);
  if (request.confirm && !(await request.confirm(steps))) return undefined;
  const run = newRun(full.random.uuid(), new Date(full.clock.now()).toISOString(), steps);
  return undisturbed(full, request.signal, (signal) => play(full, run, { ...request, signal }));
}

/**
 * Goes on with a run that was stopped or killed, or that left mappings undone.
 * @throws CosellError `FULL_SYNC_UNKNOWN`, `FULL_SYNC_RUNNING`, `FULL_SYNC_COMPLETE`
 */
export async function resumeFull(full: FullSync, id: string | undefined, request: FullRequest): Promise<FullRun> {
  return undisturbed(full, request.signal, async (signal) => {
    const run = await readFull(full.ledger, id);
    const resumed = resumedRun(run);
    if (!resumed.steps.some(({ state }) => state === 'waiting')) {
      throw new CosellError('FULL_SYNC_COMPLETE', `Every mapping of the full synchronization ${run.id} is done.`, [
        'Begin another one: sf cosell sync full'
      ]);
    }
    return play(full, resumed, { ...request, signal });
  });
}

const EXIT_CODE: Readonly<Record<FullRun['outcome'], number>> = {
  success: exitCodes.success,
  partial: exitCodes.partial,
  failed: exitCodes.failed,
  unfinished: exitCodes.running,
  running: exitCodes.running
};

export const fullExitCode = ({ outcome }: Pick<FullRun, 'outcome'>): number => EXIT_CODE[outcome];
