import { describe, expect, it } from 'vitest';
import { addDeal, call, newOrg } from './org-fixture.js';

const V = '/services/data/v66.0';
const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const account = (referenceId: string, body: object = { Name: 'Acme' }) => ({
  method: 'POST',
  url: `${V}/sobjects/Account/`,
  referenceId,
  body
});
const contact = (referenceId: string, parent: string) => ({
  method: 'POST',
  url: `${V}/sobjects/Contact`,
  referenceId,
  body: { LastName: 'Cash', AccountId: `@{${parent}.id}` }
});
const graph = (graphId: string, ...compositeRequest: object[]) => ({ graphId, compositeRequest });

describe('composite graph', () => {
  it('does each graph as a whole or not at all, with references inside a graph, in one call', async () => {
    const { org, admin } = newOrg();
    const { status, body } = await call(org, 'POST', '/composite/graph', {
      graphs: [
        graph('1', account('a'), contact('c', 'a'), {
          method: 'GET',
          url: `${V}/sobjects/Contact/@{c.id}?fields=AccountId`,
          referenceId: 'read'
        }),
        graph('2', account('a'), account('bad', {}), contact('c', 'a')),
        graph('3', account('a', { Name: 'Easy Spaces' }))
      ]
    });
    expect(status).toBe(200);
    expect(body.graphs).toMatchObject([
      { graphId: '1', isSuccessful: true },
      { graphId: '2', isSuccessful: false },
      { graphId: '3', isSuccessful: true }
    ]);
    const [good, bad] = body.graphs as { graphResponse: { compositeResponse: { body: Record<string, unknown> }[] } }[];
    const [made, , read] = good?.graphResponse.compositeResponse ?? [];
    expect(read?.body['AccountId']).toBe(made?.body['id']);
    expect(bad?.graphResponse.compositeResponse).toMatchObject([
      { httpStatusCode: 400, referenceId: 'a', body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, referenceId: 'bad', body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      { httpStatusCode: 400, referenceId: 'c', body: [{ errorCode: 'PROCESSING_HALTED' }] }
    ]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(2);
    expect(org.usage.used).toBe(1);
  });

  it('does not see the answers of another graph', async () => {
    const { org } = newOrg();
    const graphs = [graph('1', account('a')), graph('2', contact('c', 'a'))];
    const { body } = await call(org, 'POST', '/composite/graph', { graphs });
    expect(body.graphs[1]).toMatchObject({ isSuccessful: false });
  });

  it('changes and deletes records', async () => {
    const { org, admin } = newOrg();
    const [first, second] = [addDeal(org, admin), addDeal(org, admin)];
    const rows = `${V}/sobjects/Opportunity`;
    const { body } = await call(org, 'POST', '/composite/graph', {
      graphs: [
        graph(
          'g',
          { method: 'PATCH', url: `${rows}/${first}`, referenceId: 'p', body: { NextStep: 'x' } },
          { method: 'DELETE', url: `${rows}/${second}`, referenceId: 'd' }
        )
      ]
    });
    expect(body.graphs[0].isSuccessful).toBe(true);
    expect(org.data.query(admin, 'SELECT NextStep FROM Opportunity').records).toMatchObject([{ NextStep: 'x' }]);
  });

  it('halts the rest after more than 14 failures', async () => {
    const { org, admin } = newOrg();
    const graphs = [...numbered(15, (i) => graph(`bad${String(i)}`, account('a', {}))), graph('good', account('a'))];
    const { body } = await call(org, 'POST', '/composite/graph', { graphs });
    expect(body.graphs[14].graphResponse.compositeResponse[0].body[0].errorCode).toBe('REQUIRED_FIELD_MISSING');
    expect(body.graphs[15].graphResponse.compositeResponse[0].body[0].errorCode).toBe('PROCESSING_HALTED');
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });

  const chain = (length: number) =>
    numbered(length, (i) =>
      account(`n${String(i)}`, i === 0 ? { Name: 'x' } : { ParentId: `@{n${String(i - 1)}.id}`, Name: 'x' })
    );
  const kinds = (count: number) =>
    numbered(count, (i) => ({
      ...account(`n${String(i)}`),
      url: `/services/data/v${String(50 + i)}.0/sobjects/Account`
    }));
  const limits: readonly [string, object[], number][] = [
    ['75 graphs', numbered(75, (i) => graph(`g${String(i)}`, account('a'))), 200],
    ['76 graphs', numbered(76, (i) => graph(`g${String(i)}`, account('a'))), 400],
    ['500 nodes', numbered(2, (i) => graph(`g${String(i)}`, ...numbered(250, (n) => account(`n${String(n)}`)))), 200],
    ['501 nodes', [graph('g', ...numbered(501, (n) => account(`n${String(n)}`)))], 400],
    ['a chain of 15', [graph('g', ...chain(15))], 200],
    ['a chain of 16', [graph('g', ...chain(16))], 400],
    ['15 kinds of nodes', [graph('g', ...kinds(15))], 200],
    ['16 kinds of nodes', [graph('g', ...kinds(16))], 400]
  ];
  it.each(limits)('of %s', async (_what, graphs, status) => {
    const { org } = newOrg();
    expect((await call(org, 'POST', '/composite/graph', { graphs })).status).toBe(status);
  });

  const refused: readonly [string, unknown, string][] = [
    ['no list', {}, 'JSON_PARSER_ERROR'],
    ['a graph without requests', [{ graphId: 'g' }], 'JSON_PARSER_ERROR'],
    ['a graph id twice', [graph('g', account('a')), graph('g', account('a'))], 'INVALID_INPUT'],
    ['no graph id', [{ compositeRequest: [account('a')] }], 'INVALID_INPUT'],
    ['a period in the graph id', [graph('g.1', account('a'))], 'INVALID_INPUT'],
    ['a graph id of 41 characters', [graph('g'.repeat(41), account('a'))], 'INVALID_INPUT'],
    ['a reference id twice', [graph('g', account('a'), account('a'))], 'INVALID_INPUT'],
    [
      'a query',
      [graph('g', { method: 'GET', url: `${V}/query?q=SELECT+Id+FROM+Account`, referenceId: 'q' })],
      'INVALID_INPUT'
    ],
    ['a method in small letters', [graph('g', { ...account('a'), method: 'post' })], 'INVALID_INPUT'],
    ['a GET without a record', [graph('g', { ...account('a'), method: 'GET' })], 'INVALID_INPUT'],
    ['collections', [graph('g', { ...account('a'), url: `${V}/composite/sobjects` })], 'INVALID_INPUT']
  ];
  it.each(refused)('is refused with %s', async (_what, graphs, errorCode) => {
    const { org, admin } = newOrg();
    expect(await call(org, 'POST', '/composite/graph', { graphs })).toMatchObject({
      status: 400,
      body: [{ errorCode }]
    });
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });

  it('came with version 50.0', async () => {
    const { org } = newOrg();
    expect((await call(org, 'POST', '/services/data/v49.0/composite/graph', { graphs: [] })).status).toBe(404);
  });
});
