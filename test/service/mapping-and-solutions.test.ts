import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncOnce } from '../../plugin/src/service/index.js';
import { testMapping, validateMapping } from '../../plugin/src/service/mappings.js';
import { importSolutions, learnSolutions, listSolutions } from '../../plugin/src/service/solutions/commands.js';
import { ServiceRig } from './support/service-rig.js';

let rig: ServiceRig;
let deal = '';

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  deal = await rig.deal('Rollout');
}, 60_000);
afterAll(() => rig.close());

function matches(command: string, result: unknown): void {
  const schema = JSON.parse(
    readFileSync(new URL(`../../plugin/schemas/cosell-${command}.json`, import.meta.url), 'utf8')
  ) as object;
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, JSON.parse(JSON.stringify(result))), ajv.errorsText()).toBe(true);
}

function file(name: string, text: string): string {
  const path = rig.file(name);
  writeFileSync(path, text);
  return path;
}

describe('sf cosell mapping validate', () => {
  it('finds nothing wrong with the shipped mapping in an org with our metadata but stages that it lacks', async () => {
    const result = await validateMapping(rig.input());
    matches('mapping-validate', result);
    expect(result).toMatchObject({ orgChecked: true, contractChecked: true, errors: 0 });
    expect(result.findings.filter(({ code }) => code !== 'SETTING_STAGE_UNKNOWN')).toEqual([]);
  });

  it('names what the org does not have, does not allow and does not list, field by field', async () => {
    const mapping = file(
      'wrong.yaml',
      `extends: opportunity-referral
fields:
  - { name: dealValue, left: { path: Deal_Value__c } }
  - { name: closingDate, left: { path: IsWon } }
  - { name: customerCity, onCreateOnly: null }
`
    );
    const result = await validateMapping({ ...rig.input(), mapping });
    matches('mapping-validate', result);
    expect(result.findings.map(({ code, field }) => [field, code])).toEqual(
      expect.arrayContaining([
        ['dealValue', 'FIELD_MISSING'],
        ['closingDate', 'TYPE_MISMATCH'],
        ['closingDate', 'FIELD_NOT_UPDATEABLE'],
        ['customerCity', 'PATH_READ_ONLY']
      ])
    );
  });
});

describe('sf cosell mapping test', () => {
  it('says what would be sent, why nothing is sent yet, and writes nothing', async () => {
    const result = await testMapping({ ...rig.input(), record: deal });
    matches('mapping-test', result);
    expect(result).toMatchObject({ record: deal, counterpart: null, shared: false, keptOutBy: 'scope' });
    expect(result.fields.find(({ field }) => field === 'dealValue')).toMatchObject({
      salesforce: 1000,
      writesTo: null,
      code: 'NOT_SHARED'
    });
    expect(await rig.referral(deal)).toBe('');
  });

  it('shows a creation, then both sides, and an edit with the rule that moves it', async () => {
    await rig.toggle(deal);
    const before = await testMapping({ ...rig.input(), record: deal.slice(0, 15) });
    const country = before.fields.find(({ field }) => field === 'customerCountry');
    expect(country).toMatchObject({ value: 'NO', writesTo: 'right', code: 'CREATE' });
    expect(country?.why).toContain(
      'Salesforce: read from Account.BillingCountry, because Account.BillingCountryCode is empty.'
    );
    expect(await syncOnce(rig.input())).toMatchObject({ outcome: 'success', counts: { created: 1 } });
    await rig.edit(deal, { Amount: 2500 });
    const after = await testMapping({ ...rig.input(), record: deal });
    matches('mapping-test', after);
    expect(after).toMatchObject({ counterpart: await rig.referral(deal), shared: true, keptOutBy: null });
    expect(after.fields.find(({ field }) => field === 'dealValue')).toMatchObject({
      salesforce: 2500,
      right: 1000,
      agreed: 1000,
      value: 2500,
      writesTo: 'right',
      code: 'UPDATE'
    });
    expect(after.fields.find(({ field }) => field === 'closingDate')).toMatchObject({ code: 'SAME', writesTo: null });
  });

  it('tries a mapping before it is used', async () => {
    const mapping = file(
      'tried.yaml',
      `extends: opportunity-referral
left: { where: 'Amount < 10' }
fields:
  - name: notes
    direction: toRight
    left: { default: none }
    transform: { toRight: '"Notes: " & $' }
`
    );
    const result = await testMapping({ ...rig.input(), record: deal, mapping });
    expect(result.shared).toBe(false);
    expect(result.fields.find(({ field }) => field === 'notes')).toMatchObject({
      salesforce: 'Notes: none',
      why: expect.arrayContaining(['Salesforce: empty, so it counts as the default.']) as string[]
    });
  });

  it('refuses a record that is not there', async () => {
    await expect(testMapping({ ...rig.input(), record: '006000000000001AAA' })).rejects.toMatchObject({
      code: 'RECORD_NOT_FOUND'
    });
  });
});

describe('sf cosell solution', () => {
  const text = 'Solution Identifier,Solution Name,Publisher Name\nSOL-90001-AAA,Alpha,Contoso\nSOL-90002-BBB,,\n';

  it('imports what can be imported, and nothing in a dry run or the second time', async () => {
    const { session } = rig.input();
    const input = { session, file: file('solutions.csv', text), dryRun: true };
    const counts = { create: 1, update: 0, same: 0, refused: 1 };
    const dry = await importSolutions(input);
    matches('solution-import', dry);
    expect(dry.counts).toEqual(counts);
    expect((await listSolutions(session)).solutions.map(({ id }) => id)).not.toContain('SOL-90001-AAA');
    expect((await importSolutions({ ...input, dryRun: false })).counts).toEqual(counts);
    const listed = await listSolutions(session);
    matches('solution-list', listed);
    expect(listed.solutions).toContainEqual(
      expect.objectContaining({ id: 'SOL-90001-AAA', name: 'Alpha', publisher: 'Contoso', active: true })
    );
    expect((await importSolutions({ ...input, dryRun: false })).counts).toEqual({ ...counts, create: 0, same: 1 });
  });

  it('learns what referrals name and the catalogue lacks', async () => {
    const first = await learnSolutions({ ...rig.input(), dryRun: false });
    matches('solution-learn', first);
    expect(first.counts.create).toBe(0);
    expect(first.counts.same).toBe(1);
  });
});
