import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadMapping, preflight, shippedMappings, toCanonical } from '../../plugin/src/mapping/index.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import { fieldsToRead, fieldsToWrite, mappingOf } from '../../plugin/src/service/mapping-of.js';
import { loadSettings } from '../../plugin/src/service/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-mapping-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const names = ({ fields }: Mapping): string[] => fields.map(({ name }) => name);
const fieldOf = (mapping: Mapping, name: string) => mapping.fields.find((field) => field.name === name);
const refused = async (path: string): Promise<string> =>
  loadMapping(path).then(
    () => 'loaded',
    (error: unknown) => (error as Error).message
  );

describe('a mapping that extends another', () => {
  it('changes fields by name, takes fields and checks away, and adds new ones', async () => {
    const shipped = await loadMapping();
    const own = await loadMapping(
      file(
        'own.yaml',
        `extends: opportunity-referral
left: { where: 'Amount > 1000' }
fields:
  - { name: dealValue, rule: salesforceWins, left: { path: Deal_Value__c } }
  - { name: notes, remove: true }
  - { name: campaign, type: text, left: { path: Campaign_Code__c }, right: { path: campaignId } }
preflight:
  - { code: SOLUTION_MISSING, remove: true }
  - { code: CLOSE_DATE_MISSING, nextStep: 'Ask sales operations.' }
`
      )
    );
    expect(own.name).toBe('opportunity-referral');
    expect(names(own)).toEqual([...names(shipped).filter((name) => name !== 'notes'), 'campaign']);
    expect(fieldOf(own, 'dealValue')).toEqual({
      ...fieldOf(shipped, 'dealValue'),
      rule: 'salesforceWins',
      left: { path: 'Deal_Value__c' }
    });
    expect(own.left).toEqual({ ...shipped.left, where: 'Amount > 1000' });
    expect(own.preflight).toHaveLength(shipped.preflight.length - 1);
    expect(own.preflight.find(({ code }) => code === 'CLOSE_DATE_MISSING')).toMatchObject({
      message: 'The opportunity has no close date.',
      nextStep: 'Ask sales operations.'
    });
  });

  it('may extend one that extends another, and take an attribute away', async () => {
    file('first.yaml', 'extends: opportunity-referral\nfields: [{ name: notes, label: Story }]\n');
    const second = await loadMapping(
      file('second.yaml', 'extends: ./first.yaml\nfields: [{ name: outcome, omitOnCreate: null }]\n')
    );
    expect(fieldOf(second, 'notes')?.label).toBe('Story');
    expect(fieldOf(second, 'outcome')).not.toHaveProperty('omitOnCreate');
  });

  it.each([
    ['another name', 'name: mine\nextends: opportunity-referral\n', /\/name: it must be opportunity-referral/],
    ['a file that is not there', 'extends: ./none.yaml\n', /none\.yaml.*cannot be read/],
    ['a circle', 'extends: ./circle.yaml\n', /circle/],
    ['nothing to remove', 'extends: opportunity-referral\nfields: [{ name: nots, remove: true }]\n', /no "nots"/],
    ['an unknown attribute', 'extends: opportunity-referral\nfields: [{ name: notes, spede: 1 }]\n', /spede/],
    ['half a new field', 'extends: opportunity-referral\nfields: [{ name: fresh, type: text }]\n', /left/],
    ['an unknown variable', 'extends: opportunity-referral\nfields: [{ name: notes, label: "${title}" }]\n', /"title"/]
  ])('with %s is refused', async (_what, text, message) => {
    expect(await refused(file('circle.yaml', text))).toMatch(message);
  });
});

describe('the settings change the mapping', () => {
  it('through the variables, in fields and checks alike', async () => {
    const settings = loadSettings(undefined, {
      msft_dealvaluefield: 'Deal_Value__c',
      msft_dealcurrencycodefield: 'Deal_Currency__c',
      msft_customeraccountcountrycode: 'Country_Code__c'
    });
    const mapping = await mappingOf(settings);
    const document = {
      Deal_Value__c: 7,
      Amount: 99,
      Deal_Currency__c: 'eur',
      CurrencyIsoCode: 'USD',
      Account: { Country_Code__c: 'NL', BillingCountry: 'Netherlands' }
    };
    expect(toCanonical(mapping, 'left', document)).toMatchObject({
      dealValue: 7,
      currency: 'EUR',
      customerCountry: 'NL'
    });
    const codes = preflight(mapping, document).map(({ code }) => code);
    expect(codes).not.toContain('AMOUNT_MISSING');
    expect(codes).not.toContain('COUNTRY_NOT_TWO_LETTERS');
    expect(preflight(mapping, { ...document, Deal_Value__c: 0 })).toContainEqual({
      code: 'AMOUNT_MISSING',
      message: 'The opportunity has no amount above zero.',
      nextStep: 'Enter the expected deal value in Deal_Value__c.'
    });
    expect(fieldsToRead(mapping)).toEqual(
      expect.arrayContaining(['Deal_Value__c', 'Deal_Currency__c', 'Account.Country_Code__c'])
    );
    expect(fieldsToWrite(mapping)).toContain('Deal_Value__c');
  });

  it('and change nothing while they have their defaults', async () => {
    expect(await mappingOf(loadSettings(undefined, {}))).toEqual(await loadMapping());
  });

  it('make new deals visible, ask for the help, or ask who may share', async () => {
    const partnerLed = await mappingOf(loadSettings(undefined, { COSELL_DEFAULT_DEAL_KIND: 'partnerLed' }));
    expect(fieldOf(partnerLed, 'visibleToMicrosoft')?.fallback).toBe(true);
    const coSell = await mappingOf(loadSettings(undefined, { COSELL_DEFAULT_DEAL_KIND: 'coSell' }));
    const missing = (mapping: Mapping, document: object, phase?: 'update'): string[] =>
      preflight(mapping, { ...document }, phase).map(({ code }) => code);
    expect(missing(coSell, {})).toContain('HELP_MISSING');
    expect(missing(coSell, {}, 'update')).not.toContain('HELP_MISSING');
    expect(missing(coSell, { How_can_Microsoft_help__c: 'General or Other' })).not.toContain('HELP_MISSING');
    const limited = await mappingOf(loadSettings(undefined, { COSELL_MAY_SHARE: 'Cosell_Seller' }));
    expect(missing(limited, { Owner: { MayShare: true } })).not.toContain('SHARING_NOT_ALLOWED');
    expect(preflight(limited, { Owner: { MayShare: false } })).toContainEqual({
      code: 'SHARING_NOT_ALLOWED',
      message: "The opportunity's owner may not share deals with Microsoft (Cosell_Seller is missing).",
      nextStep: 'Ask the administrator to assign Cosell_Seller to the owner, or change the owner.'
    });
  });
});

it('every shipped mapping can be loaded by its name', async () => {
  const shipped = await shippedMappings();
  expect(shipped).toContain('opportunity-referral');
  for (const name of shipped) expect((await loadMapping(name)).name).toBe(name);
});
