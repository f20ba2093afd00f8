import { describe, expect, it } from 'vitest';
import type { Clock } from '../../plugin/src/ports/clock.js';
import { ManualClock } from '../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import { silentLog } from '../../plugin/src/service/log.js';
import type { ServiceState } from '../../plugin/src/service/loop.js';
import { runLoop } from '../../plugin/src/service/loop.js';
import { Wake } from '../../plugin/src/service/wake.js';
import type { OpenSync } from '../../plugin/src/service/opened-sync.js';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import { runAndKeep } from '../../plugin/src/service/watching.js';
import type { ChangeWatch } from '../../plugin/src/service/watch-changes.js';
import { World } from '../support/engine/world.js';

/** Time that passes when the test says so; sleepers wake in the order of their time. */
class SteppedClock implements Clock {
  private readonly sleepers = new Set<{ at: number; wake: () => void }>();
  private time = 0;
  public readonly now = (): number => this.time;

  public sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const sleeper = { at: this.time + milliseconds, wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (this.sleepers.delete(sleeper)) reject(signal.reason as Error);
      });
    });
  }

  public async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = [...this.sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.time = next.at;
      this.sleepers.delete(next);
      next.wake();
    }
    this.time = end;
  }
}

/** Times at which looks began, with a minute between them and these calls. */
async function looks(calls: readonly number[], until: number, lookMs = 0): Promise<number[]> {
  const clock = new SteppedClock();
  const wake = new Wake(clock);
  const stop = new AbortController();
  const begun: number[] = [];
  const loop = (async () => {
    while (!stop.signal.aborted) {
      const lookedAt = clock.now();
      begun.push(lookedAt);
      if (lookMs > 0) await clock.sleep(lookMs, stop.signal);
      await wake.pause(60_000, lookedAt, stop.signal);
    }
  })().catch(() => undefined);
  for (const at of calls) {
    await clock.advance(at - clock.now());
    wake.call();
  }
  await clock.advance(until - clock.now());
  stop.abort(new Error('over'));
  await loop;
  return begun;
}

describe('a pause', () => {
  it.each<[string, number[], number, number[]]>([
    ['lasts as long as it should when nobody calls', [], 130_000, [0, 60_000, 120_000]],
    ['ends soon after a call', [10_000], 20_000, [0, 10_050]],
    ['ends once for several calls of one moment', [10_000, 10_010, 10_040], 20_000, [0, 10_050]],
    [
      'leaves two seconds between looks, however often somebody calls',
      [10_000, 10_100, 10_200, 11_000],
      20_000,
      [0, 10_050, 12_050]
    ],
    ['starts anew after a call', [10_000], 71_000, [0, 10_050, 70_050]]
  ])('%s', async (_what, calls, until, expected) => {
    expect(await looks(calls, until)).toEqual(expected);
  });

  it('is short when somebody called during the look', async () => {
    expect(await looks([10_000, 12_000], 20_000, 3_000)).toEqual([0, 10_050, 13_100]);
  });

  it('ends with the service', async () => {
    const clock = new SteppedClock();
    const stop = new AbortController();
    const pause = new Wake(clock).pause(60_000, 0, stop.signal);
    stop.abort(new Error('Stopped by SIGTERM.'));
    await expect(pause).rejects.toThrow('Stopped by SIGTERM.');
  });

  it('is not cut short while a system is down', async () => {
    const clock = new ManualClock();
    const wake = new Wake(clock);
    const starts: number[] = [];
    const controller = new AbortController();
    const state: ServiceState = { startedAt: '', cycles: 0, failures: 0, stopping: false };
    await runLoop({
      run: () => {
        starts.push(clock.now());
        if (starts.length === 4) controller.abort();
        wake.call();
        throw new Error('down');
      },
      clock,
      random: new SeededRandom(1),
      intervalMs: 10_000,
      signal: controller.signal,
      log: silentLog,
      state,
      wake
    });
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5_000);
  });
});

describe('replay ids and notices', () => {
  it.each([
    ['are kept after a run', {}, false, 1],
    [
      'are not kept after a run that stopped early',
      { stopped: { system: 's', code: 'c', message: '', nextSteps: [] } },
      false,
      0
    ],
    ['are not kept after a run that left the look to another process', { looked: false }, false, 0],
    ['are not kept when the service is told to stop in the middle', {}, true, 0]
  ])('%s', async (_what, change, aborted, times) => {
    const summary = { ...(await (await World.open()).run()), ...change };
    const kept: object[] = [];
    let arrived: Record<string, string> = { 'salesforce:/data/X': 'before' };
    const ledger = new MemoryLedger();
    await ledger.addNotice('m', 'before', '2026-01-05T09:00:00.000Z');
    const controller = new AbortController();
    const sync = {
      ledger,
      mapping: { name: 'm' },
      run: async () => {
        await ledger.addNotice('m', 'during', '2026-01-05T09:00:01.000Z');
        // What arrives during the run may not have been read by it.
        arrived = { 'salesforce:/data/X': 'during' };
        if (aborted) controller.abort();
        return summary;
      },
      keepCursors: (cursors: object) => Promise.resolve(void kept.push(cursors))
    } as unknown as OpenSync;
    const watch = { arrived: () => arrived, markKept: () => undefined } as unknown as ChangeWatch;
    await runAndKeep(sync, watch, { signal: controller.signal });
    expect(kept).toEqual(times === 0 ? [] : [{ 'salesforce:/data/X': 'before' }]);
    expect(await ledger.notices('m', 10)).toEqual(times === 0 ? ['before', 'during'] : ['during']);
  });
});
