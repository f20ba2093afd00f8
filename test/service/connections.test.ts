import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import { referralsAudience, webhooksAudience } from '../../plugin/src/connectors/partner-center/index.js';
import { ManualClock, systemClock } from '../../plugin/src/ports/clock.js';
import { systemRandom } from '../../plugin/src/ports/random.js';
import type { AddResult, Check } from '../../plugin/src/service/connections/index.js';
import {
  addConnection,
  listConnections,
  MemoryConnections,
  removeConnection,
  testConnection
} from '../../plugin/src/service/connections/index.js';
import { loadSettings } from '../../plugin/src/service/settings.js';
import { signIn } from '../../plugin/src/service/sign-in.js';
import { CLIENT_ID, PARTNER } from '../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import type { Choice } from '../support/partner-sign-in.js';
import { DeviceCodePerson, signInAt } from '../support/partner-sign-in.js';

const TENANT = PARTNER.tenantId ?? '';
const ADMIN = 'admin@contoso-partners.example';
const SELLER = 'sam.seller@cosell.example';

const folder = mkdtempSync(join(tmpdir(), 'cosell-connections-'));
let center: RunningPartnerCenter;
let connections: MemoryConnections;
let files = 0;

beforeAll(async () => {
  center = await startPartnerCenter({ file: ':memory:', port: 0 });
});
beforeEach(() => {
  connections = new MemoryConnections();
});
afterEach(() => center.changeSettings({ refreshTokenReuse: true }));
afterAll(async () => {
  await center.close();
  rmSync(folder, { recursive: true });
});

/** Settings of this stand-in. */
function settingsFile(partnerCenter: object = {}): string {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  const { url } = center;
  const known = { baseUrl: url, webhooksUrl: url, authority: url, tenantId: TENANT, clientId: CLIENT_ID };
  const tokenCacheFile = `${files}.tokens.json`;
  writeFileSync(file, JSON.stringify({ partnerCenter: { ...known, tokenCacheFile, ...partnerCenter } }));
  return file;
}

const input = (partnerCenter: object = {}) => ({ env: {}, settingsFile: settingsFile(partnerCenter), connections });

function byDevice(choice: Choice = {}, more: { name?: string } = {}): Promise<AddResult> {
  const person = new DeviceCodePerson(choice);
  return addConnection({ ...input(), http: person.http, by: { deviceCode: person.show }, ...more });
}

describe('adding a connection', () => {
  it('by device code keeps who signed in where, opens both APIs, and lists no secret', async () => {
    const { connection, replaced, check } = await byDevice();
    expect(connection).toMatchObject({
      name: 'default',
      tenantId: TENANT,
      clientId: CLIENT_ID,
      authority: center.url,
      user: ADMIN
    });
    expect([replaced, check.ok, check.user]).toEqual([false, true, ADMIN]);
    expect(check.checks.map(({ check: name, outcome }) => `${name} ${outcome}`)).toEqual([
      'referralsSignIn ok',
      'referralsToken ok',
      'referralsApi ok',
      'webhooksSignIn ok',
      'webhooksToken ok',
      'webhooksApi ok'
    ]);
    const secret = (await connections.secret('default')) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify([connection, check, await listConnections(input())])).not.toContain(secret);
  });

  it('by the browser of this machine does the same, and turns a stranger away', async () => {
    let page = '';
    let stranger = 0;
    const visit = async (url: string): Promise<void> => {
      const back = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
      stranger = (await fetch(`http://127.0.0.1:${back.port}/?code=theirs&state=theirs`)).status;
      void signInAt(url, { user: SELLER }).then((text) => (page = text));
    };
    const { connection, check } = await addConnection({ ...input(), name: 'seller', by: { browser: visit } });
    expect([connection.name, connection.user, stranger]).toEqual(['seller', SELLER, 400]);
    expect(page).toContain('You have signed in');
    // A Referrals user works with referrals and may not manage webhooks.
    expect(check.checks.filter(({ outcome }) => outcome !== 'ok')).toMatchObject([
      { check: 'webhooksApi', outcome: 'failed', code: 'WRONG_ROLE' }
    ]);
  });

  it('replaces the one of the same name', async () => {
    await byDevice();
    expect(await byDevice({ user: SELLER })).toMatchObject({ replaced: true, connection: { user: SELLER } });
    expect(await connections.list()).toHaveLength(1);
  });

  it.each<[string, Choice, string]>([
    ['who declines', { decision: 'no' }, 'SIGN_IN_DECLINED'],
    ['who signs in with a password only', { mfa: 'no' }, 'NO_MFA']
  ])('stores nothing of a person %s', async (_who, choice, code) => {
    await expect(byDevice(choice)).rejects.toMatchObject({ code });
    const browser = (url: string): void => void signInAt(url, choice);
    await expect(addConnection({ ...input(), by: { browser } })).rejects.toMatchObject({ code });
    expect(await connections.list()).toEqual([]);
  });

  it('refuses a name that could not be typed, and what it was not told', async () => {
    await expect(byDevice({}, { name: 'My Tenant' })).rejects.toMatchObject({ code: 'CONNECTION_NAME_INVALID' });
    const file = join(folder, 'empty.yaml');
    writeFileSync(file, '{}');
    const adding = addConnection({ env: {}, settingsFile: file, connections, by: { deviceCode: () => undefined } });
    await expect(adding).rejects.toMatchObject({
      code: 'SIGN_IN_INCOMPLETE',
      nextSteps: ['Add --tenant-id to the command, or partnerCenter.tenantId to the settings.']
    });
  });
});

describe('testing a sign-in', () => {
  /** The first thing that is wrong when the environment holds this secret. */
  async function first(partnerCenter: object, env: Record<string, string>): Promise<Check | undefined> {
    const clock = new ManualClock(Date.now());
    const result = await testConnection({ ...input(partnerCenter), env, clock });
    expect([result.ok, result.connection]).toEqual([false, null]);
    return result.checks.find(({ outcome }) => outcome === 'failed');
  }
  const refresh = { refreshTokenVariable: 'PC' };
  const access = { accessTokenVariable: 'PC' };
  const token = (change: object = {}): string => center.issueRefreshToken(change);
  const application = async (): Promise<string> => {
    const answer = await fetch(`${center.url}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: 'x',
        scope: `${referralsAudience}/.default`
      })
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };

  const revoked = (): string => {
    const issued = token();
    center.grants.revokeAll();
    return issued;
  };

  it.each<[string, Check['check'], string, object, () => string | Promise<string>]>([
    ['a password only', 'referralsToken', 'NO_MFA', refresh, () => token({ mfa: false })],
    ['an application', 'referralsApi', 'APP_ONLY_TOKEN', access, application],
    [
      'a user without a role',
      'referralsApi',
      'WRONG_ROLE',
      refresh,
      () => token({ user: 'guest@contoso-partners.example' })
    ],
    [
      'a token for the other API',
      'referralsToken',
      'WRONG_AUDIENCE',
      access,
      () => center.issueAccessToken({ audience: webhooksAudience })
    ],
    ['a sign-in that was revoked', 'referralsSignIn', 'TOKEN_EXPIRED', refresh, revoked],
    ['another tenant', 'referralsSignIn', 'UNKNOWN_TENANT', { ...refresh, tenantId: 'nowhere.example' }, token],
    ['another application', 'referralsSignIn', 'UNKNOWN_CLIENT', { ...refresh, clientId: 'nobody' }, token],
    [
      'no sign-in service',
      'referralsSignIn',
      'SIGN_IN_UNREACHABLE',
      { ...refresh, authority: 'http://127.0.0.1:1' },
      token
    ],
    ['no Partner Center', 'referralsApi', 'UNREACHABLE', { ...refresh, baseUrl: 'http://127.0.0.1:1' }, token],
    ['no webhooks API', 'webhooksApi', 'UNREACHABLE', { ...refresh, webhooksUrl: 'http://127.0.0.1:1' }, token]
  ])('names %s: %s %s', async (_what, check, code, partnerCenter, secret) => {
    const found = await first(partnerCenter, { PC: await secret() });
    expect(found).toMatchObject({ check, code });
    expect(found?.nextSteps.length).toBeGreaterThan(0);
  });

  it('uses the stored connection that is named, else the only one, else the one called default', async () => {
    await byDevice({ user: SELLER }, { name: 'seller' });
    expect((await testConnection(input())).connection?.name).toBe('seller');
    await byDevice({}, { name: 'other' });
    await expect(testConnection(input())).rejects.toMatchObject({ code: 'CONNECTION_AMBIGUOUS' });
    expect((await testConnection(input({ connection: 'other' }))).user).toBe(ADMIN);
    expect((await testConnection({ ...input(), name: 'seller' })).user).toBe(SELLER);
    await byDevice();
    expect((await testConnection(input())).connection?.name).toBe('default');
    await removeConnection({ ...input(), name: 'default' });
    await expect(removeConnection({ ...input(), name: 'default' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN'
    });
  });
});

describe('signing in with a stored connection', () => {
  const tokensOf = async (partnerCenter: object = {}) => {
    const settings = loadSettings(settingsFile(partnerCenter), {});
    const ports = { env: {}, clock: systemClock, random: systemRandom, http: undiciHttp(), connections };
    return { ...(await signIn(settings.partnerCenter, ports)), close: () => ports.http.close() };
  };

  it('renews once at a time: two services never spend the same refresh token', async () => {
    await byDevice();
    center.changeSettings({ refreshTokenReuse: false });
    const before = await connections.secret('default');
    const services = await Promise.all([tokensOf(), tokensOf(), tokensOf()]);
    const asked = services.flatMap(({ tokens }) => [referralsAudience, webhooksAudience].map((of) => tokens.token(of)));
    expect(new Set(await Promise.all(asked)).size).toBe(6);
    expect(await connections.secret('default')).not.toBe(before);
    await Promise.all(services.map(({ close }) => close()));
  });

  it('sends the refresh token to the service that gave it only, whatever the settings say', async () => {
    await byDevice();
    const { tokens, connection, tenantId, close } = await tokensOf({ authority: 'http://127.0.0.1:1', tenantId: 'x' });
    expect([connection?.name, tenantId]).toEqual(['default', TENANT]);
    expect(await tokens.token(referralsAudience)).toContain('.');
    await close();
  });

  it('says how to sign in when there is none', async () => {
    await expect(tokensOf()).rejects.toMatchObject({
      code: 'SIGN_IN_INCOMPLETE',
      nextSteps: [expect.stringContaining('sf cosell connection add partner-center') as string]
    });
    await expect(tokensOf({ connection: 'gone' })).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
  });
});
