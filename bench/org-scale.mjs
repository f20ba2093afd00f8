// @ts-check
/**
 * How the Salesforce stand-in carries a large org: 100,000 opportunities loaded through Bulk API 2.0 over HTTP, then point reads by
 * Id and by external id and a delta query of 2,000 rows on SystemModstamp. The server runs in a process of its own on a database file.
 * `npm run bench:org [-- --records 100000 --reads 300 --json]`. Ends with 1 when a target is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    reads: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false }
  }
});
const records = Number(values.records);
const reads = Number(values.reads);
const PAGE = 2000;
const folder = mkdtempSync(join(tmpdir(), 'cosell-org-scale-'));
const server = fork(new URL('lib/org-process.mjs', import.meta.url), [join(folder, 'org.db')]);
const agent = new Agent({ connections: 1 });

/** @param {string} base @param {string} token */
const client = (base, token) => ({
  /** @param {'GET' | 'POST' | 'PUT' | 'PATCH'} method @param {string} path @param {unknown} [body] */
  async call(method, path, body) {
    const csv = typeof body === 'string';
    const answer = await request(`${base}/services/data/v66.0${path}`, {
      method,
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}`, 'content-type': csv ? 'text/csv' : 'application/json' },
      ...(body === undefined ? {} : { body: csv ? body : JSON.stringify(body) })
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`);
    return text.startsWith('{') ? JSON.parse(text) : text;
  }
});

/** @param {number} index */
const csvRow = (index) =>
  `Deal ${index},${index % 2 === 0 ? 'Prospecting' : 'Qualification'},2027-0${1 + (index % 9)}-15,${1000 + index},` +
  `USD,referral-${String(index).padStart(7, '0')},engagement-${String(index >> 1).padStart(7, '0')}`;

const header = 'Name,StageName,CloseDate,Amount,CurrencyIsoCode,Referral_Identifier__c,Engagement_Identifier__c';

/** @param {ReturnType<typeof client>} org */
const load = async (org) => {
  const csv = `${[header, ...Array.from({ length: records }, (_, index) => csvRow(index))].join('\n')}\n`;
  const from = performance.now();
  const job = await org.call('POST', '/jobs/ingest', { object: 'Opportunity', operation: 'insert' });
  await org.call('PUT', `/jobs/ingest/${job.id}/batches`, csv);
  await org.call('PATCH', `/jobs/ingest/${job.id}`, { state: 'UploadComplete' });
  for (;;) {
    const state = await org.call('GET', `/jobs/ingest/${job.id}`);
    if (state.state === 'JobComplete' && state.numberRecordsFailed === 0) break;
    if (!['UploadComplete', 'InProgress'].includes(state.state) || state.numberRecordsFailed > 0)
      throw new Error(`The job ended as ${JSON.stringify(state)}.`);
    await wait(5);
  }
  const loadMs = performance.now() - from;
  const resultsFrom = performance.now();
  const results = String(await org.call('GET', `/jobs/ingest/${job.id}/successfulResults`));
  const ids = results
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(1, 19));
  return { loadMs, resultsMs: performance.now() - resultsFrom, bytes: csv.length, ids };
};

/** Milliseconds of each call, after a tenth of them as warm-up. @param {number} count @param {(index: number) => Promise<unknown>} work */
const measure = async (count, work) => {
  const times = [];
  const warmUp = Math.ceil(count / 10);
  for (let index = 0; index < count + warmUp; index += 1) {
    const from = performance.now();
    await work(index);
    if (index >= warmUp) times.push(performance.now() - from);
  }
  times.sort((left, right) => left - right);
  const at = (/** @type {number} */ share) => Number((times[Math.ceil(times.length * share) - 1] ?? 0).toFixed(2));
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
};

/** Stamps `PAGE` rows anew, a minute after the rest, and asks for them as a polling feed does. @param {ReturnType<typeof client>} org @param {string[]} ids */
const measureDelta = async (org, ids) => {
  server.send({ advanceMs: 60_000 });
  const [{ now }] = /** @type {[{ now: string }]} */ (await once(server, 'message'));
  for (let start = 0; start < Math.min(PAGE, ids.length); start += 200) {
    const chunk = ids.slice(start, start + 200);
    const rows = chunk.map((Id) => ({ attributes: { type: 'Opportunity' }, Id, NextStep: 'Changed' }));
    await org.call('PATCH', '/composite/sobjects', { allOrNone: true, records: rows });
  }
  const fields = 'Id, Name, StageName, Amount, CloseDate, Referral_Identifier__c, SystemModstamp';
  const since = new Date(Date.parse(now) - 30_000).toISOString();
  const soql = `SELECT ${fields} FROM Opportunity WHERE SystemModstamp > ${since} ORDER BY SystemModstamp, Id`;
  return measure(30, async () => {
    const answer = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    const expected = Math.min(PAGE, ids.length);
    if (answer.totalSize !== expected) throw new Error(`${answer.totalSize} rows instead of ${expected}.`);
  });
};

try {
  const [{ url, token }] = /** @type {[{ url: string, token: string }]} */ (await once(server, 'message'));
  const org = client(url, token);
  const { loadMs, resultsMs, bytes, ids } = await load(org);
  const some = (/** @type {number} */ index) => (index * 7919) % records;
  const byId = await measure(reads, (index) => org.call('GET', `/sobjects/Opportunity/${ids[some(index)]}`));
  const byKey = await measure(reads, (index) =>
    org.call('GET', `/sobjects/Opportunity/Referral_Identifier__c/referral-${String(some(index)).padStart(7, '0')}`)
  );
  const delta = await measureDelta(org, ids);
  const result = {
    records,
    uploadedBytes: bytes,
    rows: [
      { measure: 'Bulk API 2.0 load, ms', target: 60_000, value: Math.round(loadMs) },
      { measure: 'read by Id, p50 ms', target: 2, value: byId.p50, p95: byId.p95, max: byId.max },
      { measure: 'read by external id, p50 ms', target: 2, value: byKey.p50, p95: byKey.p95, max: byKey.max },
      { measure: '2,000-row delta query, p50 ms', target: 50, value: delta.p50, p95: delta.p95, max: delta.max },
      { measure: 'download of successful results, ms', value: Math.round(resultsMs) }
    ]
  };
  const lines = result.rows.map(
    (row) => `| ${row.measure} | ${row.target ?? ''} | ${row.value} | ${row.p95 ?? ''} | ${row.max ?? ''} |`
  );
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (!values.json)
    process.stdout.write(
      `\n| measure | target | value | p95 | max |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`
    );
  if (result.rows.some((row) => row.target !== undefined && row.value > row.target)) process.exitCode = 1;
} finally {
  await agent.close();
  const gone = once(server, 'exit');
  server.disconnect();
  await gone;
  rmSync(folder, { recursive: true, force: true });
}
