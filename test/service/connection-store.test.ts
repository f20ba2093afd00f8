import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { cliConnections } from '../../plugin/src/service/connections/cli-store.js';
import type { Connection } from '../../plugin/src/service/connections/connection.js';
import { MemoryConnections } from '../../plugin/src/service/connections/connection.js';
import { exclusively } from '../../plugin/src/service/connections/exclusive.js';
import { refreshTokenStore } from '../../plugin/src/service/sign-in.js';
import { ownHome } from '../support/own-home.js';

const home = ownHome();
const root = new URL('../../', import.meta.url).pathname;
afterAll(() => {
  for (const path of [file, join(home, 'tokens.json')]) rmSync(path, { force: true });
});

const connection = (name: string): Connection => ({
  name,
  system: 'partner-center',
  tenantId: 't',
  clientId: 'c',
  authority: 'https://login.example',
  user: 'u@example.com',
  signedInAt: '2026-01-05T09:00:00.000Z'
});
const SECRET = '0.AXoA-refresh-token-that-nobody-may-see';
const file = join(home, '.sf', 'cosell-connections.json');

describe.each([
  ['in memory', () => new MemoryConnections()],
  ['in the encrypted store of the CLI', () => cliConnections(systemClock)]
])('connections %s', (where, open) => {
  it('are listed without their secret, which comes back whole', async () => {
    const store = open();
    expect(await store.list()).toEqual([]);
    await store.put(connection('two'), SECRET);
    await store.put(connection('one'), 'other');
    expect(await store.list()).toEqual([connection('one'), connection('two')]);
    expect([await store.secret('two'), await store.secret('three')]).toEqual([SECRET, undefined]);
    if (where === 'in memory') return;
    // A second process reads the same, and nobody else on the machine anything.
    expect(await open().secret('two')).toBe(SECRET);
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('keep a newer token, do not come back by it once removed, and are removed once', async () => {
    const store = open();
    await store.put(connection('main'), 'first');
    await store.renew('main', 'second');
    expect(await store.secret('main')).toBe('second');
    expect([await store.remove('main'), await store.remove('main')]).toEqual([true, false]);
    await store.renew('main', 'third');
    expect((await store.list()).some(({ name }) => name === 'main')).toBe(false);
  });

  it('let one renewal work at a time', async () => {
    const store = open();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await systemClock.sleep(5);
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => store.exclusively(work)));
    await expect(store.exclusively(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await store.exclusively(work);
    expect([most, inside]).toEqual([1, 0]);
  });
});

describe('the lock between processes', () => {
  const lock = join(home, 'tokens.json.lock');
  /** A process that holds the lock until it is killed. */
  const holder = async (): Promise<() => void> => {
    const code = `const { exclusively } = await import(${JSON.stringify(join(root, 'plugin/lib/service/connections/exclusive.js'))});
      const { systemClock } = await import(${JSON.stringify(join(root, 'plugin/lib/ports/clock.js'))});
      await exclusively(${JSON.stringify(lock)}, systemClock, async () => { console.log('held'); await systemClock.sleep(60_000); });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return () => void child.kill('SIGKILL');
  };

  it('keeps others out, and is free the moment its process is killed', async () => {
    const kill = await holder();
    let entered = false;
    const waiting = exclusively(lock, systemClock, async () => Promise.resolve(void (entered = true)));
    await systemClock.sleep(200);
    expect(entered).toBe(false);
    kill();
    await waiting;
    expect(entered).toBe(true);
  });

  it('guards the refresh token of the environment as well', async () => {
    const kill = await holder();
    const store = refreshTokenStore('first', join(home, 'tokens.json'), systemClock);
    let entered = false;
    const waiting = store.exclusively?.(async () => Promise.resolve(void (entered = true)));
    await systemClock.sleep(100);
    expect([entered, existsSync(lock)]).toEqual([false, true]);
    kill();
    await waiting;
    expect(entered).toBe(true);
  });
});
