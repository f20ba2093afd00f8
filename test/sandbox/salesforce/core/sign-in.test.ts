import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import type { ApiResponse } from '../../../../sandbox/src/salesforce/core/transport.js';
import { ADMIN, addUser, call, newOrg, SELLER, START, type Json } from './org-fixture.js';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

function orgWithClient(): OrgHandle {
  const { org } = newOrg();
  addUser(org, SELLER);
  org.auth.registerClient({ clientId: 'app', publicKey, clientSecret: 'secret', usernames: [ADMIN], runAs: ADMIN });
  return org;
}

interface Claims {
  iss?: string;
  sub?: string;
  aud?: string;
  exp?: number;
}

function assertion(claims: Claims = {}, key = keys.privateKey): Promise<string> {
  const exp = START.getTime() / 1000 + 180;
  return new SignJWT({ iss: 'app', sub: ADMIN, aud: 'http://org.test/', exp, ...claims })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
}

function token(org: OrgHandle, form: Record<string, string>): Promise<ApiResponse & { body: Json }> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call(org, 'POST', '/services/oauth2/token', new URLSearchParams(form).toString(), { headers });
}

const jwtBearer = (jwt: string) => ({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt });

describe('JWT bearer flow', () => {
  it('gives a token that works, with the instance and the identity', async () => {
    const org = orgWithClient();
    const { status, body } = await token(org, jwtBearer(await assertion()));
    expect(status).toBe(200);
    expect(body).toMatchObject({ instance_url: 'http://org.test', token_type: 'Bearer' });
    expect(body.id).toBe(`http://org.test/id/${org.id}/${org.sessionFor(ADMIN).userId}`);
    expect(body.access_token).toMatch(/^00D\w{15}!.+/);
    const identity = await call(org, 'GET', String(body.id).replace('http://org.test', ''), undefined, {
      token: body.access_token
    });
    expect(identity.body).toMatchObject({ username: ADMIN, organization_id: org.id });
  });

  it('takes an expiry in milliseconds, which @salesforce/core sends', async () => {
    const org = orgWithClient();
    expect((await token(org, jwtBearer(await assertion({ exp: START.getTime() + 300 })))).status).toBe(200);
  });

  const refusals: readonly [string, () => Promise<string>, string, string][] = [
    ['a signature by another key', () => assertion({}, otherKeys.privateKey), 'invalid_grant', 'invalid assertion'],
    [
      'an expired assertion',
      () => assertion({ exp: START.getTime() / 1000 - 60 }),
      'invalid_grant',
      'expired assertion'
    ],
    [
      'another audience',
      () => assertion({ aud: 'https://elsewhere.example/' }),
      'invalid_grant',
      'audience is invalid'
    ],
    [
      'a user who may not use the client',
      () => assertion({ sub: SELLER }),
      'invalid_grant',
      "user hasn't approved this consumer"
    ],
    ['an unknown client', () => assertion({ iss: 'nobody' }), 'invalid_client_id', 'client identifier invalid'],
    ['something else', () => Promise.resolve('x.y.z'), 'invalid_grant', 'invalid assertion']
  ];
  it.each(refusals)('refuses %s', async (_what, make, error, description) => {
    const org = orgWithClient();
    expect(await token(org, jwtBearer(await make()))).toMatchObject({
      status: 400,
      body: { error, error_description: description }
    });
  });
});

describe('other flows', () => {
  const refresh = { grant_type: 'refresh_token', client_id: 'app' };

  it('refresh a session until the refresh token is revoked', async () => {
    const org = orgWithClient();
    const refresh_token = org.auth.issueRefreshToken(ADMIN, 'app');
    expect((await token(org, { ...refresh, refresh_token })).status).toBe(200);
    expect(await token(org, { ...refresh, refresh_token, client_id: 'other' })).toMatchObject({
      body: { error: 'invalid_client_id' }
    });
    expect((await call(org, 'POST', '/services/oauth2/revoke', `token=${refresh_token}`)).status).toBe(200);
    expect(await token(org, { ...refresh, refresh_token })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' }
    });
  });

  it.each([
    ['the right secret', 'secret', 200],
    ['a wrong secret', 'guess', 400]
  ])('give client credentials a session with %s', async (_what, client_secret, status) => {
    const org = orgWithClient();
    expect((await token(org, { grant_type: 'client_credentials', client_id: 'app', client_secret })).status).toBe(
      status
    );
  });

  it('do not include user name and password', async () => {
    const org = orgWithClient();
    expect(await token(org, { grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' }
    });
  });
});

describe('sessions', () => {
  const limits = (org: OrgHandle, accessToken: string) =>
    call(org, 'GET', '/limits', undefined, { token: accessToken });
  const expired = { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] };

  it('end two hours after their last use', async () => {
    const { org } = newOrg();
    const accessToken = org.auth.issueAccessToken(ADMIN);
    org.clock.move(119 * 60_000);
    expect((await limits(org, accessToken)).status).toBe(200);
    org.clock.move(119 * 60_000);
    expect((await limits(org, accessToken)).status).toBe(200);
    org.clock.move(121 * 60_000);
    expect(await limits(org, accessToken)).toMatchObject(expired);
  });

  it.each(['revoke', 'expire', 'deactivate'])('end when somebody asks to %s', async (how) => {
    const { org, admin } = newOrg();
    const user = addUser(org, SELLER);
    const accessToken = org.auth.issueAccessToken(SELLER);
    expect((await limits(org, accessToken)).status).toBe(200);
    if (how === 'revoke')
      await call(org, 'POST', '/services/oauth2/revoke', new URLSearchParams({ token: accessToken }).toString());
    if (how === 'expire') org.auth.expireSessions();
    if (how === 'deactivate') org.data.update(admin, 'User', user.userId, { IsActive: false });
    expect(await limits(org, accessToken)).toMatchObject(expired);
  });

  it('are asked for on every path but the list of versions', async () => {
    const { org } = newOrg();
    for (const path of ['/limits', '/sobjects', '/query?q=x']) {
      expect([path, (await call(org, 'GET', path, undefined, { token: 'nonsense' })).status]).toEqual([path, 401]);
    }
    for (const path of ['/services/oauth2/userinfo', '/services/oauth2/singleaccess', `/id/${org.id}/${org.id}`]) {
      const answer = await call(org, 'GET', path, undefined, { token: 'nonsense' });
      expect([path, answer.status, answer.body]).toEqual([path, 403, 'Bad_OAuth_Token']);
    }
    const versions = await call(org, 'GET', '/services/data', undefined, { token: 'nonsense' });
    expect(versions.body).toHaveLength(7);
  });

  it('show a seller its own identity only', async () => {
    const { org } = newOrg();
    addUser(org, SELLER);
    const seller = org.auth.issueAccessToken(SELLER);
    const path = (userId: string): string => `/id/${org.id}/${userId}`;
    expect((await call(org, 'GET', path(org.sessionFor(SELLER).userId), undefined, { token: seller })).status).toBe(
      200
    );
    expect((await call(org, 'GET', path(org.sessionFor(ADMIN).userId), undefined, { token: seller })).status).toBe(403);
  });
});
