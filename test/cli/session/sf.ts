import { execFile } from 'node:child_process';
import type { RealSf } from '../../../scripts/lib/real-sf.mjs';

export interface Answer<T> {
  status: number;
  result: T;
  name?: string;
  message?: string;
  warnings?: string[];
}

export interface Printed {
  code: number;
  /** Without colours. */
  stdout: string;
  stderr: string;
}

type Environment = Record<string, string>;

// eslint-disable-next-line no-control-regex -- the escape sequences of a terminal begin with this character
const colours = /\u001b\[[0-9;]*m/g;

/** A CLI with a home and a working folder of its own; nothing of the caller's own sign-ins or settings reaches it. */
export class Sf {
  public constructor(
    private readonly sf: RealSf,
    public readonly home: string,
    public readonly project: string
  ) {}

  /** What a person sees. */
  public print(args: string[], extra: Environment = {}): Promise<Printed> {
    return new Promise((resolve) => {
      const options = { env: this.environment(extra), cwd: this.project, maxBuffer: 64 << 20 };
      execFile(this.sf.node, [this.sf.entry, ...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout: stdout.replace(colours, ''), stderr: stderr.replace(colours, '') });
      });
    });
  }

  /** What a script sees. */
  public async json<T>(args: string[], extra: Environment = {}): Promise<Answer<T>> {
    const { stdout, stderr } = await this.print([...args, '--json'], extra);
    try {
      return JSON.parse(stdout) as Answer<T>;
    } catch {
      throw new Error(`sf ${args.join(' ')} printed no JSON:\n${stdout}\n${stderr}`);
    }
  }

  /** The result of a command that has to succeed. */
  public async ok<T>(args: string[], extra: Environment = {}): Promise<T> {
    const answer = await this.json<T>(args, extra);
    if (answer.status !== 0) throw new Error(`sf ${args.join(' ')} failed: ${answer.name}: ${answer.message}`);
    return answer.result;
  }

  private environment(extra: Environment): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(SF|SFDX|NODE|VITEST)_/.test(name));
    return {
      ...Object.fromEntries(inherited),
      HOME: this.home,
      // Plain lines instead of a redrawn screen.
      CI: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      ...extra
    };
  }
}
