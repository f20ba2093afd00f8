import type { SalesforceSession } from '../connectors/salesforce/index.js';
import type { Clock } from '../ports/clock.js';
import { systemClock } from '../ports/clock.js';
import type { RunOutcome, RunProgress, RunSummary } from '../sync/index.js';
import { coupledOnce } from './coupling/once.js';
import type { CouplingPorts } from './coupling/open.js';
import { startCouplings } from './coupling/serve.js';
import { startErp } from './erp/serve.js';
import { eventLog } from './log.js';
import { mappingOf } from './mapping-of.js';
import { openSync } from './open-sync.js';
import type { RunExtras } from './opened-sync.js';
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
  /** @default that between opportunities and referrals */
  mapping?: string;
  /** For tests, of mappings to Business Central. @default those of the sf CLI */
  ports?: CouplingPorts;
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
  const { session, env, onProgress, waitMs, maxMissing, mapping, ports } = input;
  const settings = settingsOf(input);
  const over = new AbortController();
  const extras = (clock: Clock): RunExtras => ({
    ...(onProgress ? { onProgress } : {}),
    ...(waitMs === undefined ? {} : { signal: timeUp(clock, waitMs, over) }),
    ...(maxMissing === undefined ? {} : { options: { maxMissing } })
  });
  try {
    if (mapping !== undefined && mapping !== (await mappingOf(settings)).name) {
      return await coupledOnce({ settings, session, mapping, ports }, extras(ports?.clock ?? systemClock));
    }
    const sync = await openSync(settings, session, { env });
    try {
      const summary = await sync.run(extras(sync.clock));
      await keepUp(sync, summary);
      return summary;
    } finally {
      await sync.close();
    }
  } finally {
    over.abort(new Error('The run is over.'));
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
    const { onCycle } = options;
    const couplings = await startCouplings(sync, { session, log, signal, ...(onCycle ? { onRun: onCycle } : {}) });
    const beside = { onChange: () => erp.wake(), couplings: () => couplings.states() };
    try {
      return await serve(sync, { ...options, ...beside, log, signal: stop.signal });
    } finally {
      over.abort(new Error('The service has stopped.'));
      await Promise.all([erp.stopped, couplings.stopped]);
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
