/** Calls by method and path pattern since the last reset, for tests that promise a number of calls. */
export class CallCounters {
  private readonly counts = new Map<string, number>();

  public add(method: string, path: string): void {
    const key = `${method} ${pathPattern(path)}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  public snapshot(): { total: number; calls: Record<string, number> } {
    const calls = Object.fromEntries([...this.counts].sort(([a], [b]) => a.localeCompare(b)));
    return { total: Object.values(calls).reduce((sum, count) => sum + count, 0), calls };
  }

  public reset(): void {
    this.counts.clear();
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
