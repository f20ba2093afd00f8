import { describe, expect, it } from 'vitest';
import { addDeal, call, customField, deploy, newOrg } from './org-fixture.js';

function orgWithCode() {
  const made = newOrg();
  deploy(made.org, { upsertFields: [{ object: 'Account', field: customField('Code__c', { externalId: true }) }] });
  return made;
}

describe('rows by external id', () => {
  it('answer 201 for a new record, 200 for an old one, 204 below version 46', async () => {
    const { org, admin } = orgWithCode();
    const path = '/sobjects/Account/Code__c/a%2Fb';
    const first = await call(org, 'PATCH', path, { Name: 'Acme' });
    expect(first).toMatchObject({ status: 201, body: { success: true, created: true, errors: [] } });
    const { id } = first.body as { id: string };
    expect(await call(org, 'PATCH', path, { Name: 'Acme 2' })).toMatchObject({
      status: 200,
      body: { id, created: false }
    });
    const old = await call(org, 'PATCH', `/services/data/v45.0${path}`, { Name: 'Acme 3' });
    expect([old.status, old.body]).toEqual([204, undefined]);
    expect(org.data.retrieve(admin, 'Account', id, ['Name', 'Code__c'])).toMatchObject({
      Name: 'Acme 3',
      Code__c: 'a/b'
    });
    expect(await call(org, 'GET', path)).toMatchObject({ status: 200, body: { Id: id } });
  });

  it('answer 300 with links when several records share the value', async () => {
    const { org, admin } = orgWithCode();
    const ids = [1, 2].map((each) => org.data.create(admin, 'Account', { Name: String(each), Code__c: 'same' }));
    const links = ids.map((id) => `/services/data/v66.0/sobjects/Account/${id}`);
    expect(await call(org, 'PATCH', '/sobjects/Account/Code__c/same', { Name: 'x' })).toMatchObject({
      status: 300,
      body: links
    });
    expect(await call(org, 'GET', '/sobjects/Account/Code__c/same')).toMatchObject({ status: 300, body: links });
  });

  const refusals: readonly [string, string, object, number, string][] = [
    ['a field that is no external id', '/sobjects/Account/Name/x', {}, 404, 'NOT_FOUND'],
    [
      'the external id among the values',
      '/sobjects/Account/Code__c/x',
      { Name: 'x', Code__c: 'x' },
      400,
      'INVALID_FIELD'
    ],
    ['an object that is not there', '/sobjects/Nope/Code__c/x', {}, 404, 'NOT_FOUND'],
    ['a new record that lacks a field', '/sobjects/Account/Code__c/x', {}, 400, 'REQUIRED_FIELD_MISSING'],
    ['a new record with updateOnly', '/sobjects/Account/Code__c/x?updateOnly=true', { Name: 'x' }, 404, 'NOT_FOUND']
  ];
  it.each(refusals)('refuse %s', async (_what, path, body, status, errorCode) => {
    const { org } = orgWithCode();
    expect(await call(org, 'PATCH', path, body)).toMatchObject({ status, body: [{ errorCode }] });
  });
});

describe('conditional requests on a row', () => {
  const cases: readonly [string, string, number, number][] = [
    ['GET', 'if-modified-since', 0, 304],
    ['GET', 'if-modified-since', -1, 200],
    ['GET', 'if-unmodified-since', -1, 412],
    ['GET', 'if-unmodified-since', 0, 200],
    ['PATCH', 'if-unmodified-since', -1, 412],
    ['PATCH', 'if-unmodified-since', 0, 204],
    ['DELETE', 'if-unmodified-since', -1, 204],
    ['DELETE', 'if-unmodified-since', 0, 204]
  ];
  it.each(cases)('%s with %s %i s from the last change answers %i', async (method, header, seconds, status) => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin);
    const headers = { [header]: new Date(org.now().getTime() + seconds * 1000).toUTCString() };
    const body = method === 'PATCH' ? { NextStep: 'x' } : undefined;
    expect((await call(org, method, `/sobjects/Opportunity/${id}`, body, { headers })).status).toBe(status);
  });
});

describe('paths', () => {
  const cases: readonly [string, string, number][] = [
    ['GET', '/sobjects/Nope', 404],
    ['GET', '/nope', 404],
    ['PUT', '/sobjects/Account', 405],
    ['GET', '/services/data/v30.0/limits', 404],
    ['GET', '/services/data/v69.0/limits', 404],
    ['GET', '/services/data/v51.0/limits', 200],
    ['GET', '//services/data/v66.0/limits', 200],
    ['GET', '/query', 400],
    ['GET', '/query/01g5g0000000001AAA-2000', 400],
    ['GET', '/sobjects/Account/not-an-id', 404]
  ];
  it.each(cases)('%s %s answers %i', async (method, path, status) => {
    const { org } = newOrg();
    const target = path.startsWith('//') ? path.slice(1) : path;
    expect((await call(org, method, target)).status).toBe(status);
  });

  it('take JSON only, and well-formed', async () => {
    const { org } = newOrg();
    const post = (body: string, type: string) =>
      call(org, 'POST', '/sobjects/Account', body, { headers: { 'content-type': type } });
    expect(await post('{"Name":"x"}', 'text/plain')).toMatchObject({
      status: 415,
      body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]
    });
    expect(await post('{"Name":', 'application/json')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }]
    });
    expect(await post('[]', 'application/json')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }]
    });
  });
});

describe('pages of a query', () => {
  it('follow one another without loss, also when records change in between', async () => {
    const { org, admin } = newOrg();
    org.data.transaction(admin, () => {
      for (let index = 0; index < 450; index++) org.data.create(admin, 'Account', { Name: `A${String(index)}` });
    });
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const first = await call(org, 'GET', '/query?q=SELECT+Id,Name+FROM+Account+ORDER+BY+Id', undefined, { headers });
    expect(first.body).toMatchObject({
      totalSize: 450,
      done: false,
      nextRecordsUrl: expect.stringMatching(/\/query\/01g\w{15}-200$/) as string
    });
    const second = await call(org, 'GET', String(first.body.nextRecordsUrl));
    const third = await call(org, 'GET', String(second.body.nextRecordsUrl));
    expect([second.body.records.length, third.body.records.length, third.body.done]).toEqual([200, 50, true]);
    const ids = [first, second, third].flatMap(({ body }) => (body.records as { Id: string }[]).map((each) => each.Id));
    expect(new Set(ids).size).toBe(450);
  });
});

describe('columns=true', () => {
  it('says what the columns are', async () => {
    const { org } = newOrg();
    const { body } = await call(org, 'GET', '/query?columns=true&q=SELECT+Id,Account.Name,Amount+FROM+Opportunity');
    expect(body).toMatchObject({
      entityName: 'Opportunity',
      idSelected: true,
      columnMetadata: [
        { columnName: 'Id', joinColumns: [] },
        { columnName: 'Account', joinColumns: [{ columnName: 'Name', textType: true }] },
        { columnName: 'Amount', numberType: true }
      ]
    });
  });
});

describe('updated and deleted', () => {
  const period = (from: string, to: string): string => `?start=2026-03-02T${from}:00Z&end=2026-03-02T${to}:00%2B00:00`;

  it('list ids of a period', async () => {
    const { org, admin } = newOrg();
    const [kept, gone] = [addDeal(org, admin), addDeal(org, admin)];
    org.data.delete(admin, 'Opportunity', gone);
    const updated = await call(org, 'GET', `/sobjects/Opportunity/updated${period('09:59', '10:01')}`);
    expect(updated.body).toEqual({ ids: [kept], latestDateCovered: '2026-03-02T10:01:00.000+0000' });
    const deleted = await call(org, 'GET', `/sobjects/Opportunity/deleted${period('09:59', '10:01')}`);
    expect(deleted.body).toMatchObject({ deletedRecords: [{ id: gone, deletedDate: '2026-03-02T10:00:00.000+0000' }] });
    const before = await call(org, 'GET', `/sobjects/Opportunity/updated${period('09:00', '10:00')}`);
    expect(before.body).toMatchObject({ ids: [] });
  });

  it.each([
    ['an end before the start', period('10:00', '09:00')],
    ['less than a minute', period('10:00', '10:00')],
    ['no start', '?end=2026-03-02T10:00:00Z'],
    ['more than 30 days', '?start=2026-01-02T10:00:00Z&end=2026-03-02T10:00:00Z']
  ])('refuse %s', async (_what, query) => {
    const { org } = newOrg();
    expect(await call(org, 'GET', `/sobjects/Opportunity/updated${query}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REPLICATION_DATE' }]
    });
  });
});

describe('limits', () => {
  it('count API requests of the last 24 hours and refuse beyond them', async () => {
    const { org } = newOrg({ limits: { dailyApiRequests: 2 } });
    const first = await call(org, 'GET', '/limits');
    expect(first.headers).toMatchObject({ 'sforce-limit-info': 'api-usage=1/2' });
    expect(first.body).toMatchObject({ DailyApiRequests: { Max: 2, Remaining: 1 } });
    await call(org, 'GET', '/sobjects');
    const third = await call(org, 'GET', '/limits');
    expect(third).toMatchObject({ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] });
    org.clock.move(24 * 3_600_000);
    expect((await call(org, 'GET', '/limits')).status).toBe(200);
  });
});
