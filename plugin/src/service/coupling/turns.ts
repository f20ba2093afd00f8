import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { Random } from '../../ports/random.js';
import type { RunSummary } from '../../sync/index.js';
import { didSomething } from '../../sync/index.js';
import type { EventLog } from '../log.js';
import { errorFields } from '../log.js';
import { logRun, pauseAfter } from '../loop.js';

/** A mapping that the service keeps in step. */
export interface KeptMapping {
  name: string;
  intervalMs: number;
  /** One pass. */
  run(signal: AbortSignal): Promise<RunSummary>;
}

/** How a mapping fares, for the health endpoint. */
export interface MappingState {
  mapping: string;
  runs: number;
  /** Passes in a row that ended early. */
  failures: number;
  /** When the next pass is due, ISO 8601 UTC. */
  nextAt: string;
  lastError: string | null;
  lastRun: Pick<RunSummary, 'runId' | 'startedAt' | 'outcome'> | null;
}

export interface TurnsOptions {
  /** Parents first: where several are due at once, they are taken in this order. */
  mappings: readonly KeptMapping[];
  clock: Clock;
  random: Random;
  signal: AbortSignal;
  log: EventLog;
  /** Called after each pass in which something was done or went wrong. */
  onRun?: (summary: RunSummary) => void;
}

class Turn {
  public state: MappingState;
  public dueAt: number;

  public constructor(
    private readonly mapping: KeptMapping,
    private readonly options: TurnsOptions
  ) {
    this.dueAt = options.clock.now();
    const nextAt = new Date(this.dueAt).toISOString();
    this.state = { mapping: mapping.name, runs: 0, failures: 0, nextAt, lastError: null, lastRun: null };
  }

  public async take(): Promise<void> {
    const { clock, random, signal } = this.options;
    const startedAt = clock.now();
    const summary = await this.pass();
    if (signal.aborted) return;
    const { intervalMs } = this.mapping;
    const pauseMs = pauseAfter(summary, this.state.failures, { intervalMs, random });
    // From one beginning to the next, so that a long pass does not make the next one late.
    this.dueAt = this.state.failures > 0 ? clock.now() + pauseMs : Math.max(startedAt + pauseMs, clock.now());
    this.state = { ...this.state, nextAt: new Date(this.dueAt).toISOString() };
  }

  private async pass(): Promise<RunSummary | undefined> {
    const { log, signal, onRun } = this.options;
    const { runs, failures } = this.state;
    try {
      const summary = await this.mapping.run(signal);
      const { runId, startedAt, outcome, stopped } = summary;
      const now = { runs: runs + 1, failures: stopped ? failures + 1 : 0, lastError: stopped?.code ?? null };
      this.state = { ...this.state, ...now, lastRun: { runId, startedAt, outcome } };
      logRun({ log }, summary);
      if (didSomething(summary)) onRun?.(summary);
      return summary;
    } catch (error) {
      const code = error instanceof CosellError ? error.code : 'INTERNAL';
      this.state = { ...this.state, runs: runs + 1, failures: failures + 1, lastError: code };
      log.write('error', 'run failed', { mapping: this.mapping.name, ...errorFields(error) });
      return undefined;
    }
  }
}

/** The mappings in turn, each at its interval, one at a time; one that fails waits longer and longer and holds up no other. */
export class Turns {
  private readonly turns: readonly Turn[];

  public constructor(private readonly options: TurnsOptions) {
    this.turns = options.mappings.map((mapping) => new Turn(mapping, options));
  }

  public states(): MappingState[] {
    return this.turns.map(({ state }) => state);
  }

  /** Until `signal` is aborted; the records in hand are finished first. */
  public async run(): Promise<void> {
    const { signal, clock } = this.options;
    while (!signal.aborted && this.turns.length > 0) {
      for (const turn of this.turns) {
        if (signal.aborted) return;
        if (turn.dueAt <= clock.now()) await turn.take();
      }
      const pauseMs = Math.min(...this.turns.map(({ dueAt }) => dueAt)) - clock.now();
      if (pauseMs <= 0) continue;
      await clock.sleep(pauseMs, signal).catch((reason: unknown) => {
        if (!signal.aborted) throw reason;
      });
    }
  }
}
