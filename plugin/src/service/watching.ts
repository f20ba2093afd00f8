import type { RunSummary } from '../sync/index.js';
import type { EventLog } from './log.js';
import { errorFields } from './log.js';
import type { OpenSync, RunExtras } from './opened-sync.js';
import { NOTICES_AT_ONCE } from './receiver/notices.js';
import { Wake } from './wake.js';
import { ChangeWatch } from './watch-changes.js';

/** Follows change events beside the loop, when there are any. */
export interface Watching {
  wake: Wake;
  watch?: ChangeWatch;
  stop(): Promise<void>;
}

export interface WatchingOptions {
  log: EventLog;
  signal: AbortSignal;
  /** Told of every change that makes the service look. */
  onChange?: () => void;
}

export function startWatching(sync: OpenSync, { log, signal, onChange }: WatchingOptions): Watching {
  const { clock, changeEvents: events } = sync;
  const wake = new Wake(clock);
  if (events === undefined) return { wake, stop: () => Promise.resolve() };
  const over = new AbortController();
  const watch = new ChangeWatch({
    events,
    clock,
    log,
    wake: () => {
      wake.call();
      onChange?.();
    },
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
 * One run, after which the replay ids and notices that had arrived before it are done with: the run looked at least as far
 * as they reach. A run that stopped early, or that left the look to another process, keeps them.
 */
export async function runAndKeep(
  sync: OpenSync,
  watch: ChangeWatch | undefined,
  extras: RunExtras & { signal: AbortSignal }
): Promise<RunSummary> {
  const { ledger, mapping } = sync;
  const arrived = watch?.arrived() ?? {};
  const notices = await ledger.notices(mapping.name, NOTICES_AT_ONCE);
  const summary = await sync.run(extras);
  if (summary.stopped || summary.looked === false || extras.signal.aborted) return summary;
  if (watch && Object.keys(arrived).length > 0) {
    await sync.keepCursors(arrived);
    watch.markKept(arrived);
  }
  await ledger.removeNotices(mapping.name, notices);
  return summary;
}
