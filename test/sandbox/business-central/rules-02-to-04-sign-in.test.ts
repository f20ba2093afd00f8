import 'reflect-metadata';
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { X509CertificateGenerator } from '@peculiar/x509';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../../sandbox/src/business-central/identity/applications.js';
import { WEB_SERVICE_KEY, WEB_SERVICE_USER } from '../../../sandbox/src/business-central/legacy/web-service-key.js';
import type { Bench } from './helpers.js';
import { API, bench, benchOf, IN_COMPANY, refusal } from './helpers.js';

const TOKEN = `/${TENANT.id}/oauth2/v2.0/token`;
const SCOPE = 'https://api.businesscentral.dynamics.com/.default';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const form = (change: Record<string, string | undefined> = {}): string => {
  const fields = {
    grant_type: 'client_credentials',
    client_id: INTEGRATION_CLIENT_ID,
    client_secret: INTEGRATION_SECRET,
    scope: SCOPE,
    ...change
  };
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
};

const ask = async (b: Bench, change?: Record<string, string | undefined>) => {
  const answer = await b.call('POST', TOKEN, { token: '', headers: FORM, body: form(change) });
  return { status: answer.status, body: answer.body };
};

describe('rule 2: the token endpoint', () => {
  it('gives a token that opens the API', async () => {
    const b = await bench();
    const { status, body } = await ask(b);
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 3600]);
    const signedIn = benchOf(b.service, body.access_token);
    expect((await signedIn.get('customers')).status).toBe(200);
  });

  it.each([
    ['another resource', { scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_resource'],
    [
      'a scope that is not .default',
      { scope: `${SCOPE.replace('.default', 'Financials.ReadWrite.All')}` },
      400,
      'invalid_scope'
    ],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['an unknown application', { client_id: randomUUID() }, 400, 'unauthorized_client'],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no scope', { scope: undefined }, 400, 'invalid_request']
  ])('refuses %s', async (_name, change, status, error) => {
    const answer = await ask(await bench(), change);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.body.error_description).toMatch(/^AADSTS\d+: /);
  });

  it('takes an assertion signed with the registered certificate, and no other', async () => {
    const b = await bench();
    const keys = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
      true,
      ['sign', 'verify']
    );
    const certificate = await X509CertificateGenerator.createSelfSigned({ keys, name: 'CN=cosell' });
    b.service.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, certificate: certificate.toString('pem') });
    const x5t = createHash('sha256').update(Buffer.from(certificate.rawData)).digest('base64url');
    const now = Math.floor(Date.UTC(2026, 5, 15, 9) / 1000);
    const assertion = (key: CryptoKey): Promise<string> =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', 'x5t#S256': x5t })
        .setIssuer(INTEGRATION_CLIENT_ID)
        .setSubject(INTEGRATION_CLIENT_ID)
        .setAudience(`https://login.microsoftonline.com${TOKEN}`)
        .setIssuedAt(now)
        .setExpirationTime(now + 300)
        .sign(key);
    const kind = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const given = { client_secret: undefined, client_assertion_type: kind };
    expect((await ask(b, { ...given, client_assertion: await assertion(keys.privateKey) })).status).toBe(200);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey as unknown as CryptoKey;
    const refused = await ask(b, { ...given, client_assertion: await assertion(other) });
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client']);
  });

  it('answers 401 without a token, and when the token has expired', async () => {
    const b = await bench({ settings: { accessTokenSeconds: 60 } });
    expect(refusal(await b.call('GET', 'customers', { token: '' }))).toEqual([
      401,
      'Authentication_InvalidCredentials',
      'The server has rejected the client credentials.'
    ]);
    expect((await b.get('customers')).status).toBe(200);
    await b.advance(61_000);
    expect((await b.get('customers')).status).toBe(401);
  });

  it.each([
    ['not registered in Business Central', { registered: false }, 401],
    ['disabled', { state: 'Disabled' as const }, 401],
    ['without a permission set', { permissionSets: [] }, 403],
    ['without consent', { roles: [] }, 403]
  ])('shuts out an application that is %s', async (_name, change, status) => {
    const b = await bench();
    b.service.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, ...change });
    expect((await b.get('customers')).status).toBe(status);
  });

  it('gives a reader no right to write', async () => {
    const b = await bench();
    b.service.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, permissionSets: ['D365 READ'] });
    expect((await b.get('customers')).status).toBe(200);
    const refused = await b.call('POST', 'customers', { body: { displayName: 'No' } });
    expect(refusal(refused).slice(0, 2)).toEqual([403, 'Authorization_RequestDenied']);
  });

  it('never lets an application hold SUPER', async () => {
    const b = await bench();
    const { applications } = b.service.identity;
    expect(() => applications.save({ clientId: INTEGRATION_CLIENT_ID, permissionSets: ['SUPER'] })).toThrow('SUPER');
  });
});

describe('rule 3: what the environment offers', () => {
  it('describes itself in $metadata', async () => {
    const b = await bench();
    const answer = await b.get(`${API}/$metadata`);
    expect(answer.headers['content-type']).toContain('xml');
    expect(String(answer.body)).toContain('<EntitySet Name="salesOrders" EntityType="Microsoft.NAV.salesOrder">');
  });

  it('lists the routes of v2.0, automation and analytics', async () => {
    const b = await bench();
    const { body } = await b.get(`${API}/apicategoryroutes`);
    const routes = body.value.map((row: { route: string }) => row.route);
    expect(routes).toEqual(expect.arrayContaining(['v2.0', 'microsoft/automation/v2.0', 'microsoft/analytics/v1.0']));
  });

  it('names the companies over the automation API too', async () => {
    const b = await bench();
    const { body } = await b.get(API.replace('api/v2.0', 'api/microsoft/automation/v2.0/companies'));
    expect(body.value).toHaveLength(2);
  });
});

describe('rule 4: the on-premises mode', () => {
  const LEGACY = "/BC/ODataV4/Company('CRONUS NL')/ProductItemAvailability";
  const basic = (key: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${WEB_SERVICE_USER}:${key}`).toString('base64')}`
  });

  it('answers 405 while the services are off', async () => {
    const b = await bench();
    expect((await b.call('GET', LEGACY, { token: '', headers: basic(WEB_SERVICE_KEY) })).status).toBe(405);
  });

  it('shows the availability of coupled items to whoever has the web-service access key', async () => {
    const b = await bench({ settings: { onPremises: true } });
    const item = await b.create('items', { displayName: 'Bicycle', number: '1900' });
    await b.patch('items', item, { inventory: 12 });
    b.service.world.kept.set('legacy', 'couplings', [
      { crmId: 'A0000000-0000-0000-0000-000000000001', itemNumber: '1900' }
    ]);
    const { body } = await b.call('GET', LEGACY, { token: '', headers: basic(WEB_SERVICE_KEY) });
    expect(body.value).toEqual([
      {
        CRM_ID: 'a0000000-0000-0000-0000-000000000001',
        Integration_ID: item.id,
        Table_ID: 27,
        ItemNo: '1900',
        UOM: 'PCS',
        Inventory: 12
      }
    ]);
    expect((await b.call('GET', LEGACY, { token: '', headers: basic('wrong') })).status).toBe(401);
  });

  it('takes no web-service access key online', async () => {
    const b = await bench({ settings: { onPremises: true } });
    const answer = await b.call('GET', `${IN_COMPANY}/items`, { token: '', headers: basic(WEB_SERVICE_KEY) });
    expect(answer.status).toBe(401);
  });
});
