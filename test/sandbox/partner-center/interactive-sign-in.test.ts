import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { Answer, Bench, Json } from './helpers.js';
import { bench, REFERRALS, requestOf, SELLER } from './helpers.js';

const BASE = `/${PARTNER.tenantId}/oauth2/v2.0`;
const SCOPE = 'https://api.partner.microsoft.com/.default offline_access';
const REDIRECT = 'http://localhost:8400/done';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-in-length';

async function post(b: Bench, path: string, form: Record<string, string>): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', host: '127.0.0.1:7420' };
  const answer = await b.center.dispatch(
    requestOf('POST', path, { headers, body: new URLSearchParams(form).toString() })
  );
  return { status: answer.status, headers: answer.headers ?? {}, body: answer.body };
}

const asked = {
  client_id: CLIENT_ID,
  response_type: 'code',
  redirect_uri: REDIRECT,
  scope: SCOPE,
  state: 'st 1',
  nonce: 'n-1',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256'
};
const approved = { user: SELLER, mfa: 'yes', decision: 'yes' };

async function code(b: Bench, form: Record<string, string> = {}): Promise<string> {
  const answer = await post(b, `${BASE}/authorize`, { ...asked, ...approved, ...form });
  return new URL(answer.headers['location'] ?? '').searchParams.get('code') ?? '';
}

const redeem = (b: Bench, form: Record<string, string>): Promise<Answer> =>
  post(b, `${BASE}/token`, {
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...form
  });

describe('signing in as a person', () => {
  it('rule 5: the page of the authorization code shows who may sign in and comes back with a code', async () => {
    const b = await bench();
    const page = await b.call('GET', `${BASE}/authorize`, { query: asked });
    expect(page.headers['content-security-policy']).toContain("form-action 'self' http://localhost:8400");
    expect(String(page.body)).toContain(SELLER);
    const back = await post(b, `${BASE}/authorize`, { ...asked, ...approved });
    const location = new URL(back.headers['location'] ?? '');
    expect([back.status, location.origin, location.searchParams.get('state')]).toEqual([
      302,
      'http://localhost:8400',
      'st 1'
    ]);
    const { status, body } = await redeem(b, { code: location.searchParams.get('code') ?? '' });
    const claims: Json = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString());
    expect([status, claims.nonce, claims.preferred_username]).toEqual([200, 'n-1', SELLER]);
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(200);
  });

  it('rule 5: a code works once, with its verifier, its redirect and in its time', async () => {
    const b = await bench();
    const first = await code(b);
    expect((await redeem(b, { code: first })).status).toBe(200);
    expect((await redeem(b, { code: first })).body.error_codes).toEqual([54005]);
    expect((await redeem(b, { code: await code(b), code_verifier: 'other' })).body.error_codes).toEqual([501481]);
    expect((await redeem(b, { code: await code(b), redirect_uri: 'http://localhost/x' })).body.error_codes).toEqual([
      50011
    ]);
    const late = await code(b);
    b.advance(11 * 60_000);
    expect((await redeem(b, { code: late })).body.error_codes).toEqual([70008]);
  });

  it('rule 2: a code from a password only leads to tokens the API refuses, refreshed ones too', async () => {
    const b = await bench();
    const { body } = await redeem(b, { code: await code(b, { mfa: 'no' }) });
    const again = await post(b, `${BASE}/token`, {
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      refresh_token: body.refresh_token
    });
    for (const token of [body.access_token, again.body.access_token]) {
      expect((await b.call('GET', REFERRALS, { token })).reason).toBe('Unauthorized - MFA required');
    }
  });

  it('rule 5: who declines comes back with access_denied', async () => {
    const answer = await post(await bench(), `${BASE}/authorize`, { ...asked, ...approved, decision: 'no' });
    expect(new URL(answer.headers['location'] ?? '').searchParams.get('error')).toBe('access_denied');
  });

  it.each<[string, Record<string, string>, number]>([
    ['a redirect to another machine', { redirect_uri: 'https://elsewhere.example/' }, 50011],
    ['another application', { client_id: 'x' }, 700016],
    ['an implicit flow', { response_type: 'token' }, 700054],
    ['a plain challenge', { code_challenge_method: 'plain' }, 501481],
    ['an unknown scope', { scope: 'https://graph.microsoft.example/.default' }, 500011]
  ])('rule 5: %s is refused before anybody signs in', async (_case, change, number) => {
    const b = await bench();
    for (const answer of [
      await b.call('GET', `${BASE}/authorize`, { query: { ...asked, ...change } }),
      await post(b, `${BASE}/authorize`, { ...asked, ...approved, ...change })
    ]) {
      expect([answer.status, answer.body.error_codes]).toEqual([400, [number]]);
    }
  });

  it('rule 5: a device code waits for the person, then gives tokens once', async () => {
    const b = await bench();
    const device = (await post(b, `${BASE}/devicecode`, { client_id: CLIENT_ID, scope: SCOPE })).body;
    expect(device.verification_uri).toBe('http://127.0.0.1:7420/devicelogin');
    const poll = (): Promise<Answer> =>
      post(b, `${BASE}/token`, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: CLIENT_ID,
        device_code: device.device_code
      });
    expect((await poll()).body.error).toBe('authorization_pending');
    expect(String((await b.call('GET', '/devicelogin')).body)).toContain('name="user_code"');
    expect((await post(b, '/devicelogin', { ...approved, user_code: 'WRONG' })).status).toBe(400);
    const done = await post(b, '/devicelogin', { ...approved, user_code: device.user_code.toLowerCase() });
    expect(String(done.body)).toContain('You have signed in');
    const { body } = await poll();
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(200);
    expect((await poll()).body.error).toBe('bad_verification_code');
  });

  it('rule 5: a device code can be declined and runs out', async () => {
    const b = await bench();
    const start = async (): Promise<Json> =>
      (await post(b, `${BASE}/devicecode`, { client_id: CLIENT_ID, scope: SCOPE })).body;
    const poll = async (device: Json): Promise<string> =>
      (await post(b, `${BASE}/token`, { grant_type: 'device_code', client_id: CLIENT_ID, code: device.device_code }))
        .body.error;
    const [declined, late] = [await start(), await start()];
    await post(b, '/devicelogin', { ...approved, decision: 'no', user_code: declined.user_code });
    expect(await poll(declined)).toBe('authorization_declined');
    b.advance(16 * 60_000);
    expect(await poll(late)).toBe('expired_token');
  });
});
