// @ts-check
/**
 * How long a rep waits: from the saved toggle to the referral in Partner Center and to "Synced" on the opportunity, in a sandbox
 * of its own; and how many calls a toggle costs at each system. `npm run bench:toggle [-- --toggles 50 --poll-interval 500
 * --events off]`; `--poll-interval default` leaves the setting that ships.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/run.mjs';
import { createDeals, toggle } from './lib/deals.mjs';
import { measure } from './lib/measured.mjs';
import { Sandbox, integrationOrg, newFolder, removeFolder } from './lib/sandbox.mjs';

const { values } = parseArgs({
  options: {
    toggles: { type: 'string', default: '50' },
    'poll-interval': { type: 'string', default: '500' },
    events: { type: 'string', default: 'on' },
    json: { type: 'boolean', default: false }
  }
});
const toggles = Number(values.toggles);
const shipped = values['poll-interval'] === 'default';
const dataDir = newFolder('toggle');
const options = shipped ? [] : ['--poll-interval', values['poll-interval']];
const sandbox = await Sandbox.start(dataDir, ...options);
const env = { ...sandbox.cliEnv, COSELL_CHANGE_EVENTS_ENABLED: String(values.events === 'on') };

const { settingsFile } = sandbox.endpoints.cli;
if (shipped) writeFileSync(settingsFile, readFileSync(settingsFile, 'utf8').replace(/^pollInterval:.*\n/m, ''));
/** Of the settings that ship; toggles are spread over this time and more. */
const DEFAULT_POLL_MS = 15_000;
const pollIntervalMs = shipped ? DEFAULT_POLL_MS : Number(values['poll-interval']);

const syncOnce = async () => {
  const { output } = await measure(['bin/run.js', 'cosell', 'sync', 'once', '-o', integrationOrg, '--json'], env, {
    cwd: root
  });
  return JSON.parse(output).result;
};

/** @param {string} id */
const untilSynced = async (id) => {
  for (const until = performance.now() + 60_000; performance.now() < until; await wait(10)) {
    const row = await sandbox.rest('GET', `/sobjects/Opportunity/${id}?fields=Cosell_Sync_State__c`);
    if (row.Cosell_Sync_State__c === 'Synced') return;
  }
  throw new Error(`Opportunity ${id} was not synced within 60 s.`);
};

/** A rep saves the toggle at any moment of the service's poll interval. @param {string} id @param {number} afterMs */
const waitOf = async (id, afterMs) => {
  await wait(afterMs);
  const from = performance.now();
  await toggle(sandbox, [id]);
  await untilSynced(id);
  return performance.now() - from;
};

/** One rep after the other where the service looks often; else side by side, spread over several looks. @param {readonly string[]} ids */
const waitsOf = async (ids) => {
  if (pollIntervalMs > 2000) return Promise.all(ids.map((id) => waitOf(id, Math.random() * pollIntervalMs * 4)));
  const waits = [];
  for (const id of ids) waits.push(await waitOf(id, Math.random() * pollIntervalMs));
  return waits;
};

const percentile = (/** @type {number[]} */ numbers, /** @type {number} */ share) =>
  Math.round([...numbers].sort((left, right) => left - right)[Math.ceil(numbers.length * share) - 1] ?? 0);

try {
  await syncOnce();
  const ready = await createDeals(sandbox, toggles * 2 + 1, { help: true });
  await toggle(sandbox, ready.slice(0, 1));
  const single = (await syncOnce()).calls;
  const idle = (await syncOnce()).calls;
  await toggle(sandbox, ready.slice(1, toggles + 1));
  const many = await syncOnce();

  const service = spawn(process.execPath, ['bin/run.js', 'cosell', 'sync', 'run', '-o', integrationOrg], {
    cwd: root,
    env,
    stdio: 'ignore'
  });
  const closed = new Promise((resolve) => service.once('close', resolve));
  try {
    await wait(5000);
    const waits = await waitsOf(ready.slice(toggles + 1));
    const result = {
      toggles,
      pollIntervalMs,
      changeEvents: values.events === 'on',
      toggleToSyncedMs: {
        p50: percentile(waits, 0.5),
        p95: percentile(waits, 0.95),
        max: Math.round(Math.max(...waits))
      },
      callsForOneToggle: single,
      callsForAnIdleRun: idle,
      batch: { created: many.counts.created, calls: many.calls, milliseconds: many.durationMs }
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } finally {
    service.kill('SIGTERM');
    await closed;
  }
} finally {
  await sandbox.stop();
  removeFolder(dataDir);
}
