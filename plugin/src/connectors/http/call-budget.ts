import type { Clock } from '../../ports/clock.js';
import { ConnectorError } from '../../ports/errors.js';
import type { Admission } from './budgeted-http.js';
import type { CallLog } from './call-log.js';
import { SharedCalls } from './shared-calls.js';

/** Calls of 24 hours to a system that does not say itself how many it allows. */
export interface CallBudgetOptions {
  /** All that may be made, by all processes together. */
  daily: number;
  /** The last part of them, for what people wait for. @default 0.1 */
  reserve?: number;
}

/** Where such a budget stands, for people and probes. */
export interface CallBudgetState {
  /** Calls of the last 24 hours, as far as the processes have told each other, and how many there may be. */
  ownCalls: number;
  daily: number;
  state: 'open' | 'pollingPaused' | 'reserve' | 'exhausted';
  /** When calls expire that stand in the way, ISO 8601 UTC; `null` while nothing is held back. */
  resumesAt: string | null;
}

export interface CallBudgetInput extends CallBudgetOptions {
  system: string;
  /** Name for people, and the setting that raises the number. */
  label: string;
  setting: string;
  clock: Clock;
  log?: CallLog;
}

/** Polling finds work and can wait; the same mark as for the org's allowance. */
const SOFT_MARK = 0.8;

/** Keeps calls to one system below a number for 24 hours, together with the other processes that share the log. */
export class CallBudget implements Admission {
  private readonly calls: SharedCalls;
  private readonly marks: Record<Exclude<CallBudgetState['state'], 'open'>, number>;

  public constructor(private readonly input: CallBudgetInput) {
    const { clock, log, system, daily, reserve = 0.1 } = input;
    this.calls = new SharedCalls(clock, log && { log, system });
    const before = (part: number): number => Math.max(1, Math.floor(daily * part));
    const kept = before(1 - reserve);
    this.marks = { exhausted: daily, reserve: kept, pollingPaused: Math.min(kept, before(SOFT_MARK)) };
  }

  public async enter(): Promise<void> {
    const room = (): number => this.input.daily - this.calls.count();
    await this.calls.take(room, () => {
      if (room() <= 0) throw this.refusal();
    });
  }

  public ended(): void {
    // The answers of such a system say nothing about an allowance.
  }

  /**
   * Whether looking for changes may go on; above the soft mark it waits, and the calls left go into writes.
   * @param first the first walk: nothing may be created before it has shown what is there already (promise G1)
   * @throws ConnectorError `API_BUDGET_EXHAUSTED` when a first walk cannot go on
   */
  public mayPoll(first: boolean): boolean {
    const { state, resumesAt } = this.state();
    if (state === 'open') return true;
    if (first) throw this.refusal(resumesAt);
    return false;
  }

  /** See `SharedCalls.exchange`. */
  public exchange(): Promise<void> {
    return this.calls.exchange();
  }

  public state(): CallBudgetState {
    const { daily, clock } = this.input;
    const ownCalls = this.calls.count();
    const state = (['exhausted', 'reserve', 'pollingPaused'] as const).find((name) => ownCalls >= this.marks[name]);
    const wait = state === undefined ? undefined : this.calls.waitMs(this.marks[state]);
    const resumesAt = wait === undefined ? null : new Date(clock.now() + wait).toISOString();
    return { ownCalls, daily, state: state ?? 'open', resumesAt };
  }

  /** The error that says that nothing more may be called. */
  public refusal(resumesAt = this.state().resumesAt): ConnectorError {
    const { system, label, setting, daily, clock } = this.input;
    const ownCalls = this.calls.count();
    const at = resumesAt ?? new Date(clock.now()).toISOString();
    const retryAfterMs = Date.parse(at) - clock.now();
    return new ConnectorError(
      system,
      'connection',
      'API_BUDGET_EXHAUSTED',
      `The calls that may be made to ${label} in 24 hours are used up as far as they may be (${ownCalls} of ${daily}); calls may resume about ${at}.`,
      {
        retryAfterMs,
        nextSteps: [
          'Wait: the synchronization goes on by itself when calls of the last 24 hours expire.',
          `Raise ${setting} in the settings, or look less often with a longer pollInterval.`
        ]
      }
    );
  }
}
