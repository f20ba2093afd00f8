import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../plugin/src/ledger/index.js';
import { MemoryLedger, openDatabase, SqlLedger } from '../../plugin/src/ledger/index.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { queueName } from '../../plugin/src/queue/boss.js';
import type { Claim, WorkQueue } from '../../plugin/src/queue/index.js';
import { MemoryQueue, openQueue } from '../../plugin/src/queue/index.js';
import { startPostgres } from '../support/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-queue-'));
const M = 'opportunity-referral';

interface Pair {
  queue: WorkQueue;
  ledger: Ledger;
  close(): Promise<void>;
}

async function onDatabase(location: string, kind: 'embedded' | 'fleet'): Promise<Pair> {
  const database = await openDatabase(location);
  const queue = await openQueue({ database, clock: systemClock, kind });
  const ledger = new SqlLedger(database);
  return {
    queue,
    ledger,
    close: async () => {
      await queue.close();
      await ledger.close();
    }
  };
}

const pairs: [string, () => Promise<Pair>][] = [
  [
    'memory',
    async () => {
      const queue = new MemoryQueue(systemClock);
      return Promise.resolve({ queue, ledger: new MemoryLedger(queue.isHeld), close: async () => queue.close() });
    }
  ],
  ['embedded on SQLite', async () => onDatabase(join(folder, 'ledger'), 'embedded')],
  ['embedded on PostgreSQL', async () => onDatabase(await (await startPostgres()).database(), 'embedded')],
  ['fleet', async () => onDatabase(await (await startPostgres()).database(), 'fleet')]
];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(pairs)('fences of the queue in the ledger: %s', (_name, open) => {
  it('let only the worker store that has the record in hand', async () => {
    const { queue, ledger, close } = await open();
    const claim = async (owner: string, leaseMs: number): Promise<Claim> =>
      (await queue.claim(M, { owner, limit: 1, leaseMs }))[0] as Claim;
    const store = async (by: Claim): Promise<void> =>
      ledger.commit(M, [{ leftKey: 'K', fence: by.fence, telling: { toldHash: `fence ${by.fence}` } }]);
    try {
      await queue.enqueue(M, [{ key: 'K', priority: 1 }]);
      const lost = await claim('A', 60);
      await store(lost);
      await sleep(90);
      const current = await claim('B', 60_000);
      await expect(store(lost)).rejects.toMatchObject({ code: 'FENCED' });
      await store(current);
      expect((await ledger.entries(M, ['K'])).get('K')?.telling?.toldHash).toBe(`fence ${current.fence}`);
      await queue.complete(M, 'B', [current]);
      await expect(store(current)).rejects.toMatchObject({ code: 'FENCED' });
    } finally {
      await close();
    }
  });
});

describe('opening a queue', () => {
  it('takes the driver that fits the database', async () => {
    const file = await openDatabase(join(folder, 'kinds'));
    const server = await openDatabase(await (await startPostgres()).database());
    const kindOf = async (options: Omit<Parameters<typeof openQueue>[0], 'clock'>): Promise<string> => {
      const queue = await openQueue({ ...options, clock: systemClock });
      await queue.close();
      return queue.kind;
    };
    try {
      expect(await kindOf({ database: file })).toBe('embedded');
      expect(await kindOf({ database: server, schema: 'own_queue' })).toBe('fleet');
      expect(await kindOf({ database: server, kind: 'embedded' })).toBe('embedded');
      await expect(kindOf({ database: file, kind: 'fleet' })).rejects.toMatchObject({ code: 'QUEUE_UNUSABLE' });
      await expect(kindOf({ database: server, schema: 'no"name' })).rejects.toMatchObject({ code: 'QUEUE_UNUSABLE' });
    } finally {
      await file.close();
      await server.close();
    }
  });

  it('sets up pg-boss once when several workers start together', async () => {
    const location = await (await startPostgres()).database();
    const databases = await Promise.all([1, 2, 3, 4].map(async () => openDatabase(location)));
    const queues = await Promise.all(
      databases.map(async (database) => openQueue({ database, clock: systemClock, kind: 'fleet' }))
    );
    await Promise.all(queues.map(async (queue, index) => queue.enqueue(M, [{ key: `K${index}`, priority: 1 }])));
    expect(await queues[0]?.depth(M)).toEqual({ ready: 4, later: 0, held: 0 });
    for (const queue of queues) await queue.close();
    for (const database of databases) await database.close();
  });

  it('gives every mapping a queue name of its own that pg-boss takes', () => {
    const names = ['a-b', 'a_b', 'a b', 'a_20_b', 'Ä'].map(queueName);
    expect(new Set(names).size).toBe(5);
    for (const name of names) expect(name).toMatch(/^[\w-]+$/);
  });
});
