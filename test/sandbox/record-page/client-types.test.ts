import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** The bundler only strips types, and the sandbox's own project leaves the browser part out. */
it('the browser part type-checks', async () => {
  const root = new URL('../../../', import.meta.url).pathname;
  const args = ['node_modules/typescript/bin/tsc', '-p', 'sandbox/src/record-page/client'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stdout).toBe('');
}, 60_000);
