import { describe, expect, it } from 'vitest';
import { INTEGRATION_CLIENT_ID } from '../../../sandbox/src/business-central/identity/applications.js';
import { ConnectionCut } from '../../../sandbox/src/partner-center/core/transport.js';
import { bench, benchOf, refusal } from './helpers.js';

const MINUTE = 60_000;
const OTHER = '2f1c9a70-0f4b-4b52-9d1e-6f5f1b7a8c21';

describe('rule 20: limits', () => {
  it('refuses the call after the last of a sliding window, and takes calls again when it has moved on', async () => {
    const b = await bench({ settings: { rate: { calls: 3, windowSeconds: 300 } } });
    for (const _call of [1, 2, 3]) expect((await b.get('customers')).status).toBe(200);
    const refused = await b.get('customers');
    expect(refusal(refused).slice(0, 2)).toEqual([429, 'Application_TooManyRequests']);
    expect(refused.headers['retry-after']).toBeUndefined();
    await b.advance(4 * MINUTE);
    expect((await b.get('customers')).status).toBe(429);
    await b.advance(5 * MINUTE + 1);
    expect((await b.get('customers')).status).toBe(200);
  });

  it('counts each application for itself', async () => {
    const b = await bench({ settings: { rate: { calls: 1, windowSeconds: 300 } } });
    b.service.identity.applications.save({ clientId: OTHER, secret: 'x', permissionSets: ['D365 READ'] });
    const other = benchOf(b.service, await b.service.issueAccessToken(OTHER));
    expect((await b.get('customers')).status).toBe(200);
    expect((await b.get('customers')).status).toBe(429);
    expect((await other.get('customers')).status).toBe(200);
  });

  it('works on 5 calls at once, lets the queue wait and refuses what does not fit', async () => {
    const settings = { running: 2, queued: 3, processingMilliseconds: 5 };
    const b = await bench({ settings });
    const answers = await Promise.all(Array.from({ length: 7 }, () => b.get('customers')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect((await b.get('customers')).status).toBe(200);
  });

  it('gives up on a call that waits too long', async () => {
    const b = await bench({ settings: { running: 1, queueSeconds: 0.01, processingMilliseconds: 60 } });
    const answers = await Promise.all([b.get('customers'), b.get('customers')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 503]);
    expect(answers[1]?.headers['retry-after']).toBe('30');
  });

  it('says Retry-After on a 429 only when that is switched on', async () => {
    const b = await bench({ settings: { rate: { calls: 0, windowSeconds: 300 }, retryAfterSeconds: 7 } });
    expect((await b.get('customers')).headers['retry-after']).toBe('7');
  });
});

describe('rule 20: faults', () => {
  it.each([
    [408, 'Internal_ServerError'],
    [429, 'Application_TooManyRequests'],
    [500, 'Internal_ServerError'],
    [503, 'Internal_TenantUnavailable']
  ] as const)('answers %i in the words of the service, once', async (status, code) => {
    const b = await bench();
    b.service.faults.add({ kind: 'status', status, retryAfterSeconds: 9 });
    const answer = await b.get('customers');
    expect(refusal(answer).slice(0, 2)).toEqual([status, code]);
    expect(answer.headers['retry-after']).toBe('9');
    expect((await b.get('customers')).status).toBe(200);
  });

  it.each([502, 504] as const)('answers %i like a gateway, without JSON', async (status) => {
    const b = await bench();
    b.service.faults.add({ kind: 'status', status });
    const answer = await b.get('customers');
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html']);
  });

  it('cuts the connection after the change is stored', async () => {
    const b = await bench();
    b.service.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: 'customers' });
    await expect(b.call('POST', 'customers', { body: { displayName: 'Ghost' } })).rejects.toThrow(ConnectionCut);
    expect((await b.get('customers')).body.value).toMatchObject([{ displayName: 'Ghost' }]);
  });

  it('cuts the connection before anything is stored', async () => {
    const b = await bench();
    b.service.faults.add({ kind: 'cut', method: 'POST' });
    await expect(b.call('POST', 'customers', { body: { displayName: 'Ghost' } })).rejects.toThrow(ConnectionCut);
    expect((await b.get('customers')).body.value).toEqual([]);
  });

  it('asks for the data upgrade until that is done', async () => {
    const b = await bench({ settings: { dataUpgradeNeeded: ['items'] } });
    expect(refusal(await b.get('items'))).toEqual([
      400,
      'Application_DialogException',
      'You must run the data upgrade for this API page. Contact your administrator.'
    ]);
    expect((await b.get('customers')).status).toBe(200);
    b.service.changeSettings({ dataUpgradeNeeded: [] });
    expect((await b.get('items')).status).toBe(200);
  });

  it('hits calls by chance, the same ones for the same seed', async () => {
    const run = async (): Promise<number[]> => {
      const b = await bench();
      b.service.faults.chance.set({ unavailable: 0.4, seed: 7 });
      const answers = [];
      for (let call = 0; call < 12; call += 1) answers.push((await b.get('customers')).status);
      return answers;
    };
    const first = await run();
    expect(first).toContain(503);
    expect(first).toContain(200);
    expect(await run()).toEqual(first);
  });

  it('refuses a fault or a setting that makes no sense', async () => {
    const b = await bench();
    expect(() => b.service.faults.add({ kind: 'status', status: 418 as never })).toThrow('statuses');
    expect(() => b.service.changeSettings({ pagesize: 5 })).toThrow('Unknown setting');
    expect(() =>
      b.service.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, permissionSets: ['X'] })
    ).toThrow('X');
  });
});
