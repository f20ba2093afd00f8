import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchBytes } from '../../plugin/src/connectors/http/fetch-bytes.js';
import type { WebhookNotice } from '../../plugin/src/connectors/partner-center/webhooks/index.js';
import { certificatesOf, SigningCertificates } from '../../plugin/src/connectors/partner-center/webhooks/index.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { silentLog } from '../../plugin/src/service/log.js';
import type { NoticeStore } from '../../plugin/src/service/receiver/receive.js';
import type { WebhookReceiver } from '../../plugin/src/service/receiver/server.js';
import { startReceiver } from '../../plugin/src/service/receiver/server.js';
import { SUBJECT } from '../../sandbox/src/partner-center/webhooks/authority.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';

const AUDIENCE = 'https://api.partnercenter.microsoft.com';
const PATH = '/webhooks/partner-center';

/** Keeps notices by what they say. */
class Notices implements NoticeStore {
  public readonly kept = new Map<string, WebhookNotice>();
  public broken = false;

  public async add(notice: WebhookNotice): Promise<boolean> {
    if (this.broken) throw new Error('The disk is full.');
    const key = Object.values(notice).join(' ');
    const fresh = !this.kept.has(key);
    this.kept.set(key, notice);
    return Promise.resolve(fresh);
  }
}

const lead = {
  kind: 'lead',
  name: 'Cold store',
  customerName: 'Fabrikam',
  city: 'Utrecht',
  country: 'NL',
  dealValue: 30000,
  currency: 'EUR',
  closingDateTime: '2027-06-30T00:00:00Z'
};

describe('the webhook receiver, fed by the Partner Center stand-in over loopback', () => {
  let center: RunningPartnerCenter;
  let receiver: WebhookReceiver;
  let notices: Notices;
  let looks: number;

  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${center.controlUrl}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {})
    });
    return answer.status === 204 ? undefined : answer.json();
  };
  /** Microsoft sends a lead, and every attempt to tell of it is over. */
  const send = async (): Promise<string> => {
    const { id } = (await control('POST', '/microsoft/send', lead)) as { id: string };
    await center.webhooks.deliverer.pump();
    return id;
  };

  beforeEach(async () => {
    center = await startPartnerCenter({ file: ':memory:', port: 0, controlPort: 0 });
    notices = new Notices();
    looks = 0;
    receiver = await startReceiver({
      host: '127.0.0.1',
      port: 0,
      path: PATH,
      clock: systemClock,
      log: silentLog,
      wake: () => {
        looks += 1;
      },
      notices,
      certificates: new SigningCertificates(
        {
          hosts: [center.url],
          subject: SUBJECT,
          issuerOrganization: 'Microsoft Corporation',
          authorities: certificatesOf(await center.webhooks.authority.rootPem())
        },
        fetchBytes,
        systemClock
      )
    });
    const token = await center.issueAccessToken({ audience: AUDIENCE });
    const registered = await fetch(`${center.url}/webhooks/v1/registration`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        WebhookUrl: receiver.state().url,
        WebhookEvents: ['referral-created', 'referral-updated', 'test-created']
      })
    });
    expect(registered.status).toBe(200);
  });
  afterEach(async () => {
    await receiver.close();
    await center.close();
  });

  it('believes a genuine event, stores it before it is acknowledged, and asks for a look', async () => {
    const id = await send();
    expect([...notices.kept.values()]).toEqual([
      { name: 'referral-created', referralId: id, changedAt: expect.stringMatching(/\+00:00$/) as string }
    ]);
    expect(looks).toBe(1);
    expect(receiver.state()).toMatchObject({ accepted: 1, refused: 0 });
  });

  it('acknowledges the same event again, and looks once', async () => {
    await control('POST', '/webhooks/mischief', { kind: 'duplicate', times: 3 });
    await send();
    expect(receiver.state()).toMatchObject({ accepted: 1, repeated: 3 });
    expect([notices.kept.size, looks]).toEqual([1, 1]);
  });

  it('does not acknowledge what it could not store: the event comes again', async () => {
    notices.broken = true;
    await send();
    expect(receiver.state()).toMatchObject({ accepted: 0, refused: 1, lastRefusal: 'NOT_STORED' });
    notices.broken = false;
    center.advance(60_000);
    await center.webhooks.deliverer.pump();
    expect([notices.kept.size, looks]).toEqual([1, 1]);
  });

  it.each([
    ['tamper', 'SIGNATURE_WRONG'],
    ['wrongSignature', 'SIGNATURE_WRONG'],
    ['unsigned', 'SIGNATURE_MISSING'],
    ['expiredCertificate', 'CERTIFICATE_EXPIRED'],
    ['wrongSubject', 'CERTIFICATE_SUBJECT_WRONG'],
    ['untrustedCertificate', 'CERTIFICATE_UNTRUSTED'],
    ['strangeCertificateHost', 'CERTIFICATE_HOST_REFUSED']
  ])('refuses a forged event: %s', async (kind, code) => {
    await control('POST', '/webhooks/mischief', { kind });
    await send();
    expect(receiver.state()).toMatchObject({ accepted: 0, refused: 1, lastRefusal: code });
    expect([notices.kept.size, looks]).toEqual([0, 0]);
  });

  it('acknowledges the test event without a look', async () => {
    const token = await center.issueAccessToken({ audience: AUDIENCE });
    const headers = { authorization: `Bearer ${token}` };
    const base = `${center.url}/webhooks/v1/registration/validationEvents`;
    const { correlationId } = (await (await fetch(base, { method: 'POST', headers })).json()) as {
      correlationId: string;
    };
    await center.webhooks.deliverer.pump();
    expect(await (await fetch(`${base}/${correlationId}`, { headers })).json()).toMatchObject({ status: 'completed' });
    expect([notices.kept.size, looks]).toEqual([0, 0]);
  });

  it('answers 200 events within 100 ms each once the certificate is known', async () => {
    await send();
    const { authority } = center.webhooks;
    const times: number[] = [];
    for (let count = 0; count < 200; count += 1) {
      const body = Buffer.from(JSON.stringify({ EventName: 'referral-updated', ResourceUri: `https://x/${count}` }));
      const headers = {
        authorization: `Signature ${await authority.sign(body)}`,
        'x-ms-certificate-url': `${center.url}/certificates/dispatch.cer`,
        'x-ms-signature-algorithm': 'rsa-sha256'
      };
      const from = performance.now();
      expect((await fetch(receiver.state().url, { method: 'POST', headers, body })).status).toBe(200);
      times.push(performance.now() - from);
    }
    times.sort((first, second) => first - second);
    expect(times[189]).toBeLessThan(100);
  });

  it.each<[string, number, (url: string) => Promise<Response>]>([
    ['another path', 404, (url) => fetch(`${url}/x`, { method: 'POST' })],
    ['another method', 405, (url) => fetch(url)],
    ['a body of 1 MB', 413, (url) => fetch(url, { method: 'POST', body: 'x'.repeat(1_000_000) })],
    ['no signature', 401, (url) => fetch(url, { method: 'POST', body: '{}' })],
    [
      'a signature without certificate',
      400,
      (url) => fetch(url, { method: 'POST', body: '{}', headers: { authorization: 'Signature abcd' } })
    ],
    [
      'a weak algorithm',
      400,
      (url) =>
        fetch(url, {
          method: 'POST',
          body: '{}',
          headers: {
            authorization: `Signature ${createHash('sha1').digest('base64')}`,
            'x-ms-certificate-url': 'https://a.example/a.cer',
            'x-ms-signature-algorithm': 'rsa-sha1'
          }
        })
    ]
  ])('refuses %s with %i', async (_what, status, call) => {
    const answer = await call(receiver.state().url);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe('');
  });

  it('never calls an address that an event names', async () => {
    await send();
    await control('DELETE', '/counters');
    const body = Buffer.from(
      JSON.stringify({ EventName: 'referral-updated', ResourceUri: `${center.url}/v1.0/engagements/referrals/abc` })
    );
    const headers = {
      authorization: `Signature ${await center.webhooks.authority.sign(body)}`,
      'x-ms-certificate-url': `${center.url}/certificates/dispatch.cer`,
      'x-ms-signature-algorithm': 'rsa-sha256'
    };
    expect((await fetch(receiver.state().url, { method: 'POST', headers, body })).status).toBe(200);
    expect(JSON.stringify(await control('GET', '/counters'))).not.toContain('referrals');
  });
});
