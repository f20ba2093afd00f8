// @ts-check
/** Who is compared: each column knows how to make one pass over a sandbox, as its user would. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import { integrationOrg } from './sandbox.mjs';
import { measure } from './measured.mjs';

/**
 * @typedef {import('./sandbox.mjs').Sandbox} Sandbox
 * @typedef {Parameters<typeof measure>[2]} MeasureOptions
 * @typedef {object} Column
 * @property {string} name
 * @property {boolean} bothWays whether a pass also brings changed referrals back
 * @property {(sandbox: Sandbox) => Promise<void>} prepare once per sandbox, before anything is measured
 * @property {(sandbox: Sandbox, options?: MeasureOptions) => ReturnType<typeof measure>} pass
 */

/**
 * One pass before anything is shared, as an installation has had for long: a new ledger looks twice, with a pause, before it creates.
 *
 * @this {Column} @param {Sandbox} sandbox
 */
async function primed(sandbox) {
  const { code, output } = await this.pass(sandbox);
  if (code !== 0) throw new Error(`${this.name}: the first look ended with ${code}: ${output.slice(-2000)}`);
}

/** @type {Column} */
const ours = {
  name: 'ours, sf cosell sync once',
  bothWays: true,
  prepare: primed,
  pass: (sandbox, options) =>
    measure(['bin/run.js', 'cosell', 'sync', 'once', '-o', integrationOrg, '--json'], sandbox.cliEnv, {
      ...options,
      cwd: root
    })
};

const stateFile = (/** @type {Sandbox} */ { dataDir }) => join(dataDir, 'peer-state.json');

/** @param {Sandbox} sandbox */
const peerEnv = async (sandbox) => ({
  ...process.env,
  PEER_SALESFORCE_URL: sandbox.endpoints.salesforce.url,
  PEER_SALESFORCE_TOKEN: sandbox.token,
  PEER_PARTNER_CENTER_URL: sandbox.endpoints.partnerCenter.url,
  PEER_PARTNER_CENTER_TOKEN: await sandbox.partnerCenterToken(),
  PEER_STATE_FILE: stateFile(sandbox)
});

/** The same engine, measured as the scripts beside it are: without the CLI. @type {Column} */
const ourScript = {
  name: 'ours, as a script',
  bothWays: true,
  prepare: primed,
  pass: async (sandbox, options) =>
    measure(
      [join(root, 'bench/peers/ours.mjs')],
      {
        ...sandbox.cliEnv,
        PEER_SALESFORCE_URL: sandbox.endpoints.salesforce.url,
        PEER_SALESFORCE_TOKEN: sandbox.token
      },
      options
    )
};

/** @param {string} name @param {string} script @returns {Column} */
const script = (name, script) => ({
  name,
  bothWays: true,
  prepare: async (sandbox) => {
    const { now } = await sandbox.control('partner-center', 'GET', '/clock');
    writeFileSync(stateFile(sandbox), JSON.stringify({ lastLook: now }));
  },
  pass: async (sandbox, options) => measure([join(root, 'bench/peers', script)], await peerEnv(sandbox), options)
});

/** @param {string | undefined} folder where `peers/install-n8n.mjs` has put n8n */
const n8n = async (folder) => {
  if (folder === undefined || !existsSync(join(folder, 'node_modules/n8n/bin/n8n'))) return undefined;
  const { prepareN8n, n8nPass } = await import('../peers/n8n.mjs');
  /** @type {Column} */
  const column = {
    name: 'n8n',
    bothWays: false,
    prepare: (sandbox) => prepareN8n(folder, sandbox),
    pass: (sandbox, options) => n8nPass(folder, sandbox, options)
  };
  return column;
};

/** @param {string | undefined} n8nFolder @returns {Promise<Column[]>} */
export const columnsFor = async (n8nFolder) => {
  const columns = [
    ours,
    ourScript,
    script('jsforce, one at a time', 'jsforce-loop.mjs'),
    script('jsforce, 8 at a time + collections', 'jsforce-batched.mjs')
  ];
  const peer = await n8n(n8nFolder);
  if (peer !== undefined) return [...columns, peer];
  process.stderr.write(
    'n8n: left out, because it is not installed (bench/peers/install-n8n.mjs FOLDER, then --n8n FOLDER).\n'
  );
  return columns;
};
