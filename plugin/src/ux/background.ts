import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

export type BackgroundFlags = Readonly<Record<string, string | boolean | undefined>>;

/** Flags as arguments; what is undefined or false is left out. */
export const argumentsOf = (flags: BackgroundFlags): string[] =>
  Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, value];
  });

/**
 * Runs a command of this CLI in a process of its own, which goes on after this one has ended.
 * @returns path of the file that it prints to, readable by the user only
 */
export function startAsync(dataFolder: string, command: readonly string[], flags: BackgroundFlags): string {
  const folder = join(dataFolder, 'cosell');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${command.at(-1) ?? 'run'}-${String(flags['run-id'] ?? 'new')}.log`);
  const output = openSync(file, 'a', 0o600);
  try {
    const [, script = ''] = process.argv;
    const child = spawn(process.execPath, [script, ...command, ...argumentsOf(flags)], {
      detached: true,
      stdio: ['ignore', output, output],
      windowsHide: true
    });
    child.unref();
  } finally {
    closeSync(output);
  }
  return file;
}
