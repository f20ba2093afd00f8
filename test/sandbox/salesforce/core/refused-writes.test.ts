import { describe, expect, it } from 'vitest';
import { addDeal, addUser, codeOf, customField, deploy, errorOf, newOrg, SELLER } from './org-fixture.js';

const deal = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' };
const wrongChecksum = '0015g0000000zzzZZZ';

/** What an org refuses on create: values, code, and a part of the message. */
const refusals: readonly [string, Record<string, unknown>, string, string][] = [
  ['a missing required field', { Name: 'Deal' }, 'REQUIRED_FIELD_MISSING', '[StageName, CloseDate]'],
  ['a blank required field', { ...deal, Name: '  ' }, 'REQUIRED_FIELD_MISSING', '[Name]'],
  ['text that is too long', { ...deal, Name: 'x'.repeat(121) }, 'STRING_TOO_LONG', '(max length=120)'],
  [
    'an unknown field',
    { ...deal, Nope__c: 1 },
    'INVALID_FIELD',
    "No such column 'Nope__c' on sobject of type Opportunity"
  ],
  ['a read-only field', { ...deal, IsWon: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'fields: IsWon.'],
  [
    'several read-only fields',
    { ...deal, IsWon: true, Fiscal: 'x' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'IsWon, Fiscal'
  ],
  [
    'an id',
    { ...deal, Id: '0065g0000000001AAA' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'cannot specify Id in an insert call'
  ],
  [
    'text for a number',
    { ...deal, Amount: 'much' },
    'JSON_PARSER_ERROR',
    'Cannot deserialize instance of currency from VALUE_STRING'
  ],
  ['a number for text', { ...deal, Name: 5 }, 'JSON_PARSER_ERROR', 'VALUE_NUMBER_INT'],
  ['null for a check box', { ...deal, IsPrivate: null }, 'JSON_PARSER_ERROR', 'boolean from VALUE_NULL'],
  ['an object for text', { ...deal, Name: { a: 1 } }, 'JSON_PARSER_ERROR', 'START_OBJECT'],
  ['a day that does not exist', { ...deal, CloseDate: '2026-02-30' }, 'JSON_PARSER_ERROR', 'instance of date'],
  ['a date in another format', { ...deal, CloseDate: '31.12.2026' }, 'JSON_PARSER_ERROR', 'instance of date'],
  ['too large a number', { ...deal, Amount: 1e16 }, 'NUMBER_OUTSIDE_VALID_RANGE', 'value outside of valid range'],
  ['a reference that is no id', { ...deal, AccountId: 'abc' }, 'MALFORMED_ID', 'id value of incorrect type: abc'],
  [
    'a reference to another object',
    { ...deal, AccountId: '0065g0000000001AAA' },
    'FIELD_INTEGRITY_EXCEPTION',
    'incorrect type'
  ],
  ['an id with a wrong checksum', { ...deal, AccountId: wrongChecksum }, 'MALFORMED_ID', 'incorrect type'],
  [
    'a reference to no record',
    { ...deal, AccountId: '0015g0000000zzz' },
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id'
  ],
  [
    'a currency the org does not have',
    { ...deal, CurrencyIsoCode: 'XXX' },
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'XXX'
  ]
];

describe('creating an opportunity is refused for', () => {
  it.each(refusals)('%s', (_what, values, code, part) => {
    const { org, admin } = newOrg();
    const error = errorOf(() => org.data.create(admin, 'Opportunity', values));
    expect(error.errorCode).toBe(code);
    expect(error.message).toContain(part);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Opportunity').totalSize).toBe(0);
  });

  it('nothing when the values are right', () => {
    const { org, admin } = newOrg();
    expect(codeOf(() => org.data.create(admin, 'Opportunity', deal))).toBe('none');
  });
});

describe('values are stored as an org stores them', () => {
  const stored: readonly [string, Record<string, unknown>, string, unknown][] = [
    ['text is trimmed', { Name: '  Deal  ' }, 'Name', 'Deal'],
    ['empty text is no value', { NextStep: '' }, 'NextStep', null],
    ['a number given as text', { Amount: '12.5' }, 'Amount', 12.5],
    ['decimals are rounded half up', { Amount: 1.005 }, 'Amount', 1.01],
    ['a long id from a short one', { OwnerId: '0055g0000000001' }, 'OwnerId', '0055g0000000001AAA'],
    ['an unrestricted picklist takes any value', { Type: 'Odd' }, 'Type', 'Odd'],
    ['a field name without case', { nextstep: 'call' }, 'NextStep', 'call'],
    ['a day from an instant', { CloseDate: '2026-05-06T10:00:00Z' }, 'CloseDate', '2026-05-06']
  ];
  it.each(stored)('%s', (_what, values, field, expected) => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin, values);
    expect(org.data.retrieve(admin, 'Opportunity', id, [field])[field]).toBe(expected);
  });
});

describe('updating is refused for', () => {
  it('a record that is not there, a deleted one, a malformed id, and the id in the values', () => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin);
    const update = (target: string, values: Record<string, unknown>): string =>
      codeOf(() => {
        org.data.update(admin, 'Opportunity', target, values);
      });
    expect(update('0065g000000zzzz', { Name: 'x' })).toBe('NOT_FOUND');
    expect(update('nonsense', { Name: 'x' })).toBe('MALFORMED_ID');
    expect(update(id, { Id: id })).toBe('INVALID_FIELD');
    org.data.delete(admin, 'Opportunity', id);
    expect(update(id, { Name: 'x' })).toBe('ENTITY_IS_DELETED');
  });

  it('a row that another transaction holds, until it lets go', () => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin);
    org.faults.lockedRows.add(id);
    const rename = (): void => {
      org.data.update(admin, 'Opportunity', id, { Name: 'New' });
    };
    expect(codeOf(rename)).toBe('UNABLE_TO_LOCK_ROW');
    org.faults.clear();
    expect(codeOf(rename)).toBe('none');
  });
});

describe('deployed fields', () => {
  it('keep their values unique, without case, among records that are not deleted', () => {
    const { org, admin } = newOrg();
    const field = customField('Code__c', { externalId: true, unique: true });
    deploy(org, { upsertFields: [{ object: 'Opportunity', field }] });
    const first = addDeal(org, admin, { Code__c: 'abc' });
    const error = errorOf(() => addDeal(org, admin, { Code__c: 'ABC' }));
    expect(error.errorCode).toBe('DUPLICATE_VALUE');
    expect(error.message).toBe(`duplicate value found: Code__c duplicates value on record with id: ${first}`);
    org.data.update(admin, 'Opportunity', first, { Code__c: 'abc' });
    org.data.delete(admin, 'Opportunity', first);
    expect(codeOf(() => addDeal(org, admin, { Code__c: 'ABC' }))).toBe('none');
  });

  it('refuse values outside a restricted picklist and malformed e-mail addresses', () => {
    const { org, admin } = newOrg();
    const values = [{ value: 'A', label: 'A', active: true, defaultValue: true }];
    const help = customField('Help__c', { type: 'picklist', picklist: { restricted: true, values } });
    const mail = customField('Mail__c', { type: 'email', length: 80 });
    deploy(org, { upsertFields: [help, mail].map((field) => ({ object: 'Opportunity', field })) });
    expect(codeOf(() => addDeal(org, admin, { Help__c: 'B' }))).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    expect(codeOf(() => addDeal(org, admin, { Mail__c: 'nobody' }))).toBe('INVALID_EMAIL_ADDRESS');
    const id = addDeal(org, admin, { Mail__c: 'a@b.example' });
    expect(org.data.retrieve(admin, 'Opportunity', id, ['Help__c'])['Help__c']).toBe('A');
  });
});

describe('users', () => {
  it('have user names that are unique in the org and look like an e-mail address', () => {
    const { org } = newOrg();
    addUser(org, SELLER);
    expect(codeOf(() => addUser(org, SELLER))).toBe('DUPLICATE_USERNAME');
    expect(codeOf(() => addUser(org, 'no-address'))).toBe('INVALID_EMAIL_ADDRESS');
  });
});
