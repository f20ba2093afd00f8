import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandSnapshot } from '../../scripts/lib/snapshot.mjs';

const root = new URL('../../', import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as T;

interface ManifestCommand {
  id: string;
  summary?: string;
  description?: string;
  examples?: unknown[];
  flags: Record<string, { char?: string; summary?: string; description?: string }>;
}

const manifest = read<{ commands: Record<string, ManifestCommand> }>('oclif.manifest.json');
const commands = Object.values(manifest.commands).map((command) => [command.id, command] as const);

describe('commands and flags', () => {
  it('are the ones users rely on (accept a change with npm run snapshot)', () => {
    expect(commandSnapshot(manifest)).toEqual(read('command-snapshot.json'));
  });

  it.each(commands)(
    '%s explains itself: summary, description, examples and a summary for each flag',
    (_id, command) => {
      expect(command.summary).toMatch(/\.$/);
      expect(command.description?.length ?? 0).toBeGreaterThan(40);
      expect(command.examples?.length ?? 0).toBeGreaterThan(0);
      for (const [name, flag] of Object.entries(command.flags))
        expect(flag.summary ?? flag.description, `--${name}`).toMatch(/\.$/);
    }
  );

  it.each(commands)('%s offers --json and has a JSON Schema for its result', (id, command) => {
    expect(command.flags).toHaveProperty('json');
    expect(existsSync(new URL(`plugin/schemas/${id.replaceAll(':', '-')}.json`, root))).toBe(true);
  });
});
