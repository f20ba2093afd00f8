import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSalesforce, type RunningSalesforce } from '../../../../sandbox/src/salesforce/server.js';

const seller = { Username: 'fay.fault@cosell.example', FirstName: 'Fay', LastName: 'Fault', Alias: 'fay' };

describe('faults through the control port', () => {
  let server: RunningSalesforce;
  let token: string;
  beforeEach(async () => {
    server = await startSalesforce({ port: 0, controlPort: 0 });
    const { org } = server;
    const admin = org.sessionFor('ada.admin@cosell.example');
    const [profile] = org.data.query(admin, "SELECT Id FROM Profile WHERE Name = 'Standard User'").records;
    org.data.transaction(admin, () =>
      org.data.create(admin, 'User', {
        ...seller,
        Email: seller.Username,
        ProfileId: profile?.['Id'],
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US'
      })
    );
    token = org.auth.issueAccessToken(seller.Username);
  });
  afterEach(() => server.close());

  const call = (path: string, as = token): Promise<Response> =>
    fetch(`${server.url}/services/data/v66.0${path}`, { headers: { authorization: `Bearer ${as}` } });
  const query = (soql: string, as = token): Promise<Response> => call(`/query?q=${encodeURIComponent(soql)}`, as);
  const fault = (body: unknown, method = 'POST'): Promise<Response> =>
    fetch(`${server.controlUrl}/faults`, { method, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) });

  it('take a field permission away from everybody but administrators, and give it back', async () => {
    await fault({ denyPermissions: ['Opportunity.Amount'] });
    const refused = await query('SELECT Amount FROM Opportunity');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const admin = server.org.auth.issueAccessToken('ada.admin@cosell.example');
    expect((await query('SELECT Amount FROM Opportunity', admin)).status).toBe(200);
    await fault(undefined, 'DELETE');
    expect((await query('SELECT Amount FROM Opportunity')).status).toBe(200);
  });

  it('take an object permission away', async () => {
    await fault({ denyPermissions: ['Contact'] });
    const refused = await query('SELECT Id FROM Contact');
    expect(await refused.json()).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect((await query('SELECT Id FROM Account')).status).toBe(200);
  });

  it('slow down only the calls they name', async () => {
    await fault({ slowCalls: [{ method: 'GET', path: '/limits', ms: 300 }] });
    const timed = async (path: string): Promise<number> => {
      const from = performance.now();
      await call(path);
      return performance.now() - from;
    };
    expect(await timed('/limits')).toBeGreaterThanOrEqual(295);
    expect(await timed('/sobjects')).toBeLessThan(250);
  });

  it('hit data calls by chance: unavailable without effect, or carried out with the answer lost', async () => {
    const post = (): Promise<Response> =>
      fetch(`${server.url}/services/data/v66.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ Name: 'By chance' })
      });
    const saved = async (): Promise<number> => {
      await fault(undefined, 'DELETE');
      return ((await (await query("SELECT Id FROM Account WHERE Name = 'By chance'")).json()) as { totalSize: number })
        .totalSize;
    };
    await fault({ faultRates: { unavailable: 1 } });
    expect((await post()).status).toBe(503);
    expect(await saved()).toBe(0);
    await fault({ faultRates: { dropBefore: 1 } });
    await expect(post()).rejects.toThrow();
    expect(await saved()).toBe(0);
    await fault({ faultRates: { dropAfter: 1 } });
    await expect(post()).rejects.toThrow();
    expect(await (await fetch(`${server.controlUrl}/faults`)).json()).toMatchObject({
      faultRates: { rates: { dropAfter: 1 }, hits: { dropAfter: 1 } }
    });
    expect(await saved()).toBe(1);
  });

  it('by chance leave sign-in alone unless asked', async () => {
    const signIn = (): Promise<Response> => fetch(`${server.url}/services/oauth2/userinfo`);
    await fault({ faultRates: { unavailable: 1 } });
    expect((await signIn()).status).toBe(403);
    await fault({ faultRates: { unavailable: 1, signIn: true } });
    expect((await signIn()).status).toBe(503);
  });

  it.each([
    ['a fault rate above 1', { faultRates: { unavailable: 2 } }],
    ['an unknown fault', { slowness: 1 }],
    ['a field the org does not have', { denyPermissions: ['Opportunity.Amont'] }],
    ['a delay that is no number', { slowCalls: [{ ms: 'long' }] }]
  ])('refuse %s', async (_title, body) => {
    expect((await fault(body)).status).toBe(400);
  });
});
