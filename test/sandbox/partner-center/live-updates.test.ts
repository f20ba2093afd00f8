import { afterEach, describe, expect, it } from 'vitest';
import type { RunningPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { sendFromMicrosoft } from '../../../sandbox/src/partner-center/microsoft/send.js';

const running: RunningPartnerCenter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((center) => center.close()));
});

describe('the change stream', () => {
  it('tells an open page of every commit, and ends with the service', async () => {
    const center = await startPartnerCenter({ file: ':memory:', port: 0 });
    running.push(center);
    const answer = await fetch(`${center.url}/inbox/api/changes`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const next = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('data: 0\n\n');
    sendFromMicrosoft(center.world, {
      kind: 'lead',
      name: 'Lead',
      customerName: 'Fourth Coffee',
      city: 'Lyon',
      country: 'FR',
      dealValue: 1,
      currency: 'EUR',
      closingDateTime: '2027-01-01'
    });
    expect(await next()).toBe('data: 1\n\n');
    await center.close();
    running.pop();
    await expect(reader.read()).rejects.toThrow();
  });
});
