// @ts-check
/**
 * A full synchronization with Business Central over loopback, the client in a process of its own: an empty company is filled, with
 * a kill in the middle and a resume, and then nothing changed. Calls, wall time, peak memory, and whether anything is there twice.
 * `npm run bench:full [-- --customers 10000 --items 10000 --contacts 20000 --kill-at contacts:0.3 --json]`. `--kill-at` is repeated
 * for several kills, each at this share of a set. Ends with 1 when a target is missed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openErp } from './lib/erp.mjs';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    items: { type: 'string', default: '10000' },
    contacts: { type: 'string', default: '20000' },
    kill: { type: 'boolean', default: true },
    'kill-at': { type: 'string', multiple: true, default: ['customers:0.5'] },
    json: { type: 'boolean', default: false }
  },
  allowNegative: true
});
const sizes = {
  customers: Number(values.customers),
  items: Number(values.items),
  contacts: Number(values.contacts)
};
/** Calls to both systems for a thousand records, and what a look at unchanged records may cost per mapping and system. */
const TARGET = { perThousand: 20, idle: 3 };
/** After that the killed process's right to run and its records are free. */
const LEASE_MS = 61_000;

const folder = mkdtempSync(join(tmpdir(), 'cosell-full-'));
const client = new URL('lib/full-sync-client.mjs', import.meta.url).pathname;

/** @param {import('./lib/erp.mjs').Erp} erp @param {string} what */
const start = (erp, what) => {
  const child = spawn(process.execPath, [client, what], {
    env: { ...process.env, BENCH_FULL: JSON.stringify(erp.handOver()) },
    stdio: ['ignore', 'pipe', 'inherit']
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
  const result = new Promise((resolve, reject) =>
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`${what} ended with ${code}: ${output}`))
    )
  );
  return { child, result };
};

/** @param {any} run */
const callsOf = ({ run }) =>
  run.steps.reduce(
    (/** @type {number} */ sum, /** @type {any} */ step) =>
      sum + Object.values(step.result?.calls ?? {}).reduce((all, count) => all + Number(count), 0),
    0
  );

const erp = await openErp(folder, sizes);
try {
  const total = sizes.customers + sizes.items + sizes.contacts;
  /** @type {Record<string, any>} */
  const result = { records: total, seconds: { seed: erp.seedSeconds } };
  const rowsOf = {
    customers: () => erp.rows('customers'),
    items: () => erp.rows('items'),
    contacts: () => erp.people()
  };
  /** @type {object[]} */
  const kills = [];
  for (const at of values.kill ? values['kill-at'] : []) {
    const [name = '', share] = at.split(':');
    const set = /** @type {keyof typeof sizes} */ (name);
    const { child, result: killed } = start(erp, kills.length === 0 ? 'begin' : 'resume');
    killed.catch(() => undefined);
    while ((await rowsOf[set]()) < sizes[set] * Number(share) && child.exitCode === null) await wait(20);
    child.kill('SIGKILL');
    await killed.catch(() => undefined);
    kills.push({
      at,
      customers: await erp.rows('customers'),
      items: await erp.rows('items'),
      contacts: await erp.people()
    });
    await wait(LEASE_MS);
  }
  const filled = await start(erp, values.kill ? 'resume' : 'begin').result;
  const counts = {
    customers: await erp.rows('customers'),
    items: await erp.rows('items'),
    contacts: await erp.people()
  };
  const names = await erp.names();
  await start(erp, 'begin').result;
  const idle = await start(erp, 'begin').result;
  const twice = Object.entries(sizes).filter(
    ([set, size]) =>
      counts[/** @type {keyof typeof counts} */ (set)] !== size ||
      names[/** @type {keyof typeof counts} */ (set)] !== size
  );
  const idleMost = Math.max(
    ...idle.run.steps.flatMap((/** @type {any} */ step) => Object.values(step.result?.calls ?? {}))
  );
  Object.assign(result, {
    kills,
    counts,
    // Names are given once, so that a record that is there twice cannot hide behind one that is missing.
    differentNames: names,
    outcome: filled.run.outcome,
    calls: callsOf(filled),
    perThousand: Math.round((callsOf(filled) / total) * 10_000) / 10,
    steps: filled.run.steps.map((/** @type {any} */ step) => [step.mapping, step.result]),
    seconds: { ...result.seconds, fill: filled.seconds, idle: idle.seconds },
    peakMegabytes: { fill: filled.peakMegabytes, idle: idle.peakMegabytes },
    idleCalls: callsOf(idle),
    idleMost,
    wrongCounts: twice
  });
  console.log(JSON.stringify(result, null, values.json ? undefined : 2));
  if (twice.length > 0 || result['perThousand'] > TARGET.perThousand || idleMost > TARGET.idle) process.exitCode = 1;
} finally {
  await erp.close();
  rmSync(folder, { recursive: true, force: true });
}
