import { describe, expect, it } from 'vitest';
import { addDeal, call, customField, deploy, newOrg } from './org-fixture.js';

const V = '/services/data/v66.0';

describe('composite', () => {
  it('lets later parts use earlier answers and counts as one call', async () => {
    const { org, admin } = newOrg();
    const { body } = await call(org, 'POST', '/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${V}/sobjects/Account`, referenceId: 'acc', body: { Name: 'Acme' } },
        {
          method: 'POST',
          url: `${V}/sobjects/Opportunity`,
          referenceId: 'opp',
          body: { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: '@{acc.id}' }
        },
        {
          method: 'GET',
          url: `${V}/query?q=SELECT+Id,Name+FROM+Opportunity+WHERE+AccountId='@{acc.id}'`,
          referenceId: 'found'
        },
        {
          method: 'PATCH',
          url: `${V}/sobjects/Opportunity/@{found.records[0].Id}`,
          referenceId: 'upd',
          body: { NextStep: 'call @{acc.id}' }
        }
      ]
    });
    const parts = body.compositeResponse as {
      httpStatusCode: number;
      httpHeaders: { Location?: string };
      body: { id: string } | null;
    }[];
    expect(parts.map((part) => part.httpStatusCode)).toEqual([201, 201, 200, 204]);
    expect(parts[0]?.httpHeaders.Location).toBe(`${V}/sobjects/Account/${parts[0]?.body?.id ?? ''}`);
    expect(org.data.query(admin, 'SELECT NextStep FROM Opportunity').records[0]?.['NextStep']).toBe(
      `call ${parts[0]?.body?.id ?? ''}`
    );
    expect(org.usage.used).toBe(1);
  });

  const good = { method: 'POST', url: `${V}/sobjects/Account`, referenceId: 'good', body: { Name: 'Acme' } };
  const bad = { method: 'POST', url: `${V}/sobjects/Account`, referenceId: 'bad', body: {} };
  const dependent = { method: 'GET', url: `${V}/sobjects/Account/@{bad.id}`, referenceId: 'dependent' };

  it('keeps what worked without allOrNone, and halts what depends on a failure', async () => {
    const { org, admin } = newOrg();
    const { body } = await call(org, 'POST', '/composite', { compositeRequest: [good, bad, dependent] });
    expect(body.compositeResponse).toMatchObject([
      { httpStatusCode: 201, referenceId: 'good' },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] }
    ]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(1);
  });

  it('undoes everything with allOrNone', async () => {
    const { org, admin } = newOrg();
    const { body } = await call(org, 'POST', '/composite', { allOrNone: true, compositeRequest: [good, bad] });
    expect(body.compositeResponse).toMatchObject([
      {
        httpStatusCode: 400,
        body: [{ errorCode: 'PROCESSING_HALTED', message: expect.stringContaining('rolled back') as string }]
      },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] }
    ]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });

  const query = { method: 'GET', url: `${V}/query?q=SELECT+Id+FROM+Account` };
  const numbered = (part: object, count: number) =>
    Array.from({ length: count }, (_each, index) => ({ ...part, referenceId: `r${String(index)}` }));
  const limits: readonly [string, object[], string][] = [
    ['more than 25 parts', numbered(good, 26), 'LIMIT_EXCEEDED'],
    ['more than 5 queries', numbered(query, 6), 'LIMIT_EXCEEDED'],
    ['a reference id twice', [good, good], 'INVALID_INPUT'],
    ['a part without url', [{ method: 'GET', referenceId: 'x' }], 'JSON_PARSER_ERROR']
  ];
  it.each(limits)('refuses %s', async (_what, compositeRequest, errorCode) => {
    const { org } = newOrg();
    expect(await call(org, 'POST', '/composite', { compositeRequest })).toMatchObject({
      status: 400,
      body: [{ errorCode }]
    });
  });

  it('carries conditions of a part in its headers', async () => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin);
    const part = {
      method: 'PATCH',
      url: `${V}/sobjects/Opportunity/${id}`,
      referenceId: 'upd',
      body: { NextStep: 'x' }
    };
    const at = (seconds: number) => ({
      'If-Unmodified-Since': new Date(org.now().getTime() + seconds * 1000).toUTCString()
    });
    const { body } = await call(org, 'POST', '/composite', {
      compositeRequest: [
        { ...part, httpHeaders: at(-1) },
        { ...part, referenceId: 'second', httpHeaders: at(0) }
      ]
    });
    expect(body.compositeResponse).toMatchObject([{ httpStatusCode: 412 }, { httpStatusCode: 204 }]);
  });
});

describe('batch', () => {
  it('answers each part and counts each', async () => {
    const { org } = newOrg();
    const batchRequests = [
      { method: 'GET', url: 'v66.0/limits' },
      { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'Acme' } },
      { method: 'GET', url: 'v66.0/sobjects/Nope' }
    ];
    const { body } = await call(org, 'POST', '/composite/batch', { batchRequests });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200 }, { statusCode: 201 }, { statusCode: 404 }]
    });
    expect(org.usage.used).toBe(3);
  });
});

describe('collections', () => {
  const account = (values: object) => ({ attributes: { type: 'Account' }, ...values });

  it('save what is good and say why the rest is not, in order', async () => {
    const { org, admin } = newOrg();
    const records = [account({ Name: 'A' }), account({}), account({ Name: 'C' }), { attributes: { type: 'Nope' } }];
    const answer = await call(org, 'POST', '/composite/sobjects', { records });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject([
      { success: true, errors: [] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
      { success: true },
      { success: false, errors: [{ statusCode: 'INVALID_TYPE' }] }
    ]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(2);
  });

  it('save nothing with allOrNone', async () => {
    const { org, admin } = newOrg();
    const { body } = await call(org, 'POST', '/composite/sobjects', {
      allOrNone: true,
      records: [account({ Name: 'A' }), account({})]
    });
    expect(body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }
    ]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });

  it('refuse more than 200 records', async () => {
    const { org } = newOrg();
    const records = Array.from({ length: 201 }, () => account({ Name: 'A' }));
    expect(await call(org, 'POST', '/composite/sobjects', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }]
    });
  });

  it('upsert by external id, retrieve with gaps, update and delete', async () => {
    const { org, admin } = newOrg();
    const field = customField('Code__c', { externalId: true });
    deploy(org, { upsertFields: [{ object: 'Account', field }] });
    const records = [account({ Name: 'A', Code__c: 'a/b c' }), account({ Name: 'B', Code__c: 'b' })];
    const first = await call(org, 'PATCH', '/composite/sobjects/Account/Code__c', { records });
    expect(first.body).toMatchObject([{ created: true, success: true }, { created: true }]);
    const again = await call(org, 'PATCH', '/composite/sobjects/Account/Code__c', {
      records: [...records, account({ Name: 'no code' })]
    });
    expect(again.body).toMatchObject([
      { created: false },
      { created: false },
      { success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] }
    ]);
    const [a, b] = (first.body as { id: string }[]).map((each) => each.id);
    const got = await call(org, 'POST', '/composite/sobjects/Account', {
      ids: [b, '0015g00000zzzzz', a],
      fields: ['Name']
    });
    expect(got.body).toMatchObject([{ Name: 'B' }, null, { Name: 'A' }]);
    const updated = await call(org, 'PATCH', '/composite/sobjects', {
      records: [account({ id: a, Name: 'A2' }), account({ id: '0015g00000zzzzz', Name: 'x' })]
    });
    expect(updated.body).toMatchObject([
      { success: true, id: a },
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] }
    ]);
    const removed = await call(org, 'DELETE', `/composite/sobjects?ids=${a ?? ''},${b ?? ''}&allOrNone=true`);
    expect(removed.body).toMatchObject([{ success: true }, { success: true }]);
    const gone = await call(org, 'PATCH', '/composite/sobjects', { records: [account({ id: a, Name: 'x' })] });
    expect(gone.body).toMatchObject([{ errors: [{ statusCode: 'ENTITY_IS_DELETED' }] }]);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });
});

describe('tree', () => {
  const tree = (lastName: object) => ({
    records: [
      {
        attributes: { type: 'Account', referenceId: 'a1' },
        Name: 'Acme',
        Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c1' }, ...lastName }] }
      }
    ]
  });

  it('creates children below their parents', async () => {
    const { org, admin } = newOrg();
    const answer = await call(org, 'POST', '/composite/tree/Account', tree({ LastName: 'Lund' }));
    expect(answer).toMatchObject({
      status: 201,
      body: { hasErrors: false, results: [{ referenceId: 'a1' }, { referenceId: 'c1' }] }
    });
    expect(org.data.query(admin, 'SELECT LastName, Account.Name FROM Contact').records).toMatchObject([
      { LastName: 'Lund', Account: { Name: 'Acme' } }
    ]);
  });

  it('creates nothing when one record is refused', async () => {
    const { org, admin } = newOrg();
    const answer = await call(org, 'POST', '/composite/tree/Account', tree({}));
    expect(answer).toMatchObject({
      status: 400,
      body: { hasErrors: true, results: [{ referenceId: 'c1', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] }
    });
    expect(org.data.query(admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
  });
});
