import { afterEach, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import { createPartnerCenterConnector } from '../../../plugin/src/connectors/partner-center/connector.js';
import { msalTokens } from '../../../plugin/src/connectors/partner-center/msal-tokens.js';
import type { RefreshTokenStore } from '../../../plugin/src/connectors/partner-center/msal-tokens.js';
import { flawOf } from '../../../plugin/src/connectors/partner-center/token-claims.js';
import { referralsAudience, staticTokens } from '../../../plugin/src/connectors/partner-center/tokens.js';
import { ManualClock, systemClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import type { HttpRequest } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { PartnerCenterRig } from '../../support/partner-center.js';
import { dealValues, partnerCenterRig } from '../../support/partner-center.js';
import { collect } from '../../support/salesforce-answers.js';

const rigs: PartnerCenterRig[] = [];
const clients: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of [...clients.splice(0), ...rigs.splice(0)]) await one.close();
});

async function rigWith(options: Parameters<typeof partnerCenterRig>[0]): Promise<PartnerCenterRig> {
  const rig = await partnerCenterRig(options);
  rigs.push(rig);
  return rig;
}

describe('a refused sign-in', () => {
  it('without a second factor is NO_MFA and stops the run', async () => {
    const { connector } = await rigWith({ mfa: false });
    await expect(collect(connector.changes(undefined))).rejects.toMatchObject({ code: 'NO_MFA', kind: 'connection' });
  });

  it('of a user without a role is WRONG_ROLE', async () => {
    const { connector } = await rigWith({ user: 'guest@contoso-partners.example' });
    await expect(collect(connector.changes(undefined))).rejects.toMatchObject({
      code: 'WRONG_ROLE',
      kind: 'connection'
    });
  });

  it('that has expired is TOKEN_EXPIRED', async () => {
    const { connector, center } = await rigWith({ settings: { accessTokenSeconds: 1 } });
    center.advance(10_000);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await expect(connector.create('006', dealValues())).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
      kind: 'connection'
    });
  });

  it('without any token is NOT_SIGNED_IN', async () => {
    const tokens = staticTokens({ [referralsAudience]: undefined });
    await expect(tokens.token(referralsAudience)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN', kind: 'connection' });
  });

  const claims = (value: object): string => `x.${Buffer.from(JSON.stringify(value)).toString('base64url')}.x`;
  it.each([
    { name: 'expired', token: claims({ exp: 1 }), flaw: 'expired' },
    { name: 'an application', token: claims({ idtyp: 'app', exp: 9e9 }), flaw: 'appOnly' },
    { name: 'an application with roles', token: claims({ roles: ['x'] }), flaw: 'appOnly' },
    { name: 'no second factor', token: claims({ amr: ['pwd'], scp: 'x' }), flaw: 'noMfa' },
    { name: 'fine', token: claims({ amr: ['pwd', 'mfa'], scp: 'x' }), flaw: 'none' },
    { name: 'opaque', token: 'opaque', flaw: 'none' },
    { name: 'broken', token: 'a.b.c', flaw: 'none' }
  ])('is explained from the token: $name', ({ token, flaw }) => {
    expect(flawOf(token, 1_800_000_000_000)).toBe(flaw);
  });
});

class MemoryStore implements RefreshTokenStore {
  public saved: string[] = [];
  public constructor(private value: string | undefined) {}

  public load(): Promise<string | undefined> {
    return Promise.resolve(this.value);
  }

  public save(value: string): Promise<void> {
    this.saved.push(value);
    this.value = value;
    return Promise.resolve();
  }
}

async function signedIn(options: { mfa?: boolean; refreshToken?: string | null; refreshTokenReuse?: boolean } = {}) {
  const { mfa = true, refreshTokenReuse = true } = options;
  const { center } = await rigWith({ settings: { refreshTokenReuse, accessTokenSeconds: 3600 } });
  const http = undiciHttp();
  clients.push(http);
  const sent: HttpRequest[] = [];
  const given = options.refreshToken === null ? undefined : (options.refreshToken ?? center.issueRefreshToken({ mfa }));
  const store = new MemoryStore(given);
  const clock = new ManualClock(Date.now());
  const tokens = msalTokens({
    clientId: CLIENT_ID,
    tenant: PARTNER.tenantId ?? '',
    store,
    http: {
      request: (request) => {
        sent.push(request);
        return http.request(request);
      }
    },
    clock,
    random: new SeededRandom(1),
    endpoint: center.url
  });
  const connector = createPartnerCenterConnector({
    baseUrl: center.url,
    tokens,
    http,
    clock: systemClock,
    random: new SeededRandom(2)
  });
  return { center, tokens, store, sent, clock, connector };
}

describe('tokens by refresh token', () => {
  it('open the referrals API', async () => {
    const { connector, sent } = await signedIn();
    expect(await connector.create('006', dealValues())).toMatchObject({ counterpart: '006' });
    expect(await collect(connector.changes(undefined))).toHaveLength(1);
    expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      `POST /${PARTNER.tenantId}/oauth2/v2.0/token`
    ]);
  });

  it('are asked for once by concurrent callers, and once per audience', async () => {
    const { tokens, sent } = await signedIn();
    const all = await Promise.all([1, 2, 3].map(() => tokens.token(referralsAudience)));
    expect(new Set(all).size).toBe(1);
    await tokens.token('https://api.partnercenter.microsoft.com');
    expect(sent).toHaveLength(2);
  });

  it('are replaced five minutes before they end', async () => {
    const { tokens, sent, clock } = await signedIn();
    await tokens.token(referralsAudience);
    clock.advance(54 * 60_000);
    await tokens.token(referralsAudience);
    expect(sent).toHaveLength(1);
    clock.advance(2 * 60_000);
    await tokens.token(referralsAudience);
    expect(sent).toHaveLength(2);
  });

  it('store a rotated refresh token before the next exchange', async () => {
    const { tokens, store } = await signedIn({ refreshTokenReuse: false });
    await Promise.all([tokens.token(referralsAudience), tokens.token('https://api.partnercenter.microsoft.com')]);
    expect(store.saved).toHaveLength(2);
  });

  it('are fetched anew after a refusal', async () => {
    const { tokens, sent } = await signedIn();
    const first = await tokens.token(referralsAudience);
    tokens.reject?.(referralsAudience, 'another token');
    expect(await tokens.token(referralsAudience)).toBe(first);
    tokens.reject?.(referralsAudience, first);
    await tokens.token(referralsAudience);
    expect(sent).toHaveLength(2);
  });

  it.each([
    { name: 'nobody signed in', refreshToken: null, code: 'NOT_SIGNED_IN' },
    { name: 'the refresh token is not valid', refreshToken: 'nonsense', code: 'TOKEN_EXPIRED' }
  ])('stop the run when $name', async ({ refreshToken, code }) => {
    const { tokens } = await signedIn({ refreshToken });
    await expect(tokens.token(referralsAudience)).rejects.toMatchObject({ code, kind: 'connection' });
  });

  it('are tried again after trouble of the sign-in service', async () => {
    const { tokens, center, sent } = await signedIn();
    center.faults.add({ kind: 'status', status: 503, path: 'oauth2' });
    expect(await tokens.token(referralsAudience)).toContain('.');
    expect(sent).toHaveLength(2);
  });

  it('say when the sign-in service cannot be reached', async () => {
    const tokens = msalTokens({
      clientId: CLIENT_ID,
      tenant: 'contoso.example',
      store: new MemoryStore('x'),
      http: { request: () => Promise.reject(new HttpTransportError('refused', 'login cannot be reached.')) },
      clock: new ManualClock(),
      random: new SeededRandom(1)
    });
    await expect(tokens.token(referralsAudience)).rejects.toMatchObject({
      code: 'SIGN_IN_UNREACHABLE',
      kind: 'connection'
    });
  });
});
