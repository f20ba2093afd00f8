import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { untilSettled } from '../../../plugin/src/service/coupling/passes.js';
import type { RunCounts, RunSummary } from '../../../plugin/src/sync/index.js';
import { Tally } from '../../../plugin/src/sync/summary.js';

const summary = (outcome: RunSummary['outcome'], counts: Partial<RunCounts>): RunSummary => ({
  ...{ runId: 'r', mapping: 'product-item', outcome, startedAt: '', finishedAt: '', durationMs: 0 },
  ...{ counts: { ...new Tally().counts, ...counts }, calls: { salesforce: 1, 'business-central': 2 } },
  ...{ skipped: [], issues: [] }
});

function rig(summaries: readonly RunSummary[], open = 0) {
  const clock = new ManualClock(0);
  const stop = new AbortController();
  const at: number[] = [];
  const play = () =>
    untilSettled({
      ...{ clock, signal: stop.signal, lookupDelayMs: 3_000 },
      run: () => {
        at.push(clock.now());
        return Promise.resolve(summaries[Math.min(at.length, summaries.length) - 1]!);
      },
      status: () => Promise.resolve({ issueCount: open, disputeCount: 0 })
    });
  return { play, at, stop };
}

describe('passes over everything', () => {
  it('end with the first one that puts nothing off', async () => {
    const { play, at } = rig([summary('partial', { attention: 2 })]);
    expect(await play()).toMatchObject({ outcome: 'partial', counts: { attention: 2 } });
    expect(at).toEqual([0]);
  });

  it('take up what a lost answer put off, once it can be looked for, and add up what they did', async () => {
    const lost = summary('partial', { created: 50, deferred: 100, rejected: 1 });
    const { play, at } = rig([lost, summary('success', { linked: 100 })]);
    expect(await play()).toMatchObject({
      outcome: 'success',
      counts: { created: 50, linked: 100, deferred: 0, rejected: 1 },
      calls: { salesforce: 2, 'business-central': 4 }
    });
    expect(at[1]).toBeGreaterThan(3_000);
  });

  it('are partial while an issue of an earlier pass is open', async () => {
    const { play } = rig([summary('partial', { deferred: 1, attention: 1 }), summary('success', {})], 1);
    expect(await play()).toMatchObject({ outcome: 'partial', counts: { attention: 1, deferred: 0 } });
  });

  it('leave a record whose trouble lasts to the next run', async () => {
    const { play, at } = rig([summary('partial', { deferred: 1 })]);
    expect(await play()).toMatchObject({ outcome: 'partial', counts: { deferred: 1 } });
    expect(at).toHaveLength(6);
  });

  it('stop in the pause when they are asked to, and when a system cannot be worked with', async () => {
    const asked = rig([summary('partial', { deferred: 1 })]);
    asked.stop.abort(new Error('Ctrl-C'));
    expect((await asked.play()).outcome).toBe('unfinished');
    const down = rig([summary('partial', { deferred: 1 }), summary('stopped', { deferred: 5 })]);
    expect((await down.play()).outcome).toBe('stopped');
    expect(down.at).toHaveLength(2);
  });
});
