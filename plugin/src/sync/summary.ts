import type { RecordIssue } from '../mapping/types.js';

export interface RunCounts {
  /** Records looked at, and those among them that needed nothing. */
  considered: number;
  unchanged: number;
  created: number;
  /** Records of the right side for which a left one was created, and requests that were answered for the people on the left. */
  takenIn: number;
  accepted: number;
  declined: number;
  /** Existing counterparts found again instead of being created twice. */
  linked: number;
  updatedRight: number;
  updatedLeft: number;
  /** Records whose people were told something new. */
  told: number;
  attention: number;
  conflicts: number;
  closed: number;
  paused: number;
  /** Left for a later run after a temporary failure or too many changes under our hands. */
  deferred: number;
  /** Dropped because another worker had taken them over. */
  takenOver: number;
  rejected: number;
  failed: number;
  skipped: number;
}

export interface SkippedRecord {
  side: 'left' | 'right';
  key: string;
  code: string;
  message: string;
}

export interface ReportedIssue extends RecordIssue {
  /** Key of the left record. */
  key: string;
}

/** `unfinished`: asked to end before everything was worked off. */
export type RunOutcome = 'success' | 'partial' | 'stopped' | 'unfinished';

/** What one pass of the engine did. Holds keys, codes and the sentences people are shown, no field values. */
export interface RunSummary {
  runId: string;
  mapping: string;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  outcome: RunOutcome;
  counts: RunCounts;
  /** HTTP calls per connected system. */
  calls: Record<string, number>;
  /** The most calls under way at the same time, per connected system. */
  inFlight?: Record<string, number>;
  /** `false` when another process looks for changes and this run only shared the work. */
  looked?: false;
  /** Records that wait in the queue, of a run that was asked to end before everything was worked off. */
  left?: number;
  /** The first 100 of each; the counts are complete. */
  skipped: SkippedRecord[];
  issues: ReportedIssue[];
  /** Why the run ended early. `retryAfterMs` is what the system asked for. */
  stopped?: { system: string; code: string; message: string; nextSteps: string[]; retryAfterMs?: number };
}

const LISTED = 100;

/** Counts as the run goes on. */
export class Tally {
  public readonly counts: RunCounts = {
    considered: 0,
    unchanged: 0,
    created: 0,
    takenIn: 0,
    accepted: 0,
    declined: 0,
    linked: 0,
    updatedRight: 0,
    updatedLeft: 0,
    told: 0,
    attention: 0,
    conflicts: 0,
    closed: 0,
    paused: 0,
    deferred: 0,
    takenOver: 0,
    rejected: 0,
    failed: 0,
    skipped: 0
  };
  public readonly skipped: SkippedRecord[] = [];
  public readonly issues: ReportedIssue[] = [];
  public done = 0;
  /** Temporary failures since the last record that went through; a call that many records shared fails once. */
  public failuresInARow = 0;
  private readonly counted = new WeakSet();

  /** @param listed records kept in each list; the counts are complete */
  public constructor(private readonly listed = LISTED) {}

  public add(name: keyof RunCounts, amount = 1): void {
    this.counts[name] += amount;
  }

  /** @param cause the failure, or what failures of several records have in common */
  public failedOnce(cause: object): void {
    if (this.counted.has(cause)) return;
    this.counted.add(cause);
    this.failuresInARow += 1;
  }

  public skip(record: SkippedRecord): void {
    this.add('skipped');
    if (this.skipped.length < this.listed) this.skipped.push(record);
  }

  public report(key: string, issues: readonly RecordIssue[]): void {
    for (const issue of issues) {
      if (this.issues.length < this.listed) this.issues.push({ key, ...issue });
    }
  }

  public outcome(stopped: boolean): Exclude<RunOutcome, 'unfinished'> {
    const { attention, conflicts, deferred, rejected, failed } = this.counts;
    if (stopped) return 'stopped';
    return attention + conflicts + deferred + rejected + failed > 0 ? 'partial' : 'success';
  }
}

/** Whether a run did anything that an operator wants a line about. */
export function didSomething({ counts, stopped }: RunSummary): boolean {
  const { considered, unchanged, skipped, ...work } = counts;
  return (
    stopped !== undefined || considered - unchanged - skipped > 0 || Object.values(work).some((count) => count > 0)
  );
}
