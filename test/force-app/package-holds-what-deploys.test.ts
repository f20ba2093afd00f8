import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from './metadata-files.js';

let directory = '';

async function filesOf(packageDirectory: string): Promise<string[]> {
  const components = ComponentSet.fromSource(join(packageRoot, packageDirectory));
  components.sourceApiVersion = '66.0';
  const outputDirectory = join(directory, packageDirectory);
  await new MetadataConverter().convert(components, 'metadata', {
    type: 'directory',
    outputDirectory,
    genUniqueDir: false
  });
  return (await readdir(outputDirectory, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cosell-package-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('the main package directory', () => {
  it('holds components as the platform takes them: no TypeScript, tests or settings', async () => {
    const files = await filesOf('main');
    expect(files).toContain('lwc/cosellSection/cosellSection.js');
    expect(files.filter((file) => /\.ts$|__tests__|config/.test(file))).toEqual([]);
  });

  it('holds no Opportunity layout and no change events, which would interfere with the org', async () => {
    const files = await filesOf('main');
    expect(files.filter((file) => file.startsWith('layouts/Opportunity-'))).toEqual([]);
    expect(files.filter((file) => file.startsWith('platformEventChannelMembers/'))).toEqual([]);
  });
});

it('the change-event package directory holds the two entities the service listens to', async () => {
  const files = await filesOf('cdc');
  expect(files.filter((file) => file.startsWith('platformEventChannelMembers/')).sort()).toEqual([
    'platformEventChannelMembers/ChangeEvents_OpportunityChangeEvent.platformEventChannelMember',
    'platformEventChannelMembers/ChangeEvents_Opportunity_Microsoft_Solution_ChangeEvent.platformEventChannelMember'
  ]);
});
