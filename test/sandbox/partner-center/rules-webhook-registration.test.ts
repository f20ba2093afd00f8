import { describe, expect, it } from 'vitest';
import type { Answer, Bench } from './helpers.js';
import { bench, REFERRALS, SELLER } from './helpers.js';

const PATH = '/webhooks/v1/registration';
const AUDIENCE = 'https://api.partnercenter.microsoft.com';
const registration = {
  WebhookUrl: 'https://receiver.example/hook',
  WebhookEvents: ['referral-created', 'test-created']
};

async function caller(
  b: Bench,
  user?: string
): Promise<(method: 'GET' | 'POST' | 'PUT', path?: string, body?: object) => Promise<Answer>> {
  const token = await b.center.issueAccessToken({ audience: AUDIENCE, user });
  return (method, path = '', body) => b.call(method, `${PATH}${path}`, { token, body });
}

describe('registering webhooks', () => {
  it('rule 1: a token for the referrals host is refused', async () => {
    const b = await bench();
    const answer = await b.call('GET', PATH);
    expect([answer.status, Object.keys(answer.body)]).toEqual([401, ['code', 'description', 'data', 'source']]);
    const token = await b.center.issueAccessToken({ audience: AUDIENCE });
    expect((await b.call('GET', REFERRALS, { token })).status).toBe(401);
  });

  it('rule 26: one registration per tenant: 404, then created, then 409, then replaced', async () => {
    const b = await bench();
    const call = await caller(b);
    expect((await call('GET')).status).toBe(404);
    expect((await call('PUT', '', registration)).status).toBe(404);
    const created = await call('POST', '', registration);
    expect(created.body).toMatchObject({
      ...registration,
      SubscriberId: expect.any(String),
      signatureTokenToMsSignatureHeader: false
    });
    expect((await call('POST', '', registration)).status).toBe(409);
    const camel = {
      webhookUrl: 'http://127.0.0.1:9/hook',
      webhookEvents: ['referral-updated'],
      signatureTokenToMsSignatureHeader: true
    };
    const replaced = await call('PUT', '', camel);
    expect(replaced.body).toMatchObject({
      SubscriberId: created.body.SubscriberId,
      WebhookUrl: camel.webhookUrl,
      signatureTokenToMsSignatureHeader: true
    });
    expect((await call('GET')).body).toEqual(replaced.body);
  });

  it('rule 26: the supported events are listed', async () => {
    const call = await caller(await bench());
    expect((await call('GET', '/events')).body).toContain('related-referral-updated');
  });

  it.each<[string, object]>([
    ['no address', { WebhookUrl: undefined }],
    ['an address without TLS', { WebhookUrl: 'http://receiver.example/hook' }],
    ['an unknown event', { WebhookEvents: ['referral-deleted'] }],
    ['no event', { WebhookEvents: [] }]
  ])('rule 26: %s is refused', async (_case, change) => {
    const call = await caller(await bench());
    const answer = await call('POST', '', { ...registration, ...change });
    expect([answer.status, (await call('GET')).status]).toEqual([400, 404]);
  });

  it('rule 4: a Referrals user may not register', async () => {
    const call = await caller(await bench(), SELLER);
    expect((await call('POST', '', registration)).status).toBe(403);
  });
});
