// @ts-check
/** A sandbox for measurements: both stand-ins in one process, without a service, on a data folder of its own. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/lib/run.mjs';

/** The user as whom the synchronization runs, in the sandbox's own CLI home. */
export const integrationOrg = 'cosell-integration';

/** @typedef {'salesforce' | 'partner-center'} System */
/** @typedef {{ total: number, mostInFlight: number, calls: Record<string, unknown> }} Counters */

/** @param {string[]} args */
const start = (args) =>
  promisify(execFile)(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, maxBuffer: 64 << 20 });

export const newFolder = (/** @type {string} */ purpose) => mkdtempSync(join(tmpdir(), `cosell-bench-${purpose}-`));
export const removeFolder = (/** @type {string} */ folder) => rmSync(folder, { recursive: true, force: true });

export class Sandbox {
  /** @param {string} dataDir @param {any} endpoints */
  constructor(dataDir, endpoints) {
    this.dataDir = dataDir;
    this.endpoints = endpoints;
    this.token = endpoints.salesforce.users[0].accessToken;
    /** What `sf cosell sync` needs to find this sandbox and nothing of the user's. */
    this.cliEnv = {
      ...process.env,
      HOME: endpoints.cli.home,
      USERPROFILE: endpoints.cli.home,
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      COSELL_SETTINGS_FILE: endpoints.cli.settingsFile,
      // None of the others marks names.
      COSELL_MARK_NAME: 'false',
      ...endpoints.cli.env
    };
  }

  /** Starts a sandbox on `dataDir`, on free ports. @param {string} dataDir @param {string[]} options */
  static async start(dataDir, ...options) {
    await start(['--detach', '--no-service', '--port-base', '0', '--data-dir', dataDir, ...options]);
    return new Sandbox(dataDir, JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')));
  }

  /** A second sandbox with the same data; `template` is the folder of one that was stopped. @param {string} template */
  static async copyOf(template) {
    const dataDir = newFolder('run');
    cpSync(template, dataDir, { recursive: true });
    const sandbox = await Sandbox.start(dataDir);
    // Its own guess of 1,200 calls a minute would cut off whoever is fast; nobody in the comparison is to be measured by it.
    await sandbox.control('partner-center', 'PATCH', '/settings', { rateLimit: { calls: 1e6, windowSeconds: 60 } });
    return sandbox;
  }

  /** Stops the sandbox; the data stays. */
  async stop() {
    await start(['--stop', '--data-dir', this.dataDir]);
  }

  async remove() {
    await this.stop();
    removeFolder(this.dataDir);
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async rest(method, path, body) {
    const { url, apiVersion } = this.endpoints.salesforce;
    const response = await fetch(`${url}/services/data/v${apiVersion}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** All rows of a query. @param {string} soql */
  async query(soql) {
    const rows = [];
    let page = await this.rest('GET', `/query?q=${encodeURIComponent(soql)}`);
    for (;;) {
      rows.push(...page.records);
      if (page.done) return rows;
      page = await this.rest('GET', page.nextRecordsUrl.replace(/^.*\/v[\d.]+/, ''));
    }
  }

  /** Rows with their `attributes`, 200 a call. @param {'POST' | 'PATCH'} method @param {any[]} records @returns {Promise<string[]>} ids */
  async collections(method, records) {
    const ids = [];
    for (let from = 0; from < records.length; from += 200) {
      const body = { allOrNone: true, records: records.slice(from, from + 200) };
      for (const { id, success, errors } of await this.rest(method, '/composite/sobjects', body)) {
        if (!success) throw new Error(`The org refused a row: ${JSON.stringify(errors)}`);
        ids.push(id);
      }
    }
    return ids;
  }

  /** A test-only call of a stand-in. @param {System} system @param {string} method @param {string} path @param {unknown} [body] */
  async control(system, method, path, body) {
    const { salesforce, partnerCenter } = this.endpoints;
    const base = system === 'salesforce' ? salesforce.controlUrl : partnerCenter.controlUrl;
    const response = await fetch(base + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Delays every answer of both stand-ins. @param {number} milliseconds */
  async setLatency(milliseconds) {
    await this.control('salesforce', 'POST', '/faults', { slowMs: milliseconds });
    await this.control('partner-center', 'DELETE', '/faults');
    if (milliseconds > 0)
      await this.control('partner-center', 'POST', '/faults', { kind: 'latency', milliseconds, count: 1e9 });
  }

  /** Both services' clocks forward, so that what happened so far is older than any overlap of a cursor. @param {number} minutes */
  async passTime(minutes) {
    await this.control('salesforce', 'POST', '/clock', { moveMs: minutes * 60_000 });
    await this.control('partner-center', 'POST', '/clock', { minutes });
  }

  async resetCounters() {
    await this.control('salesforce', 'DELETE', '/counters');
    await this.control('partner-center', 'DELETE', '/counters');
  }

  /** @returns {Promise<Record<System, Counters>>} */
  async counters() {
    return {
      salesforce: await this.control('salesforce', 'GET', '/counters'),
      'partner-center': await this.control('partner-center', 'GET', '/counters')
    };
  }

  /** An access token for Partner Center, as after a sign-in with a second factor. @returns {Promise<string>} */
  async partnerCenterToken() {
    return (await this.control('partner-center', 'POST', '/access-token', {})).accessToken;
  }

  /** Every referral of the partner. @returns {Promise<any[]>} */
  async referrals() {
    const base = `${this.endpoints.partnerCenter.url}/v1.0/engagements/referrals`;
    const authorization = `Bearer ${await this.partnerCenterToken()}`;
    const found = [];
    for (let query = '?$orderby=updatedDateTime%20desc'; query !== '';) {
      const response = await fetch(base + query, { headers: { authorization } });
      const page = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(page));
      found.push(...page.value);
      const link = page['@odata.nextLink'];
      query = typeof link === 'string' ? link.slice(link.indexOf('?')) : '';
    }
    return found;
  }
}
