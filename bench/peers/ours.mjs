// @ts-check
/**
 * Our engine as a plain script, as the scripts beside us are: one pass without the sf CLI around it, with the settings and the ledger
 * file of the sandbox.
 */
import { exitCodeOf, loadSettings, openSync } from '../../plugin/lib/service/index.js';

const instanceUrl = process.env['PEER_SALESFORCE_URL'] ?? '';
const token = async () => process.env['PEER_SALESFORCE_TOKEN'] ?? '';
const sync = await openSync(
  loadSettings(undefined, process.env),
  { instanceUrl, accessToken: token, renew: token },
  { env: process.env }
);
const summary = await sync.run();
await sync.close();
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = exitCodeOf(summary);
