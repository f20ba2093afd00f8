import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

let demo: DemoOrg;
beforeAll(() => {
  demo = DemoOrg.open();
});
afterAll(() => demo.close());

const opportunities = (args: string, selection = 'Name { value }'): string =>
  `query { uiapi { query { Opportunity${args === '' ? '' : `(${args})`} {
    edges { cursor node { Id ${selection} } } totalCount pageResultCount pageInfo { hasNextPage hasPreviousPage endCursor }
  } } } }`;

async function found(args: string, user: 'sam' | 'ada' = 'sam'): Promise<string[]> {
  const { body } = await demo.graphql(user, opportunities(`orderBy: { Name: { order: ASC } }, ${args}`));
  expect(body.errors).toEqual([]);
  return body.data.uiapi.query.Opportunity.edges.map(
    (edge: { node: { Name: { value: string } } }) => edge.node.Name.value
  );
}

describe('a filter', () => {
  it.each([
    ['{ Name: { eq: "alpha" } }', ['Alpha']],
    ['{ Name: { ne: "Alpha" } }', ['Beta 100%', 'Gamma']],
    ['{ Name: { like: "%a" } }', ['Alpha', 'Gamma']],
    ['{ Name: { like: "%100\\\\%" } }', ['Beta 100%']],
    ['{ Name: { in: ["Alpha", "Gamma", "Nope"] } }', ['Alpha', 'Gamma']],
    ['{ Name: { in: [] } }', []],
    ['{ Name: { nin: ["Alpha"] } }', ['Beta 100%', 'Gamma']],
    ['{ Amount: { gt: 50 } }', ['Alpha']],
    ['{ Amount: { gte: 50, lt: 1000 } }', ['Beta 100%']],
    ['{ Amount: { eq: null } }', ['Gamma']],
    ['{ Amount: { ne: null } }', ['Alpha', 'Beta 100%']],
    ['{ Shared__c: { eq: true } }', ['Alpha']],
    ['{ CloseDate: { lte: { value: "2027-01-31" } } }', ['Beta 100%', 'Gamma']],
    ['{ CloseDate: { eq: { literal: YESTERDAY } } }', []],
    ['{ CreatedDate: { eq: { literal: TODAY } } }', ['Alpha', 'Beta 100%', 'Gamma']],
    ['{ CreatedDate: { gte: { range: { last_n_days: 2 } } } }', ['Alpha', 'Beta 100%', 'Gamma']],
    ['{ StageName: { eq: "Qualification" } }', ['Beta 100%']],
    ['{ or: [{ Name: { eq: "Alpha" } }, { NextStep: { eq: "Call" } }] }', ['Alpha', 'Gamma']],
    ['{ and: [{ Name: { like: "%a%" } }, { not: { Name: { eq: "Alpha" } } }] }', ['Beta 100%', 'Gamma']],
    ['{ not: { or: [{ Name: { eq: "Alpha" } }, { Name: { eq: "Gamma" } }] } }', ['Beta 100%']],
    ['{ Account: { Name: { eq: "Bolt\'s" } } }', ['Gamma']],
    ['{ Account: { BillingCity: { eq: "Utrecht" }, Name: { like: "A%" } }, Amount: { lt: 100 } }', ['Beta 100%']],
    ['{}', ['Alpha', 'Beta 100%', 'Gamma']]
  ])('%s', async (where, expected) => {
    expect(await found(`where: ${where}`)).toEqual(expected);
  });

  it('takes variables of every depth', async () => {
    const query = `query List($where: Opportunity_Filter, $first: Int) {
      uiapi { query { Opportunity(where: $where, first: $first) { edges { node { Name { value } } } } } } }`;
    const { body } = await demo.graphql('sam', query, { where: { Account: { Name: { eq: 'Acme' } } }, first: 5 });
    expect(body.errors).toEqual([]);
    expect(body.data.uiapi.query.Opportunity.edges).toHaveLength(2);
  });
});

describe('a page', () => {
  it('ends where first says and goes on after its cursor', async () => {
    const order = 'orderBy: { Account: { Name: { order: DESC } }, Name: { order: ASC, nulls: LAST } }';
    const first = (await demo.graphql('sam', opportunities(`first: 2, ${order}`))).body.data.uiapi.query.Opportunity;
    expect(first.edges.map((edge: { node: { Name: { value: string } } }) => edge.node.Name.value)).toEqual([
      'Gamma',
      'Alpha'
    ]);
    expect(first).toMatchObject({
      totalCount: 3,
      pageResultCount: 2,
      pageInfo: { hasNextPage: true, hasPreviousPage: false }
    });
    const after = `after: "${first.pageInfo.endCursor}"`;
    const second = (await demo.graphql('sam', opportunities(`first: 2, ${after}, ${order}`))).body.data.uiapi.query
      .Opportunity;
    expect(second.edges.map((edge: { node: { Name: { value: string } } }) => edge.node.Name.value)).toEqual([
      'Beta 100%'
    ]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('has ten rows when nothing is said', async () => {
    for (let count = 0; count < 9; count += 1) demo.create('Account', { Name: `Z${count}` });
    const query = 'query { uiapi { query { Account { edges { node { Id } } totalCount } } } }';
    const { Account } = (await demo.graphql('sam', query)).body.data.uiapi.query;
    expect([Account.edges.length, Account.totalCount]).toEqual([10, 11]);
  });
});

describe('a node', () => {
  it('shows values as the user reads them, parents, children and aliases', async () => {
    const query = `query { uiapi { query { Opportunity(where: { Name: { eq: "Alpha" } }) { edges { node {
      ApiName Amount { value displayValue } stage: StageName { value label } Account { ...City Id }
      OpportunityContactRoles(first: 1) { edges { node { Role { value } Contact { Name { value } } } } totalCount }
    } } } } } }
    fragment City on Account { BillingCity { value } }`;
    const { body } = await demo.graphql('sam', query);
    expect(body.errors).toEqual([]);
    expect(body.data.uiapi.query.Opportunity.edges[0].node).toEqual({
      ApiName: 'Opportunity',
      Amount: { value: 1234.5, displayValue: 'US$1,234.50' },
      stage: { value: 'Prospecting', label: 'Prospecting' },
      Account: { BillingCity: { value: 'Utrecht' }, Id: demo.ids['acme'] },
      OpportunityContactRoles: {
        edges: [{ node: { Role: { value: 'Decision Maker' }, Contact: { Name: { value: 'Kim Lee' } } } }],
        totalCount: 1
      }
    });
  });
});

describe('an error', () => {
  it.each([
    ['syntax', 'sam', 'query { uiapi {', 'InvalidSyntax', /Syntax Error/],
    ['unknown object', 'ada', 'query { uiapi { query { Nope__c { totalCount } } } }', 'ValidationError', /Nope__c/],
    ['unknown field', 'ada', opportunities('', 'Nope__c { value }'), 'ValidationError', /Nope__c/],
    ['field without access', 'sam', opportunities('', 'Secret__c { value }'), 'ValidationError', /Secret__c/],
    [
      'filter on a field without access',
      'sam',
      opportunities('where: { Secret__c: { eq: "x" } }'),
      'ValidationError',
      /Secret__c/
    ],
    [
      'order by a field without access',
      'sam',
      opportunities('orderBy: { Secret__c: { order: ASC } }'),
      'ValidationError',
      /Secret__c/
    ],
    [
      'operator the type does not have',
      'sam',
      opportunities('where: { Shared__c: { like: "x" } }'),
      'ValidationError',
      /like/
    ],
    ['filter on long text', 'sam', opportunities('where: { Notes__c: { eq: "x" } }'), 'ValidationError', /Notes__c/],
    [
      'missing variable',
      'sam',
      'query A($n: Int!) { uiapi { query { Opportunity(first: $n) { totalCount } } } }',
      'ValidationError',
      /\$n/
    ],
    ['too many rows', 'sam', opportunities('first: 2001'), 'DataFetchingException', /first/],
    ['bad cursor', 'sam', opportunities('after: "x"'), 'DataFetchingException', /cursor/],
    [
      'bad date',
      'sam',
      opportunities('where: { CloseDate: { eq: { value: "soon" } } }'),
      'DataFetchingException',
      /CloseDate/
    ]
  ] as const)('%s', async (_case, user, query, type, message) => {
    const { status, body } = await demo.graphql(user, query);
    expect(status).toBe(200);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].message).toMatch(message);
    expect(body.errors[0].extensions.ErrorType).toBe(type);
  });

  it('a field that sam may not read is there for ada', async () => {
    const { body } = await demo.graphql(
      'ada',
      opportunities('where: { Secret__c: { eq: "x" } }', 'Secret__c { value }')
    );
    expect(body.errors).toEqual([]);
    expect(body.data.uiapi.query.Opportunity.edges[0].node.Secret__c.value).toBe('x');
  });

  it('a body without a query is an error of the request', async () => {
    expect((await demo.call('sam', 'POST', '/graphql', {})).body).toMatchObject([{ errorCode: 'MISSING_ARGUMENT' }]);
  });
});

it('describes its schema on request', async () => {
  const query = '{ __type(name: "Opportunity") { fields { name } } }';
  const names = (await demo.graphql('sam', query)).body.data.__type.fields.map((field: { name: string }) => field.name);
  expect(names).toEqual(expect.arrayContaining(['Id', 'Name', 'Account', 'OpportunityContactRoles']));
  expect(names).not.toContain('Secret__c');
});
