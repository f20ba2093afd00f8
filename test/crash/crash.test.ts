import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from './lib/engines.mjs';
import { repeatOnce } from './lib/repetition.mjs';
import { prepareTemplate, type Template } from './lib/template.mjs';
import { wakeZombie } from './lib/zombie.mjs';

const CREATES = 60;
const folder = mkdtempSync(join(tmpdir(), 'cosell-crash-test-'));
let template: Template;

beforeAll(async () => {
  template = await prepareTemplate(join(folder, 'template'), CREATES);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Two processes on a ledger of their own, in a folder of their own. */
async function on<T>(
  engine: string,
  work: (plan: { folder: string; template: Template; storage: { ledger: string; queue: 'embedded' | 'fleet' } }) => T
): Promise<Awaited<T>> {
  const started = await engines[engine]?.();
  if (!started) throw new Error(`There is no engine ${engine}.`);
  try {
    const own = join(folder, `${engine}-${String(performance.now())}`);
    mkdirSync(own);
    return await work({ folder: own, template, storage: await started.storage(own) });
  } finally {
    await started.stop();
  }
}

const nothingWrong = { referrals: CREATES, duplicates: 0, undone: 0, defects: [] };

/** `npm run crash` does the same with 600 creates and 15 kills, twenty times on each engine. */
describe('real processes between both stand-ins', () => {
  it.each(['sqlite', 'pg-boss'])(
    'on %s: killed while they work, with 5 %% of the calls unavailable and 5 %% of the answers lost, they create everything once, lose no edit and leave nothing undone',
    async (engine) => {
      const rates = { unavailable: 0.05, dropAfter: 0.05 };
      const outcome = await on(engine, (plan) =>
        repeatOnce({ ...plan, seed: 1, kills: 3, freezes: 0, edits: 15, latencyMs: 20, rates, limitMs: 180_000 })
      );
      expect(outcome).toMatchObject({ ...nothingWrong, kills: 3 });
    }
  );

  it('a worker that was frozen in the middle of its calls until another one took over creates nothing twice', async () => {
    const outcome = await on('sqlite', (plan) => wakeZombie({ ...plan, limitMs: 180_000 }));
    expect(outcome).toMatchObject(nothingWrong);
    expect(outcome.beforeTakeOver).toBeGreaterThan(0);
    expect(outcome.takenOver).toBeGreaterThan(0);
  });
});
