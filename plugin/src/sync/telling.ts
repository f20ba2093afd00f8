import type { Dispute, LedgerChange, OpenIssue, Telling } from '../ledger/port.js';
import { contentHash } from '../mapping/compare.js';
import type { RecordIssue } from '../mapping/types.js';
import { CosellError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import { endsRun, isTakenOver, RunStopped } from './stop.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { issueRows, settledRows } from './issue-rows.js';
import type { FieldConflict } from './merge.js';
import type { PairWork } from './pair.js';
import { watched } from './pair.js';
import type { AuditEntry, RecordReport, RemoteRecord, RunRow, SyncState } from './ports.js';

/** What people are to be told about a record. */
export interface Verdict {
  state: SyncState;
  issues: readonly RecordIssue[];
  /** Undecided conflicts, whose values belong to the message; absent when the verdict says nothing about conflicts. */
  conflicts?: readonly FieldConflict[];
  syncedAt?: string;
}

/** Reports waiting for delivery in this run. */
export class Outbox {
  private readonly waiting = new Map<string, { report: RecordReport; toldHash: string; fence?: number }>();

  private stoppedCode: string | undefined;
  private readonly started: { at: string; calls: { left: number; right: number } };

  public constructor(private readonly run: ActiveRun) {
    this.started = run.started ?? {
      at: isoNow(run.clock),
      calls: { left: run.left.calls(), right: run.right.calls() }
    };
  }

  public get size(): number {
    return this.waiting.size;
  }

  /** @param fence of the claim under which the record was worked on */
  public add(report: RecordReport, toldHash: string, fence?: number): void {
    this.waiting.set(report.key, { report, toldHash, ...(fence === undefined ? {} : { fence }) });
  }

  /**
   * Delivers everything in one go; what fails stays in the ledger and is delivered by a later run.
   * @param endedBy what ends the run early, for the list of runs
   */
  public async flush(endedBy?: unknown): Promise<void> {
    const cause = endedBy instanceof RunStopped ? endedBy.cause : endedBy;
    if (cause instanceof CosellError) this.stoppedCode = cause.code;
    const batch = [...this.waiting.values()];
    this.waiting.clear();
    if (batch.length === 0) return;
    const { left, tally } = this.run;
    const results = await this.deliver(batch.map(({ report }) => report));
    const failed = new Map(results.flatMap(({ key, error }) => (error ? [[key, error]] : [])));
    const delivered = batch.filter(({ report }) => !failed.has(report.key));
    await this.markTold(
      delivered.map(({ report, toldHash, fence }) => ({
        leftKey: report.key,
        telling: { toldHash },
        ...(fence === undefined ? {} : { fence })
      }))
    );
    tally.add('told', delivered.length);
    tally.add('failed', failed.size);
    for (const [key, { code, message }] of failed) {
      const nextStep = `Check what the sync user may edit in ${left.label}.`;
      tally.report(key, [
        { code: 'NOT_TOLD', message: `${left.label} did not take the report (${code}): ${message}`, nextStep }
      ]);
    }
  }

  /** A record that somebody else took over meanwhile keeps what was stored there: it may have more to tell. */
  private async markTold(changes: readonly LedgerChange[]): Promise<void> {
    const { ledger, mapping } = this.run;
    try {
      await ledger.commit(mapping.name, changes);
    } catch (error) {
      if (!isTakenOver(error)) throw error;
      if (changes.length > 1) for (const change of changes) await this.markTold([change]);
    }
  }

  /** The run as it stands, for the list of runs: it rides along, so that a run in the list costs no call. */
  private row(): RunRow {
    const { id, mapping, tally, left, right, clock } = this.run;
    const { at, calls } = this.started;
    return {
      id,
      mapping: mapping.name,
      startedAt: at,
      toldAt: isoNow(clock),
      outcome: tally.outcome(this.stoppedCode !== undefined),
      ...(this.stoppedCode === undefined ? {} : { stoppedCode: this.stoppedCode }),
      counts: { ...tally.counts },
      calls: { [left.system]: left.calls() - calls.left + 1, [right.system]: right.calls() - calls.right }
    };
  }

  private async deliver(
    reports: readonly RecordReport[]
  ): Promise<readonly { key: string; error?: { code: string; message: string } }[]> {
    try {
      return await this.run.left.tell(reports, this.row());
    } catch (error) {
      if (endsRun(error)) throw error;
      const { code = 'INTERNAL', message } = error as Error & { code?: string };
      return reports.map(({ key }) => ({ key, error: { code, message } }));
    }
  }
}

/** Hash of what the record shows once the verdict is told; the same hash is not told again. */
function hashOf(run: ActiveRun, verdict: Verdict, right: RemoteRecord | undefined, parked: boolean): string {
  const { state, issues, conflicts = [] } = verdict;
  return contentHash({
    state,
    issues: issues.map((issue): JsonValue => ({ ...issue })),
    conflicts: conflicts.map(({ field, left, right: theirs }): JsonValue => [field, left, theirs]),
    ...(parked ? { parked } : {}),
    right: right ? [right.key, run.right.linkTo(right), watched(run.mapping, right)] : null
  });
}

/** Whether a verdict is news to the people who look at the record. */
export function isNews(run: ActiveRun, work: PairWork, verdict: Verdict): boolean {
  return work.entry.telling?.toldHash !== hashOf(run, verdict, work.right, false);
}

/**
 * What to store and to deliver for a verdict; `undefined` when the record shows it already. Entries of an earlier report
 * that was never delivered are delivered with this one.
 */
export function prepareTelling(
  run: ActiveRun,
  work: PairWork,
  verdict: Verdict,
  known: { dispute?: Dispute | undefined; issue?: OpenIssue | undefined } = {}
): { telling: Telling; report: RecordReport; toldHash: string } | undefined {
  const { left, right, entry } = work;
  // A converted lead takes no further change.
  if (left === undefined || left.lifecycle === 'final') return undefined;
  // That a failure is not tried again by itself is news of its own: people may ask for another try then.
  const toldHash = hashOf(run, verdict, right, verdict.state === 'Error' && known.issue?.state === 'parked');
  const earlier = (entry.telling?.pending?.['audit'] ?? []) as unknown as AuditEntry[];
  const audit = [...new Map([...earlier, ...work.audit].map((line) => [line.key, line])).values()];
  const pending = entry.telling?.pending !== undefined;
  const scope = {
    mapping: run.mapping,
    leftKey: left.key,
    at: isoNow(run.clock),
    labels: { left: run.left.label, right: run.right.label }
  };
  // A remark asks nobody for an answer.
  const remarked = new Set(work.right?.remarks?.map(({ code }) => code));
  const asking = verdict.issues.filter(({ code }) => !remarked.has(code));
  const rows = issueRows(scope, asking, verdict.conflicts ?? [], known.dispute, known.issue);
  const answered = (left.resolutions ?? []).some(({ key }) => !rows.some((row) => row.key === key && row.waiting));
  const nothingNew = audit.length === 0 && entry.telling?.toldHash === toldHash;
  if (!pending && nothingNew && !answered) return undefined;
  const report: RecordReport = {
    key: left.key,
    state: verdict.state,
    issues: verdict.issues,
    ...(verdict.state === 'Synced' || verdict.state === 'Closed'
      ? { syncedAt: verdict.syncedAt ?? isoNow(run.clock) }
      : {}),
    ...(right
      ? { counterpart: { key: right.key, link: run.right.linkTo(right), ...context(right), document: right.document } }
      : {}),
    audit,
    rows,
    settled: settledRows(scope, entry.dispute, known.dispute),
    left
  };
  const stored: JsonObject = { audit: audit as unknown as JsonValue };
  return { telling: { toldHash: entry.telling?.toldHash ?? '', pending: stored }, report, toldHash };
}

const context = (right: RemoteRecord): { context?: JsonObject } => (right.context ? { context: right.context } : {});
