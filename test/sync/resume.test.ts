import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { ResumeResult } from '../../plugin/src/sync/index.js';
import { resumeRuns } from '../../plugin/src/sync/index.js';
import { World } from '../support/engine/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

const resume = (): Promise<ResumeResult> => resumeRuns(world.context());

describe('resuming', () => {
  it('says that nothing is left, without a call', async () => {
    world.org.add();
    await world.run();
    const before = world.org.calls() + world.referrals.calls();
    expect(await resume()).toEqual({ interrupted: [], waiting: 0 });
    expect(world.org.calls() + world.referrals.calls()).toBe(before);
  });

  it('finds out what became of a creation whose answer was lost, and does not look for changes', async () => {
    const key = world.org.add();
    world.referrals.after = (call) => {
      if (call === 'create') throw new ConnectorError('partner-center', 'unknownOutcome', 'TIMEOUT', 'No answer came.');
    };
    await world.run();
    world.referrals.after = () => undefined;
    world.clock.advance(60_000);
    const unseen = world.org.add();
    const looks = world.org.callsOf('changes');
    const { run } = await resume();
    expect(run?.counts).toMatchObject({ linked: 1, created: 0 });
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.org.seen(key).state).toBe('Synced');
    expect(world.org.callsOf('changes')).toBe(looks);
    expect(world.referrals.of(unseen)).toHaveLength(0);
  });

  it('delivers reports that did not reach the opportunity', async () => {
    const key = world.org.add();
    world.org.refuses.add(key);
    await world.run();
    world.org.refuses.clear();
    expect((await resume()).run?.counts.told).toBe(1);
    expect(world.org.seen(key).state).toBe('Synced');
  });

  it('works off what a killed run left in the queue, and names that run', async () => {
    const key = world.org.add();
    const startedAt = new Date(world.clock.now()).toISOString();
    const killed = { id: 'killed', startedAt, finishedAt: startedAt, outcome: 'running', summary: {} };
    await world.ledger.recordRun(world.mapping.name, killed);
    await world.queue.enqueue(world.mapping.name, [{ key, priority: 1 }]);
    const result = await resume();
    expect(result).toMatchObject({ interrupted: [{ runId: 'killed', startedAt }], run: { counts: { created: 1 } } });
    expect((await resume()).interrupted).toEqual([]);
  });

  it('leaves what is not due yet, and says when it will be', async () => {
    const key = world.org.add();
    await world.run();
    const later = world.clock.now() + 60_000;
    await world.queue.enqueue(world.mapping.name, [{ key, priority: 2, notBefore: later }]);
    expect(await resume()).toEqual({ interrupted: [], waiting: 1, nextAt: new Date(later).toISOString() });
  });
});
