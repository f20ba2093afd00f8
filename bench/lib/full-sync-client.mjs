// @ts-check
/** One `sf cosell sync full` without the command line: opens what `BENCH_FULL` names, works, prints the result as JSON. */
import { fullSync } from '../../plugin/lib/service/full/index.js';
import { MemoryConnections } from '../../plugin/lib/service/connections/index.js';
import { peakMegabytes } from './peak.mjs';

const { connection, secret, settingsFile, instanceUrl, organizationId, token } = JSON.parse(
  process.env['BENCH_FULL'] ?? ''
);
const connections = new MemoryConnections();
await connections.put(connection, secret);
const input = {
  session: { instanceUrl, organizationId, accessToken: async () => token, renew: async () => token },
  env: {},
  settingsFile,
  ports: { connections }
};
const from = performance.now();
const run =
  process.argv[2] === 'resume'
    ? await fullSync.resume(input, process, undefined, {})
    : await fullSync.begin(input, process, {});
const seconds = Math.round((performance.now() - from) / 100) / 10;
console.log(JSON.stringify({ run, seconds, peakMegabytes: Math.round(peakMegabytes()) }));
