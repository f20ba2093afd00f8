// @ts-check
/** Loaded before a measured program (`--import`): writes down at its end what the process used, start included. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peakMegabytes } from './peak.mjs';

const folder = process.env['BENCH_USAGE_FOLDER'];
if (folder) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: peakMegabytes() };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(usage));
  });
}
