/** Joins what several writers tell into one stream, in the order of telling. */
export class SignalQueue<T> {
  private readonly items: T[] = [];
  private wake: (() => void) | undefined;

  public readonly push = (item: T): void => {
    this.items.push(item);
    this.wake?.();
  };

  /** Items until `signal` is aborted. */
  public async *until(signal: AbortSignal): AsyncGenerator<T> {
    const onAbort = (): void => this.wake?.();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const item = this.items.shift();
        if (item !== undefined) yield item;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
