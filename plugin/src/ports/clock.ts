/**
 * Time as a dependency. The engine and the connectors never call `Date.now` or `setTimeout` themselves,
 * so that a test, the simulator or a stand-in can own the clock.
 */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Resolves after `milliseconds`, or rejects with the signal's reason when aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Sleeping takes no time here, so that nothing can be done beside other work in the meantime. @default false */
  readonly instant?: boolean;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', onAbort, { once: true });
    })
};

/** In-memory twin: time stands still until `advance` is called; `sleep` advances it at once. */
export class ManualClock implements Clock {
  public readonly instant = true;

  public constructor(private time = Date.UTC(2026, 0, 5, 9)) {}

  public now(): number {
    return this.time;
  }

  public advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  public async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.time += milliseconds;
    await Promise.resolve();
  }
}
