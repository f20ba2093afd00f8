// @ts-check
/**
 * The engine in a process that lives on, as in `sf cosell sync run`: what a pass costs once everything is loaded. Started by
 * the comparison; each message asks for one run.
 */
import { peakMegabytes } from './peak.mjs';
import { loadSettings, openSync } from '../../plugin/lib/service/index.js';

const instanceUrl = process.argv[2] ?? '';
const token = async () => process.argv[3] ?? '';
const sync = await openSync(
  loadSettings(undefined, process.env),
  { instanceUrl, accessToken: token, renew: token },
  { env: process.env }
);

process.on('message', () => {
  const from = process.cpuUsage();
  void sync.run().then(({ counts, calls, durationMs }) => {
    const { user, system } = process.cpuUsage(from);
    process.send?.({ counts, calls, durationMs, cpuSeconds: (user + system) / 1e6, peakMegabytes: peakMegabytes() });
  });
});
process.once('disconnect', () => void sync.close());
process.send?.('ready');
