import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import { afterEach, describe, expect, it } from 'vitest';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';

const running: RunningPartnerCenter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((center) => center.close()));
});

async function start(): Promise<RunningPartnerCenter> {
  const center = await startPartnerCenter({ file: ':memory:', port: 0 });
  running.push(center);
  return center;
}

const SCOPES = ['https://api.partner.microsoft.com/.default'];

/** MSAL insists on https; calls to the public authority are led to the stand-in. */
function network(center: RunningPartnerCenter, seen: string[] = []): INetworkModule {
  const send = async (method: string, url: string, options?: NetworkRequestOptions) => {
    const { pathname, search } = new URL(url);
    seen.push(`${method} ${pathname}`);
    const answer = await fetch(`${center.url}${pathname}${search}`, {
      method,
      headers: options?.headers,
      body: options?.body
    });
    return { headers: Object.fromEntries(answer.headers), body: (await answer.json()) as never, status: answer.status };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options)
  };
}

const configuration = (center: RunningPartnerCenter, authority: string, seen: string[] = []) => ({
  auth: { clientId: CLIENT_ID, authority, clientSecret: 'sandbox' },
  system: { networkClient: network(center, seen) }
});

describe('signing in with MSAL', () => {
  it.each([`https://login.microsoftonline.com/${PARTNER.tenantId}`, 'https://login.microsoftonline.com/common'])(
    'rule 5: a refresh token is exchanged at %s and the answer is cached',
    async (authority) => {
      const center = await start();
      const client = new ConfidentialClientApplication(configuration(center, authority));
      const result = await client.acquireTokenByRefreshToken({
        refreshToken: center.issueRefreshToken(),
        scopes: SCOPES,
        forceCache: true
      });
      expect(result?.account?.username).toBe('admin@contoso-partners.example');
      const answer = await fetch(`${center.url}/v1.0/engagements/referrals`, {
        headers: { authorization: `Bearer ${result?.accessToken}` }
      });
      expect(answer.status).toBe(200);
      const cached = await client.getTokenCache().getAllAccounts();
      expect(cached.map((account) => account.tenantId)).toEqual([PARTNER.tenantId]);
    }
  );

  it('rule 5: the stand-in’s own address works as authority of a public client', async () => {
    const center = await start();
    const { host } = new URL(center.url);
    const authority = `https://${host}/${PARTNER.tenantId}`;
    const client = new PublicClientApplication({
      auth: { clientId: CLIENT_ID, authority, knownAuthorities: [host] },
      system: { networkClient: network(center) }
    });
    const result = await client.acquireTokenByRefreshToken({
      refreshToken: center.issueRefreshToken(),
      scopes: SCOPES
    });
    expect(result?.expiresOn?.getTime()).toBeGreaterThan(Date.now());
  });

  it('rule 5: a revoked sign-in shows as interaction required or invalid grant', async () => {
    const center = await start();
    const client = new ConfidentialClientApplication(configuration(center, 'https://login.microsoftonline.com/common'));
    const refreshToken = center.issueRefreshToken();
    center.grants.revokeAll();
    await expect(client.acquireTokenByRefreshToken({ refreshToken, scopes: SCOPES })).rejects.toMatchObject({
      errorCode: 'invalid_grant'
    });
  });
});
