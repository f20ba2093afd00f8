// @ts-check
/** Engine only: no CLI around it, everything loaded. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createDeals, toggle } from './deals.mjs';
import { Sandbox } from './sandbox.mjs';

/** The second half of the deals, in a process that shared the first half before. @param {import('./scenarios.mjs').Template} template */
export const warmService = async ({ folder, plain }) => {
  const sandbox = await Sandbox.copyOf(folder);
  const service = fork(
    new URL('warm-service.mjs', import.meta.url),
    [sandbox.endpoints.salesforce.url, sandbox.token],
    { env: sandbox.cliEnv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }
  );
  const pass = async () => {
    service.send('run');
    const [result] = /** @type {[any]} */ (await once(service, 'message'));
    return result;
  };
  try {
    await once(service, 'message');
    await toggle(sandbox, plain);
    await pass();
    await toggle(sandbox, await createDeals(sandbox, plain.length));
    const { counts, durationMs, cpuSeconds, peakMegabytes } = await pass();
    return {
      created: counts.created,
      wallSeconds: durationMs / 1000,
      cpuSeconds: Number(cpuSeconds.toFixed(2)),
      recordsPerCpuSecond: Math.round(counts.created / cpuSeconds),
      peakMegabytes: Math.round(peakMegabytes)
    };
  } finally {
    const gone = once(service, 'exit');
    service.disconnect();
    await gone;
    await sandbox.remove();
  }
};
