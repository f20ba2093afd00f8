import type { EventLog } from './log.js';

type Listener = (signal: NodeJS.Signals) => void;

/** The part of `process` that is needed here. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: Listener): unknown;
  off(signal: NodeJS.Signals, listener: Listener): unknown;
  // The listeners of others have any shape; they are only set aside and put back.
  listeners(signal: NodeJS.Signals): unknown[];
  exit(code: number): never;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
/** 128 + signal number, as shells report it. */
const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * An abort signal for the first SIGINT or SIGTERM, which lets the records in hand finish; the second one ends the process
 * at once. That is safe as well: the ledger knows what was begun.
 *
 * Listeners that are there already are set aside until `dispose`: every command of the CLI has some that exit on the
 * first signal, in the middle of whatever runs.
 */
export function stopOnSignals(source: SignalSource, log: EventLog): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const listener: Listener = (signal) => {
    log.write('info', controller.signal.aborted ? 'ending at once' : 'stopping', { signal });
    if (controller.signal.aborted) source.exit(EXIT_CODES[signal] ?? 1);
    controller.abort(new Error(`Stopped by ${signal}.`));
  };
  const others = SIGNALS.map((name) => [name, source.listeners(name) as Listener[]] as const);
  for (const [name, listeners] of others) {
    for (const other of listeners) source.off(name, other);
    source.on(name, listener);
  }
  return {
    signal: controller.signal,
    dispose: () => {
      for (const [name, listeners] of others) {
        source.off(name, listener);
        for (const other of listeners) source.on(name, other);
      }
    }
  };
}
