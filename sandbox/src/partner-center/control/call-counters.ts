/** Calls by method and path pattern, for statements like "one toggle costs four calls". */
export class CallCounters {
  private counts = new Map<string, { calls: number; statuses: Record<string, number> }>();

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
  }
}
