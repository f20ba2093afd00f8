import type { ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { addDeal, addUser, ADMIN, crud, deploy, grant } from '../salesforce/core/org-fixture.js';
import type { Headers, Refusal } from './support/raw-client.js';
import { DEALS, RawClient, refusalOf, startEvents } from './support/raw-client.js';

const refusal = (answer: Promise<unknown>): Promise<Refusal> =>
  answer.then(
    () => ({ status: 'OK', code: '' }),
    (error: ServiceError) => refusalOf(error)
  );

describe('signing in', () => {
  it.each<[string, Headers, string]>([
    ['no token', { accesstoken: '' }, 'headers.invalid'],
    ['no instance', { instanceurl: '' }, 'headers.invalid'],
    ['no tenant', { tenantid: '' }, 'headers.invalid'],
    ['a tenant that is no id', { tenantid: 'core/x' }, 'headers.invalid'],
    ['a wrong token', { accesstoken: '00D000000000001!x' }, 'error'],
    ['another instance', { instanceurl: 'https://other.my.salesforce.com' }, 'error'],
    ['another tenant', { tenantid: '00D000000000009' }, 'error']
  ])('is refused with %s', async (_what, headers, code) => {
    const client = new RawClient(await startEvents(), headers);
    const expected = { status: 'UNAUTHENTICATED', code: `sfdc.platform.eventbus.grpc.service.auth.${code}` };
    expect(await refusal(client.topic(DEALS))).toEqual(expected);
    expect(await client.subscribe({}).refused).toEqual(expected);
  });

  it('holds for the whole stream: a session that ends, ends it', async () => {
    const { org, ...salesforce } = await startEvents();
    const stream = await new RawClient({ org, ...salesforce }).subscribe({}).open();
    org.auth.expireSessions();
    addDeal(org, org.sessionFor(ADMIN));
    expect(await stream.refused).toMatchObject({ status: 'UNAUTHENTICATED' });
    expect(stream.count).toBe(0);
  });
});

describe('topics', () => {
  it.each([
    ['that do not exist', '/data/NothingChangeEvent', 'NOT_FOUND', 'topic.not.found'],
    ['that are not selected', '/data/AccountChangeEvent', 'NOT_FOUND', 'topic.not.found'],
    ['without a name', '', 'INVALID_ARGUMENT', 'topic.validation.empty']
  ])('%s are refused', async (_what, topicName, status, code) => {
    const client = new RawClient(await startEvents());
    const expected = { status, code: `sfdc.platform.eventbus.grpc.${code}` };
    expect(await refusal(client.topic(topicName))).toEqual(expected);
    expect(await client.subscribe({ topicName }).refused).toEqual(expected);
  });

  it('need View All on the object', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const seller = addUser(org, 'sam.seller@cosell.example');
    const client = (): RawClient => new RawClient(salesforce, {}, 'sam.seller@cosell.example');
    expect(await client().topic(DEALS)).toMatchObject({ canSubscribe: false });
    expect(await client().subscribe({}).refused).toEqual({
      status: 'PERMISSION_DENIED',
      code: 'sfdc.platform.eventbus.grpc.subscription.topic.cannot.subscribe'
    });
    grant(org, seller, {}, { Opportunity: { ...crud, viewAll: true } });
    expect(await client().topic(DEALS)).toMatchObject({ canSubscribe: true });
    await client().subscribe({}).open();
    // All changes together need View All Data.
    expect(await client().subscribe({ topicName: '/data/ChangeEvents' }).refused).toMatchObject({
      status: 'PERMISSION_DENIED'
    });
    const everything = await new RawClient(salesforce).subscribe({ topicName: '/data/ChangeEvents' }).open();
    addDeal(org, seller);
    expect(await everything.events(1)).toHaveLength(1);
  });

  it('can be had with View All Data instead', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const reader = addUser(org, 'reader@cosell.example');
    grant(org, reader, {}, {});
    const grantAll = { objects: {}, fields: {}, userPermissions: ['ViewAllData'], tabs: {} };
    deploy(org, {
      upsertPermissionSets: [{ name: 'Test_Set', label: 'Test Set', description: '', grant: grantAll }]
    });
    await new RawClient(salesforce, {}, 'reader@cosell.example').subscribe({}).open();
  });

  it('show no schema that was never given out', async () => {
    const client = new RawClient(await startEvents());
    expect(await refusal(client.schema('x'))).toMatchObject({ status: 'NOT_FOUND' });
    expect(await refusal(client.schema(''))).toMatchObject({ status: 'INVALID_ARGUMENT' });
  });
});
