// @ts-check
/** Runs a program as a process of its own and says what it took. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder, removeFolder } from './sandbox.mjs';

/** @typedef {{ wallSeconds: number, cpuSeconds: number, peakMegabytes: number, code: number | null, output: string }} Measured */

const preload = new URL('usage-report.mjs', import.meta.url).href;

/**
 * CPU time is user and system of the process and of Node processes it starts, from their start to their end; the peak is
 * the largest resident set of any of them.
 *
 * @param {readonly string[]} args script and arguments for Node
 * @param {NodeJS.ProcessEnv} env
 * @param {{ whileRunning?: (child: import('node:child_process').ChildProcess) => Promise<void>, cwd?: string }} [options]
 * @returns {Promise<Measured>}
 */
export const measure = async (args, env, { whileRunning, cwd } = {}) => {
  const folder = newFolder('usage');
  try {
    const from = performance.now();
    const child = spawn(process.execPath, [...args], {
      env: { ...env, BENCH_USAGE_FOLDER: folder, NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --import ${preload}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd })
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
    const closed = new Promise((resolve) => child.once('close', resolve));
    await whileRunning?.(child);
    const code = /** @type {number | null} */ (await closed);
    const wallSeconds = (performance.now() - from) / 1000;
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return {
      wallSeconds,
      cpuSeconds: reports.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      peakMegabytes: Math.max(0, ...reports.map(({ peakMegabytes }) => peakMegabytes)),
      code,
      output: output === '' ? errors : output
    };
  } finally {
    removeFolder(folder);
  }
};
