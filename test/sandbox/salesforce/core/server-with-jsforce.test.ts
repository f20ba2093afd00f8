import { Connection } from '@jsforce/jsforce-node';
import { afterEach, describe, expect, it } from 'vitest';
import { PortInUseError, startSalesforce, type RunningSalesforce } from '../../../../sandbox/src/salesforce/server.js';
import { ADMIN, customField, deploy, type Json } from './org-fixture.js';

let running: RunningSalesforce | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(): Promise<{ server: RunningSalesforce; connection: Connection }> {
  const server = await startSalesforce({ port: 0, controlPort: 0 });
  running = server;
  const accessToken = server.org.auth.issueAccessToken(ADMIN);
  const connection = new Connection({ instanceUrl: `${server.url}/`, accessToken, version: '66.0', maxRequest: 10 });
  return { server, connection };
}

async function control(
  server: RunningSalesforce,
  method: string,
  path: string,
  body?: object
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  });
  return { status: response.status, body: await response.json() };
}

describe('jsforce', () => {
  it('identifies itself, describes, and reads limits', async () => {
    const { server, connection } = await start();
    expect(await connection.identity()).toMatchObject({ username: ADMIN, organization_id: server.org.id });
    const global = await connection.describeGlobal();
    expect(global.sobjects.map((object) => object.name)).toEqual(
      expect.arrayContaining(['Account', 'Opportunity', 'User'])
    );
    const describe_ = await connection.describe('Opportunity');
    const stage = describe_.fields.find((field) => field.name === 'StageName');
    expect(stage).toMatchObject({ type: 'picklist', nillable: false, createable: true });
    expect(stage?.picklistValues).toHaveLength(10);
    expect(describe_.fields.find((field) => field.name === 'AccountId')).toMatchObject({
      referenceTo: ['Account'],
      relationshipName: 'Account'
    });
    expect(describe_.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'OpportunityLineItem', relationshipName: 'OpportunityLineItems' })
    );
    expect(connection.limitInfo.apiUsage?.limit).toBe(100_000);
  });

  it('creates, retrieves, updates, upserts and deletes', async () => {
    const { server, connection } = await start();
    deploy(server.org, { upsertFields: [{ object: 'Account', field: customField('Code__c', { externalId: true }) }] });
    const accounts = connection.sobject('Account');
    const created = await accounts.create({ Name: 'Acme' });
    expect(created.success).toBe(true);
    const id = String(created.id);
    await accounts.update({ Id: id, Phone: '123' });
    expect(await accounts.retrieve(id)).toMatchObject({ Name: 'Acme', Phone: '123' });
    const many = [
      { Name: 'A', Code__c: 'a' },
      { Name: 'B', Code__c: 'b' }
    ];
    expect((await accounts.upsert(many, 'Code__c')).map((each) => each.success)).toEqual([true, true]);
    expect((await accounts.create([{ Name: 'C' }, {}] as { Name: string }[])).map((each) => each.success)).toEqual([
      true,
      false
    ]);
    expect(await accounts.retrieve([id, id])).toHaveLength(2);
    await accounts.destroy(id);
    await expect(accounts.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('fetches all pages and sees errors with their codes', async () => {
    const { server, connection } = await start();
    const admin = server.org.sessionFor(ADMIN);
    server.org.data.transaction(admin, () => {
      for (let index = 0; index < 2500; index++)
        server.org.data.create(admin, 'Account', { Name: `A${String(index)}` });
    });
    const result = await connection.query('SELECT Id, Name, Owner.Name FROM Account', {
      autoFetch: true,
      maxFetch: 5000
    });
    expect([result.totalSize, result.records.length]).toEqual([2500, 2500]);
    await expect(connection.query('SELECT Nope FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
    await expect(connection.sobject('Account').create({})).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING'
    });
  });

  it('reads deleted and updated records', async () => {
    const { connection } = await start();
    const accounts = connection.sobject('Account');
    const { id } = await accounts.create({ Name: 'Acme' });
    await accounts.destroy(String(id));
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    expect((await accounts.deleted(from, to)).deletedRecords).toMatchObject([{ id }]);
    expect((await accounts.updated(from, to)).ids).toEqual([]);
  });
});

describe('the control port', () => {
  it('makes requests fail, slow and limited, and heals', async () => {
    const { server } = await start();
    const headers = { authorization: `Bearer ${server.org.auth.issueAccessToken(ADMIN)}` };
    const status = async (): Promise<number> =>
      (await fetch(`${server.url}/services/data/v66.0/limits`, { headers })).status;
    expect((await control(server, 'POST', '/faults', { unavailable: 2 })).body).toMatchObject({ unavailable: 2 });
    expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
    await control(server, 'POST', '/faults', { limitExhausted: true });
    expect(await status()).toBe(403);
    await control(server, 'DELETE', '/faults');
    expect(await status()).toBe(200);
    await control(server, 'POST', '/faults', { slowMs: 80 });
    const begin = performance.now();
    await status();
    expect(performance.now() - begin).toBeGreaterThan(75);
    await control(server, 'POST', '/faults', { slowMs: 0, expireTokens: true });
    expect(await status()).toBe(401);
    expect((await control(server, 'POST', '/faults', { tpyo: 1 })).status).toBe(400);
  });

  it.each([
    ['dropBefore', 0],
    ['dropAfter', 1]
  ])('%s loses the answer, and the record is saved %i times', async (fault, saved) => {
    const { server } = await start();
    const headers = {
      authorization: `Bearer ${server.org.auth.issueAccessToken(ADMIN)}`,
      'content-type': 'application/json'
    };
    await control(server, 'POST', '/faults', { [fault]: 1 });
    const create = () =>
      fetch(`${server.url}/services/data/v66.0/sobjects/Account`, { method: 'POST', headers, body: '{"Name":"x"}' });
    await expect(create()).rejects.toThrow();
    expect(server.org.data.query(server.org.sessionFor(ADMIN), 'SELECT COUNT() FROM Account').totalSize).toBe(saved);
    expect((await create()).status).toBe(201);
  });

  it('locks rows, moves the clock and counts calls', async () => {
    const { server, connection } = await start();
    const { id } = await connection.sobject('Account').create({ Name: 'Acme' });
    await control(server, 'POST', '/faults', { lockRows: [id] });
    const rename = (): Promise<unknown> => connection.sobject('Account').update({ Id: String(id), Name: 'New' });
    await expect(rename()).rejects.toMatchObject({ errorCode: 'UNABLE_TO_LOCK_ROW' });
    await control(server, 'POST', '/faults', { lockRows: [] });
    await control(server, 'POST', '/clock', { now: '2030-01-01T00:00:00Z' });
    await control(server, 'DELETE', '/counters');
    await server.org.auth.expireSessions();
    connection.accessToken = server.org.auth.issueAccessToken(ADMIN);
    await rename();
    expect((await connection.sobject('Account').retrieve(String(id)))['LastModifiedDate']).toMatch(/^2030-01-01T00:00/);
    expect((await control(server, 'GET', '/counters')).body).toMatchObject({
      total: 2,
      calls: {
        'PATCH /services/data/vXX.X/sobjects/Account/{id}': 1,
        'GET /services/data/vXX.X/sobjects/Account/{id}': 1
      }
    });
  });
});

describe('the server', () => {
  it('says which port is taken', async () => {
    const { server } = await start();
    const port = Number(new URL(server.url).port);
    await expect(startSalesforce({ port })).rejects.toBeInstanceOf(PortInUseError);
    await expect(startSalesforce({ port })).rejects.toMatchObject({ code: 'PORT_IN_USE', port });
  });

  it('collapses the double slash that the sf CLI sends, and answers HEAD without a body', async () => {
    const { server } = await start();
    expect((await fetch(`${server.url}//services/data`)).status).toBe(200);
    const head = await fetch(`${server.url}/services/data`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${server.url}/services/%zz`)).status).toBe(400);
  });

  it('ends open connections when it closes', async () => {
    const { server } = await start();
    await control(server, 'POST', '/faults', { slowMs: 5000 });
    const pending = fetch(`${server.url}/services/data`);
    const failed = expect(pending).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    running = undefined;
    await failed;
  });
});
