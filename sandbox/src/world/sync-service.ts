import { setTimeout as wait } from 'node:timers/promises';
import { spawnCli, stopProcess } from './cli-process.js';
import type { DataFolder } from './data-folder.js';
import { SandboxError } from './errors.js';
import { host } from './ports.js';
import { aliases } from './prepare-org.js';

/** A service that was killed leaves a lease of 30 s on the ledger, which the next one waits for. */
const readyLimitMs = 45_000;
const lookEveryMs = 50;

export interface RunningService {
  pid: number;
  healthUrl: string;
  logFile: string;
  /** Resolves when the process ends, asked or not. */
  ended: Promise<void>;
  close(): Promise<void>;
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

/** Starts `sf cosell sync run` as a process of its own and waits until it says that it is ready. */
export const startSyncService = async (input: {
  root: string;
  folder: DataFolder;
  settingsFile: string;
  env: Readonly<Record<string, string>>;
  healthPort: number;
}): Promise<RunningService> => {
  const { root, folder, settingsFile, env, healthPort } = input;
  const logFile = folder.file('logs', 'sync.log');
  const child = spawnCli(
    ['cosell', 'sync', 'run', '--target-org', aliases.integration, '--settings-file', settingsFile],
    {
      root,
      home: folder.file('home'),
      logFile,
      env
    }
  );
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      over = true;
      resolve();
    })
  );
  const healthUrl = `http://${host}:${healthPort}`;
  for (let waited = 0; !(await answers(`${healthUrl}/readyz`)); waited += lookEveryMs) {
    if (over || waited > readyLimitMs) {
      await stopProcess(child);
      throw new SandboxError('STEP_FAILED', 'The sync service did not become ready.', `Look at ${logFile}.`);
    }
    await wait(lookEveryMs);
  }
  return { pid: child.pid ?? 0, healthUrl, logFile, ended, close: () => stopProcess(child) };
};
