import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../../plugin/src/ledger/index.js';
import { startPostgres } from '../support/postgres.js';
import { cleanUp, newFile } from './engines.js';

afterAll(cleanUp);

const WRITER = fileURLToPath(new URL('./writer.mjs', import.meta.url));

interface Writer {
  /** Keys that were acknowledged. */
  acknowledged: string[];
  ended: Promise<unknown>;
  kill: () => void;
}

function write(location: string, name: string, count: number): Writer {
  const child = spawn(process.execPath, [WRITER, location, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const acknowledged: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    acknowledged.push(...lines);
  });
  return { acknowledged, ended: once(child, 'close'), kill: () => child.kill('SIGKILL') };
}

const places: [string, () => Promise<string>][] = [
  ['one file', async () => Promise.resolve(newFile())],
  ['one PostgreSQL', async () => (await startPostgres()).database()]
];

describe.each(places)('several processes on %s', (_name, place) => {
  it('start together on a new ledger, write at once, and lose nothing', async () => {
    const location = await place();
    const writers = ['a', 'b', 'c'].map((name) => write(location, name, 30));
    expect(await Promise.all(writers.map(async ({ ended }) => ended))).toEqual([
      [0, null],
      [0, null],
      [0, null]
    ]);
    const ledger = await openLedger(location);
    const keys = writers.flatMap(({ acknowledged }) => acknowledged);
    expect(keys).toHaveLength(90);
    const status = await ledger.status('m');
    expect(status).toMatchObject({ couplings: { active: 90 }, openIntents: 0 });
    expect(new Set((await ledger.journal('m', 'shared')).map(({ leftKey }) => leftKey))).toEqual(new Set(keys));
    expect(await ledger.callsSince('salesforce', 0)).toEqual(new Map([[0, 90]]));
    await ledger.close();
  });

  it('keep every acknowledged commit when one is killed while it writes', async () => {
    const location = await place();
    await (await openLedger(location)).close();
    const killed = write(location, 'a', 100_000);
    const other = write(location, 'b', 40);
    while (killed.acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill();
    await Promise.all([killed.ended, other.ended]);
    const ledger = await openLedger(location);
    const keys = [...killed.acknowledged, ...other.acknowledged];
    const entries = await ledger.entries('m', keys);
    expect(other.acknowledged).toHaveLength(40);
    expect(keys.filter((key) => entries.get(key)?.coupling === undefined)).toEqual([]);
    expect(keys.filter((key) => entries.get(key)?.intent !== undefined)).toEqual([]);
    // The one it died with is half done or not begun, never both.
    expect((await ledger.status('m')).openIntents).toBeLessThanOrEqual(1);
    await ledger.close();
  });
});
