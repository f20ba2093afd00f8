/**
 * Runs `work` over the items, at most `width` at a time. After a failure, or once `signal` is aborted, no further item is
 * started; those in hand finish first. Returns how many were started. Rejects with the first failure.
 */
export async function eachBounded<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal
): Promise<number> {
  let started = 0;
  let failure: { reason: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (started < items.length && failure === undefined && signal?.aborted !== true) {
      const item = items[started] as T;
      started += 1;
      try {
        await work(item);
      } catch (reason) {
        failure ??= { reason };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failure) throw failure.reason;
  return started;
}

/** A number of places; who finds none free waits in line. Shared by all workers of a process. */
export class Slots {
  private readonly line: (() => void)[] = [];
  private free: number;

  public constructor(private readonly width: number) {
    this.free = width;
  }

  public async use<T>(work: () => Promise<T>): Promise<T> {
    await this.take();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Waits until every place is free and keeps them all while `work` lasts. */
  public async alone<T>(work: () => Promise<T>): Promise<T> {
    for (let place = 0; place < this.width; place += 1) await this.take();
    try {
      return await work();
    } finally {
      for (let place = 0; place < this.width; place += 1) this.leave();
    }
  }

  private async take(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.line.push(resolve));
  }

  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.free += 1;
  }
}
