import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { realSfs } from '../../scripts/lib/real-sf.mjs';
import type { SyncPlan } from '../../plugin/src/sync/index.js';
import { ServiceRig } from '../service/support/service-rig.js';
import { ownHome } from '../support/own-home.js';
import { callReferrals } from '../support/partner-calls.js';
import { Sf } from './session/sf.js';
import type { Answer } from './session/sf.js';

ownHome();
const [, cli] = realSfs;
if (cli === undefined) throw new Error('There is no such CLI.');
const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'cosell-plans-'));
const planFile = join(folder, 'plan.json');
const INTEGRATION = 'integration@cosell.example';

let rig: ServiceRig;
let sf: Sf;
let env: Record<string, string>;
let deal: string;

const readJson = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

const schemas = join(root, 'plugin', 'schemas');
const ajv = new Ajv({ strict: false });
for (const name of readdirSync(schemas)) {
  if (name === 'plan.json' || name.startsWith('cosell-')) ajv.addSchema(readJson(join(schemas, name)));
}

/** What `sf cosell … --json` prints and how it ends; a result is checked against the JSON Schema of its command. */
async function cosell<T = Record<string, unknown>>(
  command: string,
  ...args: string[]
): Promise<Answer<T> & { code: number }> {
  const words = command.split(' ');
  const { code, stdout, stderr } = await sf.print(['cosell', ...words, ...args, '--json'], env);
  if (!stdout.startsWith('{')) throw new Error(`sf cosell ${command} printed no JSON:\n${stdout}\n${stderr}`);
  const answer = JSON.parse(stdout) as Answer<T>;
  if (answer.name === undefined) {
    const valid = ajv.validate(`cosell-${words.join('-')}`, answer.result);
    expect(valid, `${command}: ${ajv.errorsText()}`).toBe(true);
  }
  return { ...answer, code };
}

/** The mapping that ships, but that people decide which notes are right. */
function mappingWithDecisions(): string {
  const file = join(folder, 'mapping.yaml');
  const shipped = join(root, 'plugin', 'mappings', 'opportunity-referral.yaml');
  const mapping = parse(readFileSync(shipped, 'utf8')) as { fields: { name: string; rule?: string }[] };
  for (const field of mapping.fields) if (field.name === 'notes') field.rule = 'manual';
  writeFileSync(file, stringify(mapping));
  return file;
}

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  rig.more = { mapping: mappingWithDecisions() };
  const { settingsFile = '', env: secrets } = rig.input();
  env = { ...(secrets as Record<string, string>), COSELL_SETTINGS_FILE: settingsFile };
  const [home, project] = [join(folder, 'home'), join(folder, 'project')];
  for (const path of [home, project]) mkdirSync(path);
  sf = new Sf(cli, home, project);
  deal = await rig.deal('Planned');
  await rig.toggle(deal);
  const linked = await sf.print(['plugins', 'link', root, '--no-install']);
  expect(linked.code, linked.stderr).toBe(0);
  const { org, url } = rig.salesforce;
  const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--set-default'];
  await sf.ok(login, { SF_ACCESS_TOKEN: org.auth.issueAccessToken(INTEGRATION) });
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

describe(`plan, apply and undo with ${cli.name}`, () => {
  it('plans into a file, and refuses what was changed since with exit code 68, before it is written', async () => {
    const planned = await cosell<{ plan: SyncPlan }>('sync plan', '--output-file', planFile);
    expect(planned).toMatchObject({ code: 0, status: 0, result: { file: planFile, plan: { counts: { create: 1 } } } });
    await rig.edit(deal, { Amount: 1100 });
    const refused = await cosell('sync apply', '--plan', planFile);
    expect(refused).toMatchObject({
      ...{ code: 68, status: 68 },
      result: { applied: { done: 0, refused: 1 }, records: [{ key: deal, code: 'CHANGED_SINCE_PLAN' }] }
    });
    expect(await rig.referral(deal)).toBe('');
  });

  it('applies a new plan, and no plan of another org', async () => {
    await cosell('sync plan', '--output-file', planFile);
    const foreign = join(folder, 'foreign.json');
    writeFileSync(foreign, JSON.stringify({ ...readJson(planFile), org: { id: '00D000000000000XXX' } }));
    expect(await cosell('sync apply', '--plan', foreign)).toMatchObject({ code: 1, status: 1, name: 'PLAN_FOREIGN' });
    const applied = await cosell('sync apply', '--plan', planFile);
    expect(applied).toMatchObject({ code: 0, status: 0, result: { applied: { done: 1, refused: 0, failed: 0 } } });
    expect(await rig.synced(deal)).toBe(true);
  });

  it('ends with 68 when a record has a problem or waits for a decision, and lists both', async () => {
    const poor = await rig.deal('Worthless');
    await rig.edit(poor, { Amount: 0, Sync_with_Partner_Center__c: true });
    await rig.edit(deal, { Amount: 1500, Description: 'Ours' });
    await callReferrals(rig.center, 'PATCH', await rig.referral(deal), [
      { op: 'replace', path: '/details/notes', value: 'Theirs' }
    ]);
    expect(await cosell('sync once')).toMatchObject({
      ...{ code: 68, status: 68 },
      result: { outcome: 'partial', counts: { created: 0, updatedRight: 1, rejected: 0 } }
    });
    const [issues, conflicts, idle] = await Promise.all([
      cosell('issue list'),
      cosell('conflict list'),
      cosell('sync resume')
    ]);
    expect(issues).toMatchObject({ code: 0, result: { count: 1, issues: [{ key: poor, code: 'AMOUNT_MISSING' }] } });
    expect(conflicts).toMatchObject({
      code: 0,
      result: { conflicts: [{ key: deal, field: 'notes', salesforce: 'Ours', partnerCenter: 'Theirs' }] }
    });
    expect(idle).toMatchObject({ code: 0, status: 0, result: { code: 'NOTHING_TO_RESUME' } });
  });

  it('undoes a run by the number that the list of runs shows, and says with 68 that a later edit stays', async () => {
    const runs = await cosell<{ runId: string; undoable: boolean }[]>('sync runs', '--changed', '--limit', '1');
    expect(runs).toMatchObject({ code: 0, result: [{ undoable: true, counts: { updatedRight: 1 } }] });
    const run = runs.result[0]?.runId ?? '';
    expect(await cosell('sync undo', '--run', run)).toMatchObject({
      ...{ code: 0, status: 0 },
      result: { undone: run, records: [{ key: deal, putBack: [{ field: 'dealValue', newValue: 1100 }], kept: [] }] }
    });
    expect(await rig.amount(deal)).toBe(1100);
    const referral = await rig.referral(deal);
    await callReferrals(rig.center, 'PATCH', referral, [{ op: 'replace', path: '/details/dealValue', value: 1700 }]);
    expect(await cosell('sync undo', '--run', run)).toMatchObject({
      ...{ code: 68, status: 68 },
      result: { records: [{ key: deal, putBack: [], kept: [{ field: 'dealValue', code: 'CHANGED_SINCE' }] }] }
    });
    expect(await callReferrals(rig.center, 'GET', referral)).toMatchObject({ details: { dealValue: 1700 } });
  });
});
