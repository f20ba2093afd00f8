import { afterEach, describe, expect, it } from 'vitest';
import type { RunningPartnerCenter, StartOptions } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import { deal, invitation, merge } from './helpers.js';

const running: RunningPartnerCenter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((center) => center.close()));
});

async function start(options: Partial<StartOptions> = {}): Promise<RunningPartnerCenter> {
  const center = await startPartnerCenter({ file: ':memory:', port: 0, controlPort: 0, ...options });
  running.push(center);
  return center;
}

async function accessToken(center: RunningPartnerCenter): Promise<string> {
  const answer = await fetch(`${center.url}/${PARTNER.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      refresh_token: center.issueRefreshToken(),
      scope: 'https://api.partner.microsoft.com/.default offline_access'
    })
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe('the stand-in over HTTP', () => {
  it('signs in, makes the pair of a co-sell deal, lists, reads and changes it', async () => {
    const center = await start();
    const base = `${center.url}/v1.0/engagements/referrals`;
    const headers = { authorization: `Bearer ${await accessToken(center)}`, 'content-type': 'application/json' };
    const post = async (body: object): Promise<ReturnType<typeof deal>> =>
      (await fetch(base, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    const own = await post(deal());
    const microsoft = await post(merge(deal(), { engagementId: own.engagementId, ...invitation }));
    expect([own.status, microsoft.status]).toEqual(['Active', 'New']);
    const list = await fetch(`${base}?$filter=engagementId eq ${own.engagementId}`, { headers });
    expect(((await list.json()) as { value: unknown[] }).value).toHaveLength(2);
    const patched = await fetch(`${base}/${own.id}`, {
      method: 'PATCH',
      headers: { ...headers, 'if-match': own.eTag },
      body: JSON.stringify([{ op: 'replace', path: '/details/dealValue', value: '61000' }])
    });
    expect([patched.status, await patched.text()]).toEqual([204, '']);
    const read = await fetch(`${base}/${own.id}`, { headers });
    expect(read.headers.get('etag')).not.toBe(own.eTag);
    expect(((await read.json()) as typeof own).details.dealValue).toBe(61000);
  });

  it('answers a missing second factor with the reason phrase of the service', async () => {
    const center = await start();
    const headers = { authorization: `Bearer ${await center.issueAccessToken({ mfa: false })}` };
    const answer = await fetch(`${center.url}/v1.0/engagements/referrals`, { headers });
    expect([answer.status, answer.statusText, await answer.text()]).toEqual([401, 'Unauthorized - MFA required', '']);
  });

  it('lets go of its port when the control port is taken, and may be closed twice', async () => {
    const first = await start();
    const taken = Number(new URL(first.controlUrl ?? '').port);
    await expect(start({ controlPort: taken })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
    await first.close();
    await expect(fetch(first.url)).rejects.toThrow();
  });

  it('refuses a body that is too large', async () => {
    const center = await start();
    const answer = await fetch(center.url, { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) }).catch(
      () => undefined
    );
    expect(answer === undefined || answer.status === 413).toBe(true);
  });
});
