import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/src/partner-center/control/faults.js';
import { ConnectionCut } from '../../../sandbox/src/partner-center/core/transport.js';
import { bench, deal, REFERRALS } from './helpers.js';

describe('errors, limits and faults', () => {
  it('rule 23: the referrals host names code, message, target and innerError', async () => {
    const b = await bench();
    const answer = await b.call('GET', `${REFERRALS}/${'0'.repeat(8)}-0000-4000-8000-000000000000`);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      error: {
        code: 'itemNotFound',
        message: expect.stringContaining('was not found'),
        target: 'id',
        innerError: { 'request-id': answer.headers['request-id'], date: expect.any(String) }
      }
    });
  });

  it.each([
    ['DELETE', `${REFERRALS}/x`, 405],
    ['DELETE', REFERRALS, 405],
    ['GET', '/v1.0/engagements/deals', 404],
    ['GET', '/webhooks/v1/nothing', 404]
  ] as const)('rule 23: %s %s is %i', async (method, path, status) => {
    const b = await bench();
    const answer = await b.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty(path.startsWith('/webhooks') ? 'description' : 'error.code');
  });

  it.each([
    ['broken JSON', '{', 'application/json', 400],
    ['a list', '[]', 'application/json', 400],
    ['text', 'x', 'text/plain', 415]
  ])('rule 23: a create with %s is refused', async (_case, body, type, status) => {
    const b = await bench();
    const headers = { 'content-type': type };
    expect((await b.call('POST', REFERRALS, { body, headers })).status).toBe(status);
  });

  it('rule 23: diagnostic headers come with every answer, the caller’s ids are echoed', async () => {
    const b = await bench();
    const headers = { 'client-request-id': 'c-1', 'ms-correlationid': 'm-1' };
    const answer = await b.call('GET', REFERRALS, { headers });
    expect(answer.headers).toMatchObject({
      ...headers,
      'request-id': expect.any(String),
      timestamp: expect.any(String)
    });
  });

  it('rule 23: client-request-id can be made mandatory', async () => {
    const b = await bench({ clientRequestIdRequired: true });
    expect((await b.call('GET', REFERRALS)).status).toBe(400);
    expect((await b.call('GET', REFERRALS, { headers: { 'client-request-id': 'x' } })).status).toBe(200);
  });

  it('rule 24: above the rate it is 429 in the gateway’s shape, and retrying at once prolongs it', async () => {
    const b = await bench({ rateLimit: { calls: 2, windowSeconds: 10 } });
    const status = async (): Promise<number> => (await b.call('GET', REFERRALS)).status;
    expect([await status(), await status()]).toEqual([200, 200]);
    const refused = await b.call('GET', REFERRALS);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    expect(refused.body).toEqual({ statusCode: 429, message: expect.stringContaining('Try again in 10 seconds.') });
    b.advance(9_000);
    expect(await status()).toBe(429);
    b.advance(2_000);
    expect(await status()).toBe(200);
    expect(await status()).toBe(429);
    b.advance(10_000);
    expect(await status()).toBe(200);
  });

  it.each<[Fault, number, string | undefined]>([
    [{ kind: 'status', status: 500 }, 500, undefined],
    [{ kind: 'status', status: 503, retryAfterSeconds: 7 }, 503, '7'],
    [{ kind: 'status', status: 504 }, 504, undefined],
    [{ kind: 'status', status: 429, retryAfterSeconds: 3 }, 429, '3']
  ])('rule 25: %j hits one call and carries nothing out', async (fault, status, retryAfter) => {
    const b = await bench();
    b.center.faults.add(fault);
    const answer = await b.call('POST', REFERRALS, { body: deal() });
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    expect((await b.list({})).value).toEqual([]);
  });

  it.each([true, false])('rule 25: a cut connection, committed: %s', async (committed) => {
    const b = await bench();
    b.center.faults.add({ kind: 'cut', when: committed ? 'after' : 'before', method: 'POST' });
    const outcome = await b.call('POST', REFERRALS, { body: deal() }).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ConnectionCut);
    expect((outcome as ConnectionCut).committed).toBe(committed);
    expect((await b.list({})).value).toHaveLength(committed ? 1 : 0);
  });

  it('rule 25: a gateway time-out after the work was done', async () => {
    const b = await bench();
    b.center.faults.add({ kind: 'status', status: 504, when: 'after' });
    const answer = await b.call('POST', REFERRALS, { body: deal() });
    expect([answer.status, answer.headers['content-type']]).toEqual([504, 'text/html']);
    expect((await b.list({})).value).toHaveLength(1);
  });

  it('rule 25: faults hit the calls they name, as often as they say', async () => {
    const b = await bench();
    b.center.faults.add({ kind: 'status', status: 500, count: 2, method: 'get', path: '/referrals' });
    expect((await b.call('POST', REFERRALS, { body: deal() })).status).toBe(200);
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await b.call('GET', REFERRALS)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('rule 25: latency', async () => {
    const b = await bench();
    b.center.faults.add({ kind: 'latency', milliseconds: 60 });
    const before = performance.now();
    await b.call('GET', REFERRALS);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  });

  it.each<[string, Fault]>([
    ['kind', { kind: 'fire' } as unknown as Fault],
    ['status', { kind: 'status' }],
    ['milliseconds', { kind: 'latency' }]
  ])('rule 25: a fault without a proper %s is refused', async (_case, fault) => {
    const b = await bench();
    expect(() => b.center.faults.add(fault)).toThrow();
  });

  it('calls are counted by method, path pattern and status', async () => {
    const b = await bench();
    const own = await b.create();
    await b.read(own.id);
    await b.read('00000000-0000-4000-8000-000000000000');
    await b.call('GET', '/inbox');
    expect(b.center.counters.snapshot()).toEqual({
      total: 3,
      calls: {
        [`POST ${REFERRALS}`]: { calls: 1, statuses: { 200: 1 } },
        [`GET ${REFERRALS}/{id}`]: { calls: 2, statuses: { 200: 1, 404: 1 } }
      }
    });
    b.center.counters.reset();
    expect(b.center.counters.snapshot().total).toBe(0);
  });
});
