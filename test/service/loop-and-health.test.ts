import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import { ManualClock } from '../../plugin/src/ports/clock.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import type { HealthServer } from '../../plugin/src/service/health.js';
import { startHealth } from '../../plugin/src/service/health.js';
import { silentLog } from '../../plugin/src/service/log.js';
import type { ServiceState } from '../../plugin/src/service/loop.js';
import { pauseAfter, runLoop } from '../../plugin/src/service/loop.js';
import { stopOnSignals } from '../../plugin/src/service/signals.js';
import { World } from '../support/engine/world.js';

const fresh = (): ServiceState => ({ startedAt: '2026-01-05T09:00:00.000Z', cycles: 0, failures: 0, stopping: false });

describe('the loop', () => {
  it('waits longer and longer while a system is down, and goes on by itself', async () => {
    const world = await World.open();
    world.org.add();
    const starts: number[] = [];
    const controller = new AbortController();
    world.referrals.before = () => {
      throw new ConnectorError('partner-center', 'connection', 'UNREACHABLE', 'Not reachable.');
    };
    const state = fresh();
    await runLoop({
      run: async () => {
        starts.push(world.clock.now());
        if (starts.length === 5) world.referrals.before = () => undefined;
        if (starts.length === 6) controller.abort();
        // Without the second look of a new ledger, which takes time of its own.
        return world.run({ options: { lookupDelayMs: 0 } });
      },
      clock: world.clock,
      random: world.random,
      intervalMs: 1000,
      signal: controller.signal,
      log: silentLog,
      state
    });
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(pauses[3]).toBeGreaterThan((pauses[0] ?? 0) * 3);
    expect(pauses[4]).toBeLessThan(1500);
    expect(state).toMatchObject({ cycles: 6, failures: 0, stopping: true });
    expect(world.referrals.records.size).toBe(1);
  });

  it.each([
    ['quietly', 0, undefined, 0, 15_000, 15_000],
    ['sooner when records are left', 0, 3, 0, 2_000, 2_000],
    ['for what the system asks', 1, undefined, 90_000, 90_000, 90_000],
    ['at most five minutes', 12, undefined, 0, 150_000, 300_000]
  ])('pauses %s', async (_how, failures, deferred, retryAfterMs, least, most) => {
    const world = await World.open();
    const summary = await world.run();
    const stopped = { system: 's', code: 'c', message: 'm', nextSteps: [], retryAfterMs };
    const after = {
      ...summary,
      counts: { ...summary.counts, deferred: deferred ?? 0 },
      ...(failures > 0 ? { stopped } : {})
    };
    const pause = pauseAfter(after, failures, { intervalMs: 15_000, random: new SeededRandom(3) });
    expect(pause).toBeGreaterThanOrEqual(least);
    expect(pause).toBeLessThanOrEqual(most);
  });
});

describe('signals', () => {
  class Source extends EventEmitter {
    public exits: number[] = [];
    public exit(code: number): never {
      this.exits.push(code);
      return undefined as never;
    }
  }

  it('first ask to stop, then end the process, and leave the listeners of others as they were', () => {
    const source = new Source();
    const other = (): void => void source.exits.push(-1);
    source.on('SIGTERM', other);
    const stop = stopOnSignals(source, silentLog);
    source.emit('SIGTERM', 'SIGTERM');
    expect(stop.signal.aborted).toBe(true);
    expect(source.exits).toEqual([]);
    source.emit('SIGINT', 'SIGINT');
    expect(source.exits).toEqual([130]);
    stop.dispose();
    expect(source.listeners('SIGTERM')).toEqual([other]);
    expect(source.listeners('SIGINT')).toEqual([]);
  });
});

describe('the health endpoint', () => {
  let health: HealthServer | undefined;
  afterEach(async () => {
    await health?.close();
  });

  it('tells alive from ready, and shows where the service stands', async () => {
    const clock = new ManualClock();
    const state = fresh();
    const ledger = new MemoryLedger();
    health = await startHealth({
      host: '127.0.0.1',
      port: 0,
      state,
      clock,
      intervalMs: 1000,
      ledgerStatus: () => ledger.status('m'),
      queue: () => Promise.resolve({ kind: 'memory', ready: 3, later: 2, held: 1 }),
      workers: 2
    });
    const get = async (path: string, method = 'GET'): Promise<[number, unknown]> => {
      const response = await fetch(`${health?.url ?? ''}${path}`, { method });
      return [response.status, await response.json()];
    };
    expect(await get('/healthz')).toEqual([200, { status: 'ok' }]);
    expect(await get('/readyz')).toEqual([503, { ready: false, reason: 'STARTING' }]);
    state.lastGoodAt = clock.now();
    expect(await get('/readyz')).toEqual([200, { ready: true }]);
    clock.advance(31_000);
    expect(await get('/readyz')).toEqual([503, { ready: false, reason: 'LATE' }]);
    state.failures = 1;
    state.lastError = { code: 'UNREACHABLE', message: 'secret words' };
    expect(await get('/readyz')).toEqual([503, { ready: false, reason: 'UNREACHABLE' }]);
    const [status, body] = await get('/status');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ready: false, cycles: 0, lastError: 'UNREACHABLE', ledger: { openIntents: 0 } });
    expect(body).toMatchObject({ workers: 2, queue: { kind: 'memory', ready: 3, later: 2, held: 1 } });
    expect(JSON.stringify(body)).not.toContain('secret words');
    expect((await get('/other'))[0]).toBe(404);
    expect((await get('/status', 'POST'))[0]).toBe(405);
  });

  it('says which port is taken', async () => {
    const options = {
      host: '127.0.0.1',
      state: fresh(),
      clock: new ManualClock(),
      intervalMs: 1,
      workers: 1,
      queue: () => Promise.resolve({ kind: 'memory', ready: 0, later: 0, held: 0 }),
      ledgerStatus: () => new MemoryLedger().status('m')
    };
    health = await startHealth({ ...options, port: 0 });
    await expect(startHealth({ ...options, port: health.port })).rejects.toMatchObject({ code: 'HEALTH_PORT_IN_USE' });
  });
});
