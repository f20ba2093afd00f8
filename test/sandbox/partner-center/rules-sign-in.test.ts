import { describe, expect, it } from 'vitest';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { Bench, Json } from './helpers.js';
import { bench, deal, merge, REFERRALS, requestOf, SELLER } from './helpers.js';

const TOKEN = `/${PARTNER.tenantId}/oauth2/v2.0/token`;
const TOKEN_V1 = '/common/oauth2/token';
const SCOPE = 'https://api.partner.microsoft.com/.default offline_access';

async function token(b: Bench, form: Record<string, string>, path = TOKEN): Promise<{ status: number; body: Json }> {
  const request = requestOf('POST', path, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: CLIENT_ID, ...form }).toString()
  });
  const answer = await b.center.dispatch(request);
  return { status: answer.status, body: answer.body };
}

const refresh = (b: Bench, refreshToken: string, more: Record<string, string> = {}) =>
  token(b, { grant_type: 'refresh_token', refresh_token: refreshToken, scope: SCOPE, ...more });

describe('signing in', () => {
  it('rule 1: a token for the webhooks host is refused on the referrals host', async () => {
    const b = await bench();
    const { body } = await refresh(b, b.center.issueRefreshToken(), {
      scope: 'https://api.partnercenter.microsoft.com/.default'
    });
    const answer = await b.call('GET', REFERRALS, { token: body.access_token });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'unauthenticated']);
    b.center.changeSettings({ audienceChecked: false });
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(200);
  });

  it.each([
    ['no token', ''],
    ['a word', 'Bearer nonsense'],
    ['another scheme', 'Basic YWJj']
  ])('rule 1: %s is 401', async (_case, authorization) => {
    const b = await bench();
    const answer = await b.call('GET', REFERRALS, { headers: { authorization } });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  it('rule 2: a sign-in without a second factor is 401 with its own reason and an empty body', async () => {
    const b = await bench();
    const { body } = await refresh(b, b.center.issueRefreshToken({ mfa: false }));
    const answer = await b.call('GET', REFERRALS, { token: body.access_token });
    expect(answer).toMatchObject({ status: 401, reason: 'Unauthorized - MFA required', body: undefined });
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('rule 3: an application without a person is 403', async () => {
    const b = await bench();
    const { body } = await token(b, {
      grant_type: 'client_credentials',
      client_secret: 'any',
      scope: 'https://api.partner.microsoft.com/.default'
    });
    const answer = await b.call('GET', REFERRALS, { token: body.access_token });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'accessDenied']);
  });

  it('rule 3: a person without a referrals role is 403', async () => {
    const b = await bench();
    const guest = await b.center.issueAccessToken({ user: 'guest@contoso-partners.example' });
    expect((await b.call('GET', REFERRALS, { token: guest })).status).toBe(403);
  });

  it('rule 4: a Referrals user reads and edits only referrals with the own e-mail on the team', async () => {
    const b = await bench();
    const mine = await b.create();
    const other = { firstName: 'Lena', lastName: 'Other', phoneNumber: '1', email: 'lena@cosell.example' };
    const foreign = await b.create({ team: [other] });
    const seller = await b.center.issueAccessToken({ user: SELLER });
    const list = await b.call('GET', REFERRALS, { token: seller });
    expect(list.body.value.map((row: Json) => row.id)).toEqual([mine.id]);
    const change = [{ op: 'replace', path: '/details/notes', value: 'x' }];
    const statuses = [];
    for (const { id } of [mine, foreign]) {
      statuses.push((await b.call('GET', `${REFERRALS}/${id}`, { token: seller })).status);
      statuses.push((await b.call('PATCH', `${REFERRALS}/${id}`, { token: seller, body: change })).status);
    }
    expect(statuses).toEqual([200, 204, 403, 403]);
  });

  it('rule 4: a Referrals user may create', async () => {
    const b = await bench();
    const seller = await b.center.issueAccessToken({ user: SELLER });
    expect((await b.call('POST', REFERRALS, { token: seller, body: deal() })).status).toBe(200);
  });

  it('rule 5: a refresh token gives a new pair, and the new one works too', async () => {
    const b = await bench();
    const first = await refresh(b, b.center.issueRefreshToken());
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const second = await refresh(b, first.body.refresh_token);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    expect((await b.call('GET', REFERRALS, { token: second.body.access_token })).status).toBe(200);
  });

  it('rule 5: version 1 prints numbers as strings and takes a resource', async () => {
    const b = await bench();
    const { body } = await token(
      b,
      {
        grant_type: 'refresh_token',
        refresh_token: b.center.issueRefreshToken(),
        resource: 'https://api.partner.microsoft.com'
      },
      TOKEN_V1
    );
    expect(body).toMatchObject({ expires_in: '3600', resource: 'https://api.partner.microsoft.com' });
    expect(typeof body.expires_on).toBe('string');
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(200);
  });

  it('rule 5: an access token dies after its short life', async () => {
    const b = await bench({ accessTokenSeconds: 60 });
    const { body } = await refresh(b, b.center.issueRefreshToken());
    b.advance(59_000);
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(200);
    b.advance(2_000);
    expect((await b.call('GET', REFERRALS, { token: body.access_token })).status).toBe(401);
  });

  it('rule 5: an exchanged refresh token is refused when rotation is strict', async () => {
    const b = await bench({ refreshTokenReuse: false });
    const secret = b.center.issueRefreshToken();
    await refresh(b, secret);
    expect(await refresh(b, secret)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each<[string, Record<string, string>, string, number]>([
    [
      'an unknown refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x', scope: SCOPE },
      'invalid_grant',
      9002313
    ],
    ['a password', { grant_type: 'password', username: SELLER, password: 'x' }, 'interaction_required', 50076],
    ['another application', { grant_type: 'refresh_token', client_id: 'x' }, 'unauthorized_client', 700016],
    ['an unknown grant', { grant_type: 'magic' }, 'unsupported_grant_type', 70003],
    ['no grant', {}, 'invalid_request', 900144]
  ])('rule 5: %s is refused in the words of Entra ID', async (_case, form, error, number) => {
    const { status, body } = await token(await bench(), form);
    expect([status, body.error, body.error_codes]).toEqual([400, error, [number]]);
    expect(body.error_description).toMatch(new RegExp(`^AADSTS${number}: .+ Trace ID: `));
  });

  it.each([
    ['an unknown resource', 'https://graph.microsoft.example/.default', 'invalid_resource'],
    ['an unknown permission', 'https://api.partner.microsoft.com/Everything', 'invalid_scope'],
    [
      'two resources',
      'https://api.partner.microsoft.com/.default https://api.partnercenter.microsoft.com/.default',
      'invalid_scope'
    ]
  ])('rule 5: %s in the scope is refused', async (_case, scope, error) => {
    const b = await bench();
    expect(await refresh(b, b.center.issueRefreshToken(), { scope })).toMatchObject({ status: 400, body: { error } });
  });

  it('rule 5: an expired refresh token is refused', async () => {
    const b = await bench({ refreshTokenDays: 1 });
    const secret = b.center.issueRefreshToken();
    b.advance(86_400_000);
    expect((await refresh(b, secret)).body.error_codes).toEqual([700082]);
  });

  it('rule 5: another tenant is refused', async () => {
    const b = await bench();
    const path = '/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token';
    expect((await token(b, { grant_type: 'refresh_token' }, path)).body.error).toBe('invalid_tenant');
  });

  it('twin: the deal of these tests is refused when one thing is wrong with it', async () => {
    const b = await bench();
    expect((await b.call('POST', REFERRALS, { body: merge(deal(), { name: '' }) })).status).toBe(400);
  });
});
