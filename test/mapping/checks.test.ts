import { describe, expect, it } from 'vitest';
import { referralContract } from '../../plugin/src/connectors/partner-center/index.js';
import { checkLeft } from '../../plugin/src/mapping/check-left.js';
import { checkRight } from '../../plugin/src/mapping/check-right.js';
import type { OrgField } from '../../plugin/src/mapping/contract.js';
import { loadMapping, parseMapping } from '../../plugin/src/mapping/index.js';
import { made, optionalFields } from '../../plugin/src/service/mapping-of.js';

const one = (field: string, more = ''): ReturnType<typeof parseMapping> =>
  parseMapping(
    `name: m\nleft: { entity: Opportunity${more} }\nright: { entity: referral }\nfields: [{ name: x, ${field} }]\n`,
    'm'
  );

describe('a mapping and the contract of the referrals API', () => {
  it('agree as shipped', async () => {
    expect(checkRight(await loadMapping(), referralContract)).toEqual([]);
  });

  it.each([
    ['a path that is not there', 'details.dealvalue', 'type: number', 'PATH_UNKNOWN'],
    ['a path that is only taken on creation', 'customerProfile.name', 'type: text', 'PATH_READ_ONLY'],
    ['the name of a referral that exists', 'name', 'type: text', 'PATH_READ_ONLY'],
    ['what the service sets itself', 'engagementId', 'type: text', 'PATH_SERVER_OWNED'],
    ["Microsoft's own referral", 'microsoft.status', 'type: text', 'PATH_SERVER_OWNED'],
    ['a number as text', 'details.dealValue', 'type: text', 'TYPE_MISMATCH'],
    ['a list as text', 'team', 'type: text', 'TYPE_MISMATCH']
  ])('disagree about %s', async (_what, path, type, code) => {
    const findings = checkRight(await one(`${type}, left: { path: X }, right: { path: ${path} }`), referralContract);
    expect(findings).toMatchObject([{ code, severity: 'error', side: 'right', field: 'x', path }]);
    expect(findings[0]?.message).toMatch(/\.$/);
    expect(findings[0]?.nextStep).toMatch(/\.$/);
  });

  it('agree about the same paths where they are only read, or only sent once', async () => {
    const read = await one('type: text, direction: toLeft, left: { path: X }, right: { path: microsoft.status }');
    const once = await one('type: text, onCreateOnly: true, left: { path: X }, right: { path: name }');
    expect([...checkRight(read, referralContract), ...checkRight(once, referralContract)]).toEqual([]);
  });

  it('disagree about values and members of lists that are not listed', async () => {
    const values = await one(
      'type: choice, left: { path: X }, right: { path: salesStage, values: { Qualify: q, Doubt: d } }'
    );
    expect(checkRight(values, referralContract)).toMatchObject([
      { code: 'VALUE_UNKNOWN', severity: 'warning', message: expect.stringContaining('"Doubt"') as string }
    ]);
    const member = await one(
      'type: list, key: mail, left: { path: Team, item: { mail: Email } }, right: { path: team, item: { mail: mail } }'
    );
    expect(checkRight(member, referralContract)).toMatchObject([{ code: 'PATH_UNKNOWN', path: 'team[].mail' }]);
  });
});

describe('a mapping and the org', () => {
  const field = (name: string, type: string, updateable = true, values?: string[]): [string, OrgField] => [
    name,
    { name, type, updateable, ...(values ? { values } : {}) }
  ];
  const org = new Map([
    [
      'Opportunity',
      new Map([
        field('Amount', 'currency'),
        field('Locked__c', 'currency', false),
        field('Region__c', 'picklist', true, ['North', 'South']),
        field('Active__c', 'boolean')
      ])
    ],
    ['Account', new Map([field('Name', 'string')])]
  ]);
  const facts = { org, entity: 'Opportunity', made, optional: optionalFields };
  const right = 'right: { path: x }';

  it.each([
    ['a field that is not there', `type: number, left: { path: Amont }, ${right}`, 'FIELD_MISSING', 'Amont'],
    [
      'a fallback that is not there',
      `type: number, left: { path: Amount, alternatives: [Amont] }, ${right}`,
      'FIELD_MISSING',
      'Amont'
    ],
    [
      'a field of a record that is not read',
      `type: text, direction: toRight, left: { path: Campaign.Name }, ${right}`,
      'RELATION_UNKNOWN',
      'Campaign.Name'
    ],
    [
      'a field that the user may not edit',
      `type: number, left: { path: Locked__c }, ${right}`,
      'FIELD_NOT_UPDATEABLE',
      'Locked__c'
    ],
    [
      'a field of the account that would be written',
      `type: text, left: { path: Account.Name }, ${right}`,
      'FIELD_NOT_UPDATEABLE',
      'Account.Name'
    ],
    ['a checkbox as number', `type: number, left: { path: Active__c }, ${right}`, 'TYPE_MISMATCH', 'Active__c'],
    [
      'a value that the picklist does not have',
      `type: choice, left: { path: Region__c, values: { North: n, South: s, East: e } }, ${right}`,
      'VALUE_NOT_IN_PICKLIST',
      'Region__c'
    ]
  ])('disagree about %s', async (_what, text, code, path) => {
    expect(checkLeft(await one(text), facts)).toMatchObject([
      { code, severity: 'error', side: 'salesforce', field: 'x', path }
    ]);
  });

  it('are said to leave values of a picklist out', async () => {
    const mapping = await one(`type: choice, left: { path: Region__c, values: { North: n } }, ${right}`);
    expect(checkLeft(mapping, facts)).toMatchObject([
      { code: 'VALUE_UNMAPPED', severity: 'warning', message: expect.stringContaining('"South"') as string }
    ]);
  });

  it('agree about what is only sent, what the connector makes, and what only some orgs have', async () => {
    const texts = [
      `type: number, direction: toRight, left: { path: Locked__c }, ${right}`,
      `type: text, direction: toRight, left: { path: Owner.Email }, ${right}`,
      `type: text, direction: toRight, left: { path: Account.BillingCountryCode, alternatives: [Account.Name] }, ${right}`
    ];
    for (const text of texts) expect(checkLeft(await one(text), facts)).toEqual([]);
  });

  it('disagree about fields that only an expression reads', async () => {
    const mapping = await one(`type: number, left: { path: Amount }, ${right}`, ', where: \'Segment__c = "A"\'');
    expect(checkLeft(mapping, facts)).toMatchObject([{ code: 'FIELD_MISSING', field: null, path: 'Segment__c' }]);
  });
});
