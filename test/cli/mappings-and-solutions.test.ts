import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realSfs } from '../../scripts/lib/real-sf.mjs';
import { syncOnce } from '../../plugin/src/service/index.js';
import { ServiceRig } from '../service/support/service-rig.js';
import { ownHome } from '../support/own-home.js';
import { callReferrals } from '../support/partner-calls.js';
import { CosellDesk } from './session/cosell-desk.js';

ownHome();
const [cli] = realSfs;
if (cli === undefined) throw new Error('There is no such CLI.');
const WIDTH = 80;
const folder = mkdtempSync(join(tmpdir(), 'cosell-mapping-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
/** With single blanks, as the width of a table depends on its cells. */
const plain = (text: string): string => text.replaceAll(/ +/g, ' ');
const longestLine = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length));

let rig: ServiceRig;
let desk: CosellDesk;
let deal: string;
let unshared: string;

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  deal = await rig.deal('Mapped');
  unshared = await rig.deal('Unshared');
  await rig.edit(unshared, { Amount: 0 });
  await rig.toggle(deal);
  await syncOnce(rig.input());
  desk = await CosellDesk.open(cli, rig, folder);
  desk.env['OCLIF_TABLE_COLUMN_OVERRIDE'] = String(WIDTH);
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

describe(`mappings with ${cli.name}`, () => {
  it('are listed with the one in use, and shown with rule and way, on a terminal of 80 columns', async () => {
    const [listed, shown] = [await desk.print('mapping list'), await desk.print('mapping show')];
    expect(plain(listed.stdout)).toMatch(/ opportunity-referral Opportunity referral \d+ yes/);
    expect(plain(shown.stdout)).toContain(' Deal value Amount ⇄ details.dealVal newest');
    expect(shown.stdout).toContain('AMOUNT_MISSING');
    expect(longestLine(listed.stdout + shown.stdout)).toBeLessThanOrEqual(WIDTH);
  });

  it('are checked: nothing is wrong with the one that ships, against the org and the contract', async () => {
    const { result, code } = await desk.json('mapping validate');
    expect(result).toMatchObject({ errors: 0, orgChecked: true, contractChecked: true });
    expect(code).toBe(0);
  });

  it('end the check with 1 and name each finding with the next step where one cannot work', async () => {
    const wrong = file(
      'wrong.yaml',
      JSON.stringify({ extends: 'opportunity-referral', fields: [{ name: 'notes', left: { path: 'Nothing__c' } }] })
    );
    const { code, result } = await desk.json<{ findings: object[] }>('mapping validate', '--mapping', wrong);
    expect(code).toBe(1);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ field: 'notes', nextStep: expect.stringMatching(/\S/) as string })
    );
    const { stdout, stderr } = await desk.print('mapping validate', '--mapping', wrong);
    expect(stdout).toContain('Nothing__c');
    expect(stderr).toMatch(/Warning: .*1/);
  });

  it('are refused with a sentence and a next step where the file is none', async () => {
    const answer = await desk.json('mapping show', '--mapping', file('none.yaml', 'fields: 3\n'));
    expect(answer).toMatchObject({ code: 1, status: 1, message: expect.stringMatching(/\.$/) as string });
    expect(answer).toHaveProperty('actions', [expect.stringMatching(/\S/)]);
  });

  it('are tried on one record: what would be written comes first, and why', async () => {
    await rig.edit(deal, { Amount: 2000 });
    const { stdout, code } = await desk.print('mapping test', '--record', deal);
    expect(code).toBe(0);
    const text = plain(stdout);
    expect(text).toContain(`counterpart: ${await rig.referral(deal)}`);
    expect(text).toMatch(/A Run Would Write \[1\]\n Field In Now Becomes ?\n-+\n Deal value Partner Center 1000 2000 /);
    expect(text).toMatch(/ Sales team Sam Seller Sam Seller /);
    expect(stdout).toContain('Nothing was written.');
    expect(longestLine(stdout)).toBeLessThanOrEqual(WIDTH);
    expect(await callReferrals(rig.center, 'GET', await rig.referral(deal))).toMatchObject({
      details: { dealValue: 1000 }
    });
  });

  it('say of a record that is not shared that its toggle is off, and what it lacks', async () => {
    const [{ stdout }, { code, result }] = [
      await desk.print('mapping test', '--record', unshared),
      await desk.json('mapping test', '--record', unshared)
    ];
    expect(stdout).toContain('This opportunity is not shared: Sync with Partner Center is off on it');
    expect(stdout).toContain('AMOUNT_MISSING');
    expect(stdout).not.toContain('A Run Would Write');
    expect([code, result]).toMatchObject([0, { shared: false, keptOutBy: 'scope', counterpart: null }]);
  });
});

describe(`solutions with ${cli.name}`, () => {
  it('are tried out from a CSV file, imported, and imported again without a change', async () => {
    const rows = ['SOL-10001-AAA,Alpha,3P,Fabrikam', ',Nameless,3P,Fabrikam'];
    const csv = file('new.csv', ['Solution Identifier,Solution Name,Type,Publisher Name', ...rows, ''].join('\n'));
    const tried = await desk.print('solution import', '--file', csv, '--dry-run');
    expect(plain(tried.stdout)).toMatch(/ 2 create SOL-10001-AAA Alpha /);
    expect(tried).toMatchObject({ code: 68, stdout: expect.stringContaining('Nothing was written.') as string });
    const [first, second] = [
      await desk.json('solution import', '--file', csv),
      await desk.json('solution import', '--file', csv)
    ];
    expect(first).toMatchObject({ code: 68, result: { dryRun: false, counts: { create: 1, refused: 1 } } });
    expect(second).toMatchObject({ code: 68, result: { counts: { create: 0, same: 1, refused: 1 } } });
    expect(plain((await desk.print('solution list')).stdout)).toMatch(/ SOL-10001-AAA Alpha 3P Fabrikam yes/);
  });
});

describe(`adopting and reconciling with ${cli.name}`, () => {
  it('couples what has a referral, on trial first, and creates no referral', async () => {
    const count = async (): Promise<number> => ((await callReferrals(rig.center, 'GET'))['value'] as object[]).length;
    const before = await count();
    const ledger = ['--ledger', join(folder, 'new.ledger')];
    const tried = await desk.json('adopt', '--dry-run', ...ledger);
    expect(tried).toMatchObject({ code: 0, result: { dryRun: true, counts: { coupled: 1 } } });
    expect(await desk.json('adopt', ...ledger)).toMatchObject({ result: { dryRun: false, counts: { coupled: 1 } } });
    expect(await count()).toBe(before);
  });

  it('ends with 68 for what is not as it should be, and repairs it when asked to', async () => {
    const referral = await rig.referral(deal);
    await callReferrals(rig.center, 'PATCH', referral, [{ op: 'replace', path: '/externalReferenceId', value: '' }]);
    const found = await desk.print('reconcile');
    expect(found.code).toBe(68);
    expect(found.stdout).toContain('MARKER_MISSING');
    expect(longestLine(found.stdout)).toBeLessThanOrEqual(WIDTH);
    const repaired = await desk.json('reconcile', '--repair', '--yes');
    expect(repaired).toMatchObject({ result: { repairs: { possible: 1, done: 1 } } });
    expect(await callReferrals(rig.center, 'GET', referral)).toMatchObject({ externalReferenceId: deal });
  });
});
