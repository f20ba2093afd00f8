import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';

/** Between two tries. */
const TRY_MS = 50;
/** An exchange of tokens takes at most two minutes, repeats included. */
const PATIENCE_MS = 150_000;

/**
 * Runs `work` while nobody else does who names the same file, in this process or another one of the machine. The lock is
 * SQLite's on an empty database: the operating system lets go of it when its process ends, however it ends, so that none is
 * ever left behind.
 * @throws CosellError `SIGN_IN_BUSY` after two and a half minutes of waiting
 */
export async function exclusively<T>(file: string, clock: Clock, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  try {
    const until = clock.now() + PATIENCE_MS;
    while (!taken(database)) {
      if (clock.now() > until) {
        throw new CosellError('SIGN_IN_BUSY', 'Another process has been renewing the sign-in for minutes.', [
          'End the process that hangs, then try again.'
        ]);
      }
      await clock.sleep(TRY_MS);
    }
    return await work();
  } finally {
    database.close();
  }
}

function taken(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (/locked|busy/i.test((error as Error).message)) return false;
    throw error;
  }
}
