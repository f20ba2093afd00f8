// @ts-check
/**
 * `npm run bench:ledger`: how the ledger does with many records. Loads couplings in bulk, then reads, asks and commits as
 * the engine does. Figures are reported, never asserted.
 *
 *   --snapshots N        couplings to load (1000000)
 *   --database-url URL   on this PostgreSQL, in a schema of its own that is dropped afterwards, instead of a file
 *   --postgres           on a private PostgreSQL with its safe settings
 *   --json               as JSON
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase, SqlLedger } from '../plugin/lib/ledger/index.js';
import { startPostgres } from '../scripts/lib/postgres.mjs';
import { peakMegabytes } from './lib/peak.mjs';

const { values: options } = parseArgs({
  options: {
    snapshots: { type: 'string', default: '1000000' },
    'database-url': { type: 'string' },
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false }
  }
});
const M = 'bench';
const RECORDS_COMMITTED = 3_000;
const SCHEMA = 'cosell_bench';
const at = '2026-01-05T09:00:00.000Z';

/** A snapshot of a deal, about 420 bytes as JSON. */
const base = {
  name: 'Renewal of the maintenance contract, 250 seats',
  amount: 125000.5,
  currency: 'EUR',
  closeDate: '2026-09-30',
  status: 'Active',
  stage: 'Proposal/Price Quote',
  notes: 'The customer asks for a proof of concept in spring and decides.',
  customer: { name: 'Contoso Nederland B.V.', city: 'Utrecht', country: 'NL' },
  team: [{ email: 'first.seller@partner.example', name: 'First Seller' }],
  solutions: ['SOL-0001']
};
/** @param {number} index */
const leftKey = (index) => `006${String(index).padStart(12, '0')}AAA`;
/** @param {number} index */
const coupling = (index) => ({
  leftKey: leftKey(index),
  // In no order, as the identifiers of Partner Center are.
  rightKey: createHash('md5').update(String(index)).digest('hex'),
  context: { engagementId: `e-${index}` },
  state: /** @type {const} */ ('active'),
  base: { ...base, amount: index },
  seenLeft: '0123456789abcdef0123456789abcdef',
  seenRight: 'fedcba9876543210fedcba9876543210',
  ...{ leftAt: at, rightAt: at, createdAt: at, updatedAt: at, syncedAt: at }
});

/** @param {number} count */
function* couplings(count) {
  for (let index = 0; index < count; index += 1) yield coupling(index);
}

/** Wall and CPU time. @template T @param {() => Promise<T>} work */
async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms: performance.now() - started, cpuMs: (user + system) / 1000 };
}

/** What the engine stores for one record that is shared for the first time. @param {SqlLedger} ledger @param {number} index */
async function share(ledger, index) {
  const key = leftKey(index);
  const marker = { kind: /** @type {const} */ ('create'), marker: key, attempt: 1, startedAt: at };
  const line = { runId: 'run', rightKey: '', kind: /** @type {const} */ ('created'), changes: [], at };
  const pending = { audit: [{ message: 'Referral created in Partner Center.' }] };
  await ledger.commit(M, [{ leftKey: key, intent: marker }]);
  await ledger.commit(M, [
    {
      leftKey: key,
      coupling: coupling(index),
      intent: null,
      issue: null,
      telling: { toldHash: '', pending },
      journal: [line]
    }
  ]);
  await ledger.commit(M, [{ leftKey: key, telling: { toldHash: 'h' } }]);
}

/** @param {SqlLedger} ledger @param {number} from @param {number} inFlight */
async function shareMany(ledger, from, inFlight) {
  let next = from;
  const { ms, cpuMs } = await timed(async () => {
    const worker = async () => {
      while (next < from + RECORDS_COMMITTED) await share(ledger, next++);
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  });
  const commits = RECORDS_COMMITTED * 3;
  return {
    commitsPerSecond: Math.round((commits / ms) * 1000),
    cpuMicrosecondsPerCommit: Math.round((cpuMs / commits) * 1000)
  };
}

/** @param {string} location */
async function measure(location) {
  const count = Number(options.snapshots);
  const opening = await timed(async () => openDatabase(location, { schema: SCHEMA }));
  const ledger = new SqlLedger(opening.result);
  const load = await timed(async () => ledger.load(M, couplings(count)));
  const peakRssMb = Math.round(peakMegabytes());
  const keys = Array.from({ length: 200 }, (_item, index) => leftKey(Math.floor((index * count) / 200)));
  const status = await timed(async () => ledger.status(M));
  const due = await timed(async () => ledger.due(M, at, 1000));
  const entries = await timed(async () => ledger.entries(M, keys));
  const one = await shareMany(ledger, count, 1);
  const eight = await shareMany(ledger, count + RECORDS_COMMITTED, 8);
  const again = await timed(async () => (await openDatabase(location, { schema: SCHEMA })).close());
  await ledger.close();
  return {
    snapshots: load.result,
    loadSeconds: load.ms / 1000,
    loadCpuSeconds: load.cpuMs / 1000,
    rowsPerSecond: Math.round((load.result / load.ms) * 1000),
    peakRssMb,
    openMs: { first: opening.ms, later: again.ms },
    statusMs: status.ms,
    dueMs: due.ms,
    entriesOf200Ms: entries.ms,
    commitsOneInFlight: one,
    commitsEightInFlight: eight
  };
}

async function onFile() {
  const folder = mkdtempSync(join(tmpdir(), 'cosell-bench-'));
  try {
    const file = join(folder, 'bench.ledger');
    const figures = await measure(file);
    return { engine: 'SQLite file', ...figures, sizeMb: Math.round(statSync(file).size / 1024 / 1024) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} location */
async function onPostgres(location) {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${SCHEMA} cascade`);
    const figures = await measure(location);
    const size = `select sum(pg_total_relation_size(oid)) / 1048576 as mb from pg_class where relkind = 'r' and relnamespace = '${SCHEMA}'::regnamespace`;
    const { rows } = await client.query(size);
    return { engine: 'PostgreSQL', ...figures, sizeMb: Math.round(Number(rows[0].mb)) };
  } finally {
    await client.query(`drop schema if exists ${SCHEMA} cascade`);
    await client.end();
  }
}

async function onPrivatePostgres() {
  const server = await startPostgres({ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' });
  return onPostgres(await server.database()).finally(server.stop);
}

const url = options['database-url'];
const figures = await (url !== undefined ? onPostgres(url) : options.postgres ? onPrivatePostgres() : onFile());

/** @param {number} value */
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const text = `Ledger on ${figures.engine}, ${figures.snapshots.toLocaleString('en')} couplings
  load             ${figures.loadSeconds.toFixed(1)} s (${figures.loadCpuSeconds.toFixed(1)} s CPU), ${figures.rowsPerSecond.toLocaleString('en')} rows/s, peak memory ${figures.peakRssMb} MB, ${figures.sizeMb} MB stored
  open             ${ms(figures.openMs.first)} new, ${ms(figures.openMs.later)} later
  status           ${ms(figures.statusMs)}
  due              ${ms(figures.dueMs)}
  200 entries      ${ms(figures.entriesOf200Ms)}
  commits, 1 by 1  ${figures.commitsOneInFlight.commitsPerSecond.toLocaleString('en')}/s, ${figures.commitsOneInFlight.cpuMicrosecondsPerCommit} µs CPU each
  commits, 8 open  ${figures.commitsEightInFlight.commitsPerSecond.toLocaleString('en')}/s, ${figures.commitsEightInFlight.cpuMicrosecondsPerCommit} µs CPU each`;
process.stdout.write(`${options.json ? JSON.stringify(figures, null, 2) : text}\n`);
