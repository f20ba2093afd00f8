/** Calls by method and path pattern since the last reset, for tests that promise a number of calls. */
export class CallCounters {
  private readonly counts = new Map<string, number>();
  private inFlight = 0;
  private most = 0;

  public add(method: string, path: string): void {
    const key = `${method} ${pathPattern(path)}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** A request has arrived; pair with `ended`. */
  public began(): void {
    this.inFlight += 1;
    this.most = Math.max(this.most, this.inFlight);
  }

  public ended(): void {
    this.inFlight -= 1;
  }

  /** `mostInFlight`: requests that were being answered at the same time. */
  public snapshot(): { total: number; mostInFlight: number; calls: Record<string, number> } {
    const calls = Object.fromEntries([...this.counts].sort(([a], [b]) => a.localeCompare(b)));
    return { total: Object.values(calls).reduce((sum, count) => sum + count, 0), mostInFlight: this.most, calls };
  }

  public reset(): void {
    this.counts.clear();
    this.most = this.inFlight;
  }
}

/** `/services/data/v66.0/sobjects/Account/001…` → `/services/data/vXX.X/sobjects/Account/{id}`. */
function pathPattern(path: string): string {
  return path
    .replace(/\/v\d+\.\d+/, '/vXX.X')
    .replace(/\/[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?(?:-\d+)?(?=\/|$)/g, (segment) =>
      /\d/.test(segment) ? '/{id}' : segment
    );
}
