import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

let demo: DemoOrg;
beforeAll(() => {
  demo = DemoOrg.open();
});
afterAll(() => demo.close());

const list = (body: object, id = 'acme', name = 'Opportunities'): ReturnType<DemoOrg['call']> =>
  demo.call('sam', 'POST', `/ui-api/related-list-records/${demo.ids[id]}/${name}`, body);

const names = (answer: { body: { records: { fields: { Name: { value: string } } }[] } }): string[] =>
  answer.body.records.map(({ fields }) => fields.Name.value);

describe('related list records', () => {
  it('reads children with their parents, by GET as by POST', async () => {
    const query = 'fields=OpportunityContactRole.Role,OpportunityContactRole.Contact.Name&pageSize=5';
    const got = await demo.call(
      'sam',
      'GET',
      `/ui-api/related-list-records/${demo.ids['alpha']}/OpportunityContactRoles?${query}`
    );
    const posted = await list(
      { fields: ['OpportunityContactRole.Role', 'OpportunityContactRole.Contact.Name'], pageSize: 5 },
      'alpha',
      'OpportunityContactRoles'
    );
    expect(got.body).toEqual(posted.body);
    expect(got.body).toMatchObject({ count: 1, nextPageToken: null, pageSize: 5 });
    expect(got.body.records[0].fields.Contact.value.fields.Name.value).toBe('Kim Lee');
  });

  it.each([
    [['Opportunity.Name'], ['Alpha', 'Beta 100%']],
    [['-Opportunity.Name'], ['Beta 100%', 'Alpha']],
    [['Amount'], ['Beta 100%', 'Alpha']],
    [
      ['-Account.Name', 'CloseDate'],
      ['Beta 100%', 'Alpha']
    ]
  ])('sorts by %j', async (sortBy, expected) => {
    expect(names(await list({ fields: ['Opportunity.Name'], sortBy }))).toEqual(expected);
  });

  it('pages with tokens', async () => {
    const first = await list({ fields: ['Opportunity.Name'], sortBy: ['Name'], pageSize: 1 });
    expect([names(first), first.body.previousPageToken]).toEqual([['Alpha'], null]);
    const pageToken = first.body.nextPageToken as string;
    const second = await list({ fields: ['Opportunity.Name'], sortBy: ['Name'], pageSize: 1, pageToken });
    expect([names(second), second.body.nextPageToken]).toEqual([['Beta 100%'], null]);
  });

  it('filters with a GraphQL filter', async () => {
    const where = '{ and: [{ StageName: { eq: "Qualification" } }, { Amount: { lt: 100 } }] }';
    expect(names(await list({ fields: ['Opportunity.Name'], where }))).toEqual(['Beta 100%']);
  });

  it.each([
    ['an unknown list', {}, 'Nope', 404, 'NOT_FOUND'],
    ['a field without access', { fields: ['Opportunity.Secret__c'] }, 'Opportunities', 400, 'INVALID_FIELD'],
    ['sorting by a field without access', { sortBy: ['Secret__c'] }, 'Opportunities', 400, 'INVALID_FIELD'],
    ['a page that is too large', { pageSize: 2000 }, 'Opportunities', 400, 'ILLEGAL_QUERY_PARAMETER_VALUE'],
    ['a bad page token', { pageToken: 'x' }, 'Opportunities', 400, 'ILLEGAL_QUERY_PARAMETER_VALUE'],
    ['a filter that is none', { where: '{ and: [' }, 'Opportunities', 400, 'ILLEGAL_QUERY_PARAMETER_VALUE']
  ])('refuses %s', async (_case, body, name, status, errorCode) => {
    const answer = await list(body, 'acme', name);
    expect([answer.status, answer.body[0].errorCode]).toEqual([status, errorCode]);
  });
});
