import { CosellError } from '../ports/errors.js';
import type { WorkQueue } from '../queue/port.js';
import type { ActiveRun, RunContext, RunOptions, RunProgress } from './context.js';
import { DEFAULT_OPTIONS, isoNow } from './context.js';
import { Hands } from './hands.js';
import { Turns } from './missing.js';
import { Slots } from './pool.js';
import { ReadCache } from './reads.js';
import { guarded } from './stop.js';
import { Tally } from './summary.js';

/** What the feeder and the workers of one run share. */
export interface Shift {
  run: ActiveRun;
  queue: WorkQueue;
  /** The process, for leases and claims. */
  owner: string;
  hands: Hands;
  reads: ReadCache;
  slots: Slots;
  /** Records that this run worked on and that still wait for something. */
  putOff: Set<string>;
  /** Why no further record may be taken in hand. */
  failure?: { reason: unknown };
  /** Whether the ledger knows of the run, and when it last got a sign of its life; milliseconds since the epoch. */
  recorded: boolean;
  aliveAt: number;
  /** Another process looks for changes; this run only shares the work. */
  lookedElsewhere: boolean;
  /** Whether this run holds the right to look. */
  feeding: boolean;
  /** Whether the run was asked to stop before it had gone through the feeds. */
  cutShort: boolean;
  /** Whether a record that workers were lost with is worked on, with nothing beside it. */
  alone: boolean;
  halted(): boolean;
}

/** Time a write may take beyond the time-out of its call: the way of the answer to us. */
const MARGIN_MS = 1_000;

/** A write that may outlive its hold could land in somebody else's work; with such options no write would ever go out. */
function checkLease({ leaseMs, requestTimeoutMs }: RunOptions): void {
  if (requestTimeoutMs + MARGIN_MS < leaseMs) return;
  throw new CosellError(
    'LEASE_TOO_SHORT',
    `A lease of ${leaseMs} ms is too short for calls that may take ${requestTimeoutMs} ms.`,
    ['Set "lease" in the settings to at least three times "requestTimeout".']
  );
}

/**
 * A context in use, with everything that is made anew for each run.
 * @throws CosellError `LEASE_TOO_SHORT`
 */
export function startShift(context: RunContext): Shift {
  const options = { ...DEFAULT_OPTIONS, ...context.options };
  const { clock, mapping } = context;
  checkLease(options);
  const queue = guarded(context.queue);
  const id = context.random.uuid();
  const owner = context.owner ?? id;
  const writeMs = options.requestTimeoutMs + MARGIN_MS;
  // Each run claims in a name of its own, so that two runs of one process never take each other's records for their own.
  const hands = new Hands({ queue, clock, mapping: mapping.name, owner: id, leaseMs: options.leaseMs, writeMs });
  const run: ActiveRun = {
    ...context,
    ledger: guarded(context.ledger),
    queue,
    options,
    id,
    tally: new Tally(),
    turns: new Turns(),
    adopted: new Map(),
    started: { at: isoNow(clock), calls: { left: context.left.calls(), right: context.right.calls() } },
    beforeWrite: ({ leftKey }) => hands.ensure(leftKey)
  };
  const shift: Shift = {
    run,
    queue,
    owner,
    hands,
    reads: new ReadCache(),
    slots: new Slots(options.concurrency),
    putOff: new Set(),
    recorded: false,
    aliveAt: 0,
    feeding: false,
    lookedElsewhere: false,
    cutShort: false,
    alone: false,
    halted: () => shift.failure !== undefined || context.signal?.aborted === true
  };
  return shift;
}

export function progress({ onProgress, tally }: ActiveRun, stage: RunProgress['stage']): void {
  onProgress?.({ stage, considered: tally.counts.considered, done: tally.done });
}
