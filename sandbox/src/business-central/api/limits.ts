import { setTimeout as delay } from 'node:timers/promises';
import { ApiFault } from '../core/errors.js';
import type { World } from '../core/world.js';

interface UserState {
  /** Times of the calls in the window, milliseconds. */
  times: number[];
  running: number;
  waiting: (() => void)[];
}

/** Limits per application (operational limits for OData): calls in a sliding window, calls at the same time, calls in line. */
export class Limits {
  private users = new Map<string, UserState>();

  public constructor(private readonly world: World) {}

  /** Runs `work` when it is the caller's turn. Throws 429 beyond the limits, 503 after too long a wait. */
  public async during<T>(user: string, work: () => Promise<T>): Promise<T> {
    const state = this.of(user);
    this.countCall(state);
    await this.turn(state);
    try {
      const { processingMilliseconds } = this.world.settings();
      if (processingMilliseconds > 0) await delay(processingMilliseconds);
      return await work();
    } finally {
      // The turn passes on: who waits longest goes on running in place of this call.
      const next = state.waiting.shift();
      if (next) next();
      else state.running -= 1;
    }
  }

  public reset(): void {
    this.users = new Map();
  }

  /** A call that is refused counts as well, so trying again at once keeps the window full. */
  private countCall(state: UserState): void {
    const { rate } = this.world.settings();
    const now = this.world.clock.now();
    const window = rate.windowSeconds * 1000;
    state.times = state.times.filter((time) => time > now - window && time <= now);
    state.times.push(now);
    if (state.times.length > rate.calls) {
      throw this.tooMany(
        `The request was rejected. Your request count of ${state.times.length} exceeded the maximum of ${rate.calls} in ${rate.windowSeconds} seconds.`
      );
    }
  }

  private async turn(state: UserState): Promise<void> {
    const { running, queued, queueSeconds } = this.world.settings();
    if (state.running < running) {
      state.running += 1;
      return;
    }
    if (state.waiting.length >= queued) {
      throw this.tooMany(
        `Too many requests reached. Actual (${state.running + state.waiting.length + 1}). Maximum (${running + queued}).`
      );
    }
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        state.waiting = state.waiting.filter((waiting) => waiting !== go);
        reject(
          new ApiFault(503, 'Internal_ServerError', 'The request waited too long in the queue.', {
            'retry-after': '30'
          })
        );
      }, queueSeconds * 1000);
      late.unref();
      const go = (): void => {
        clearTimeout(late);
        resolve();
      };
      state.waiting.push(go);
    });
  }

  private tooMany(message: string): ApiFault {
    const { retryAfterSeconds } = this.world.settings();
    const headers: Record<string, string> = retryAfterSeconds > 0 ? { 'retry-after': String(retryAfterSeconds) } : {};
    return new ApiFault(429, 'Application_TooManyRequests', message, headers);
  }

  private of(user: string): UserState {
    let state = this.users.get(user);
    if (!state) this.users.set(user, (state = { times: [], running: 0, waiting: [] }));
    return state;
  }
}
