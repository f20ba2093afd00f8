// @ts-check
/** n8n as a column: its command line executes the flow, as its scheduler would. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../lib/measured.mjs';
import { credentialFor, flowFor, workflowId } from './n8n-flow.mjs';

const program = (/** @type {string} */ folder) => join(folder, 'node_modules/n8n/bin/n8n');

/** @param {string} folder */
const environment = (folder) => ({
  ...process.env,
  N8N_USER_FOLDER: join(folder, 'home'),
  N8N_ENCRYPTION_KEY: 'measured-on-loopback-only',
  N8N_EXPRESSION_ENGINE: 'legacy',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_RUNNERS_ENABLED: 'false',
  EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none'
});

/** Puts sign-in and flow for a sandbox into n8n's own database. @param {string} folder @param {import('../lib/sandbox.mjs').Sandbox} sandbox */
export const prepareN8n = async (folder, sandbox) => {
  const { salesforce, partnerCenter } = sandbox.endpoints;
  const files = join(folder, 'import');
  mkdirSync(files, { recursive: true });
  const inputs = {
    credentials: [credentialFor({ url: salesforce.url, token: sandbox.token })],
    workflow: [flowFor({ url: partnerCenter.url, token: await sandbox.partnerCenterToken() })]
  };
  for (const [kind, content] of Object.entries(inputs)) {
    const file = join(files, `${kind}.json`);
    writeFileSync(file, JSON.stringify(content));
    const { code, output } = await measure([program(folder), `import:${kind}`, `--input=${file}`], environment(folder));
    if (code !== 0) throw new Error(`n8n did not take the ${kind}: ${output.slice(-2000)}`);
  }
  rmSync(files, { recursive: true });
};

/** @param {string} folder @param {import('../lib/sandbox.mjs').Sandbox} _sandbox @param {Parameters<typeof measure>[2]} [options] */
export const n8nPass = async (folder, _sandbox, options) => {
  const measured = await measure([program(folder), 'execute', `--id=${workflowId}`], environment(folder), options);
  // Its command line ends with 0 although a node of the flow failed.
  return /Execution was NOT successful/i.test(measured.output) ? { ...measured, code: 1 } : measured;
};
