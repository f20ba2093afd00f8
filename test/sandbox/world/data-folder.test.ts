import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolder, dataVersion } from '../../../sandbox/src/world/data-folder.js';

describe('the data folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'cosell-data-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('remembers its state over a restart', () => {
    DataFolder.open(path).set({ seed: 'done', deployed: 'abc' });
    expect(DataFolder.open(path).get()).toEqual({ dataVersion, seed: 'done', deployed: 'abc' });
  });

  it.each([
    ['another version wrote it', { dataVersion: dataVersion + 1, seed: 'done' }, /another version/],
    ['a start was interrupted while seeding', { dataVersion, seed: 'running' }, /incomplete/]
  ])('is refused when %s', (_title, state, message) => {
    writeFileSync(join(path, 'state.json'), JSON.stringify(state));
    expect(() => DataFolder.open(path)).toThrow(
      expect.objectContaining({
        code: 'DATA_STALE',
        message: expect.stringMatching(message) as string,
        nextStep: expect.stringContaining('sandbox:reset') as string
      })
    );
  });
});
