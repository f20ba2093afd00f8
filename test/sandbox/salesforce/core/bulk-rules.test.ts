import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { ADMIN, addUser, call, type CallOptions, customField, deploy, grant, newOrg, SELLER } from './org-fixture.js';

const csv = { headers: { 'content-type': 'text/csv' } };

function orgWithCode(options = {}): OrgHandle {
  const { org } = newOrg(options);
  deploy(org, { upsertFields: [{ object: 'Account', field: customField('Code__c', { externalId: true }) }] });
  return org;
}

/** A job whose data is uploaded and closed; looked at by nobody yet. */
async function closedJob(org: OrgHandle, job: object, data: string, as: CallOptions = {}): Promise<string> {
  const { body } = await call(org, 'POST', '/jobs/ingest', { operation: 'insert', ...job }, as);
  const path = `/jobs/ingest/${String(body.id)}`;
  await call(org, 'PUT', `${path}/batches`, data, { ...as, ...csv });
  await call(org, 'PATCH', path, { state: 'UploadComplete' }, as);
  return path;
}

const queryNames = 'SELECT Name FROM Account';

describe('line ends', () => {
  const cases: readonly [string, string, string, string][] = [
    ['LF', 'LF', 'Name\nA\n', 'JobComplete'],
    ['CRLF', 'CRLF', 'Name\r\nA\r\n', 'JobComplete'],
    ['LF in quotes of a CRLF file', 'CRLF', 'Name\r\n"A\nB"\r\n', 'JobComplete'],
    ['CRLF in an LF job', 'LF', 'Name\r\nA\r\n', 'Failed'],
    ['LF in a CRLF job', 'CRLF', 'Name\nA\n', 'Failed'],
    ['both', 'LF', 'Name\nA\r\n', 'Failed']
  ];
  it.each(cases)('%s', async (_what, lineEnding, data, state) => {
    const org = orgWithCode();
    const path = await closedJob(org, { object: 'Account', lineEnding }, data);
    const { body } = await call(org, 'GET', path);
    expect(body.state).toBe(state);
    const text = `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
    expect(body.errorMessage).toBe(state === 'Failed' ? text : undefined);
  });
});

describe('parents by external id', () => {
  const cases: readonly [string, string, string][] = [
    ['an external id', 'Account.Code__c', 'JobComplete'],
    ['a field that is none', 'Account.Name', 'Failed'],
    ['a field that is not there', 'Account.Nope__c', 'Failed'],
    ['an unknown relationship', 'Nope.Code__c', 'Failed']
  ];
  it.each(cases)('%s', async (_what, column, state) => {
    const org = orgWithCode();
    org.data.create(org.sessionFor(ADMIN), 'Account', { Name: 'Parent', Code__c: 'p' });
    const path = await closedJob(org, { object: 'Contact' }, `LastName,${column}\nSmit,p\n`);
    const { body } = await call(org, 'GET', path);
    expect(body.state).toBe(state);
    if (state === 'Failed') expect(body.errorMessage).toBe(`InvalidBatch : Field name not found : ${column}`);
  });
});

describe("a seller's job that an administrator looks at", () => {
  it('writes with the rights of the seller', async () => {
    const org = orgWithCode();
    const seller = addUser(org, SELLER);
    grant(org, seller, { 'Account.Code__c': { readable: true, editable: false } });
    const token = org.auth.issueAccessToken(SELLER);
    const path = await closedJob(org, { object: 'Account' }, 'Name,Code__c\nA,x\n', { token });
    expect((await call(org, 'GET', path)).body).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 1 });
    const failed = String((await call(org, 'GET', `${path}/failedResults`)).body);
    expect(failed).toContain('INVALID_FIELD_FOR_INSERT_UPDATE:');
  });

  it('reads what the seller may read', async () => {
    const org = orgWithCode();
    addUser(org, SELLER);
    const token = org.auth.issueAccessToken(SELLER);
    const refused = await call(
      org,
      'POST',
      '/jobs/query',
      { operation: 'query', query: 'SELECT Code__c FROM Account' },
      { token }
    );
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
  });
});

describe('allocations', () => {
  it('of batches: one for 10,000 records, then no more jobs', async () => {
    const org = orgWithCode({ limits: { dailyBulkBatches: 2 } });
    const rows = Array.from({ length: 10_001 }, (_each, index) => `A${String(index)}\n`).join('');
    const path = await closedJob(org, { object: 'Account' }, `Name\n${rows}`);
    const limit = async () => (await call(org, 'GET', '/limits')).body.DailyBulkApiBatches;
    expect(await limit()).toEqual({ Max: 2, Remaining: 2 });
    await call(org, 'GET', path);
    expect(await limit()).toEqual({ Max: 2, Remaining: 0 });
    const refused = await call(org, 'POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDEDQUOTA' }] });
    org.clock.move(25 * 3_600_000);
    expect(await limit()).toEqual({ Max: 2, Remaining: 2 });
  });

  it('of query jobs', async () => {
    const org = orgWithCode({ limits: { dailyBulkQueryJobs: 1 } });
    const start = () => call(org, 'POST', '/jobs/query', { operation: 'query', query: queryNames });
    expect((await start()).status).toBe(200);
    expect((await call(org, 'GET', '/limits')).body.DailyBulkV2QueryJobs).toEqual({ Max: 1, Remaining: 0 });
    expect(await start()).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDEDQUOTA' }] });
  });
});

describe('job states', () => {
  const refusals: readonly [string, object, string][] = [
    ['another content type', { operation: 'insert', contentType: 'JSON' }, 'INVALIDJOB'],
    ['another line end', { operation: 'insert', lineEnding: 'CR' }, 'INVALIDJOB'],
    ['hard deletes without the permission', { operation: 'hardDelete' }, 'FEATURENOTENABLED']
  ];
  it.each(refusals)('refuse %s', async (_what, job, errorCode) => {
    const answer = await call(orgWithCode(), 'POST', '/jobs/ingest', { object: 'Account', ...job });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it('an aborted job gives back what it did not come to', async () => {
    const org = orgWithCode();
    const path = await closedJob(org, { object: 'Account' }, 'Name\nA\n');
    expect((await call(org, 'PATCH', path, { state: 'Aborted' })).body.state).toBe('Aborted');
    expect((await call(org, 'GET', path)).body.numberRecordsProcessed).toBe(0);
    expect(String((await call(org, 'GET', `${path}/unprocessedrecords`)).body)).toBe('"Name"\n"A"\n');
    expect((await call(org, 'PATCH', path, { state: 'UploadComplete' })).body).toMatchObject([
      { errorCode: 'INVALIDJOBSTATE' }
    ]);
  });

  it.each(['ingest', 'query'])('a running %s job cannot be deleted, an ended one can', async (kind) => {
    const org = orgWithCode();
    const query = async () =>
      `/jobs/query/${String((await call(org, 'POST', '/jobs/query', { operation: 'query', query: queryNames })).body.id)}`;
    const path = kind === 'query' ? await query() : await closedJob(org, { object: 'Account' }, 'Name\nA\n');
    expect((await call(org, 'DELETE', path)).body).toMatchObject([{ errorCode: 'INVALIDJOBSTATE' }]);
    expect((await call(org, 'GET', path)).body.state).toBe('JobComplete');
    expect((await call(org, 'GET', `/jobs/${kind}`)).body.records).toHaveLength(1);
    expect((await call(org, 'DELETE', path)).status).toBe(204);
    expect((await call(org, 'GET', path)).status).toBe(404);
  });
});
