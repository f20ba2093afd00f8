/** Calls by method and path pattern, for statements like "one toggle costs four calls". */
export class CallCounters {
  private counts = new Map<string, { calls: number; statuses: Record<string, number> }>();
  private inFlight = 0;
  private most = 0;

  /** Calls that were being answered at the same time, at most, since the last reset. */
  public get mostInFlight(): number {
    return this.most;
  }

  /** Counts a call as in flight while `work` lasts. */
  public async during<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    this.most = Math.max(this.most, this.inFlight);
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
    }
  }

  public record(method: string, path: string, status: number | 'cut'): void {
    const name = `${method} ${path}`;
    const entry = this.counts.get(name) ?? { calls: 0, statuses: {} };
    entry.calls += 1;
    entry.statuses[status] = (entry.statuses[status] ?? 0) + 1;
    this.counts.set(name, entry);
  }

  public snapshot(): { total: number; calls: Record<string, { calls: number; statuses: Record<string, number> }> } {
    const calls = Object.fromEntries([...this.counts].map(([name, entry]) => [name, structuredClone(entry)]));
    return { total: Object.values(calls).reduce((sum, entry) => sum + entry.calls, 0), calls };
  }

  public reset(): void {
    this.counts = new Map();
    this.most = this.inFlight;
  }
}
