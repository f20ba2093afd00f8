import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

let demo: DemoOrg;
beforeAll(() => {
  demo = DemoOrg.open();
});
afterAll(() => demo.close());

const read = (user: 'sam' | 'rita' | 'ada', id: string, query: string): ReturnType<DemoOrg['call']> =>
  demo.call(user, 'GET', `/ui-api/records/${demo.ids[id] ?? id}?${query}`);

describe('a record', () => {
  it('carries the requested fields, its parent as a record and what it says about itself', async () => {
    const { status, body } = await read('sam', 'alpha', 'fields=Opportunity.Name,Opportunity.Account.BillingCity');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      apiName: 'Opportunity',
      id: demo.ids['alpha'],
      childRelationships: {},
      recordTypeInfo: null
    });
    expect(Object.keys(body.fields).sort()).toEqual(['Account', 'Name']);
    expect(body.fields.Account.displayValue).toBe('Acme');
    expect(body.fields.Account.value).toMatchObject({
      apiName: 'Account',
      id: demo.ids['acme'],
      fields: { BillingCity: { value: 'Utrecht' }, Name: { value: 'Acme' } }
    });
    expect(body.systemModstamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(body.weakEtag).toBe(Date.parse(body.systemModstamp));
  });

  it.each([
    ['sam', 'Amount', 1234.5, 'US$1,234.50'],
    ['rita', 'Amount', 1234.5, '$1,234.50'],
    ['sam', 'CloseDate', '2027-05-04', '04/05/2027'],
    ['rita', 'CloseDate', '2027-05-04', '5/4/2027'],
    ['sam', 'Probability', 10, '10%'],
    ['sam', 'StageName', 'Prospecting', 'Prospecting'],
    ['sam', 'Shared__c', true, null],
    ['sam', 'Name', 'Alpha', null],
    ['sam', 'NextStep', null, null]
  ] as const)('as %s shows %s', async (user, field, value, displayValue) => {
    const { body } = await read(user, 'alpha', `fields=Opportunity.${field}`);
    expect(body.fields[field]).toEqual({ value, displayValue });
  });

  it('has an entity tag that changes with its content only', async () => {
    const tags = await Promise.all(
      ['Name', 'Name', 'StageName'].map(
        async (field) => (await read('sam', 'alpha', `fields=Opportunity.${field}`)).body.eTag
      )
    );
    expect(tags[0]).toBe(tags[1]);
    expect(tags[0]).not.toBe(tags[2]);
  });

  it('has all readable fields in its Full layout and none that the user may not read', async () => {
    const { body } = await read('sam', 'alpha', 'layoutTypes=Full&modes=View');
    expect(body.fields).toHaveProperty('Shared__c');
    expect(body.fields).not.toHaveProperty('Secret__c');
  });
});

describe('what the user may not see', () => {
  it.each([
    ['a required field without access', 'sam', 'fields=Opportunity.Secret__c', 400, 'INVALID_FIELD'],
    ['a required field that does not exist', 'ada', 'fields=Opportunity.Nope__c', 400, 'INVALID_FIELD'],
    ['a field of another object', 'ada', 'fields=Account.Name', 400, 'INVALID_FIELD'],
    ['no field at all', 'ada', '', 400, 'MISSING_ARGUMENT']
  ] as const)('%s is an error', async (_case, user, query, status, errorCode) => {
    const answer = await read(user, 'alpha', query);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject([{ errorCode }]);
  });

  it('stays out of optional fields without an error', async () => {
    const query = 'optionalFields=Opportunity.Secret__c,Opportunity.Nope__c,Opportunity.Name,Opportunity.Nope__r.Name';
    expect(Object.keys((await read('sam', 'alpha', query)).body.fields)).toEqual(['Name']);
    expect(Object.keys((await read('ada', 'alpha', query)).body.fields)).toEqual(['Secret__c', 'Name']);
  });

  it.each([
    ['does not exist', '0065g0000099999AAA', 404, 'NOT_FOUND'],
    ['has an unknown prefix', 'zzz5g0000099999AAA', 404, 'NOT_FOUND'],
    ['is not an id', "x'", 404, 'NOT_FOUND']
  ])('a record that %s is not found', async (_case, id, status, errorCode) => {
    const answer = await read('sam', id, 'fields=Opportunity.Name');
    expect([answer.status, answer.body[0].errorCode]).toEqual([status, errorCode]);
  });
});

it('reads a batch with a status for each record', async () => {
  const path = `/ui-api/records/batch/${demo.ids['alpha']},0065g0000099999AAA?fields=Opportunity.Name`;
  const { body } = await demo.call('sam', 'GET', path);
  expect(body.hasErrors).toBe(true);
  expect(body.results.map((result: { statusCode: number }) => result.statusCode)).toEqual([200, 404]);
  expect(body.results[0].result.fields.Name.value).toBe('Alpha');
});
