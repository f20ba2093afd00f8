import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BusinessCentralApi } from '../../../plugin/src/connectors/business-central/api.js';
import { accessKey, clientCredentials } from '../../../plugin/src/connectors/business-central/authorization.js';
import { apiRoot, environmentsUrl } from '../../../plugin/src/connectors/business-central/address.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import type { HttpRequest } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import type { Answer, Step } from '../../support/scripted-http.js';
import { ScriptedHttp } from '../../support/scripted-http.js';

const TENANT = '22222222-2222-2222-2222-222222222222';
const token = (name: string): Step => ({ json: { token_type: 'Bearer', access_token: name, expires_in: 3600 } });

function signIn(answers: Answer[], proof: Parameters<typeof clientCredentials>[0]['proof'] = 'the secret') {
  const http = new ScriptedHttp(...answers);
  const clock = new ManualClock();
  const random = new SeededRandom(1);
  const input = { clientId: 'the-client', tenant: TENANT, endpoint: 'http://login.example', http, clock, random };
  return { http, clock, random, authorization: clientCredentials({ ...input, proof }) };
}

const forms = (http: ScriptedHttp): URLSearchParams[] =>
  http.requests.filter(({ url }) => url.includes('/token')).map(({ body }) => new URLSearchParams(body));

describe('signing in as an application', () => {
  it('asks once for everybody, keeps the token, and replaces it before its end', async () => {
    const { authorization, http, clock } = signIn([token('one'), token('two')]);
    const headers = await Promise.all([authorization.header(), authorization.header()]);
    expect([...headers, await authorization.header()]).toEqual(['Bearer one', 'Bearer one', 'Bearer one']);
    const [form] = forms(http);
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'the-client',
      client_secret: 'the secret'
    });
    expect(form?.get('scope')).toContain('https://api.businesscentral.dynamics.com/.default');
    clock.advance(56 * 60_000);
    expect(await authorization.header()).toBe('Bearer two');
  });

  it('signs with a certificate instead of sending a secret', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { authorization, http } = signIn([token('one')], { thumbprintSha256: 'ab'.repeat(32), privateKey: pem });
    expect(await authorization.header()).toBe('Bearer one');
    const [form] = forms(http);
    expect(form?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [head] = (form?.get('client_assertion') ?? '').split('.');
    expect(JSON.parse(Buffer.from(head ?? '', 'base64url').toString())).toMatchObject({
      'x5t#S256': expect.any(String) as string
    });
    expect(form?.has('client_secret')).toBe(false);
  });

  it('gets a new token when the service refuses the one it has, and sends a creation again', async () => {
    const refused: Step = {
      status: 401,
      json: { error: { code: 'Authentication_InvalidCredentials', message: 'No.' } }
    };
    const { authorization, http, clock, random } = signIn([
      token('one'),
      refused,
      token('two'),
      { status: 201, json: {} }
    ]);
    const api = new BusinessCentralApi({ root: 'http://bc.example/api', authorization, http, clock, random });
    expect(await api.call({ method: 'POST', path: 'v2.0/x', body: {}, repeatable: false })).toMatchObject({
      status: 201
    });
    expect(http.requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer two' });
    expect(api.calls()).toBe(2);
  });

  const entra = (error: string, number: number): Step => ({
    status: 400,
    json: { error, error_codes: [number], error_description: `AADSTS${number}: of person@example.com` }
  });
  it.each<[string, Answer, string, string]>([
    ['tenant', entra('invalid_request', 90002), 'UNKNOWN_TENANT', 'connection'],
    ['application', entra('unauthorized_client', 700016), 'UNKNOWN_CLIENT', 'connection'],
    ['secret', entra('invalid_client', 7000215), 'WRONG_CLIENT_SECRET', 'connection'],
    ['date of the secret', entra('invalid_client', 7000222), 'CLIENT_SECRET_EXPIRED', 'connection'],
    ['certificate', entra('invalid_client', 700027), 'WRONG_CERTIFICATE', 'connection'],
    ['service', entra('invalid_resource', 500011), 'AUDIENCE_UNKNOWN', 'connection'],
    ['way', new HttpTransportError('refused', 'login.example cannot be reached.'), 'SIGN_IN_UNREACHABLE', 'connection'],
    ['anything else', entra('strange', 1), 'SIGN_IN_FAILED', 'connection']
  ])('names what is wrong: %s', async (_what, answer, code, kind) => {
    const { authorization } = signIn(Array.from({ length: 4 }, () => answer));
    const failed = await authorization.header().catch((error: unknown) => error as Error & { nextSteps: string[] });
    expect(failed).toMatchObject({ code, kind });
    expect((failed as { nextSteps: string[] }).nextSteps.length).toBeGreaterThan(0);
    expect((failed as Error).message).not.toContain('person@example.com');
  });
});

describe('an on-premises server', () => {
  it('is called with the user and the web-service access key', async () => {
    const http = new ScriptedHttp({ json: { value: [] } });
    const api = new BusinessCentralApi({
      root: apiRoot({ kind: 'onPremises', baseUrl: 'https://erp.example:7048/BC/' }),
      authorization: accessKey('SYNC', 'key'),
      http,
      clock: new ManualClock(),
      random: new SeededRandom(1)
    });
    await api.call({ method: 'GET', path: 'v2.0/companies', repeatable: true });
    const [request] = http.requests as [HttpRequest];
    expect(request.url).toBe('https://erp.example:7048/BC/api/v2.0/companies');
    expect(request.headers?.['authorization']).toBe(`Basic ${Buffer.from('SYNC:key').toString('base64')}`);
  });
});

describe('addresses', () => {
  it('have the tenant where it is known, and names as they have to be written', () => {
    const environment = 'My Test';
    expect(apiRoot({ kind: 'online', environment })).toBe(
      'https://api.businesscentral.dynamics.com/v2.0/My%20Test/api'
    );
    expect(apiRoot({ kind: 'online', environment, tenant: TENANT, baseUrl: 'http://x/' })).toBe(
      `http://x/v2.0/${TENANT}/My%20Test/api`
    );
    expect(environmentsUrl()).toBe('https://api.businesscentral.dynamics.com/environments/v1.2');
  });
});
