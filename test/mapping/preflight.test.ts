import { beforeAll, describe, expect, it } from 'vitest';
import { inScope, loadMapping, preflight } from '../../plugin/src/mapping/index.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { contact, opportunity } from '../support/engine/fake-org.js';

let mapping: Mapping;
beforeAll(async () => {
  mapping = await loadMapping();
});

const account = (change: JsonObject): JsonObject => ({
  Account: { ...(opportunity(1)['Account'] as JsonObject), ...change }
});
const person = (change: JsonObject): JsonValue => [{ ...contact, ...change }];
const help = { How_can_Microsoft_help__c: 'General or Other' };

const cases: [what: string, change: JsonObject, codes: string[]][] = [
  ['a complete opportunity', {}, []],
  ['no account', { Account: null }, ['ACCOUNT_MISSING']],
  ['an account without a name', account({ Name: ' ' }), ['ACCOUNT_MISSING']],
  ['no street', account({ BillingStreet: null }), ['ADDRESS_INCOMPLETE']],
  ['no city', account({ BillingCity: '' }), ['ADDRESS_INCOMPLETE']],
  ['a country in words', account({ BillingCountry: 'Norway' }), ['COUNTRY_NOT_TWO_LETTERS']],
  ['a three-letter country', account({ BillingCountry: 'NOR' }), ['COUNTRY_NOT_TWO_LETTERS']],
  ['no country', account({ BillingCountry: null }), ['COUNTRY_NOT_TWO_LETTERS']],
  ['a country code beside a country in words', account({ BillingCountryCode: 'NO', BillingCountry: 'Norway' }), []],
  [
    'an empty country code beside a country code as country',
    account({ BillingCountryCode: null, BillingCountry: 'NO' }),
    []
  ],
  ['no amount', { Amount: null }, ['AMOUNT_MISSING']],
  ['an amount of zero', { Amount: 0 }, ['AMOUNT_MISSING']],
  ['no close date', { CloseDate: null }, ['CLOSE_DATE_MISSING']],
  ['no currency', { CurrencyIsoCode: null }, ['CURRENCY_MISSING']],
  ['no solution', { Solutions: [] }, ['SOLUTION_MISSING']],
  ['a solution without identifier', { Solutions: [{ Id: null, Name: 'x' }] }, ['SOLUTION_MISSING']],
  [
    'an owner without phone',
    { Team: [{ FirstName: 'S', LastName: 'S', Email: 's@s.example', Phone: null }] },
    ['TEAM_INCOMPLETE']
  ],
  ['nobody on the team', { Team: [] }, ['TEAM_INCOMPLETE']],
  ['no contact while no help is asked', { Contacts: [] }, []],
  ['help without a contact', { ...help, Contacts: [] }, ['CONTACT_MISSING']],
  ['help with a contact without e-mail', { ...help, Contacts: person({ Email: null }) }, ['CONTACT_INCOMPLETE']],
  ['help with a contact without first name', { ...help, Contacts: person({ FirstName: '' }) }, ['CONTACT_INCOMPLETE']],
  ['help with a complete contact', { ...help, Contacts: person({}) }, []],
  ['several things missing', { Amount: null, Solutions: [] }, ['AMOUNT_MISSING', 'SOLUTION_MISSING']]
];

describe('preflight', () => {
  it.each(cases)('%s', (_what, change, codes) => {
    const issues = preflight(mapping, { ...opportunity(1), ...change });
    expect(issues.map(({ code }) => code)).toEqual(codes);
    for (const { message, nextStep } of issues) expect(`${message} ${nextStep}`).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
  });

  it('does not ask again for what only mattered on creation', () => {
    const document = { ...opportunity(1), ...account({ BillingCity: null }), Amount: null };
    expect(preflight(mapping, document, 'update').map(({ code }) => code)).toEqual(['AMOUNT_MISSING']);
  });

  it.each([
    [true, { Sync_with_Partner_Center__c: true }],
    [false, { Sync_with_Partner_Center__c: false }],
    [false, {}]
  ])('in scope: %s for %j', (expected, document) => {
    expect(inScope(mapping, document)).toBe(expected);
  });
});
