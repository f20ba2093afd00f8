import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registration } from '../../plugin/src/connectors/partner-center/webhooks/index.js';
import { ManualClock, systemClock } from '../../plugin/src/ports/clock.js';
import type { Clock } from '../../plugin/src/ports/clock.js';
import { MemoryConnections } from '../../plugin/src/service/connections/index.js';
import {
  registerWebhook,
  removeWebhook,
  showWebhook,
  testWebhook
} from '../../plugin/src/service/webhooks/registration.js';
import { CLIENT_ID, PARTNER } from '../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';

const ALL = [
  'referral-created',
  'referral-updated',
  'related-referral-created',
  'related-referral-updated',
  'test-created'
];
const never = (): Promise<boolean> => Promise.reject(new Error('Nobody is to be asked.'));

describe('the webhook registration, against the Partner Center stand-in', () => {
  let center: RunningPartnerCenter;
  let folder: string;
  let receiver: Server;
  let status: number;
  let url: string;

  const input = (user?: string, clock: Clock = systemClock) => {
    const file = join(folder, 'cosell.yaml');
    const { url: base } = center;
    const known = {
      baseUrl: base,
      webhooksUrl: base,
      authority: base,
      tenantId: PARTNER.tenantId,
      clientId: CLIENT_ID
    };
    writeFileSync(
      file,
      JSON.stringify({ partnerCenter: { ...known, refreshTokenVariable: 'PC', tokenCacheFile: 'tokens.json' } })
    );
    const env = { PC: center.issueRefreshToken(user === undefined ? {} : { user }) };
    return { env, settingsFile: file, clock, connections: new MemoryConnections() };
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cosell-webhook-'));
    center = await startPartnerCenter({ file: ':memory:', port: 0 });
    status = 200;
    receiver = createServer((request, response) => {
      request.resume();
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/partner-center`;
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await center.close();
    rmSync(folder, { recursive: true });
  });

  it('is made for all events of referrals and the test event, and found again', async () => {
    expect(await showWebhook(input())).toEqual({
      registration: null,
      missingEvents: ALL,
      supportedEvents: expect.arrayContaining(ALL) as string[]
    });
    const made = await registerWebhook({ ...input(), url, mayReplace: never });
    expect(made).toMatchObject({ outcome: 'created', previous: null, registration: { url, events: ALL } });
    expect(made.registration.changedAt).toMatch(/^\d{4}-/);
    expect(await showWebhook(input())).toMatchObject({ registration: made.registration, missingEvents: [] });
    expect(await registerWebhook({ ...input(), url, mayReplace: never })).toMatchObject({ outcome: 'unchanged' });
  });

  it("leaves another system's registration alone unless somebody who saw it says otherwise", async () => {
    const theirs = 'https://flows.example/hook';
    await registerWebhook({ ...input(), url: theirs, mayReplace: never });
    const seen: Registration[] = [];
    const answer = (yes: boolean) => (existing: Registration) => Promise.resolve((seen.push(existing), yes));
    await expect(registerWebhook({ ...input(), url, mayReplace: answer(false) })).rejects.toMatchObject({
      code: 'REGISTRATION_EXISTS'
    });
    expect((await showWebhook(input())).registration?.url).toBe(theirs);
    expect(await registerWebhook({ ...input(), url, mayReplace: answer(true) })).toMatchObject({
      outcome: 'replaced',
      previous: { url: theirs },
      registration: { url }
    });
    expect(seen.map((one) => one.url)).toEqual([theirs, theirs]);
  });

  it.each(['http://sync.example.com/x', 'ftp://sync.example.com', 'not an address'])('refuses %s', async (wrong) => {
    await expect(registerWebhook({ ...input(), url: wrong, mayReplace: never })).rejects.toMatchObject({
      code: 'WEBHOOK_URL_INVALID'
    });
  });

  it('is tested by an event, whose delivery is shown; a third test in a minute is told when to come back', async () => {
    await registerWebhook({ ...input(), url, mayReplace: never });
    const good = await testWebhook({ ...input(), waitMs: 10_000 });
    expect(good).toMatchObject({ status: 'completed', url, attempts: [{ responseCode: '200', systemError: false }] });
    status = 503;
    const seen: string[] = [];
    const still = await testWebhook({
      ...input(undefined, new ManualClock(Date.now())),
      waitMs: 4_000,
      onAttempt: ({ attempts }) => void seen.push(attempts.at(-1)?.responseCode ?? '')
    });
    expect(still.status).toBe('pending');
    const third = testWebhook({ ...input(), waitMs: 0 });
    await expect(third).rejects.toMatchObject({ code: 'THROTTLED', kind: 'retryable' });
    await expect(third).rejects.toMatchObject({
      nextSteps: [expect.stringMatching(/^Try again in \d+ seconds/) as string]
    });
  });

  it('shows every attempt of a delivery that is given up', async () => {
    await registerWebhook({ ...input(), url, mayReplace: never });
    status = 500;
    const seen: number[] = [];
    // Each look takes Partner Center to its next attempt.
    const moving: Clock = {
      now: () => Date.now(),
      sleep: async () => {
        center.advance(3_600_000);
        await center.webhooks.deliverer.pump();
      }
    };
    const given = await testWebhook({
      ...input(undefined, moving),
      waitMs: 600_000,
      onAttempt: ({ attempts }) => void seen.push(attempts.length)
    });
    expect([given.status, given.attempts.length]).toEqual(['failed', 10]);
    expect(seen.at(-1)).toBe(10);
  });

  it('cannot be deleted; it is silenced, once, and only when that is wanted', async () => {
    expect(await removeWebhook({ ...input(), maySilence: never })).toMatchObject({
      outcome: 'none',
      registration: null
    });
    await registerWebhook({ ...input(), url, mayReplace: never });
    const no = (): Promise<boolean> => Promise.resolve(false);
    await expect(removeWebhook({ ...input(), maySilence: no })).rejects.toMatchObject({ code: 'REGISTRATION_KEPT' });
    const yes = (): Promise<boolean> => Promise.resolve(true);
    expect(await removeWebhook({ ...input(), maySilence: yes })).toMatchObject({
      outcome: 'silenced',
      registration: { url, events: ['test-created'] }
    });
    expect(await removeWebhook({ ...input(), maySilence: never })).toMatchObject({ outcome: 'unchanged' });
  });

  it('is for a Referrals admin', async () => {
    await expect(showWebhook(input('sam.seller@cosell.example'))).rejects.toMatchObject({
      code: 'WRONG_ROLE',
      kind: 'connection'
    });
  });
});
