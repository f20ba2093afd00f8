import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdoptResult, ReconcileOutcome } from '../../plugin/src/service/index.js';
import { adopt, adoptExitCode, reconcileBoth, reconcileExitCode, syncOnce } from '../../plugin/src/service/index.js';
import { callReferrals } from '../support/partner-calls.js';
import { ServiceRig } from './support/service-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-adopt-'));
const ledger = join(folder, 'adopted.ledger');
const reportFile = join(folder, 'adoption.jsonl');
const AUDIT = '2023-04-17 09:05 - Partner Center Referral to CRM sync success.';
const NAMES = ['equal', 'short', 'differing', 'won', 'unmarked', 'unknown', 'fresh'] as const;
const deals = {} as Record<(typeof NAMES)[number], string>;
let rig: ServiceRig;
let referrals = 0;

const patch = (id: string, operations: Record<string, unknown>): Promise<unknown> =>
  callReferrals(
    rig.center,
    'PATCH',
    id,
    Object.entries(operations).map(([path, value]) => ({ op: 'replace', path, value }))
  );
const listed = async (): Promise<Record<string, unknown>[]> =>
  (await callReferrals(rig.center, 'GET'))['value'] as Record<string, unknown>[];

/** An org as Microsoft's connector leaves it: identifiers, links and its lines in Audit, and nothing else of ours. */
async function microsoftsOrg(): Promise<void> {
  for (const name of NAMES) deals[name] = await rig.deal(name);
  const { unknown, fresh, ...shared } = deals;
  for (const id of Object.values(shared)) await rig.toggle(id);
  await syncOnce({ ...rig.input(), ledger: join(folder, 'theirs.ledger') });
  const states = { Cosell_Sync_State__c: 'NotShared', Engagement_Identifier__c: null, Cosell_Last_Sync__c: null };
  for (const id of Object.values(shared)) await rig.edit(id, { ...states, Audit__c: AUDIT });
  await patch(await rig.referral(deals.short), { '/externalReferenceId': deals.short.slice(0, 15) });
  await patch(await rig.referral(deals.unmarked), { '/externalReferenceId': '' });
  await patch(await rig.referral(deals.differing), { '/details/dealValue': 7777 });
  await patch(await rig.referral(deals.won), { '/status': 'Closed', '/substatus': 'Won' });
  rig.moveClock(5_000);
  const gone = '00000000-0000-4000-8000-000000000000';
  await rig.edit(unknown, { Sync_with_Partner_Center__c: true, Referral_Identifier__c: gone, Audit__c: AUDIT });
  await rig.toggle(fresh);
  referrals = (await listed()).length;
}

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  await microsoftsOrg();
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

function faults(result: AdoptResult | ReconcileOutcome, command = 'adopt'): unknown {
  const file = new URL(`../../plugin/schemas/cosell-${command}.json`, import.meta.url);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return validate(JSON.parse(JSON.stringify(result))) ? [] : validate.errors;
}

describe("an org that ran Microsoft's connector, with both stand-ins", () => {
  it('is looked at by a dry run that stores nothing and writes a report only its owner may read', async () => {
    const result = await adopt({ ...rig.input(), ledger, dryRun: true, reportFile });
    expect(faults(result)).toEqual([]);
    expect(result).toMatchObject({
      counts: { coupled: 5, kept: 0, differing: 2, fresh: 1 },
      closed: 1,
      unmarked: 1,
      wouldCreate: [deals.fresh],
      problems: [{ code: 'RIGHT_MISSING', leftKey: deals.unknown }],
      fieldsElsewhere: [],
      report: reportFile
    });
    expect(Date.parse(result.microsoftsConnectorWroteAt ?? '')).toBeGreaterThan(0);
    expect(adoptExitCode(result)).toBe(68);
    expect(statSync(reportFile).mode & 0o777).toBe(0o600);
    const lines = readFileSync(reportFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(
      expect.objectContaining({
        kind: 'coupled',
        leftKey: deals.differing,
        differences: [expect.objectContaining({ field: 'dealValue', left: 1000, right: 7777 })]
      })
    );
    expect(lines).toContainEqual({ kind: 'fresh', leftKey: deals.fresh });
  });

  it('is adopted without a write to either system, and once more without a change', async () => {
    const before = JSON.stringify(await listed());
    const result = await adopt({ ...rig.input(), ledger });
    expect(faults(result)).toEqual([]);
    expect(result.counts).toMatchObject({ coupled: 5, differing: 2, waiting: 7 });
    expect(JSON.stringify(await listed())).toBe(before);
    expect((await adopt({ ...rig.input(), ledger })).counts).toMatchObject({ coupled: 0, kept: 5 });
  });

  it('gets no second referral, keeps its audit text, and has every difference decided by the rules and named', async () => {
    await rig.edit(deals.fresh, { Sync_with_Partner_Center__c: false });
    const { counts } = await syncOnce({ ...rig.input(), ledger });
    expect(counts).toMatchObject({ created: 0, linked: 0 });
    expect((await listed()).length).toBe(referrals);
    for (const name of ['equal', 'short', 'unmarked', 'differing'] as const) {
      const fields = await rig.fields(deals[name], ['Cosell_Sync_State__c', 'Audit__c', 'Engagement_Identifier__c']);
      expect(fields['Cosell_Sync_State__c'], name).toBe('Synced');
      expect(fields['Audit__c'], name).toMatch(new RegExp(`${AUDIT.replaceAll('.', '\\.')}$`));
      expect(fields['Engagement_Identifier__c'], name).toMatch(/^[0-9a-f-]{36}$/);
    }
    const audit = await rig.audit(deals.differing);
    expect(audit.map(({ Message__c }) => Message__c)).toContainEqual(
      expect.stringMatching(/Deal value: Salesforce "1000", Partner Center "7777"|Deal value.*1000.*7777/)
    );
    expect(await rig.fields(deals.won, ['StageName', 'Referral_Substatus__c'])).toMatchObject({
      Referral_Substatus__c: 'Won'
    });
  });
});

describe('an adopted org that is reconciled', () => {
  it('gets the opportunity’s id written into the referral that lacks it, only when a repair is asked for', async () => {
    const id = await rig.referral(deals.unmarked);
    const marker = async (): Promise<unknown> => (await callReferrals(rig.center, 'GET', id))['externalReferenceId'];
    const found = await reconcileBoth({ ...rig.input(), ledger });
    expect(faults(found, 'reconcile')).toEqual([]);
    expect(found.found).toMatchObject({ MARKER_MISSING: 1, RIGHT_MISSING: 1, DRIFT: 0, UNCOUPLED: 0, TWIN: 0 });
    expect([found.repairs.possible, reconcileExitCode(found), await marker()]).toEqual([1, 68, '']);
    const repaired = await reconcileBoth({ ...rig.input(), ledger, repair: true });
    expect(faults(repaired, 'reconcile')).toEqual([]);
    expect(repaired.repairs).toEqual({ possible: 1, done: 1, tooMany: false });
    expect(await marker()).toBe(deals.unmarked);
    expect((await reconcileBoth({ ...rig.input(), ledger })).found).toMatchObject({ MARKER_MISSING: 0 });
  });
});

describe('fields of other names', () => {
  it('have to exist and to tell which opportunities are shared', async () => {
    const named = (fieldMap: string[]): Promise<AdoptResult> =>
      adopt({ ...rig.input(), ledger, dryRun: true, fieldMap });
    await expect(named(['Their_Id__c=Referral_Identifier__c'])).rejects.toMatchObject({ code: 'FIELD_NOT_VISIBLE' });
    await expect(named(['NextStep=Audit__c'])).rejects.toMatchObject({ code: 'FIELD_MAP_INVALID' });
    await expect(named(['NextStep'])).rejects.toMatchObject({ code: 'FIELD_MAP_INVALID' });
  });

  it('are copied where ours are empty, all fields of a record or none, and never over a value of ours', async () => {
    const [copied, kept] = [await rig.deal('elsewhere'), deals.equal];
    const id = await rig.referral(deals.equal);
    await rig.edit(copied, { NextStep: 'aaaaaaaa-0000-4000-8000-000000000001' });
    await rig.edit(kept, { NextStep: 'aaaaaaaa-0000-4000-8000-000000000002' });
    const fieldMap = ['NextStep=Referral_Identifier__c'];
    const counted = await adopt({ ...rig.input(), ledger, fieldMap });
    expect(counted.copy).toMatchObject({ pending: 1, copied: 0, different: 1 });
    expect(adoptExitCode(counted)).toBe(68);
    const result = await adopt({ ...rig.input(), ledger, fieldMap, copyFields: true });
    expect(result.copy).toMatchObject({ pending: 1, copied: 1, different: 1, faults: [] });
    expect(await rig.referral(copied)).toBe('aaaaaaaa-0000-4000-8000-000000000001');
    expect(await rig.referral(kept)).toBe(id);
  });
});
