// @ts-check
/** The benches that stand on their own, called from the comparison. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../../scripts/lib/run.mjs';

/** @param {string} script @param {string[]} args */
const bench = async (script, ...args) => {
  const { code, output } = await run(process.execPath, [join(root, 'bench', script), ...args]);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output.slice(-2000)}`);
  return output;
};

/** How long a rep waits, with the settings that ship: by polling alone, and with change events. @param {number} toggles */
export const toggleWaits = async (toggles) => {
  const waits = async (/** @type {string} */ how) =>
    JSON.parse(
      await bench('toggle.mjs', '--toggles', String(toggles), '--poll-interval', 'default', '--events', how, '--json')
    ).toggleToSyncedMs;
  return { 'by polling': await waits('off'), 'by change events': await waits('on') };
};

/** @param {number} snapshots */
export const ledgerLoad = async (snapshots) => {
  if (!existsSync(join(root, 'bench/ledger.mjs'))) return undefined;
  return (await bench('ledger.mjs', '--snapshots', String(snapshots))).trim();
};
