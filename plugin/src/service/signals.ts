import type { EventLog } from './log.js';

/** The part of `process` that is needed here. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  exit(code: number): never;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
/** 128 + signal number, as shells report it. */
const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * An abort signal for the first SIGINT or SIGTERM, which lets the records in hand finish; the second one ends the process
 * at once. That is safe as well: the ledger knows what was begun.
 */
export function stopOnSignals(source: SignalSource, log: EventLog): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals): void => {
    log.write('info', controller.signal.aborted ? 'ending at once' : 'stopping', { signal });
    if (controller.signal.aborted) source.exit(EXIT_CODES[signal] ?? 1);
    controller.abort(new Error(`Stopped by ${signal}.`));
  };
  for (const name of SIGNALS) source.on(name, listener);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) source.off(name, listener);
    }
  };
}
