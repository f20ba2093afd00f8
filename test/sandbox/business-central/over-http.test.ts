import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../../sandbox/src/business-central/identity/applications.js';
import { COMPANY, ENVIRONMENT } from '../../../sandbox/src/business-central/seed/seed.js';
import type { RunningBusinessCentral, StartOptions } from '../../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../../sandbox/src/business-central/server.js';
import type { Json } from './helpers.js';

const running: RunningBusinessCentral[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<StartOptions> = {}): Promise<RunningBusinessCentral> {
  const service = await startBusinessCentral({ file: ':memory:', port: 0, controlPort: 0, ...options });
  running.push(service);
  return service;
}

const api = (service: RunningBusinessCentral): string =>
  `${service.url}/v2.0/${TENANT.id}/${ENVIRONMENT}/api/v2.0/companies(${COMPANY.id})`;

async function signIn(service: RunningBusinessCentral): Promise<Record<string, string>> {
  const form = {
    grant_type: 'client_credentials',
    client_id: INTEGRATION_CLIENT_ID,
    client_secret: INTEGRATION_SECRET,
    scope: 'https://api.businesscentral.dynamics.com/.default'
  };
  const answer = await fetch(`${service.url}/${TENANT.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form)
  });
  const { access_token: token } = (await answer.json()) as Json;
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

const control = async (service: RunningBusinessCentral, method: string, path: string, body?: object): Promise<Json> => {
  const answer = await fetch(`${service.controlUrl}${path}`, { method, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
};

describe('the stand-in over HTTP', () => {
  it('signs in, pages over its own links and keeps data over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'business-central-'));
    folders.push(folder);
    const file = join(folder, 'bc.db');
    const first = await start({ file });
    const headers = await signIn(first);
    for (const displayName of ['One', 'Two', 'Three']) {
      const made = await fetch(`${api(first)}/customers`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ displayName })
      });
      expect(made.status).toBe(201);
    }
    const names: string[] = [];
    let next: string | undefined = `${api(first)}/customers?$select=displayName&$filter=displayName ne 'Two'`;
    while (next !== undefined) {
      const page = (await (
        await fetch(next, { headers: { ...headers, prefer: 'odata.maxpagesize=1' } })
      ).json()) as Json;
      names.push(...page.value.map((row: Json) => row.displayName));
      next = page['@odata.nextLink'];
    }
    expect(names).toEqual(['One', 'Three']);
    const before = (await (await fetch(`${api(first)}/customers`, { headers })).json()) as Json;
    await first.close();
    const second = await start({ file });
    const after = (await (await fetch(`${api(second)}/customers`, { headers })).json()) as Json;
    expect(after.value).toEqual(before.value);
    const another = await fetch(`${api(second)}/customers`, {
      method: 'POST',
      headers,
      body: '{"displayName":"Four"}'
    });
    expect(((await another.json()) as Json).number).toBe('C10004');
  });

  it('is steered over its control port', async () => {
    const service = await start();
    const headers = await signIn(service);
    expect((await control(service, 'GET', '/health')).body).toEqual({ ok: true });
    await control(service, 'POST', '/faults', { kind: 'status', status: 503 });
    expect((await fetch(`${api(service)}/customers`, { headers })).status).toBe(503);
    await control(service, 'PATCH', '/settings', { pageSize: 2 });
    const page = (await (await fetch(`${api(service)}/paymentTerms`, { headers })).json()) as Json;
    expect(page.value).toHaveLength(2);
    const { body } = await control(service, 'GET', '/counters');
    expect(body.calls['GET /api/v2.0/companies()/customers']).toEqual({ calls: 1, statuses: { 503: 1 } });
    expect(body.calls['POST /{tenant}/oauth2/v2.0/token'].calls).toBe(1);
    await control(service, 'POST', '/clock', { days: 1 });
    expect((await fetch(`${api(service)}/customers`, { headers })).status).toBe(401);
    expect((await control(service, 'POST', '/clock', { fortnights: 1 })).status).toBe(400);
    await control(service, 'POST', '/reset');
    expect((await control(service, 'GET', '/settings')).body.pageSize).toBe(2);
    expect((await control(service, 'GET', '/nothing')).status).toBe(404);
  });

  it('calls subscribers, and repeats no secret of an application', async () => {
    const service = await start();
    const saved = await control(service, 'POST', '/applications', {
      clientId: '2f1c9a70-0f4b-4b52-9d1e-6f5f1b7a8c21',
      secret: 'hidden',
      permissionSets: ['D365 READ']
    });
    expect(JSON.stringify(saved.body)).not.toContain('hidden');
    const headers = await signIn(service);
    const refused = await fetch(`${service.url}/v2.0/${ENVIRONMENT}/api/v2.0/subscriptions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        notificationUrl: 'http://127.0.0.1:9/none',
        resource: `/api/v2.0/companies(${COMPANY.id})/customers`
      })
    });
    expect(refused.status).toBe(400);
  });
});
