import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realSfs } from '../../scripts/lib/real-sf.mjs';
import { ServiceRig } from '../service/support/service-rig.js';
import { ownHome } from '../support/own-home.js';
import { CosellDesk } from './session/cosell-desk.js';

ownHome();
const [cli] = realSfs;
if (cli === undefined) throw new Error('There is no such CLI.');
const folder = mkdtempSync(join(tmpdir(), 'cosell-mapping-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

let rig: ServiceRig;
let desk: CosellDesk;

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  desk = await CosellDesk.open(cli, rig, folder);
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

describe(`checking a mapping with ${cli.name}`, () => {
  it('finds nothing wrong with the one that ships, against the org and the contract', async () => {
    const { result, code } = await desk.json('mapping validate');
    expect(result).toMatchObject({ errors: 0, orgChecked: true, contractChecked: true });
    expect(code).toBe(0);
  });

  it('ends with 1 and names each finding with the next step where a mapping cannot work', async () => {
    const wrong = file(
      'wrong.yaml',
      JSON.stringify({ extends: 'opportunity-referral', fields: [{ name: 'notes', left: { path: 'Nothing__c' } }] })
    );
    const { code, result } = await desk.json<{ findings: { field: string; code: string; nextStep: string }[] }>(
      'mapping validate',
      '--mapping',
      wrong
    );
    expect(code).toBe(1);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ field: 'notes', nextStep: expect.stringMatching(/\S/) as string })
    );
    const { stdout, stderr } = await desk.print('mapping validate', '--mapping', wrong);
    expect(stdout).toContain('Nothing__c');
    expect(stderr).toMatch(/Warning: .*1/);
  });

  it('refuses a file that is not a mapping with a sentence and a next step', async () => {
    const answer = await desk.json('mapping show', '--mapping', file('none.yaml', 'fields: 3\n'));
    expect(answer).toMatchObject({ code: 1, status: 1, message: expect.stringMatching(/\.$/) as string });
    expect(answer).toHaveProperty('actions', [expect.stringMatching(/\S/)]);
  });
});
