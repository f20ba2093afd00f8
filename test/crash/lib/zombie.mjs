// @ts-check
/**
 * A worker that stands still in the middle of its calls for longer than its lease, loses its work to another one, and goes on
 * as if nothing had happened. Published crash tests of other engines call it the zombie; here it does no harm.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openStage } from './stage.mjs';

/** Long enough that calls are under way whenever the worker is frozen. */
const CALL_MS = 400;

/** @param {Omit<import('./stage.mjs').StagePlan, 'latencyMs'>} plan */
export async function wakeZombie(plan) {
  const stage = await openStage({ ...plan, latencyMs: CALL_MS });
  const { fleet, world, isOver } = stage;
  const count = () => world.center.ask('count');
  try {
    fleet.start('zombie');
    while ((await count()) === 0 && !isOver() && fleet.running.size > 0) await sleep(20);
    // In the middle of the next calls: what is on the way arrives, and nobody reads the answers.
    await sleep(CALL_MS / 2);
    fleet.signal('zombie', 'SIGSTOP');
    await sleep(CALL_MS * 2);
    const beforeTakeOver = await count();
    fleet.start('other');
    await stage.untilInStep();
    const takenOver = (await count()) - beforeTakeOver;
    fleet.signal('zombie', 'SIGCONT');
    // Long enough for the zombie to read the answers and to send what it was about to.
    await sleep(3_000);
    await stage.untilInStep();
    return { beforeTakeOver, takenOver, ...(await stage.finish()) };
  } finally {
    await stage.close();
  }
}
