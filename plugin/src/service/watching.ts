import type { RunSummary } from '../sync/index.js';
import type { EventLog } from './log.js';
import { errorFields } from './log.js';
import type { OpenSync, RunExtras } from './open-sync.js';
import { Wake } from './wake.js';
import { ChangeWatch } from './watch-changes.js';

/** Follows change events beside the loop, when there are any. */
export interface Watching {
  wake: Wake;
  watch?: ChangeWatch;
  stop(): Promise<void>;
}

export function startWatching(sync: OpenSync, { log, signal }: { log: EventLog; signal: AbortSignal }): Watching {
  const { clock, changeEvents: events } = sync;
  const wake = new Wake(clock);
  if (events === undefined) return { wake, stop: () => Promise.resolve() };
  const over = new AbortController();
  const watch = new ChangeWatch({
    events,
    clock,
    log,
    wake: () => wake.call(),
    signal: AbortSignal.any([signal, over.signal])
  });
  const running = sync
    .cursors()
    .then((cursors) => watch.run(cursors))
    .catch((error: unknown) => log.write('error', 'change events failed', errorFields(error)));
  return {
    wake,
    watch,
    stop: () => {
      over.abort();
      return running;
    }
  };
}

/**
 * One run, after which the replay ids that had arrived before it are kept: the run looked at least as far as they reach.
 * A run that stopped early keeps nothing, so that its events come again.
 */
export async function runAndKeep(
  sync: OpenSync,
  watch: ChangeWatch | undefined,
  extras: RunExtras & { signal: AbortSignal }
): Promise<RunSummary> {
  const { signal } = extras;
  const arrived = watch?.arrived() ?? {};
  const summary = await sync.run(extras);
  if (watch && !summary.stopped && summary.looked !== false && !signal.aborted && Object.keys(arrived).length > 0) {
    await sync.keepCursors(arrived);
    watch.markKept(arrived);
  }
  return summary;
}
