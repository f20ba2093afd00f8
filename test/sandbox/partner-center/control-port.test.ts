import { afterEach, describe, expect, it } from 'vitest';
import type { RunningPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import type { Json } from './helpers.js';
import { deal, invitation, merge } from './helpers.js';

const running: RunningPartnerCenter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((center) => center.close()));
});

interface Control {
  center: RunningPartnerCenter;
  control(method: string, path: string, body?: object): Promise<{ status: number; body: Json }>;
  api(method: string, path: string, body?: object): Promise<Response>;
}

async function start(): Promise<Control> {
  const center = await startPartnerCenter({ file: ':memory:', port: 0, controlPort: 0, seed: true });
  running.push(center);
  const control: Control['control'] = async (method, path, body) => {
    const answer = await fetch(`${center.controlUrl}${path}`, { method, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const { body } = await control('POST', '/access-token', {});
  const headers = { authorization: `Bearer ${body.accessToken}`, 'content-type': 'application/json' };
  const api: Control['api'] = (method, path, sent) =>
    fetch(`${center.url}/v1.0/engagements/referrals${path}`, { method, headers, body: sent && JSON.stringify(sent) });
  return { center, control, api };
}

describe('the control port', () => {
  it('counts, resets and answers what it is asked', async () => {
    const { control, api } = await start();
    await control('DELETE', '/counters');
    await api('GET', '');
    expect((await control('GET', '/counters')).body.total).toBe(1);
    expect((await control('GET', '/health')).body).toEqual({ ok: true });
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect((await control('GET', '/events?after=0')).body.length).toBeGreaterThan(0);
  });

  it('rule 25: plans faults; a cut connection has no answer', async () => {
    const { control, api } = await start();
    expect((await control('POST', '/faults', { kind: 'cut', when: 'after', method: 'POST' })).status).toBe(204);
    await expect(api('POST', '', deal())).rejects.toThrow();
    const list = (await (await api('GET', '?$count=true')).json()) as Json;
    expect(list.value.some((row: Json) => row.name === deal().name)).toBe(true);
    expect((await control('POST', '/faults', { kind: 'fire' })).status).toBe(400);
    await control('POST', '/faults', { kind: 'status', status: 500, count: 9 });
    expect((await control('GET', '/faults')).body).toHaveLength(1);
    await control('DELETE', '/faults');
    expect((await api('GET', '')).status).toBe(200);
  });

  it('rule 25: faults by chance hit data calls, and sign-in only when asked', async () => {
    const { center, control, api } = await start();
    const named = async (): Promise<number> => {
      await control('DELETE', '/faults');
      const list = (await (await api('GET', '')).json()) as Json;
      return list.value.filter((row: Json) => row.name === deal().name).length;
    };
    const keys = (): Promise<Response> => fetch(`${center.url}/common/discovery/v2.0/keys`);
    await control('POST', '/faults', { faultRates: { unavailable: 1 } });
    expect((await api('POST', '', deal())).status).toBe(503);
    expect((await keys()).status).toBe(200);
    expect(await named()).toBe(0);
    await control('POST', '/faults', { faultRates: { dropAfter: 1, signIn: true } });
    await expect(api('POST', '', deal())).rejects.toThrow();
    await expect(keys()).rejects.toThrow();
    expect((await control('GET', '/fault-rates')).body).toEqual({
      rates: { dropAfter: 1, signIn: true },
      hits: { unavailable: 0, dropBefore: 0, dropAfter: 2 }
    });
    expect(await named()).toBe(1);
    await control('POST', '/faults', { kind: 'latency', milliseconds: 1, count: 9 });
    await control('POST', '/faults', { faultRates: { unavailable: 1 } });
    expect((await api('GET', '')).status).toBe(503);
    expect((await control('POST', '/faults', { faultRates: { unavailable: 7 } })).status).toBe(400);
  });

  it('rule 29: moves the clock, and old tokens die of it', async () => {
    const { control, api } = await start();
    const before = Date.parse((await control('GET', '/clock')).body.now);
    const after = Date.parse((await control('POST', '/clock', { days: 1, hours: 2 })).body.now);
    expect(after - before).toBeGreaterThanOrEqual(26 * 3_600_000);
    expect((await api('GET', '')).status).toBe(401);
    expect((await control('POST', '/clock', { years: 1 })).status).toBe(400);
  });

  it('rule 30: acts as Microsoft', async () => {
    const { control, api } = await start();
    const own = (await (await api('POST', '', deal())).json()) as Json;
    await api('POST', '', merge(deal(), { engagementId: own.engagementId, ...invitation }));
    expect((await control('POST', '/microsoft/accept', { id: own.id })).body.substatus).toBe('Accepted');
    expect((await control('POST', '/microsoft/decline', { id: own.id })).status).toBe(400);
    expect((await control('POST', '/microsoft/edit', { id: own.id, dealValue: 5 })).body.details.dealValue).toBe(5);
    expect((await control('POST', '/microsoft/edit', { id: 'nobody' })).status).toBe(404);
    const lead = {
      kind: 'lead',
      name: 'L',
      customerName: 'C',
      city: 'X',
      country: 'NL',
      dealValue: 1,
      currency: 'EUR',
      closingDateTime: '2027-01-01'
    };
    expect((await control('POST', '/microsoft/send', lead)).body.status).toBe('New');
  });

  it('changes settings, refuses unknown ones, and resets to the seed', async () => {
    const { control, api } = await start();
    expect((await control('PATCH', '/settings', { createStatus: 201 })).body.createStatus).toBe(201);
    expect((await api('POST', '', deal())).status).toBe(201);
    for (const wrong of [{ nothing: 1 }, { createStatus: 'x' }]) {
      expect((await control('PATCH', '/settings', wrong)).status).toBe(400);
    }
    expect((await control('POST', '/reset')).status).toBe(204);
    const list = (await (await api('GET', '')).json()) as Json;
    expect(list.value.some((row: Json) => row.name === deal().name)).toBe(false);
  });

  it('gives out and revokes sign-ins', async () => {
    const { control } = await start();
    expect((await control('POST', '/refresh-token', { user: 'sam.seller@cosell.example' })).body.refreshToken).toMatch(
      /^0\./
    );
    expect((await control('POST', '/refresh-token', { user: 'nobody' })).status).toBe(400);
    expect((await control('POST', '/revoke-tokens')).status).toBe(204);
  });
});
