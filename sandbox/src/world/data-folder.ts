import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.js';

/** Raised whenever data written by an older sandbox can no longer be used. */
export const dataVersion = 1;

interface State {
  dataVersion: number;
  /** `none` → `running` → `done`: a folder left at `running` holds half a seed. */
  seed: 'none' | 'running' | 'done';
  /** Hash of the metadata that was deployed last. */
  deployed?: string;
}

/** The sandbox's own folder: what is where, and whether what is in it can be used. */
export class DataFolder {
  private state: State;

  private constructor(public readonly path: string) {
    this.state = existsSync(this.file('state.json'))
      ? (JSON.parse(readFileSync(this.file('state.json'), 'utf8')) as State)
      : { dataVersion, seed: 'none' };
  }

  /** Opens or makes the folder. Throws `SandboxError` DATA_STALE when its content belongs to another version or a broken-off seed. */
  public static open(path: string): DataFolder {
    mkdirSync(path, { recursive: true });
    const folder = new DataFolder(path);
    for (const sub of ['logs', 'keys', 'home']) mkdirSync(folder.file(sub), { recursive: true });
    // Keys and tokens of the demo users live here: nobody else on the machine needs to read them.
    chmodSync(path, 0o700);
    const reset = 'Run npm run sandbox:reset to start afresh.';
    if (folder.state.dataVersion !== dataVersion) {
      throw new SandboxError('DATA_STALE', `The data in ${path} was written by another version of the sandbox.`, reset);
    }
    if (folder.state.seed === 'running') {
      throw new SandboxError(
        'DATA_STALE',
        `The data in ${path} is incomplete: an earlier start was interrupted.`,
        reset
      );
    }
    return folder;
  }

  public static remove(path: string): void {
    rmSync(path, { recursive: true, force: true });
  }

  public file(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  public get(): Readonly<State> {
    return this.state;
  }

  public set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    writeFileSync(this.file('state.json'), `${JSON.stringify(this.state, null, 2)}\n`);
  }
}
