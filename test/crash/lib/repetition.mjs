// @ts-check
/** One repetition: processes are killed while they work and people edit; then everything must be as if nothing had happened. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editSomething } from './edits.mjs';
import { Fleet } from './fleet.mjs';
import { isQuiet, openProbe } from './ledger-probe.mjs';
import { seeded } from './random.mjs';
import { behind, judge } from './verdict.mjs';
import { startWorld, writeSettings } from './world.mjs';

const NAMES = ['one', 'two'];
/** A process that is killed a moment after the other must not leave the work undone for longer than this. */
const LEASE_MS = 5_000;

/**
 * @typedef {object} Plan
 * @property {string} folder empty, for this repetition
 * @property {import('./template.mjs').Template} template
 * @property {import('./engines.mjs').Storage} storage
 * @property {number} seed
 * @property {number} kills
 * @property {number} edits while it runs
 * @property {number} latencyMs of every call, so that kills fall into calls
 * @property {import('./world.mjs').Rates} rates
 * @property {number} limitMs for all of it
 *
 * @typedef {object} Outcome
 * @property {number} seed
 * @property {number} seconds until everything was in step
 * @property {number} kills
 * @property {number} edits
 * @property {number} referrals
 * @property {number} duplicates
 * @property {number} undone
 * @property {string[]} defects
 */

/** Kills at random moments, spread over the work: the next one is due when its share of the referrals is there. @param {Plan} plan @param {Fleet} fleet @param {import('./world.mjs').World} world @param {number} until */
async function killAtRandom({ seed, kills, template }, fleet, world, until) {
  const random = seeded(seed);
  const share = template.ids.length / (kills + 1);
  let killed = 0;
  while (killed < kills && performance.now() < until) {
    const due = Math.min((killed + random.next()) * share, template.ids.length);
    const patience = performance.now() + 6_000;
    while ((await world.center.ask('count')) < due && performance.now() < Math.min(patience, until)) await sleep(20);
    await sleep(random.next() * 150);
    const name = random.pick([...fleet.running.keys()]);
    if (name === undefined) break;
    await fleet.kill(name);
    killed += 1;
    await sleep(random.next() * 300);
    fleet.start(name);
  }
  return killed;
}

/** @param {Plan} plan @param {import('./world.mjs').World} world @param {import('./verdict.mjs').Edit[]} edits @param {AbortSignal} signal */
async function editMeanwhile({ seed, edits: count, template }, world, edits, signal) {
  const random = seeded(seed + 7);
  while (edits.length < count && !signal.aborted) {
    await editSomething(world, template.ids, random, edits);
    await sleep(40 + random.next() * 160);
  }
}

/** @param {import('./world.mjs').World} world */
const look = async (world) => ({
  opportunities: await world.salesforce.ask('opportunities'),
  referrals: await world.center.ask('referrals')
});

/** Gives up when the time is over or nobody works any more. @param {import('./world.mjs').World} world @param {Fleet} fleet @param {Awaited<ReturnType<typeof openProbe>>} probe @param {number} until */
async function untilInStep(world, fleet, probe, until) {
  for (;;) {
    const { opportunities, referrals } = await look(world);
    if (behind(opportunities, referrals) === 0 && isQuiet(await probe.look())) return;
    if (performance.now() > until || fleet.running.size === 0) return;
    await sleep(250);
  }
}

/** A run on its own finds nothing to do, and nothing is different afterwards. @param {Fleet} fleet @param {import('./world.mjs').World} world */
async function secondRunWrites(fleet, world) {
  const before = JSON.stringify([await world.salesforce.ask('versions'), await world.center.ask('versions')]);
  const { code, result, text } = await fleet.command(['once']);
  const after = JSON.stringify([await world.salesforce.ask('versions'), await world.center.ask('versions')]);
  if (code !== 0) return [`a further run ended with exit code ${code}: ${text.slice(0, 300)}`];
  return before === after ? [] : [`a further run wrote something: ${JSON.stringify(result.counts)}`];
}

/** @param {Plan} plan @returns {Promise<Outcome>} */
export async function repeatOnce(plan) {
  const { folder, template, storage, seed, latencyMs, rates, limitMs } = plan;
  const world = await startWorld({ folder, template, latencyMs });
  const probe = await openProbe(storage.ledger, storage.queue);
  const more = { ledger: storage.ledger, queue: storage.queue, lease: `${LEASE_MS}ms`, requestTimeout: '2s' };
  const settings = writeSettings({ folder, world, more });
  const home = join(template.path, 'home');
  const fleet = new Fleet({ folder, home, settingsFile: settings.file, env: settings.env, workers: 2 });
  /** @type {import('./verdict.mjs').Edit[]} */
  const edits = [];
  const editing = new AbortController();
  try {
    const started = performance.now();
    const until = started + limitMs;
    await world.fail(rates, seed);
    for (const name of NAMES) fleet.start(name);
    const edited = editMeanwhile(plan, world, edits, editing.signal);
    const kills = await killAtRandom(plan, fleet, world, until);
    await sleep(500);
    editing.abort();
    await edited;
    await untilInStep(world, fleet, probe, until);
    const seconds = (performance.now() - started) / 1000;
    const notStopped = await fleet.stop();
    await world.fail(undefined, seed);
    const ledger = await probe.look();
    const evidence = { ...(await look(world)), trail: await world.salesforce.ask('trail'), edits, ledger };
    const { duplicates, undone, defects } = judge(evidence);
    const again = await secondRunWrites(fleet, world);
    const all = [...defects, ...fleet.unexpected, ...notStopped, ...again];
    return {
      seed,
      seconds,
      kills,
      edits: edits.length,
      referrals: evidence.referrals.length,
      duplicates,
      undone,
      defects: all
    };
  } finally {
    editing.abort();
    await fleet.stop();
    await probe.close();
    await world.close();
  }
}
