import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { RunContext, RunSummary } from '../../plugin/src/sync/index.js';
import { WORKERS_LOST } from '../../plugin/src/sync/worker-lost.js';
import { World } from '../support/engine/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

const name = (): string => world.mapping.name;
const add = (count: number): string[] => Array.from({ length: count }, () => world.org.add());

describe('several workers', () => {
  it.each([1, 2, 4])('of one process (%i) create every referral once and tell about each', async (workers) => {
    const keys = add(450);
    const summary = await world.run({ options: { workers } });
    expect(summary.counts).toMatchObject({ created: 450, told: 450, takenOver: 0 });
    for (const key of keys) expect(world.referrals.of(key)).toHaveLength(1);
    expect(await world.queue.depth(name())).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('of two processes share what one of them found', async () => {
    const keys = add(600);
    let joining: Promise<RunSummary> | undefined;
    world.referrals.before = (call) => {
      if (call === 'create') joining ??= world.run();
    };
    const first = await world.run();
    const second = (await joining) as RunSummary;
    expect(first.counts.created + second.counts.created).toBe(600);
    expect(Math.min(first.counts.created, second.counts.created)).toBeGreaterThan(0);
    expect(world.org.callsOf('changes')).toBe(1);
    expect(second.looked).toBe(false);
    for (const key of keys) expect(world.referrals.of(key)).toHaveLength(1);
  });

  it('never have more records in flight than the cap', async () => {
    add(60);
    let inFlight = 0;
    let most = 0;
    const create = world.referrals.create.bind(world.referrals);
    world.referrals.create = async (marker, values) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      return create(marker, values);
    };
    await world.run({ options: { workers: 4, batch: 20, concurrency: 3 } });
    expect(most).toBe(3);
  });
});

describe('batch after batch', () => {
  /** Holds every report back until `release`, or until nothing else happens any more. */
  const slowTelling = (): { told: number[]; release: () => void } => {
    const state = { told: [] as number[], release: () => undefined as void };
    const free = new Promise<void>((resolve) => {
      state.release = resolve;
    });
    const tell = world.org.tell.bind(world.org);
    world.org.tell = async (reports, run) => {
      state.told.push(reports.length);
      await free;
      return tell(reports, run);
    };
    return state;
  };

  it('begins the next one while people are told of the former, and no third one', async () => {
    add(60);
    const telling = slowTelling();
    const run = world.run({ options: { batch: 20, concurrency: 4 } });
    await vi.waitFor(() => expect(telling.told).toHaveLength(2));
    expect(world.referrals.callsOf('create')).toBe(40);
    expect(await world.queue.depth(name())).toEqual({ ready: 20, later: 0, held: 40 });
    telling.release();
    expect((await run).counts).toMatchObject({ created: 60, told: 60 });
    expect(await world.queue.depth(name())).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('takes records that lost a worker only when nothing else of it is in hand', async () => {
    const lost = add(2);
    await world.queue.enqueue(
      name(),
      lost.map((key) => ({ key, priority: 1 as const }))
    );
    await world.queue.claim(name(), { owner: 'killed', limit: 2, leaseMs: 1000 });
    world.clock.advance(1001);
    const fresh = add(20);
    await world.queue.enqueue(
      name(),
      fresh.map((key) => ({ key, priority: 0 as const }))
    );
    const telling = slowTelling();
    const run = world.run({ options: { batch: 20, concurrency: 4, look: false } });
    await vi.waitFor(() => expect(telling.told).toEqual([20]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await world.queue.depth(name())).toEqual({ ready: 2, later: 0, held: 20 });
    expect(world.referrals.callsOf('create')).toBe(20);
    telling.release();
    expect((await run).counts).toMatchObject({ created: 22, told: 22 });
  });
});

describe('a counterpart that only a feed showed', () => {
  /** A process that feeds and dies before it works. */
  const feedOnly = async (): Promise<void> => {
    const controller = new AbortController();
    const { enqueue } = world.queue;
    world.queue.enqueue = async (mapping, items) => {
      await enqueue.call(world.queue, mapping, items);
      controller.abort();
    };
    await world.run({ signal: controller.signal });
    world.queue.enqueue = enqueue;
  };

  it('is linked by a worker that did not see the feed, and not created again', async () => {
    const [key = ''] = add(1);
    await world.run();
    world.org.edit(key, { Referral_Identifier__c: null });
    world.ledger = new MemoryLedger(world.queue.isHeld);
    await feedOnly();
    const summary = await world.run({ options: { look: false } });
    expect(summary.counts).toMatchObject({ linked: 1, created: 0 });
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.referrals.callsOf('findByMarker')).toBe(0);
  });

  it('of a record that is not shared is not created again when sharing is switched on', async () => {
    const key = world.org.add({ Sync_with_Partner_Center__c: false });
    world.referrals.addReferral(key, { name: 'Theirs' });
    await world.run();
    expect(world.org.reports).toHaveLength(0);
    expect((await world.run()).counts).toMatchObject({ told: 0, linked: 0 });
    world.org.edit(key, { Sync_with_Partner_Center__c: true });
    await world.settle();
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.org.seen(key).state).toBe('Synced');
  });
});

describe('a worker that lost its hold', () => {
  it('writes nothing more, and the other one does the work', async () => {
    const [key = ''] = add(1);
    await world.run();
    world.org.edit(key, { Amount: 5 });
    const commit = world.ledger.commit.bind(world.ledger);
    let paused = false;
    world.ledger.commit = async (mapping, changes) => {
      await commit(mapping, changes);
      if (paused || changes[0]?.intent?.kind !== 'update') return;
      // The process stands still right before its write, for longer than its lease, and somebody else takes the record up.
      paused = true;
      world.clock.advance(61_000);
      expect((await world.run({ options: { look: false } })).counts.updatedRight).toBe(1);
    };
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ takenOver: 1, updatedRight: 0 });
    expect(world.referrals.callsOf('update')).toBe(1);
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5 } });
  });

  it('is refused by the ledger even when it does not notice', async () => {
    const [key = ''] = add(1);
    await world.queue.enqueue(name(), [{ key, priority: 0 }]);
    const [claim] = await world.queue.claim(name(), { owner: 'zombie', limit: 1, leaseMs: 1000 });
    world.clock.advance(1001);
    await world.run();
    const change = { leftKey: key, intent: null, fence: claim?.fence ?? 0 };
    await expect(world.ledger.commit(name(), [change])).rejects.toMatchObject({ code: 'FENCED' });
  });
});

describe('a record that ends its workers', () => {
  it('is left alone after six, told, and the others go on', async () => {
    const [poison = '', good = ''] = add(2);
    await world.queue.enqueue(name(), [{ key: poison, priority: 0 }]);
    for (let times = 0; times < WORKERS_LOST - 1; times += 1) {
      await world.queue.claim(name(), { owner: `killed ${times}`, limit: 1, leaseMs: 1000 });
      world.clock.advance(1001);
    }
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ created: 1, failed: 1 });
    expect(world.org.seen(poison)).toMatchObject({ state: 'Error', codes: 'WORKER_LOST' });
    expect(world.org.seen(good).state).toBe('Synced');
    await world.settle();
    expect(world.referrals.of(poison)).toHaveLength(0);
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    world.org.edit(poison, { Amount: 7 });
    await world.run();
    expect(world.referrals.of(poison)).toHaveLength(1);
  });
});

describe('a record that ends its workers among a hundred others', () => {
  it.each([1, 3])('is the only one that is parked, with %i worker(s) in the process', async (workers) => {
    const keys = add(100);
    const poison = keys[40] ?? '';
    const never = new Promise<never>(() => undefined);
    const create = world.referrals.create.bind(world.referrals);
    let died: (() => void) | undefined;
    world.referrals.create = async (marker, values) => {
      if (marker !== poison) return create(marker, values);
      died?.();
      return never;
    };
    // A process that has died answers nothing and is not answered any more: its ports hang.
    for (let life = 0; life < 12; life += 1) {
      const dead = { now: false };
      const hang = <Port extends object>(port: Port): Port =>
        new Proxy(port, {
          get: (target, property) => {
            const member: unknown = Reflect.get(target, property, target);
            if (typeof member !== 'function') return member;
            return (...all: unknown[]) =>
              dead.now ? never : (member as (...more: unknown[]) => unknown).apply(target, all);
          }
        });
      const death = new Promise<string>((resolve) => {
        died = () => {
          dead.now = true;
          resolve('dead');
        };
      });
      const run = world.run({ ledger: hang(world.ledger), queue: hang(world.queue), options: { workers } });
      await Promise.race([death, run]);
      world.clock.advance(61_000);
    }
    const states = keys.map((key) => [key, world.org.seen(key).state]);
    expect(states.filter(([key]) => key !== poison).every(([, state]) => state === 'Synced')).toBe(true);
    expect(world.org.seen(poison)).toMatchObject({ state: 'Error', codes: 'WORKER_LOST' });
  });
});

describe('a run in the ledger', () => {
  it('is recorded before it takes the first record in hand, and again at its end', async () => {
    add(1);
    const seen: string[] = [];
    const create = world.referrals.create.bind(world.referrals);
    world.referrals.create = async (marker, values) => {
      seen.push(...(await world.ledger.runs(name(), 1)).map(({ outcome }) => outcome));
      return create(marker, values);
    };
    await world.run();
    expect(seen).toEqual(['running']);
    expect(await world.ledger.runs(name(), 5)).toMatchObject([{ outcome: 'success' }]);
  });

  it('that was killed is seen as interrupted by the next one, and not while it lives', async () => {
    add(1);
    const killed = { id: 'killed', startedAt: '2026-01-05T09:00:00.000Z', outcome: 'running', summary: {} };
    await world.ledger.recordRun(name(), { ...killed, finishedAt: killed.startedAt });
    await world.ledger.lease(`${name()}:run:killed`, 'killed', world.clock.now(), 60_000);
    await world.run();
    expect((await world.ledger.run(name(), 'killed'))?.outcome).toBe('running');
    world.clock.advance(61_000);
    add(1);
    await world.run();
    expect((await world.ledger.run(name(), 'killed'))?.outcome).toBe('interrupted');
  });
});

describe('records that disappear together', () => {
  const disappear = (keys: readonly string[]): void => {
    for (const key of keys) {
      const stored = world.org.records.get(key);
      if (stored) world.org.put(key, {}, Object.assign(stored, { deleted: true }));
    }
  };
  const paused = async (): Promise<number> => (await world.ledger.status(name())).couplings.paused;
  const options: RunContext['options'] = { maxMissing: 5 };

  it('stop the run before more of them are parked, also after a restart', async () => {
    const keys = add(30);
    await world.run();
    disappear(keys);
    const summary = await world.run({ options });
    expect(summary).toMatchObject({ outcome: 'stopped', stopped: { code: 'TOO_MANY_MISSING' } });
    expect(summary.stopped?.nextSteps.join(' ')).toContain('--allow-missing');
    expect(await paused()).toBe(5);
    expect(await world.run({ options })).toMatchObject({ outcome: 'stopped' });
    expect(await paused()).toBe(5);
  });

  it('are parked when somebody allows it, and when they are few', async () => {
    const keys = add(30);
    await world.run();
    disappear(keys.slice(0, 5));
    expect((await world.run({ options })).outcome).toBe('success');
    disappear(keys.slice(5));
    await world.run({ options: { maxMissing: 100 } });
    expect(await paused()).toBe(30);
  });
});

describe('a budget', () => {
  const budgets = (leastUrgent: 0 | 1 | 2 | -1): RunContext['budgets'] => [
    { system: 'partner-center', state: () => ({ leastUrgent, resumesAt: '2026-01-05T12:00:00.000Z' }) }
  ];

  it('in its reserve leaves what can wait, and goes on with it later', async () => {
    const [now = '', later = ''] = add(2);
    await world.ledger.lease(`${name()}:feed`, 'another', world.clock.now(), 60_000);
    await world.queue.enqueue(name(), [
      { key: now, priority: 0 },
      { key: later, priority: 2 }
    ]);
    await world.run({ budgets: budgets(1) });
    expect([world.referrals.of(now).length, world.referrals.of(later).length]).toEqual([1, 0]);
    await world.run({ budgets: budgets(2) });
    expect(world.referrals.of(later)).toHaveLength(1);
  });

  it('next to its end lets creates through and holds changes and what can wait back', async () => {
    const [edited = '', retried = ''] = add(2);
    await world.run();
    const created = world.org.add();
    world.org.edit(edited, { Amount: 77 });
    await world.queue.enqueue(name(), [{ key: retried, priority: 2 }]);
    const summary = await world.run({ budgets: budgets(0) });
    expect(summary.counts).toMatchObject({ created: 1, updatedRight: 0 });
    expect(world.referrals.of(created)).toHaveLength(1);
    expect(await world.queue.depth(name())).toMatchObject({ ready: 2, held: 0 });
    expect((await world.run({ budgets: budgets(2) })).counts).toMatchObject({ updatedRight: 1 });
    expect(await world.queue.depth(name())).toMatchObject({ ready: 0, held: 0 });
  });

  it('of a system that asked for a pause says that, and not that calls are used up', async () => {
    await world.run();
    add(1);
    const because = new ConnectorError('partner-center', 'connection', 'THROTTLED', 'No calls now.', {
      retryAfterMs: 120_000
    });
    const paused: RunContext['budgets'] = [{ system: 'partner-center', state: () => ({ leastUrgent: -1, because }) }];
    const summary = await world.run({ budgets: paused });
    expect(summary).toMatchObject({ outcome: 'stopped', stopped: { code: 'THROTTLED', retryAfterMs: 120_000 } });
    expect((await world.run()).counts.created).toBe(1);
  });

  it('that is used up stops the run cleanly, with the time it resumes', async () => {
    await world.run();
    add(3);
    const summary = await world.run({ budgets: budgets(-1) });
    expect(summary).toMatchObject({ outcome: 'stopped', stopped: { code: 'API_BUDGET_EXHAUSTED' } });
    expect(summary.stopped?.retryAfterMs).toBeGreaterThan(3 * 3_600_000 - 60_000);
    expect(await world.queue.depth(name())).toEqual({ ready: 3, later: 0, held: 0 });
    expect((await world.run()).counts.created).toBe(3);
  });
});

describe('options that cannot work', () => {
  it('are refused: a lease shorter than a call', async () => {
    await expect(world.run({ options: { leaseMs: 10_000 } })).rejects.toMatchObject({ code: 'LEASE_TOO_SHORT' });
  });
});
