import type { SalesforceSession } from '../connectors/salesforce/index.js';
import type { Clock } from '../ports/clock.js';
import type { RunOutcome, RunProgress, RunSummary } from '../sync/index.js';
import { startErp } from './erp/serve.js';
import { eventLog } from './log.js';
import { openSync } from './open-sync.js';
import type { ServeOptions, ServiceResult } from './serve.js';
import { serve } from './serve.js';
import type { SettingsInput } from './settings-of.js';
import { settingsOf } from './settings-of.js';
import type { SignalSource } from './signals.js';
import { stopOnSignals } from './signals.js';
import type { SyncStatus } from './status.js';
import { readStatus } from './status.js';
import { keepUp } from './upkeep.js';

/** What every sync command hands over. */
export interface SyncInput extends SettingsInput {
  session: SalesforceSession;
}

/** Exit codes of the sync commands, as the deploy commands of the CLI have them. */
export const exitCodes = { success: 0, failed: 1, partial: 68, running: 69 } as const;

const EXIT_CODE: Readonly<Record<RunOutcome, number>> = {
  success: exitCodes.success,
  partial: exitCodes.partial,
  stopped: exitCodes.failed,
  unfinished: exitCodes.running
};

export const exitCodeOf = ({ outcome }: Pick<RunSummary, 'outcome'>): number => EXIT_CODE[outcome];

export interface SyncOnceInput extends SyncInput {
  onProgress?: (progress: RunProgress) => void;
  /** Milliseconds after which the run stops with what it has in hand. @default when everything is worked off */
  waitMs?: number;
  /** For this run only; see the settings. */
  maxMissing?: number;
}

/** A signal that fires after some time, unless `over` does before. */
function timeUp(clock: Clock, milliseconds: number, over: AbortController): AbortSignal {
  const up = new AbortController();
  void clock.sleep(milliseconds, over.signal).then(
    () => up.abort(new Error('The time is up.')),
    () => undefined
  );
  return up.signal;
}

/** One run from settings to summary. */
export async function syncOnce(input: SyncOnceInput): Promise<RunSummary> {
  const { session, env, onProgress, waitMs, maxMissing } = input;
  const sync = await openSync(settingsOf(input), session, { env });
  const over = new AbortController();
  const timer = waitMs === undefined ? undefined : timeUp(sync.clock, waitMs, over);
  try {
    const summary = await sync.run({
      ...(onProgress ? { onProgress } : {}),
      ...(timer ? { signal: timer } : {}),
      ...(maxMissing === undefined ? {} : { options: { maxMissing } })
    });
    await keepUp(sync, summary);
    return summary;
  } finally {
    over.abort(new Error('The run is over.'));
    await sync.close();
  }
}

/** The service until it is told to stop by a signal. */
export async function syncService(
  input: SyncInput & { process: SignalSource } & Pick<
      ServeOptions,
      'pollIntervalMs' | 'healthPort' | 'workers' | 'onStart' | 'onCycle'
    >
): Promise<ServiceResult> {
  const { session, env, settingsFile: _file, ledger: _ledger, process: source, ...options } = input;
  const settings = settingsOf(input);
  const log = eventLog(settings.logLevel);
  const stop = stopOnSignals(source, log);
  try {
    const sync = await openSync(settings, session, { env });
    const over = new AbortController();
    const signal = AbortSignal.any([stop.signal, over.signal]);
    const erp = await startErp(sync, { session, log, signal, pollIntervalMs: options.pollIntervalMs });
    try {
      return await serve(sync, { ...options, log, signal: stop.signal, onChange: () => erp.wake() });
    } finally {
      over.abort(new Error('The service has stopped.'));
      await erp.stopped;
      await sync.close();
    }
  } finally {
    stop.dispose();
  }
}

/** Couplings, open work, cursors, last run and the org's allowance. */
export async function syncStatus(input: SyncInput): Promise<SyncStatus> {
  const sync = await openSync(settingsOf(input), input.session, { env: input.env });
  try {
    return await readStatus(sync);
  } finally {
    await sync.close();
  }
}
