import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../plugin/src/ledger/index.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { openQueue } from '../../plugin/src/queue/index.js';
import { startPostgres } from '../support/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-queue-'));
const runner = join(dirname(createRequire(import.meta.url).resolve('vite-node/package.json')), 'vite-node.mjs');
const program = fileURLToPath(new URL('worker.ts', import.meta.url));

const LEASE = 1_500;
const MAPPING = 'opportunity-referral';
const KEYS = Array.from({ length: 600 }, (_, index) => `K${1000 + index}`);

const places: [string, 'embedded' | 'fleet', () => Promise<string>][] = [
  ['a SQLite file', 'embedded', async () => Promise.resolve(join(folder, 'ledger'))],
  ['PostgreSQL', 'embedded', async () => (await startPostgres()).database()],
  ['PostgreSQL', 'fleet', async () => (await startPostgres()).database()]
];

interface Line {
  at: number;
  owner: string;
  key: string;
  sign: string;
}

const readWitness = (file: string): Line[] =>
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line.split(' ').length === 4)
    .map((line) => {
      const [at = '', owner = '', key = '', sign = ''] = line.split(' ');
      return { at: Number(at), owner, key, sign };
    });

/** Waits until a worker has some records in hand. */
async function untilHolding(file: string, owner: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const mine = readWitness(file).filter((line) => line.owner === owner);
    if (mine.length >= 60 && mine.at(-1)?.sign === '+') return;
    await sleep(3);
  }
  throw new Error(`${owner} never had a record in hand.`);
}

/** Records that two workers had in hand at once; what a killed worker held is free when its lease is over. */
function inTwoHands(lines: readonly Line[], killedAt: number): string[] {
  const holder = new Map<string, Line>();
  return lines.flatMap((line) => {
    const before = holder.get(line.key);
    if (line.sign === '-') holder.delete(line.key);
    else holder.set(line.key, line);
    if (line.sign === '-' || before === undefined) return [];
    const free = before.owner === 'victim' && before.at <= killedAt && line.at >= before.at + LEASE - 50;
    return free ? [] : [`${line.key}: ${before.owner} ${before.at}, ${line.owner} ${line.at}`];
  });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(places)('two workers on %s (%s), one of them killed', (_place, kind, locate) => {
  it('finish all work within the lease, and no record is in two hands', async () => {
    const location = await locate();
    const witness = join(folder, `${kind}-${Date.now()}.witness`);
    const database = await openDatabase(location);
    const queue = await openQueue({ database, clock: systemClock, kind });
    await queue.enqueue(
      MAPPING,
      KEYS.map((key) => ({ key, priority: 1 }))
    );
    const start = (owner: string): ChildProcess =>
      spawn(process.execPath, [runner, program, location, kind, MAPPING, owner, String(LEASE), witness], {
        stdio: ['ignore', 'inherit', 'inherit']
      });
    const victim = start('victim');
    const other = start('other');
    try {
      await untilHolding(witness, 'victim');
      victim.kill('SIGKILL');
      await once(victim, 'exit');
      const killedAt = Date.now();
      const held = new Map<string, string>();
      for (const { owner, key, sign } of readWitness(witness)) if (owner === 'victim') held.set(key, sign);
      const orphans = [...held].filter(([, sign]) => sign === '+').map(([key]) => key);
      expect(orphans.length).toBeGreaterThan(0);
      if (other.exitCode === null) await once(other, 'exit');
      expect(other.exitCode).toBe(0);

      const lines = readWitness(witness);
      expect(new Set(lines.filter(({ sign }) => sign === '-').map(({ key }) => key))).toEqual(new Set(KEYS));
      expect(inTwoHands(lines, killedAt)).toEqual([]);
      const rescued = lines.filter(
        ({ owner, key, sign }) => owner === 'other' && sign === '-' && orphans.includes(key)
      );
      expect(rescued.map(({ key }) => key).sort()).toEqual(orphans.sort());
      expect(Math.max(...rescued.map(({ at }) => at)) - killedAt).toBeLessThan(LEASE + 2_000);
      expect(await queue.depth(MAPPING)).toEqual({ ready: 0, later: 0, held: 0 });
    } finally {
      victim.kill('SIGKILL');
      other.kill('SIGKILL');
      await queue.close();
      await database.close();
    }
  });
});
