import { describe, expect, it } from 'vitest';
import type { Subscription, Wanted } from '../../../plugin/src/connectors/business-central/subscriptions/index.js';
import {
  answerHandshake,
  keepUp,
  planUpkeep,
  readNotices,
  SubscriptionsApi
} from '../../../plugin/src/connectors/business-central/subscriptions/index.js';
import { COMPANY, idOf, refusal, ROOT, scriptedApi } from '../../support/business-central-rig.js';

const NOW = Date.parse('2026-01-05T09:00:00Z');
const URL_OF_OURS = 'https://sync.example/webhooks/business-central';
const SECRET = 'a-secret-of-ours';
const resourceOf = (set: string): string => `api/v2.0/companies(${COMPANY})/${set}`;
const wanted: Wanted = {
  url: URL_OF_OURS,
  resources: [resourceOf('customers'), resourceOf('items')],
  clientState: SECRET
};
const subscription = (set: string, hours: number, change: Partial<Subscription> = {}): Subscription => ({
  id: `sub-${set}`,
  etag: 'W/"1"',
  url: URL_OF_OURS,
  resource: resourceOf(set),
  expiresAt: new Date(NOW + hours * 3_600_000).toISOString(),
  ...change
});
const wire = ({ id, etag, url, resource, expiresAt }: Subscription): object => ({
  '@odata.etag': etag,
  subscriptionId: id,
  notificationUrl: url,
  resource: `/${resource}`,
  expirationDateTime: expiresAt,
  clientState: SECRET
});

describe('the upkeep of subscriptions', () => {
  const other = { url: 'https://other.example/x' };
  it.each<[string, Subscription[], string[]]>([
    ['makes what is missing', [], ['create customers', 'create items']],
    ['leaves fresh ones alone', [subscription('customers', 72), subscription('items', 25)], []],
    ['renews a day before the end', [subscription('customers', 24), subscription('items', 72)], ['renew customers']],
    ['makes a lost one anew', [subscription('items', 72)], ['create customers']],
    [
      'removes what is not wanted any more, and twins',
      [
        subscription('customers', 72),
        subscription('items', 72),
        subscription('items', 60),
        subscription('vendors', 72)
      ],
      ['remove items', 'remove vendors']
    ],
    [
      'never touches those of others',
      [subscription('customers', 1, other), subscription('vendors', 1, other)],
      ['create customers', 'create items']
    ]
  ])('%s', (_what, existing, expected) => {
    const steps = planUpkeep(wanted, existing, NOW).map((step) => {
      const resource = step.do === 'create' ? step.resource : step.subscription.resource;
      return `${step.do} ${resource.split('/').at(-1)}`;
    });
    expect(steps).toEqual(expected);
  });

  it('renews, makes one anew that is gone by then, and goes on after a refusal', async () => {
    const [customers, items] = [subscription('customers', 1), subscription('items', 1)];
    const { api, http } = scriptedApi(
      { json: { value: [customers, items].map(wire) } },
      refusal(404, 'BadRequest_NotFound'),
      refusal(400, 'BadRequest', 'The handshake failed.'),
      { json: wire(subscription('items', 72)) }
    );
    const result = await keepUp(new SubscriptionsApi(api), wanted, NOW);
    expect(result).toMatchObject({ renewed: [items.resource], failed: [{ resource: customers.resource }] });
    expect(http.requests.map(({ method, url }) => `${method} ${url.replace(`${ROOT}/`, '')}`)).toEqual([
      'GET v2.0/subscriptions',
      "PATCH v2.0/subscriptions('sub-customers')",
      'POST v2.0/subscriptions',
      "PATCH v2.0/subscriptions('sub-items')"
    ]);
    expect(http.bodyOf(2)).toEqual({
      notificationUrl: URL_OF_OURS,
      resource: `/${customers.resource}`,
      clientState: SECRET
    });
    expect(http.requests[3]?.headers).toMatchObject({ 'if-match': 'W/"1"' });
  });

  it('never hands the secret out', async () => {
    const { api } = scriptedApi({ json: { value: [wire(subscription('items', 1))] } });
    expect(JSON.stringify(await new SubscriptionsApi(api).list())).not.toContain(SECRET);
  });

  it('knows what the environment can tell about', async () => {
    const { api } = scriptedApi({
      json: { value: [{ resource: 'v2.0/companies/customers' }, { resource: 'v2.0/items' }] }
    });
    expect(await new SubscriptionsApi(api).supported(COMPANY)).toEqual(new Set(['customers', 'items']));
  });
});

describe('a call of Business Central', () => {
  const item = (change: object = {}): object => ({
    subscriptionId: 'sub',
    clientState: SECRET,
    resource: `api/v2.0/companies(${COMPANY})/customers(${idOf(1)})`,
    changeType: 'updated',
    ...change
  });
  const body = (...items: object[]): string => JSON.stringify({ value: items });

  it('that tries the address gets its token back as it is', () => {
    expect(answerHandshake('/webhooks/business-central?validationToken=a%20b%2Bc')).toEqual({
      status: 200,
      body: 'a b+c'
    });
    expect(answerHandshake('/webhooks/business-central')).toBeUndefined();
  });

  it('names what changed', () => {
    const many = item({ resource: `api/v2.0/companies(${COMPANY})/items?$filter=x`, changeType: 'collection' });
    expect(readNotices(`\uFEFF${body(item(), item({ changeType: 'deleted' }), many)}`, SECRET)).toEqual({
      answer: { status: 202, body: '' },
      notices: [
        { set: 'customers', companyId: COMPANY, key: idOf(1), change: 'updated' },
        { set: 'customers', companyId: COMPANY, key: idOf(1), change: 'deleted' },
        { set: 'items', companyId: COMPANY, change: 'collection' }
      ]
    });
  });

  it.each([
    ['without our secret', body(item({ clientState: 'other' })), 403],
    ['without any secret', body(item({ clientState: undefined })), 403],
    ['that is not JSON', 'x', 400],
    ['without items', '{}', 400]
  ])('%s is refused', (_what, text, status) => {
    expect(readNotices(text, SECRET)).toEqual({ answer: { status, body: '' }, notices: [] });
  });

  it('that holds items of another subscription too is accepted for ours only', () => {
    const { answer, notices } = readNotices(body(item({ clientState: 'other' }), item()), SECRET);
    expect([answer.status, notices.length]).toEqual([202, 1]);
  });
});
