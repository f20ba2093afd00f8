import { CosellError } from '../../ports/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { MappingRunner } from './port.js';
import type { FullRun, StepError, StepState, StepStatus } from './state.js';
import { isSettled, outcomeOf } from './state.js';
import { workOnStep } from './step.js';

export interface FullPorts {
  runner: MappingRunner;
  clock: Clock;
  /** Aborting ends the run in good order: records in hand are finished, and the rest can be resumed. */
  signal: AbortSignal;
  /** Mappings worked on at the same time. @default 3: Business Central runs five requests of a user at once */
  width?: number;
  /** Stores the run; called one at a time, after each change of a state and now and then in between. */
  save: (run: FullRun) => Promise<void>;
  /** For people who watch. */
  onChange?: (run: FullRun) => void;
}

/** How often counts are stored while a mapping is under way, for those who watch from elsewhere. */
const SAVE_EVERY_MS = 5_000;

const errorOf = (error: unknown): StepError =>
  error instanceof CosellError
    ? { code: error.code, message: error.message, nextSteps: error.nextSteps }
    : { code: 'UNEXPECTED', message: String((error as Error | undefined)?.message ?? error), nextSteps: [] };

/** Why a mapping cannot begin: the mapping it waits for that failed first. */
function blockedBy(parent: StepStatus): StepError {
  const { label, error } = parent;
  const cause = parent.state === 'failed' && error ? ` (${error.message})` : '';
  return {
    code: 'PARENT_FAILED',
    message: `It waits for "${label}", which could not be done${cause}`,
    nextSteps: ['Settle that first, then run: sf cosell sync full --resume']
  };
}

/** The run with one step changed. */
const withStep = (run: FullRun, mapping: string, change: Partial<StepStatus>): FullRun => ({
  ...run,
  steps: run.steps.map((step) => (step.mapping === mapping ? { ...step, ...change } : step))
});

class Orchestra {
  private saving: Promise<void> = Promise.resolve();
  private savedAt = 0;
  private failure: { reason: unknown } | undefined;

  public constructor(
    private run: FullRun,
    private readonly ports: FullPorts
  ) {}

  public async play(): Promise<FullRun> {
    const { width = 3, signal } = this.ports;
    const busy = new Map<string, Promise<void>>();
    await this.changed();
    for (;;) {
      this.block();
      const free = signal.aborted || this.failure ? 0 : width - busy.size;
      for (const step of this.ready().slice(0, Math.max(0, free))) {
        this.set(step.mapping, { state: 'running', startedAt: this.now() });
        busy.set(
          step.mapping,
          this.work(step).finally(() => busy.delete(step.mapping))
        );
      }
      if (busy.size === 0) break;
      await Promise.race(busy.values());
    }
    this.run = { ...this.run, outcome: outcomeOf(this.run.steps), finishedAt: this.now() };
    await this.changed();
    if (this.failure) throw this.failure.reason;
    return this.run;
  }

  private now(): string {
    return new Date(this.ports.clock.now()).toISOString();
  }

  private of(mapping: string): StepStatus | undefined {
    return this.run.steps.find((step) => step.mapping === mapping);
  }

  private parents({ after }: StepStatus): StepStatus[] {
    return after.flatMap((parent) => this.of(parent) ?? []);
  }

  private ready(): StepStatus[] {
    return this.run.steps.filter((step) => step.state === 'waiting' && this.parents(step).every(isSettled));
  }

  /** What waits for a mapping that failed will not begin; grandchildren follow, because steps are in order. */
  private block(): void {
    for (const { mapping } of this.run.steps) {
      const step = this.of(mapping);
      if (step?.state !== 'waiting') continue;
      const parent = this.parents(step).find(({ state }) => state === 'failed' || state === 'blocked');
      if (parent) this.set(mapping, { state: 'blocked', error: blockedBy(parent) });
    }
  }

  private async work(step: StepStatus): Promise<void> {
    const { runner, signal } = this.ports;
    const finish = (state: StepState, rest: Partial<StepStatus> = {}): void =>
      this.set(step.mapping, { ...rest, state, finishedAt: this.now() });
    try {
      const { state, ...rest } = await workOnStep(runner, step, {
        signal,
        onProgress: (progress) => this.set(step.mapping, { progress }, SAVE_EVERY_MS),
        onMatched: (matched) => this.set(step.mapping, { matched })
      });
      finish(state, rest);
    } catch (error) {
      finish(signal.aborted ? 'unfinished' : 'failed', { error: errorOf(error) });
    }
  }

  private set(mapping: string, change: Partial<StepStatus>, every = 0): void {
    this.run = withStep(this.run, mapping, change);
    void this.changed(every);
  }

  /** Shows and stores the run; the newest state is stored last. What cannot be stored ends the run. */
  private changed(every = 0): Promise<void> {
    this.ports.onChange?.(this.run);
    const now = this.ports.clock.now();
    if (now - this.savedAt < every) return this.saving;
    this.savedAt = now;
    this.saving = this.saving
      .then(() => this.ports.save(this.run))
      .catch((reason: unknown) => {
        this.failure ??= { reason };
      });
    return this.saving;
  }
}

/**
 * Goes through a full synchronization: a mapping begins as soon as those it waits for are done. One that fails keeps only the
 * mappings that wait for it from beginning. Level-triggered like the engine below it: after a crash the same run goes on with
 * `resumedRun`, and nothing is created twice (promises G1, G5).
 * @throws what `save` throws, once the mappings under way have ended
 */
export const runFull = (run: FullRun, ports: FullPorts): Promise<FullRun> => new Orchestra(run, ports).play();
