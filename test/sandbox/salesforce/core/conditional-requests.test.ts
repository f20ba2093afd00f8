import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { addDeal, addUser, call, customField, deploy, grant, newOrg, SELLER, START } from './org-fixture.js';

async function account(): Promise<{ org: OrgHandle; path: string; etag: string }> {
  const { org, admin } = newOrg();
  const path = `/sobjects/Account/${org.data.create(admin, 'Account', { Name: 'Acme' })}`;
  return { org, path, etag: (await call(org, 'GET', path)).headers?.['etag'] ?? '' };
}

describe('entity tags of accounts', () => {
  const other = '"U5iWijwWbQD18jeiXwsqxeGpZQk="';
  const cases: readonly [string, string, (etag: string) => string, number][] = [
    ['GET', 'if-none-match', (etag) => etag, 304],
    ['GET', 'if-none-match', (etag) => `${other}, ${etag.replace(/"$/, '-gzip"')}`, 304],
    ['GET', 'if-none-match', (etag) => `W/${etag}`, 304],
    ['GET', 'if-none-match', () => other, 200],
    ['GET', 'if-match', () => other, 412],
    ['GET', 'if-match', (etag) => etag, 200],
    ['GET', 'if-match', () => 'no tag', 200],
    ['PATCH', 'if-match', (etag) => etag, 204],
    ['PATCH', 'if-match', (etag) => `${other}, ${etag}`, 204],
    ['PATCH', 'if-match', () => '*', 204],
    ['PATCH', 'if-match', () => other, 412],
    ['PATCH', 'if-match', (etag) => `W/${etag}`, 412],
    ['PATCH', 'if-match', () => 'no tag', 400],
    ['PATCH', 'if-none-match', (etag) => etag, 412],
    ['PATCH', 'if-none-match', () => other, 204],
    ['PATCH', 'if-unmodified-since', () => 'yesterday', 400],
    ['DELETE', 'if-match', () => other, 204]
  ];
  it.each(cases)('%s with %s, case %#', async (method, header, value, status) => {
    const { org, path, etag } = await account();
    const body = method === 'PATCH' ? { Phone: '1' } : undefined;
    const answer = await call(org, method, path, body, { headers: { [header]: value(etag) } });
    expect(answer.status).toBe(status);
    if (status === 412) expect(answer.body).toMatchObject([{ errorCode: 'PRECONDITION_FAILED' }]);
  });

  it('tell two changes of the same second apart, and leave the record alone when refused', async () => {
    const { org, path, etag } = await account();
    await call(org, 'PATCH', path, { Phone: '1' });
    const late = await call(org, 'PATCH', path, { Phone: '2' }, { headers: { 'if-match': etag } });
    expect(late.status).toBe(412);
    const now = await call(org, 'GET', path);
    expect(now.body.Phone).toBe('1');
    expect(now.headers?.['etag']).not.toBe(etag);
  });

  it('are the same whatever fields are asked for, and are told in composite answers', async () => {
    const { org, path, etag } = await account();
    expect((await call(org, 'GET', `${path}?fields=Name`)).headers?.['etag']).toBe(etag);
    const part = { method: 'GET', url: `/services/data/v66.0${path}`, referenceId: 'row' };
    const { body } = await call(org, 'POST', '/composite', { compositeRequest: [part] });
    expect(body.compositeResponse[0].httpHeaders).toEqual({ ETag: etag, 'Last-Modified': START.toUTCString() });
  });

  it('do not exist for other objects, where tag headers do not count', async () => {
    const { org, admin } = newOrg();
    const path = `/sobjects/Opportunity/${addDeal(org, admin)}`;
    expect((await call(org, 'GET', path)).headers?.['etag']).toBeUndefined();
    const answer = await call(org, 'PATCH', path, { NextStep: 'x' }, { headers: { 'if-match': '"other"' } });
    expect(answer.status).toBe(204);
  });
});

describe('describe with If-Modified-Since', () => {
  const minute = 60_000;
  const moving = (): { org: OrgHandle; later: () => void; at: (minutes: number) => object } => {
    let now = START.getTime();
    const { org } = newOrg({ now: () => new Date(now) });
    const later = (): void => {
      now += minute;
    };
    const at = (minutes: number): object => ({
      headers: { 'if-modified-since': new Date(START.getTime() + minutes * minute).toUTCString() }
    });
    return { org, later, at };
  };
  const field = customField('Code__c');
  const parent = customField('Deal__c', {
    type: 'reference',
    reference: {
      to: ['Opportunity'],
      relationshipName: 'Deal__r',
      childRelationshipName: 'Cases__r',
      onDelete: 'SetNull',
      masterDetail: false
    }
  });
  const changes: readonly [string, string, (org: OrgHandle) => void, number][] = [
    ['nothing', '/sobjects/Opportunity/describe', () => undefined, 304],
    ['nothing, for the list of objects', '/sobjects', () => undefined, 304],
    [
      'a new field',
      '/sobjects/Account/describe',
      (org) => deploy(org, { upsertFields: [{ object: 'Account', field }] }),
      200
    ],
    [
      'a new field of another object',
      '/sobjects/Opportunity/describe',
      (org) => deploy(org, { upsertFields: [{ object: 'Account', field }] }),
      304
    ],
    [
      'a new child relationship',
      '/sobjects/Opportunity/describe',
      (org) => deploy(org, { upsertFields: [{ object: 'Lead', field: parent }] }),
      200
    ],
    [
      'a new field, for the list of objects',
      '/sobjects',
      (org) => deploy(org, { upsertFields: [{ object: 'Account', field }] }),
      200
    ],
    [
      'a permission set and its assignment',
      '/sobjects/Opportunity/describe',
      (org) => grant(org, addUser(org, SELLER), {}),
      200
    ]
  ];
  it.each(changes)('after %s', async (_what, path, change, status) => {
    const { org, later, at } = moving();
    expect((await call(org, 'GET', path, undefined, at(0))).status).toBe(304);
    expect((await call(org, 'GET', path, undefined, at(-1))).status).toBe(200);
    later();
    change(org);
    const answer = await call(org, 'GET', path, undefined, at(0));
    expect(answer.status).toBe(status);
    expect(answer.headers?.['last-modified']).toBe(
      new Date(START.getTime() + (status === 200 ? minute : 0)).toUTCString()
    );
  });
});
