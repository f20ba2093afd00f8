import { describe, expect, it } from 'vitest';
import { COMPANY } from '../../../sandbox/src/business-central/seed/seed.js';
import type { Post } from '../../../sandbox/src/business-central/webhooks/subscriptions.js';
import type { Bench, BenchOptions, Json } from './helpers.js';
import { API, bench, refusal } from './helpers.js';

const URL_ = 'https://hooks.example/bc';
const SECOND = 1000;
const DAY = 86_400_000;

interface Subscriber {
  post: Post;
  /** Notices by delivery. */
  deliveries: Json[][];
  /** Status of the next deliveries; undefined gives no answer. */
  answers: (number | undefined)[];
  handshake: 'answered' | 'wrong' | 'silent';
}

function subscriber(): Subscriber {
  const state: Subscriber = {
    deliveries: [],
    answers: [],
    handshake: 'answered',
    post: (url, body) => {
      const token = new URL(url).searchParams.get('validationToken');
      if (token !== null) {
        if (state.handshake === 'silent') return Promise.resolve(undefined);
        return Promise.resolve({ status: 200, body: state.handshake === 'wrong' ? 'other' : token });
      }
      state.deliveries.push(JSON.parse(body ?? '').value);
      const status = state.answers.length === 0 ? 200 : state.answers.shift();
      return Promise.resolve(status === undefined ? undefined : { status, body: '' });
    }
  };
  return state;
}

const resource = (set: string): string => `/api/v2.0/companies(${COMPANY.id})/${set}`;

const subscribe = (b: Bench, set: string, more: object = {}) =>
  b.call('POST', `${API}/subscriptions`, { body: { notificationUrl: URL_, resource: resource(set), ...more } });

async function listening(options: BenchOptions = {}): Promise<{ b: Bench; hook: Subscriber; subscription: Json }> {
  const hook = subscriber();
  const b = await bench({
    post: hook.post,
    ...options,
    settings: { accessTokenSeconds: 30 * 86_400, ...options.settings }
  });
  const { body } = await subscribe(b, 'customers', { clientState: 'secret-1' });
  return { b, hook, subscription: body };
}

const alive = async (b: Bench): Promise<Json[]> => {
  await b.advance(0);
  return (await b.get(`${API}/subscriptions`)).body.value;
};

describe('rule 21: the handshake', () => {
  it('makes a subscription of three days', async () => {
    const { subscription } = await listening();
    expect(subscription).toMatchObject({
      notificationUrl: URL_,
      clientState: 'secret-1',
      expirationDateTime: '2026-06-18T09:00:00Z'
    });
  });

  it.each(['wrong', 'silent'] as const)('makes none when the subscriber is %s', async (handshake) => {
    const hook = subscriber();
    hook.handshake = handshake;
    const b = await bench({ post: hook.post });
    expect((await subscribe(b, 'customers')).status).toBe(400);
    expect(await alive(b)).toEqual([]);
  });

  it('is needed on renewal too, as is the version', async () => {
    const { b, hook, subscription } = await listening();
    const path = `${API}/subscriptions('${subscription.subscriptionId}')`;
    const headers = { 'if-match': subscription['@odata.etag'] };
    await b.advance(2 * DAY);
    expect((await b.call('PATCH', path, { body: {} })).status).toBe(400);
    hook.handshake = 'wrong';
    expect((await b.call('PATCH', path, { body: {}, headers })).status).toBe(400);
    hook.handshake = 'answered';
    const renewed = await b.call('PATCH', path, { body: {}, headers });
    expect(renewed.body.expirationDateTime).toBe('2026-06-20T09:00:00Z');
  });

  it.each(['contacts', 'salespeoplePurchasers', 'opportunities', 'locations', 'itemVariants'])(
    'refuses %s',
    async (set) => {
      const b = await bench({ post: subscriber().post });
      expect(refusal(await subscribe(b, set))[0]).toBe(400);
    }
  );

  it('says what can be subscribed to', async () => {
    const b = await bench();
    const path = API.replace(
      'api/v2.0',
      `api/microsoft/runtime/beta/companies(${COMPANY.id})/webhookSupportedResources`
    );
    const { body } = await b.get(path, { $filter: "resource eq 'v2.0*'" });
    const names = body.value.map((row: Json) => row.resource);
    expect(names).toContain('v2.0/customers');
    expect(names).not.toContain('v2.0/contacts');
  });

  it('takes no more than 200 subscriptions', async () => {
    const { b } = await listening({ settings: { subscriptionLimit: 1 } });
    expect(refusal(await subscribe(b, 'items'))[2]).toMatch(/maximum number of subscriptions \(1\)/);
  });

  it('ends the subscription on DELETE and after three days', async () => {
    const { b, subscription } = await listening();
    await subscribe(b, 'items');
    await b.call('DELETE', `${API}/subscriptions('${subscription.subscriptionId}')`, { headers: { 'if-match': '*' } });
    expect(await alive(b)).toHaveLength(1);
    await b.advance(3 * DAY + SECOND);
    await b.create('items', { displayName: 'Unheard' });
    expect(await alive(b)).toEqual([]);
  });
});

describe('rule 21: notices', () => {
  it('come together after 30 seconds, one per row, with the client state', async () => {
    const { b, hook, subscription } = await listening();
    const row = await b.create('customers', { displayName: 'Coho' });
    await b.advance(20 * SECOND);
    await b.patch('customers', row, { city: 'Beaune' });
    expect(hook.deliveries).toEqual([]);
    await b.advance(10 * SECOND);
    expect(hook.deliveries).toEqual([
      [
        {
          subscriptionId: subscription.subscriptionId,
          clientState: 'secret-1',
          expirationDateTime: subscription.expirationDateTime,
          resource: `api/v2.0/companies(${COMPANY.id})/customers(${row.id})`,
          changeType: 'created',
          lastModifiedDateTime: '2026-06-15T09:00:20.000Z'
        }
      ]
    ]);
  });

  it('of several subscriptions go to their address in one delivery', async () => {
    const { b, hook } = await listening();
    await subscribe(b, 'items');
    await b.create('customers', { displayName: 'Coho' });
    await b.create('items', { displayName: 'Wine' });
    await b.advance(30 * SECOND);
    expect(hook.deliveries.map((notices) => notices.length)).toEqual([2]);
  });

  it('of a line are notices of its document', async () => {
    const { b, hook } = await listening();
    const customer = await b.create('customers', { displayName: 'Coho' });
    const item = await b.create('items', { displayName: 'Wine' });
    const order = await b.create('salesOrders', { customerId: customer.id });
    await b.advance(30 * SECOND);
    await subscribe(b, 'salesOrders');
    hook.deliveries.length = 0;
    await b.create(`salesOrders(${order.id})/salesOrderLines`, { itemId: item.id, quantity: 1 });
    await b.advance(30 * SECOND);
    expect(hook.deliveries.flat()).toMatchObject([
      { changeType: 'updated', resource: expect.stringMatching(`salesOrders\\(${order.id}\\)`) }
    ]);
  });

  it('beyond the threshold become one notice for the set, whose filter finds them all', async () => {
    const { b, hook } = await listening({ settings: { collectionThreshold: 2 } });
    for (const displayName of ['One', 'Two', 'Three']) await b.create('customers', { displayName });
    await b.advance(30 * SECOND);
    const [notice] = hook.deliveries.flat();
    expect(hook.deliveries.flat()).toHaveLength(1);
    expect(notice.changeType).toBe('collection');
    const url = new URL(notice.resource, 'http://bc.example');
    expect(url.pathname).toBe(resource('customers'));
    const found = await b.get('customers', Object.fromEntries(url.searchParams));
    expect(found.body.value).toHaveLength(3);
  });

  it('that were not taken come again after 60, 60, 600, 6000 and 60000 seconds, then the subscription is lost', async () => {
    const { b, hook } = await listening();
    hook.answers = [undefined, 408, 429, 500, 503, 503];
    await b.create('customers', { displayName: 'Coho' });
    await b.advance(30 * SECOND);
    const made = [hook.deliveries.length];
    for (const wait of [60, 60, 600, 6000, 60_000]) {
      await b.advance((wait - 1) * SECOND);
      const early = hook.deliveries.length;
      await b.advance(SECOND);
      made.push(hook.deliveries.length - early);
    }
    expect(made).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await alive(b)).toEqual([]);
  });

  it('are delivered in the end when the subscriber recovers', async () => {
    const { b, hook } = await listening();
    hook.answers = [503];
    await b.create('customers', { displayName: 'Coho' });
    await b.advance(30 * SECOND);
    await b.advance(60 * SECOND);
    expect(hook.deliveries).toHaveLength(2);
    expect(hook.deliveries[1]).toEqual(hook.deliveries[0]);
    expect(await alive(b)).toHaveLength(1);
  });

  it.each([400, 401, 404, 302])('answered with %i end the subscription at once', async (status) => {
    const { b, hook } = await listening();
    hook.answers = [status];
    await b.create('customers', { displayName: 'Coho' });
    await b.advance(30 * SECOND);
    expect(await alive(b)).toEqual([]);
  });

  it('do not tell of what was rolled back', async () => {
    const { b, hook } = await listening();
    const request = (displayName: string): Json => ({
      method: 'POST',
      url: `companies(${COMPANY.id})/customers`,
      body: { displayName }
    });
    await b.call('POST', `${API}/$batch`, {
      headers: { isolation: 'snapshot' },
      body: { requests: [request('One'), request('')] }
    });
    await b.advance(30 * SECOND);
    expect(hook.deliveries).toEqual([]);
  });
});

describe('rule 22: deletions', () => {
  it('are told by a notice and by nothing else', async () => {
    const { b, hook } = await listening();
    const row = await b.create('customers', { displayName: 'Coho' });
    await b.advance(30 * SECOND);
    hook.deliveries.length = 0;
    await b.call('DELETE', `customers(${row.id})`, { headers: { 'if-match': '*' } });
    await b.advance(30 * SECOND);
    expect(hook.deliveries.flat()).toMatchObject([
      { changeType: 'deleted', resource: expect.stringContaining(row.id) }
    ]);
    const since = await b.get('customers', { $filter: 'lastModifiedDateTime gt 2026-01-01T00:00:00Z' });
    expect(since.body.value).toEqual([]);
  });
});
