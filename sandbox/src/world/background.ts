import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { orphanedService, runningEndpoints, type Endpoints } from './endpoints.js';
import { SandboxError } from './errors.js';

const startLimitMs = 120_000;
const stopLimitMs = 20_000;
const lookEveryMs = 100;

/** Starts the sandbox in the background and waits until `endpoints.json` says that everything answers. */
export const detach = async (args: readonly string[], root: string, dataDir: string): Promise<Endpoints> => {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const logFile = join(dataDir, 'logs', 'sandbox.log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    process.execPath,
    [join(root, 'scripts', 'start.mjs'), ...args.filter((arg) => arg !== '--detach')],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', log, log]
    }
  );
  child.unref();
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  for (let waited = 0; waited < startLimitMs; waited += lookEveryMs) {
    const endpoints = runningEndpoints(dataDir);
    if (endpoints?.pid === child.pid && endpoints !== undefined) return endpoints;
    if (ended) break;
    await wait(lookEveryMs);
  }
  throw new SandboxError(
    'STEP_FAILED',
    `The sandbox did not start.\n${readFileSync(logFile, 'utf8').trimEnd()}`,
    `Look at ${logFile}.`
  );
};

/** Stops the sandbox that runs in `dataDir`. Throws `SandboxError` NOT_RUNNING when there is none. */
export const stop = async (dataDir: string): Promise<number> => {
  const endpoints = runningEndpoints(dataDir);
  if (!endpoints)
    throw new SandboxError('NOT_RUNNING', `No sandbox runs in ${dataDir}.`, 'Nothing needs to be stopped.');
  process.kill(endpoints.pid, 'SIGTERM');
  for (let waited = 0; waited < stopLimitMs; waited += lookEveryMs) {
    if (!runningEndpoints(dataDir)) return endpoints.pid;
    await wait(lookEveryMs);
  }
  throw new SandboxError(
    'STEP_FAILED',
    `Process ${endpoints.pid} did not end within ${stopLimitMs / 1000} s.`,
    `End it with kill ${endpoints.pid}.`
  );
};

/** Ends the service that a killed sandbox left behind. The health endpoint must answer: a process id alone may be anybody's by now. */
export const stopOrphan = async (dataDir: string): Promise<void> => {
  const service = orphanedService(dataDir);
  if (!service) return;
  const answers = await fetch(`${service.healthUrl}/healthz`).then(
    ({ ok }) => ok,
    () => false
  );
  if (!answers) return;
  process.kill(service.pid, 'SIGTERM');
  for (let waited = 0; waited < stopLimitMs && orphanedService(dataDir); waited += lookEveryMs) await wait(lookEveryMs);
};
