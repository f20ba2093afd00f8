import type { SalesforceSession } from '../connectors/salesforce/index.js';
import { CosellError } from '../ports/errors.js';
import type { RunProgress, RunSummary } from '../sync/index.js';
import { eventLog } from './log.js';
import { openSync } from './open-sync.js';
import type { ServeOptions, ServiceResult } from './serve.js';
import { serve } from './serve.js';
import type { Environment } from './settings.js';
import { loadSettings } from './settings.js';
import type { SignalSource } from './signals.js';
import { stopOnSignals } from './signals.js';
import type { SyncStatus } from './status.js';
import { readStatus } from './status.js';

/** What every sync command hands over. */
export interface SyncInput {
  session: SalesforceSession;
  env: Environment;
  settingsFile?: string;
}

/** Exit codes of the sync commands, as the deploy commands of the CLI have them. */
export const exitCodes = { success: 0, failed: 1, partial: 68 } as const;

export const exitCodeOf = ({ outcome }: Pick<RunSummary, 'outcome'>): number =>
  outcome === 'success' ? exitCodes.success : outcome === 'partial' ? exitCodes.partial : exitCodes.failed;

/** One run from settings to summary. */
export async function syncOnce(
  input: SyncInput & { onProgress?: (progress: RunProgress) => void }
): Promise<RunSummary> {
  const { session, env, settingsFile, onProgress } = input;
  const sync = await openSync(loadSettings(settingsFile, env), session, { env });
  try {
    return await sync.run(onProgress ? { onProgress } : {});
  } finally {
    await sync.close();
  }
}

/** The service until it is told to stop by a signal. */
export async function syncService(
  input: SyncInput & { process: SignalSource } & Pick<
      ServeOptions,
      'pollIntervalMs' | 'healthPort' | 'onStart' | 'onCycle'
    >
): Promise<ServiceResult> {
  const { session, env, settingsFile, process: source, ...options } = input;
  const settings = loadSettings(settingsFile, env);
  const log = eventLog(settings.logLevel);
  const stop = stopOnSignals(source, log);
  try {
    const sync = await openSync(settings, session, { env });
    try {
      return await serve(sync, { ...options, log, signal: stop.signal });
    } finally {
      await sync.close();
    }
  } finally {
    stop.dispose();
  }
}

/** Couplings, open work, cursors, last run and the org's allowance. */
export async function syncStatus({ session, env, settingsFile }: SyncInput): Promise<SyncStatus> {
  const sync = await openSync(loadSettings(settingsFile, env), session, { env });
  try {
    return await readStatus(sync);
  } finally {
    await sync.close();
  }
}

/** The error of a run that ended early, for commands that have nothing else to show. */
export const stoppedError = ({ stopped }: RunSummary): CosellError | undefined =>
  stopped && new CosellError(stopped.code, stopped.message, stopped.nextSteps);
