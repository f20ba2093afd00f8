// @ts-check
/** Stand-ins, ledger and workers of one repetition, and what is found out about them at the end. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fleet } from './fleet.mjs';
import { isQuiet, openProbe } from './ledger-probe.mjs';
import { behind, judge } from './verdict.mjs';
import { startWorld, writeSettings } from './world.mjs';

/** Much shorter than in operation, so that the work of a killed process comes back in seconds; longer than any call may take. */
export const LEASE_MS = 5_000;
const REQUEST_TIMEOUT_MS = 2_000;

/**
 * @typedef {object} StagePlan
 * @property {string} folder empty, for this repetition
 * @property {import('./template.mjs').Template} template
 * @property {import('./engines.mjs').Storage} storage
 * @property {number} latencyMs of every call, so that kills fall into calls
 * @property {number} limitMs for all of it
 *
 * @typedef {Awaited<ReturnType<typeof openStage>>} Stage
 */

/** @param {StagePlan} plan */
export async function openStage({ folder, template, storage, latencyMs, limitMs }) {
  const world = await startWorld({ folder, template, latencyMs });
  const probe = await openProbe(storage.ledger, storage.queue);
  const times = { lease: `${LEASE_MS}ms`, requestTimeout: `${REQUEST_TIMEOUT_MS}ms` };
  const settings = writeSettings({ folder, world, more: { ledger: storage.ledger, queue: storage.queue, ...times } });
  const home = join(template.path, 'home');
  const fleet = new Fleet({ folder, home, settingsFile: settings.file, env: settings.env, workers: 2 });
  /** @type {import('./verdict.mjs').Edit[]} */
  const edits = [];
  const started = performance.now();
  return {
    ...{ world, fleet, edits },
    seconds: () => (performance.now() - started) / 1000,
    isOver: () => performance.now() - started > limitMs,
    /** Resolves when everything is in step and stored, nobody works any more, or the time is over. */
    untilInStep: async () => {
      for (;;) {
        const { opportunities, referrals } = await look(world);
        if (behind(opportunities, referrals) === 0 && isQuiet(await probe.look())) return;
        if (performance.now() - started > limitMs || fleet.running.size === 0) return;
        await sleep(250);
      }
    },
    /** Stops the workers in good order and judges what they leave behind. */
    finish: async () => {
      const notStopped = await fleet.stop();
      await world.fail(undefined, 0);
      const evidence = { ...(await look(world)), trail: await world.salesforce.ask('trail'), edits };
      const { duplicates, undone, defects } = judge({ ...evidence, ledger: await probe.look() });
      const all = [...defects, ...fleet.unexpected, ...notStopped, ...(await secondRunWrites(fleet, world))];
      return { edits: edits.length, referrals: evidence.referrals.length, duplicates, undone, defects: all };
    },
    close: async () => {
      await fleet.stop();
      await probe.close();
      await world.close();
    }
  };
}

/** @param {import('./world.mjs').World} world */
const look = async (world) => ({
  opportunities: await world.salesforce.ask('opportunities'),
  referrals: await world.center.ask('referrals')
});

/** @param {import('./world.mjs').World} world */
const versions = async (world) =>
  JSON.stringify([await world.salesforce.ask('versions'), await world.center.ask('versions')]);

/** A run on its own finds nothing to do, and nothing is different afterwards. @param {Fleet} fleet @param {import('./world.mjs').World} world */
async function secondRunWrites(fleet, world) {
  const before = await versions(world);
  const { code, result, text } = await fleet.command(['once']);
  if (code !== 0) return [`a further run ended with exit code ${code}: ${text.slice(0, 300)}`];
  return before === (await versions(world)) ? [] : [`a further run wrote something: ${JSON.stringify(result.counts)}`];
}
