// @ts-check
/**
 * How long a rep waits: from the saved toggle to the referral in Partner Center and to "Synced" on the opportunity, in a sandbox
 * of its own; and how many calls a toggle costs at each system. `npm run bench:toggle [-- --toggles 50 --poll-interval 500]`.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { root } from '../scripts/lib/run.mjs';

const { values } = parseArgs({
  options: {
    toggles: { type: 'string', default: '50' },
    'poll-interval': { type: 'string', default: '500' },
    json: { type: 'boolean', default: false }
  }
});
const toggles = Number(values.toggles);
const dataDir = mkdtempSync(join(tmpdir(), 'cosell-bench-'));
const runNode = (/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env = process.env) =>
  promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 64 << 20 });
const sandbox = (/** @type {string[]} */ ...args) => runNode(['scripts/start.mjs', ...args, '--data-dir', dataDir]);

await sandbox('--detach', '--no-service', '--port-base', '0', '--poll-interval', values['poll-interval']);
const endpoints = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8'));
const { url, apiVersion, users } = endpoints.salesforce;
const token = users[0].accessToken;
const env = {
  ...process.env,
  HOME: endpoints.cli.home,
  COSELL_SETTINGS_FILE: endpoints.cli.settingsFile,
  ...endpoints.cli.env
};

/** @param {string} method @param {string} path @param {unknown} [body] */
const rest = async (method, path, body) => {
  const response = await fetch(`${url}/services/data/v${apiVersion}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};
const query = async (/** @type {string} */ soql) => (await rest('GET', `/query?q=${encodeURIComponent(soql)}`)).records;

/** Opportunities that can be shared: account with a two-letter country, contact role and solution. @param {number} count */
const createReady = async (count) => {
  const [account] = await query(
    "SELECT Id, CurrencyIsoCode FROM Account WHERE BillingCountry = 'NL' ORDER BY Name LIMIT 1"
  );
  const [contact] = await query(`SELECT Id FROM Contact WHERE AccountId = '${account.Id}' LIMIT 1`);
  const [solution] = await query('SELECT Id FROM Microsoft_Solution__c WHERE Active__c = true ORDER BY Name LIMIT 1');
  const [owner] = await query("SELECT Id FROM User WHERE Username = 'sam.seller@cosell.example'");
  /** @param {object[]} records */
  const insert = async (records) =>
    (await rest('POST', '/composite/sobjects', { allOrNone: true, records })).map(
      (/** @type {{ id: string }} */ row) => row.id
    );
  const type = (/** @type {string} */ name) => ({ attributes: { type: name } });
  const ids = await insert(
    Array.from({ length: count }, (_, index) => ({
      ...type('Opportunity'),
      ...{
        Name: `Measured deal ${index}`,
        StageName: 'Qualification',
        CloseDate: '2027-06-30',
        Amount: 10_000 + index
      },
      ...{
        AccountId: account.Id,
        CurrencyIsoCode: account.CurrencyIsoCode,
        OwnerId: owner.Id,
        How_can_Microsoft_help__c: 'General or Other'
      }
    }))
  );
  await insert(
    ids.map((/** @type {string} */ id) => ({
      ...type('OpportunityContactRole'),
      OpportunityId: id,
      ContactId: contact.Id,
      IsPrimary: true
    }))
  );
  await insert(
    ids.map((/** @type {string} */ id) => ({
      ...type('Opportunity_Microsoft_Solution__c'),
      Opportunity__c: id,
      Microsoft_Solution__c: solution.Id
    }))
  );
  return ids;
};
const toggle = (/** @type {string} */ id) =>
  rest('PATCH', `/sobjects/Opportunity/${id}`, { Sync_with_Partner_Center__c: true });
const syncOnce = async () =>
  JSON.parse(
    (await runNode(['bin/run.js', 'cosell', 'sync', 'once', '-o', endpoints.cli.targetOrg, '--json'], env)).stdout
  ).result;

/** @param {string} id */
const untilSynced = async (id) => {
  for (let looks = 0; looks < 1500; looks += 1) {
    const row = await rest('GET', `/sobjects/Opportunity/${id}?fields=Cosell_Sync_State__c`);
    if (row.Cosell_Sync_State__c === 'Synced') return;
    await wait(10);
  }
  throw new Error(`Opportunity ${id} was not synced within 15 s.`);
};

const percentile = (/** @type {number[]} */ numbers, /** @type {number} */ share) =>
  Math.round([...numbers].sort((left, right) => left - right)[Math.ceil(numbers.length * share) - 1]);

try {
  await syncOnce();
  const ready = await createReady(toggles * 2 + 1);
  await toggle(ready[0]);
  const single = (await syncOnce()).calls;
  const idle = (await syncOnce()).calls;
  for (const id of ready.slice(1, toggles + 1)) await toggle(id);
  const many = await syncOnce();

  const service = spawn(process.execPath, ['bin/run.js', 'cosell', 'sync', 'run', '-o', endpoints.cli.targetOrg], {
    cwd: root,
    env,
    stdio: 'ignore'
  });
  await wait(3000);
  const waits = [];
  for (const id of ready.slice(toggles + 1)) {
    // The moment within the poll interval must not be the same each time.
    await wait(Math.random() * Number(values['poll-interval']));
    const from = performance.now();
    await toggle(id);
    await untilSynced(id);
    waits.push(performance.now() - from);
  }
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('close', resolve));

  const result = {
    toggles,
    pollIntervalMs: Number(values['poll-interval']),
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
  await sandbox('--stop');
  rmSync(dataDir, { recursive: true, force: true });
}
