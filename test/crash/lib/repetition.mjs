// @ts-check
/** One repetition: processes are killed and frozen while they work and people edit; then everything must be as if nothing had happened. */
import { setTimeout as sleep } from 'node:timers/promises';
import { editSomething } from './edits.mjs';
import { seeded } from './random.mjs';
import { LEASE_MS, openStage } from './stage.mjs';

const NAMES = ['one', 'two'];
/** A kill is not put off for longer, although its share of the referrals is not there yet. */
const PATIENCE_MS = 6_000;

/**
 * @typedef {import('./stage.mjs').Stage} Stage
 *
 * @typedef {import('./stage.mjs').StagePlan & {
 *   seed: number,
 *   kills: number,
 *   freezes: number,
 *   edits: number,
 *   rates: import('./world.mjs').Rates
 * }} Plan `freezes`: how often a process stands still for longer than its lease; `edits`: by people, while it runs
 *
 * @typedef {object} Outcome
 * @property {number} seed
 * @property {number} seconds until everything was in step
 * @property {number} kills
 * @property {number} freezes
 * @property {number} edits
 * @property {number} referrals
 * @property {number} duplicates
 * @property {number} undone
 * @property {string[]} defects
 */

/** Kills at random moments, spread over the work: the next one is due when its share of the referrals is there. @param {Plan} plan @param {Stage} stage */
async function killAtRandom({ seed, kills, template }, { fleet, world, isOver }) {
  const random = seeded(seed);
  const share = template.ids.length / (kills + 1);
  let killed = 0;
  while (killed < kills && !isOver()) {
    const due = Math.min((killed + random.next()) * share, template.ids.length);
    const patience = performance.now() + PATIENCE_MS;
    while ((await world.center.ask('count')) < due && performance.now() < patience) await sleep(20);
    await sleep(random.next() * 150);
    if (fleet.running.size === 0) break;
    const name = random.pick([...fleet.running.keys()]);
    await fleet.kill(name);
    killed += 1;
    await sleep(random.next() * 300);
    fleet.start(name);
  }
  return killed;
}

/** Processes that stand still, as on a machine that sleeps or swaps, and go on after others took over their work. @param {Plan} plan @param {Stage} stage */
async function freezeAtRandom({ seed, freezes }, { fleet, isOver }) {
  const random = seeded(seed + 3);
  let frozen = 0;
  for (; frozen < freezes && !isOver(); frozen += 1) {
    await sleep(2_000 + random.next() * 2_000);
    const name = random.pick(NAMES);
    fleet.signal(name, 'SIGSTOP');
    await sleep(LEASE_MS + random.next() * 2_000);
    fleet.signal(name, 'SIGCONT');
  }
  return frozen;
}

/** @param {Plan} plan @param {Stage} stage @param {AbortSignal} signal */
async function editMeanwhile({ seed, edits: count, template }, { world, edits }, signal) {
  const random = seeded(seed + 7);
  while (edits.length < count && !signal.aborted) {
    await editSomething(world, template.ids, random, edits);
    await sleep(40 + random.next() * 160);
  }
}

/** @param {Plan} plan @returns {Promise<Outcome>} */
export async function repeatOnce(plan) {
  const { seed, rates } = plan;
  const stage = await openStage(plan);
  const editing = new AbortController();
  try {
    await stage.world.fail(rates, seed);
    for (const name of NAMES) stage.fleet.start(name);
    const edited = editMeanwhile(plan, stage, editing.signal);
    const [kills, freezes] = await Promise.all([killAtRandom(plan, stage), freezeAtRandom(plan, stage)]);
    await sleep(500);
    editing.abort();
    await edited;
    await stage.untilInStep();
    const seconds = stage.seconds();
    return { seed, seconds, kills, freezes, ...(await stage.finish()) };
  } finally {
    editing.abort();
    await stage.close();
  }
}
