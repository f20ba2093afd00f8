import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const root = new URL('../../', import.meta.url).pathname;
const sandbox = (...args: string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { cwd: root });

/**
 * Starts one sandbox, on free ports and in a folder of its own, for a whole suite; stops and deletes it afterwards.
 * `options` are those of `npm run sandbox`.
 */
export const sandboxSetup =
  (...options: string[]) =>
  async (project: TestProject): Promise<() => Promise<void>> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cosell-sandbox-'));
    await sandbox('--detach', '--port-base', '0', '--data-dir', dataDir, ...options);
    project.provide('endpointsFile', join(dataDir, 'endpoints.json'));
    return async () => {
      await sandbox('--stop', '--data-dir', dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    };
  };

declare module 'vitest' {
  export interface ProvidedContext {
    endpointsFile: string;
  }
}
