import type { RunSummary } from '../sync/index.js';
import type { HealthServer } from './health.js';
import { budgetLog } from './budget-log.js';
import type { MappingState } from './coupling/turns.js';
import { startHealth } from './health.js';
import type { EventLog } from './log.js';
import type { ServiceState } from './loop.js';
import { runLoop } from './loop.js';
import type { OpenSync } from './opened-sync.js';
import { noticesIn } from './receiver/notices.js';
import { openReceiver } from './receiver/open.js';
import type { WebhookReceiver } from './receiver/server.js';
import { keepUp } from './upkeep.js';
import { runAndKeep, startWatching } from './watching.js';

export interface ServeOptions {
  signal: AbortSignal;
  log: EventLog;
  /** Overrides the settings. */
  pollIntervalMs?: number;
  healthPort?: number;
  /** Worker loops of this process. Overrides the settings. */
  workers?: number;
  onStart?: (info: { intervalMs: number; healthUrl?: string }) => void;
  onCycle?: (summary: RunSummary) => void;
  /** Told of every change in the org that makes the service look. */
  onChange?: () => void;
  /** How the mappings to Business Central fare, for the health endpoint. */
  couplings?: () => readonly MappingState[];
}

/** What the service did from start to stop. */
export interface ServiceResult {
  startedAt: string;
  stoppedAt: string;
  cycles: number;
  /** Sums over all cycles. */
  created: number;
  linked: number;
  updatedRight: number;
  updatedLeft: number;
  told: number;
  rejected: number;
  failed: number;
  calls: Record<string, number>;
  lastError: { code: string; message: string } | null;
}

const SUMMED = ['created', 'linked', 'updatedRight', 'updatedLeft', 'told', 'rejected', 'failed'] as const;

function addTo(result: ServiceResult, summary: RunSummary): void {
  for (const name of SUMMED) result[name] += summary.counts[name];
  for (const [system, calls] of Object.entries(summary.calls))
    result.calls[system] = (result.calls[system] ?? 0) + calls;
}

/** The long-lived service: schedule, health endpoint, graceful stop. Resolves once it has stopped. */
export async function serve(sync: OpenSync, options: ServeOptions): Promise<ServiceResult> {
  const { clock, random, settings } = sync;
  const { signal, log } = options;
  const intervalMs = options.pollIntervalMs ?? settings.pollIntervalMs;
  const startedAt = new Date(clock.now()).toISOString();
  const state: ServiceState = { startedAt, cycles: 0, failures: 0, stopping: false };
  const sums = Object.fromEntries(SUMMED.map((name) => [name, 0])) as Pick<ServiceResult, (typeof SUMMED)[number]>;
  const result: ServiceResult = { startedAt, stoppedAt: startedAt, cycles: 0, ...sums, calls: {}, lastError: null };
  const port = options.healthPort ?? settings.health.port;
  const { wake, watch, stop } = startWatching(sync, options);
  let health: HealthServer | undefined;
  let receiver: WebhookReceiver | undefined;
  // Whether the last look was ours: whoever does not look cannot do anything about a notice.
  let looking = false;
  try {
    receiver = await openReceiver(settings.webhook, {
      notices: noticesIn(sync.ledger, sync.mapping.name, clock),
      clock,
      log,
      wake: () => wake.call()
    });
    if (port !== undefined) {
      health = await startHealth({
        host: settings.health.host,
        port,
        state,
        clock,
        intervalMs,
        ledgerStatus: () => sync.status(),
        queue: async () => ({ kind: sync.queue.kind, ...(await sync.queue.depth(sync.mapping.name)) }),
        workers: options.workers ?? settings.workers,
        budget: () => sync.seenBudget(),
        partnerBudget: () => sync.seenPartnerBudget(),
        pauses: () => sync.pauses(),
        ...(options.couplings ? { couplings: options.couplings } : {}),
        ...(watch ? { changeEvents: () => watch.state() } : {}),
        ...(receiver ? { receiver: receiver.state } : {})
      });
      log.write('info', 'health', { host: settings.health.host, port: health.port });
    }
    options.onStart?.({ intervalMs, ...(health ? { healthUrl: health.url } : {}) });
    const logBudgets = [
      budgetLog(log, 'salesforce', () => sync.seenBudget()),
      budgetLog(log, 'partner-center', () => sync.seenPartnerBudget())
    ];
    const workers = options.workers ?? settings.workers;
    // The right to look is kept from one look to the next, and falls to another process when two were missed.
    const feedLeaseMs = Math.max(settings.leaseMs, 2 * intervalMs);
    const run = async (abort: AbortSignal): Promise<RunSummary> => {
      const summary = await runAndKeep(sync, watch, {
        signal: abort,
        options: { workers, feedLeaseMs, keepFeed: true }
      });
      looking = summary.looked !== false;
      const { removed, marked, failed } = await keepUp(sync, summary);
      if (failed !== undefined) log.write('warn', 'upkeep failed', { code: failed });
      else if (removed + marked > 0) log.write('info', 'upkeep', { removed, marked });
      addTo(result, summary);
      for (const logBudget of logBudgets) logBudget();
      return summary;
    };
    const share = async (abort: AbortSignal): Promise<RunSummary | undefined> => {
      // Another process may have received what only this one can look for.
      if (looking && (await sync.ledger.notices(sync.mapping.name, 1)).length > 0) wake.call();
      if (!(await sync.hasWork())) return undefined;
      const summary = await sync.run({ signal: abort, options: { workers, look: false, feedLeaseMs, keepFeed: true } });
      addTo(result, summary);
      return summary;
    };
    await runLoop({
      run,
      share,
      clock,
      random,
      intervalMs,
      signal,
      log,
      state,
      wake,
      ...(options.onCycle ? { onCycle: options.onCycle } : {})
    });
  } finally {
    await Promise.all([stop(), receiver?.close(), health?.close(), sync.leaveFeed().catch(() => undefined)]);
  }
  log.write('info', 'stopped', { outcome: 'success' });
  return {
    ...result,
    stoppedAt: new Date(clock.now()).toISOString(),
    cycles: state.cycles,
    lastError: state.lastError ?? null
  };
}
