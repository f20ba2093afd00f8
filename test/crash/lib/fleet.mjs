// @ts-check
/** `sf cosell sync run` as processes of their own, which are killed and started again. */
import { spawn } from 'node:child_process';
import { cpSync, createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cliEnvironment } from '../../../sandbox/lib/world/cli-process.js';
import { root } from '../../../scripts/lib/run.mjs';
import { integrationOrg } from './template.mjs';

const STOP_LIMIT_MS = 30_000;

/** @typedef {{ folder: string, home: string, settingsFile: string, env: Record<string, string>, workers: number }} FleetOptions */

export class Fleet {
  /** @type {Map<string, { child: import('node:child_process').ChildProcess, ended: Promise<unknown> }>} */
  running = new Map();
  /** Processes that ended although nobody asked them to. @type {string[]} */
  unexpected = [];

  /** @param {FleetOptions} options */
  constructor(options) {
    this.options = options;
  }

  /** A home of its own for each process, as on machines of their own. @param {string} name */
  home(name) {
    const home = join(this.options.folder, `home-${name}`);
    cpSync(this.options.home, home, { recursive: true, force: false, errorOnExist: false });
    return home;
  }

  /** @param {string} name @param {readonly string[]} args */
  spawn(name, args) {
    const { env, settingsFile, folder } = this.options;
    const child = spawn(process.execPath, [join(root, 'bin', 'run.js'), 'cosell', 'sync', ...args], {
      cwd: folder,
      env: { ...cliEnvironment(this.home(name)), NODE_ENV: 'production', ...env, COSELL_SETTINGS_FILE: settingsFile },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const log = createWriteStream(join(folder, 'logs', `${name}.log`), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const ended = new Promise((resolve) =>
      child.once('close', (...how) => {
        log.end();
        resolve(how);
      })
    );
    return { child, ended };
  }

  /** @param {string} name */
  start(name) {
    const { workers } = this.options;
    const args = ['run', '--target-org', integrationOrg, ...(workers > 0 ? ['--workers', String(workers)] : [])];
    const process = this.spawn(name, args);
    this.running.set(name, process);
    void process.ended.then(([code, signal]) => {
      if (this.running.get(name) !== process) return;
      this.running.delete(name);
      this.unexpected.push(`${name} ended by itself (exit code ${code}, signal ${signal})`);
    });
  }

  /** @param {string} name @param {NodeJS.Signals} signal */
  signal(name, signal) {
    return this.running.get(name)?.child.kill(signal) ?? false;
  }

  /** As when the power goes: nothing is finished, nothing is given back. @param {string} name */
  async kill(name) {
    const process = this.running.get(name);
    if (process === undefined) return;
    this.running.delete(name);
    process.child.kill('SIGKILL');
    await process.ended;
  }

  /** Asks all to stop. Those that do not within the limit are killed and named. @returns {Promise<string[]>} */
  async stop() {
    const stopping = [...this.running];
    this.running.clear();
    const outcomes = stopping.map(async ([name, { child, ended }]) => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const late = Symbol('late');
      const limit = new AbortController();
      const first = await Promise.race([ended, sleep(STOP_LIMIT_MS, late, { signal: limit.signal })]);
      limit.abort();
      if (first !== late) return [];
      child.kill('SIGKILL');
      await ended;
      return [`${name} did not stop within ${STOP_LIMIT_MS / 1000} s of SIGTERM`];
    });
    return (await Promise.all(outcomes)).flat();
  }

  /** One command to its end. @param {readonly string[]} args @returns {Promise<{ code: number, result: any, text: string }>} */
  async command(args) {
    const { child, ended } = this.spawn('command', [...args, '--target-org', integrationOrg, '--json']);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    const [code] = /** @type {[number]} */ (await ended);
    try {
      return { code, result: JSON.parse(text).result, text };
    } catch {
      return { code, result: undefined, text };
    }
  }
}
