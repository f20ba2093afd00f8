import type { Clock } from '../../ports/clock.js';
import type { EventLog } from '../log.js';
import { errorFields } from '../log.js';
import type { Wake } from '../wake.js';
import type { RefreshPorts, RefreshResult } from './refresh.js';
import { refreshAll, refreshPages } from './refresh.js';

/** How far back a request is looked for: nobody waits longer than that. */
const OLDEST_MS = 7 * 86_400_000;
/** Changes may become visible after the look that should have seen them. */
const OVERLAP_MS = 30_000;
/** How often everything since `OLDEST_MS` is looked through, for requests of looks that failed. */
const SWEEP_MS = 300_000;
/** Longest pause while something is down. */
const LONGEST_PAUSE_MS = 300_000;

export interface AnsweringOptions extends RefreshPorts {
  /** Most time between two looks. */
  intervalMs: number;
  /** 0: no schedule. */
  refreshEveryMs: number;
  wake: Wake;
  log: EventLog;
  signal: AbortSignal;
  /** The right to look, where several processes share the work. @default always */
  mayLook?: () => Promise<boolean>;
}

const counts = ({ fault: _fault, ...rest }: RefreshResult): Record<string, number> => rest;

/**
 * Answers the refresh requests of the pages, and refreshes everything on a schedule. A poll is one call; change events only make
 * it come sooner.
 */
export class Answering {
  /** Requests saved since then were not looked for yet; server time, milliseconds. */
  private lookFrom = 0;
  private sweptAt = -Infinity;
  private scheduledAt: number;
  private failures = 0;

  public constructor(private readonly options: AnsweringOptions) {
    this.scheduledAt = options.clock.now();
  }

  private get clock(): Clock {
    return this.options.clock;
  }

  /** One look. @returns what was answered, if anybody waited */
  public async look(): Promise<RefreshResult | undefined> {
    const { org } = this.options;
    const now = this.clock.now();
    const sweep = now - this.sweptAt >= SWEEP_MS;
    const from = sweep ? now - OLDEST_MS : this.lookFrom - OVERLAP_MS;
    const { pages, serverTime } = await org.waiting(new Date(from).toISOString());
    const result = pages.length === 0 ? undefined : await refreshPages(this.options, pages);
    // Only now: requests of a look that failed are looked for again.
    this.lookFrom = serverTime;
    if (sweep) this.sweptAt = now;
    return result;
  }

  /** Everything, if it is time. */
  public async schedule(): Promise<RefreshResult | undefined> {
    const { refreshEveryMs, signal } = this.options;
    if (refreshEveryMs === 0 || this.clock.now() - this.scheduledAt < refreshEveryMs) return undefined;
    this.scheduledAt = this.clock.now();
    return refreshAll(this.options, signal);
  }

  /** Until the signal is aborted; a failure only makes the pause longer. */
  public async run(): Promise<void> {
    const { signal, wake, intervalMs } = this.options;
    while (!signal.aborted) {
      const lookedAt = this.clock.now();
      await this.once();
      const pauseMs = Math.min(LONGEST_PAUSE_MS, intervalMs * 2 ** this.failures);
      try {
        if (this.failures > 0) await this.clock.sleep(pauseMs, signal);
        else await wake.pause(pauseMs, lookedAt, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  private async once(): Promise<void> {
    const { log, mayLook = () => Promise.resolve(true) } = this.options;
    const began = this.clock.now();
    try {
      if (!(await mayLook())) return;
      const answered = await this.look();
      const scheduled = await this.schedule();
      this.failures = 0;
      for (const [event, result] of [
        ['erp refresh', answered],
        ['erp schedule', scheduled]
      ] as const) {
        if (result === undefined) continue;
        const durationMs = this.clock.now() - began;
        const { fault } = result;
        const about = { durationMs, counts: counts(result), ...(fault ? { code: fault.code } : {}) };
        log.write(fault ? 'warn' : 'info', event, about);
      }
    } catch (error) {
      this.failures += 1;
      log.write('warn', 'erp failed', errorFields(error));
    }
  }
}
