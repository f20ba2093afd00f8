import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.js';

export interface CliOptions {
  /** Package root, where `bin/run.js` is. */
  root: string;
  /** The sandbox's own home folder, so that no sign-in of the user's is read or changed. */
  home: string;
  logFile: string;
  env?: Readonly<Record<string, string>>;
}

/** Environment in which the CLI keeps to the sandbox's folder and never calls out. */
export const cliEnvironment = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_LOG_FILE: 'true'
});

/** Starts the plugin's own `bin/run.js`; its output goes to the log file. */
export const spawnCli = (args: readonly string[], options: CliOptions): ChildProcess => {
  const entry = join(options.root, 'bin', 'run.js');
  if (!existsSync(join(options.root, 'plugin', 'lib', 'commands'))) {
    throw new SandboxError('BUILD_MISSING', 'The plugin is not built.', 'Run npm run build.');
  }
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: options.root,
    env: { ...cliEnvironment(options.home), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.once('close', () => log.end());
  return child;
};

/** Runs one command with `--json` to its end and returns its `result`. Throws `SandboxError` STEP_FAILED with the command's own message. */
export const runCli = async <T>(args: readonly string[], options: CliOptions): Promise<T> => {
  const child = spawnCli([...args, '--json'], options);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  const answer = parseAnswer(stdout);
  if (answer?.status !== 0) {
    throw new SandboxError(
      'STEP_FAILED',
      `sf ${args.join(' ')} failed: ${reasonOf(answer) ?? `it ended with exit code ${child.exitCode ?? '?'} and no answer`}`,
      `Look at ${options.logFile}.`
    );
  }
  return answer.result as T;
};

/** Runs a script of the sandbox with this Node to its end. Throws `SandboxError` STEP_FAILED with what it printed. */
export const runNode = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  if (code !== 0)
    throw new SandboxError(
      'STEP_FAILED',
      `A step of the sandbox failed:\n${output.trimEnd()}`,
      'Run npm run sandbox:reset and start again.'
    );
};

interface Answer {
  status: number;
  message?: string;
  result?: unknown;
}

/** A command that fails with a result, as a deploy does, says why in the result. */
const reasonOf = (answer: Answer | undefined): string | undefined =>
  answer?.message ?? (answer?.result === undefined ? undefined : JSON.stringify(answer.result).slice(0, 500));

const parseAnswer = (text: string): Answer | undefined => {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
};

/** Asks the process to end and waits; after `graceMs` it is killed. */
export const stopProcess = async (child: ChildProcess, graceMs = 10_000): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await closed;
  clearTimeout(timer);
};
