import type { CallBudgetState } from '../connectors/http/index.js';
import type { BudgetState } from '../connectors/salesforce/index.js';
import { ConnectorError } from '../ports/errors.js';
import type { QueueDepth } from '../queue/index.js';
import type { RunCounts, RunOutcome } from '../sync/index.js';
import { unendedRuns } from '../sync/resuming.js';
import type { OpenSync } from './opened-sync.js';

export interface SyncStatus {
  mapping: string;
  ledger: string;
  settingsFile: string | null;
  couplings: Record<string, number>;
  openIntents: number;
  issueCount: number;
  /** At most 100, oldest first. */
  issues: { key: string; state: string; code: string; attempts: number; notBefore: string }[];
  cursors: { system: string; cursor: string; updatedAt: string }[];
  lastRun: {
    runId: string;
    startedAt: string;
    finishedAt: string;
    outcome: RunOutcome;
    counts: RunCounts;
    stopped: string | null;
  } | null;
  /** The org's API calls of the rolling 24 hours, and our part; `null` with the reason when the org could not be asked. */
  budget: BudgetState | null;
  /** Calls to Partner Center in the rolling 24 hours; `null` when the settings name no number. */
  partnerBudget: CallBudgetState | null;
  /** Records that wait: could be taken up now, wait for their time, or are in some worker's hands. */
  queue: QueueDepth;
  /** Runs that began since the last one that came to its end: still going on in another process, or killed. Newest first. */
  unended: { runId: string; startedAt: string }[];
  connection: { code: string; message: string; nextSteps: string[] } | null;
}

async function askBudget(sync: OpenSync): Promise<Pick<SyncStatus, 'budget' | 'connection'>> {
  try {
    return { budget: (await sync.budget()) ?? null, connection: null };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { budget: null, connection: { code: error.code, message: error.message, nextSteps: [...error.nextSteps] } };
  }
}

/** What the ledger knows, and whether the org answers. */
export async function readStatus(sync: OpenSync): Promise<SyncStatus> {
  const { lastRun, issues, ...ledger } = await sync.status();
  const counts = lastRun?.summary['counts'] as unknown as RunCounts;
  const stopped = lastRun?.summary['stopped'] as { code?: string } | undefined;
  return {
    mapping: sync.mapping.name,
    ledger: sync.location,
    settingsFile: sync.settings.file ?? null,
    couplings: { ...ledger.couplings },
    openIntents: ledger.openIntents,
    issueCount: ledger.issueCount,
    issues: issues.map(({ leftKey, ...issue }) => ({ key: leftKey, ...issue })),
    cursors: ledger.cursors.map((cursor) => ({ ...cursor })),
    lastRun: lastRun
      ? {
          runId: lastRun.id,
          startedAt: lastRun.startedAt,
          finishedAt: lastRun.finishedAt,
          outcome: lastRun.outcome as RunOutcome,
          counts,
          stopped: stopped?.code ?? null
        }
      : null,
    queue: await sync.queue.depth(sync.mapping.name),
    unended: await unendedRuns(sync),
    ...(await askBudget(sync)),
    partnerBudget: (await sync.partnerBudget()) ?? null
  };
}
