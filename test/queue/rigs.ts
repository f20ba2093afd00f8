import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerDatabase } from '../../plugin/src/ledger/index.js';
import { openDatabase } from '../../plugin/src/ledger/index.js';
import { ManualClock, systemClock } from '../../plugin/src/ports/clock.js';
import { MemoryQueue } from '../../plugin/src/queue/memory.js';
import type { WorkQueue } from '../../plugin/src/queue/index.js';
import { openQueue } from '../../plugin/src/queue/index.js';
import { startPostgres } from '../support/postgres.js';

/** A driver under test with its own time. */
export interface Rig {
  queue: WorkQueue;
  /** Another worker's view of the same queue; for the shared drivers through a connection of its own. */
  other: WorkQueue;
  /** Opens a further view, which the caller closes. */
  open(): Promise<WorkQueue>;
  now(): number;
  /** Lets time pass: by hand where a clock decides, for real where the database's clock does. */
  pass(milliseconds: number): Promise<void>;
}

export interface Driver {
  name: string;
  /** Called for every test. */
  rig(): Promise<Rig>;
  stop(): Promise<void>;
}

/** Both views move together, as two processes on one machine do. */
function handTime(): { clock: ManualClock; now: () => number; pass: (milliseconds: number) => Promise<void> } {
  const clock = new ManualClock();
  return { clock, now: () => clock.now(), pass: async (milliseconds) => clock.sleep(milliseconds) };
}

export function memory(): Driver {
  return {
    name: 'memory',
    rig: async () => {
      const time = handTime();
      const queue = new MemoryQueue(time.clock);
      return Promise.resolve({ queue, other: queue, open: async () => Promise.resolve(queue), ...time });
    },
    stop: async () => Promise.resolve()
  };
}

function embedded(name: string, one: LedgerDatabase, two: LedgerDatabase): Driver {
  return {
    name,
    rig: async () => {
      const time = handTime();
      const open = async (database: LedgerDatabase): Promise<WorkQueue> =>
        openQueue({ database, clock: time.clock, kind: 'embedded' });
      return { queue: await open(one), other: await open(two), open: async () => open(two), ...time };
    },
    stop: async () => {
      await one.close();
      if (two !== one) await two.close();
    }
  };
}

/** One handle: a process has one, as a second one would make the first wait for itself. */
export async function embeddedFile(): Promise<Driver> {
  const folder = mkdtempSync(join(tmpdir(), 'cosell-queue-'));
  const database = await openDatabase(join(folder, 'ledger'));
  const driver = embedded('embedded, SQLite', database, database);
  return {
    ...driver,
    stop: async () => {
      await driver.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function pair(location: string): Promise<[LedgerDatabase, LedgerDatabase]> {
  return [await openDatabase(location), await openDatabase(location)];
}

export async function embeddedPostgres(): Promise<Driver> {
  const server = await startPostgres();
  return embedded('embedded, PostgreSQL', ...(await pair(await server.database())));
}

export async function fleet(): Promise<Driver> {
  const server = await startPostgres();
  const [one, two] = await pair(await server.database());
  const queue = await openQueue({ database: one, clock: systemClock });
  const other = await openQueue({ database: two, clock: systemClock });
  return {
    name: 'fleet',
    rig: async () =>
      Promise.resolve({
        queue,
        other,
        open: async () => openQueue({ database: two, clock: systemClock }),
        now: () => Date.now(),
        pass: async (milliseconds) => sleep(milliseconds)
      }),
    stop: async () => {
      await queue.close();
      await other.close();
      await one.close();
      await two.close();
    }
  };
}
