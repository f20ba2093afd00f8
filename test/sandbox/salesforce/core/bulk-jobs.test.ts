import { Connection } from '@jsforce/jsforce-node';
import { afterEach, describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { parseCsv } from '../../../../sandbox/src/salesforce/bulk/csv.js';
import { startSalesforce, type RunningSalesforce } from '../../../../sandbox/src/salesforce/server.js';
import { ADMIN, addUser, call, customField, deploy, newOrg, SELLER } from './org-fixture.js';

let running: RunningSalesforce | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

function orgWithCode(options = {}): OrgHandle {
  const { org } = newOrg(options);
  deploy(org, { upsertFields: [{ object: 'Account', field: customField('Code__c', { externalId: true }) }] });
  return org;
}

/** Runs a job to its end and gives its last state and its two results as rows. */
async function ingest(org: OrgHandle, job: object, csv: string) {
  const { body } = await call(org, 'POST', '/jobs/ingest', { object: 'Account', ...job });
  const path = `/jobs/ingest/${String(body.id)}`;
  expect(body.state).toBe('Open');
  expect((await call(org, 'PUT', `${path}/batches`, csv, { headers: { 'content-type': 'text/csv' } })).status).toBe(
    201
  );
  expect((await call(org, 'PATCH', path, { state: 'UploadComplete' })).body.state).toBe('UploadComplete');
  const ended = (await call(org, 'GET', path)).body;
  const rows = async (name: string) => parseCsv(String((await call(org, 'GET', `${path}/${name}`)).body), ',');
  return {
    ended,
    good: await rows('successfulResults'),
    bad: await rows('failedResults'),
    rest: await rows('unprocessedrecords')
  };
}

describe('CSV', () => {
  const cases: readonly [string, string, string[][]][] = [
    [
      'plain values',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    [
      'CRLF and no last line end',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    [
      'quotes, delimiters and line ends in quotes',
      'a,b\n"x ""y"", z","1\n2"\n',
      [
        ['a', 'b'],
        ['x "y", z', '1\n2']
      ]
    ],
    [
      'empty values at every place',
      'a,b,c\n,,\n1,,\n',
      [
        ['a', 'b', 'c'],
        ['', '', ''],
        ['1', '', '']
      ]
    ],
    ['blank lines', 'a\n\n1\n', [['a'], ['1']]],
    ['a byte order mark', '\ufeffa\n1', [['a'], ['1']]]
  ];
  it.each(cases)('%s', (_what, text, rows) => {
    expect(parseCsv(text, ',')).toEqual(rows);
  });
});

describe('ingest jobs', () => {
  it('insert what is good and list what is not', async () => {
    const org = orgWithCode();
    const { ended, good, bad, rest } = await ingest(
      org,
      { operation: 'insert' },
      'Name,AnnualRevenue\nA,5\n,6\nC,much\n'
    );
    expect(ended).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 2 });
    expect(good).toEqual([
      ['sf__Id', 'sf__Created', 'Name', 'AnnualRevenue'],
      [expect.stringMatching(/^001/), 'true', 'A', '5']
    ]);
    expect(bad.map((row) => row[1]?.split(':')[0])).toEqual([
      'sf__Error',
      'REQUIRED_FIELD_MISSING',
      'INVALID_TYPE_ON_FIELD_IN_RECORD'
    ]);
    expect(rest).toEqual([['Name', 'AnnualRevenue']]);
  });

  it('upsert, empty fields with #N/A, leave empty ones alone, and delete', async () => {
    const org = orgWithCode();
    const admin = org.sessionFor(ADMIN);
    const upsert = { operation: 'upsert', externalIdFieldName: 'Code__c' };
    await ingest(org, upsert, 'Code__c,Name,Phone,Site\na,A,1,x\n');
    const { good } = await ingest(org, upsert, 'Code__c,Name,Phone,Site\na,A2,#N/A,\nb,B,,\n');
    expect(good.slice(1).map((row) => row[1])).toEqual(['false', 'true']);
    const soql = 'SELECT Name, Phone, Site FROM Account ORDER BY Name';
    expect(org.data.query(admin, soql).records).toMatchObject([{ Name: 'A2', Phone: null, Site: 'x' }, { Name: 'B' }]);
    const ids = good.slice(1).map((row) => row[0]);
    await ingest(org, { operation: 'delete' }, `Id\n${ids.join('\n')}\n`);
    expect(org.data.query(admin, soql).totalSize).toBe(0);
  });

  it('are seen in progress when they are large', async () => {
    const org = orgWithCode();
    const lines = Array.from({ length: 5001 }, (_each, index) => `A${String(index)}`);
    const { ended } = await ingest(org, { operation: 'insert' }, `Name\n${lines.slice(0, 10).join('\n')}\n`);
    expect(ended.state).toBe('JobComplete');
    const { body } = await call(org, 'POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
    const path = `/jobs/ingest/${String(body.id)}`;
    await call(org, 'PUT', `${path}/batches`, `Name\n${lines.join('\n')}\n`, {
      headers: { 'content-type': 'text/csv' }
    });
    await call(org, 'PATCH', path, { state: 'UploadComplete' });
    expect((await call(org, 'GET', path)).body).toMatchObject({ state: 'InProgress', numberRecordsProcessed: 5000 });
    expect((await call(org, 'GET', path)).body).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 5001 });
  });

  it('fail as a whole for a column that is not there', async () => {
    const org = orgWithCode();
    const { ended, rest } = await ingest(org, { operation: 'insert' }, 'Name,Nope\nA,1\n');
    expect(ended).toMatchObject({ state: 'Failed', errorMessage: 'InvalidBatch : Field name not found : Nope' });
    expect(rest).toEqual([
      ['Name', 'Nope'],
      ['A', '1']
    ]);
  });

  const refusals: readonly [string, object, string][] = [
    ['an unknown object', { object: 'Nope', operation: 'insert' }, 'INVALIDENTITY'],
    ['an unknown operation', { object: 'Account', operation: 'merge' }, 'INVALIDJOB'],
    ['upsert without a field', { object: 'Account', operation: 'upsert' }, 'INVALIDJOB'],
    [
      'a field that is no external id',
      { object: 'Account', operation: 'upsert', externalIdFieldName: 'Name' },
      'NOT_FOUND'
    ],
    ['an unknown delimiter', { object: 'Account', operation: 'insert', columnDelimiter: 'SPACE' }, 'INVALIDJOB']
  ];
  it.each(refusals)('are refused for %s', async (_what, job, errorCode) => {
    expect(await call(orgWithCode(), 'POST', '/jobs/ingest', job)).toMatchObject({ body: [{ errorCode }] });
  });

  it('are for their user and kept for seven days', async () => {
    const org = orgWithCode();
    addUser(org, SELLER);
    const { body } = await call(org, 'POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
    const path = `/jobs/ingest/${String(body.id)}`;
    expect((await call(org, 'GET', path, undefined, { token: org.auth.issueAccessToken(SELLER) })).status).toBe(404);
    org.clock.move(8 * 86_400_000);
    expect((await call(org, 'GET', path)).status).toBe(404);
  });
});

describe('query jobs', () => {
  it('give their result in pages, the last with the locator null', async () => {
    const org = orgWithCode({ limits: { bulkResultRows: 2 } });
    const admin = org.sessionFor(ADMIN);
    for (const name of ['A', 'B', 'C']) org.data.create(admin, 'Account', { Name: name });
    const query = 'SELECT Name, Owner.Name, CreatedDate FROM Account ORDER BY Name';
    const { body } = await call(org, 'POST', '/jobs/query', { operation: 'query', query });
    const path = `/jobs/query/${String(body.id)}`;
    expect((await call(org, 'GET', path)).body).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
    const first = await call(org, 'GET', `${path}/results`);
    expect(parseCsv(String(first.body), ',')).toEqual([
      ['Name', 'Owner.Name', 'CreatedDate'],
      ['A', 'Ada Admin', '2026-03-02T10:00:00.000Z'],
      ['B', 'Ada Admin', '2026-03-02T10:00:00.000Z']
    ]);
    const second = await call(org, 'GET', `${path}/results?locator=${first.headers?.['sforce-locator'] ?? ''}`);
    expect(second.headers).toMatchObject({ 'sforce-locator': 'null', 'sforce-numberofrecords': '1' });
    expect(parseCsv(String(second.body), ',')[1]?.[0]).toBe('C');
  });

  it.each([
    ['SELECT Nope FROM Account', 'INVALID_FIELD'],
    ['SELECT COUNT(Id) FROM Account', 'API_ERROR'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR']
  ])('refuse %s', async (query, errorCode) => {
    expect(await call(orgWithCode(), 'POST', '/jobs/query', { operation: 'query', query })).toMatchObject({
      status: 400,
      body: [{ errorCode }]
    });
  });
});

describe('jsforce', () => {
  it('loads and queries in bulk', async () => {
    running = await startSalesforce({ port: 0 });
    const accessToken = running.org.auth.issueAccessToken(ADMIN);
    const connection = new Connection({ instanceUrl: running.url, accessToken, version: '66.0' });
    connection.bulk2.pollInterval = 5;
    const input = [
      { Name: 'A', Phone: '1' },
      { Name: '', Phone: '2' }
    ];
    const results = await connection.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'insert', input });
    expect([results.successfulResults.length, results.failedResults.length]).toEqual([1, 1]);
    const records = await (await connection.bulk2.query('SELECT Id, Name FROM Account')).toArray();
    expect(records).toMatchObject([{ Name: 'A' }]);
  });
});
