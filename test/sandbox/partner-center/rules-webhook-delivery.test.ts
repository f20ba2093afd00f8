import { verify, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { control } from '../../../sandbox/src/partner-center/control/routes.js';
import type { PartnerCenterSettings } from '../../../sandbox/src/partner-center/core/settings.js';
import { openPartnerCenter } from '../../../sandbox/src/partner-center/open.js';
import type { Answer, Bench, Json } from './helpers.js';
import { benchOf, requestOf, START } from './helpers.js';

const REGISTRATION = '/webhooks/v1/registration';
const AUDIENCE = 'https://api.partnercenter.microsoft.com';
const EVENTS = ['referral-created', 'referral-updated', 'related-referral-created', 'related-referral-updated'];
const MINUTE = 60_000;

interface Received {
  url: string;
  headers: Readonly<Record<string, string>>;
  bytes: Buffer;
  event: Json;
}

/** A stand-in whose events arrive in an array; `answer` decides what the receiver says. */
class Rig {
  public readonly received: Received[] = [];
  public answer: (received: Received) => number = () => 200;

  private constructor(
    public readonly bench: Bench,
    private readonly token: string
  ) {}

  public static async open(
    options: { settings?: Partial<PartnerCenterSettings>; header?: boolean } = {}
  ): Promise<Rig> {
    const receiver: { rig?: Rig } = {};
    const center = await openPartnerCenter({
      file: ':memory:',
      now: () => START,
      ...(options.settings ? { settings: options.settings } : {}),
      post: async (url, headers, body) => Promise.resolve(receiver.rig?.take(url, headers, body) ?? 500)
    });
    const token = await center.issueAccessToken({ audience: AUDIENCE });
    const rig = new Rig(benchOf(center, await center.issueAccessToken()), token);
    receiver.rig = rig;
    await rig.call('POST', '', {
      WebhookUrl: 'https://receiver.example/hook',
      WebhookEvents: [...EVENTS, 'test-created'],
      signatureTokenToMsSignatureHeader: options.header ?? false
    });
    return rig;
  }

  public call(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    return this.bench.call(method, `${REGISTRATION}${path}`, { token: this.token, ...(body ? { body } : {}) });
  }

  public async control(method: 'GET' | 'POST', path: string, body?: object): Promise<Json> {
    return (await control(this.bench.center, requestOf(method, path, body ? { body } : {}))).body;
  }

  /** Until nothing is due any more. */
  public async settle(): Promise<void> {
    await this.bench.center.webhooks.deliverer.pump();
    await this.bench.center.webhooks.deliverer.pump();
  }

  public names(): string[] {
    return this.received.map(({ event }) => String(event.EventName));
  }

  /** As a receiver does it: the certificate by the last part of its address, the signature over the raw bytes. */
  public async genuine({ headers, bytes }: Received, header = 'authorization'): Promise<boolean> {
    const name = headers['x-ms-certificate-url']?.split('/').at(-1)?.replace('.cer', '') ?? '';
    const { authority } = this.bench.center.webhooks;
    const certificate = new X509Certificate((await authority.certificate(name)) ?? Buffer.alloc(0));
    const root = new X509Certificate(await authority.rootPem());
    const signature = Buffer.from(headers[header]?.replace('Signature ', '') ?? '', 'base64');
    return certificate.verify(root.publicKey) && verify('sha256', bytes, certificate.publicKey, signature);
  }

  private take(url: string, headers: Readonly<Record<string, string>>, bytes: Buffer): number {
    const received = { url, headers, bytes, event: JSON.parse(bytes.toString('utf8')) as Json };
    this.received.push(received);
    return this.answer(received);
  }
}

describe('delivering webhook events', () => {
  it('rule 27: a change is told, signed over the raw bytes, with the odd address and no business data', async () => {
    const rig = await Rig.open();
    const own = await rig.bench.create();
    await rig.settle();
    const [first] = rig.received;
    expect(first?.url).toBe('https://receiver.example/hook');
    expect(first?.event).toEqual({
      EventName: 'referral-created',
      ResourceUri: `https://api.partnercenter.microsoft.com/engagements/v1/referrals/${own.id}`,
      ResourceName: 'referral',
      AuditUri: null,
      ResourceChangeUtcDate: own.updatedDateTime.replace('Z', '+00:00')
    });
    expect(first?.bytes.toString()).not.toMatch(/[\n ]/);
    expect(first?.headers['x-ms-signature-algorithm']).toBe('rsa-sha256');
    expect(first && (await rig.genuine(first))).toBe(true);
    expect(Buffer.from(first?.headers['authorization']?.split(' ')[1] ?? '', 'base64')).toHaveLength(256);
  });

  it('rule 27: the signature comes in the header that the registration asks for', async () => {
    const rig = await Rig.open({ header: true });
    await rig.bench.create();
    await rig.settle();
    const [first] = rig.received;
    expect(first?.headers).not.toHaveProperty('authorization');
    expect(first && (await rig.genuine(first, 'x-ms-signature'))).toBe(true);
  });

  it('rule 27: ten attempts with growing pauses, then it is parked and every attempt is on record', async () => {
    const rig = await Rig.open();
    rig.answer = () => 503;
    await rig.bench.create();
    await rig.settle();
    expect(rig.received).toHaveLength(1);
    for (let minute = 0; minute < 400; minute += 1) {
      rig.bench.advance(MINUTE);
      await rig.settle();
    }
    expect(rig.received).toHaveLength(10);
    const [delivery] = (await rig.control('GET', '/webhooks/deliveries')) as Json[];
    expect([delivery.state, delivery.attempts.length, delivery.attempts[0].responseCode]).toEqual([
      'parked',
      10,
      '503'
    ]);
  });

  it('rule 27: a receiver that comes back gets what waited', async () => {
    const rig = await Rig.open();
    rig.answer = () => 500;
    await rig.bench.create();
    await rig.settle();
    rig.answer = () => 200;
    rig.bench.advance(MINUTE);
    await rig.settle();
    expect((await rig.control('GET', '/webhooks/deliveries'))[0]).toMatchObject({ state: 'delivered' });
  });

  it('rule 27: events that are not registered are not told', async () => {
    const rig = await Rig.open();
    await rig.call('GET', '');
    await rig.bench.call('PUT', REGISTRATION, {
      token: await rig.bench.center.issueAccessToken({ audience: AUDIENCE }),
      body: { WebhookUrl: 'https://receiver.example/hook', WebhookEvents: ['referral-updated'] }
    });
    const own = await rig.bench.create();
    await rig.bench.patch(own.id, [{ op: 'replace', path: '/details/dealValue', value: 60000 }]);
    await rig.settle();
    expect(rig.names()).toEqual(['referral-updated']);
  });

  it("rule 11: inviting Microsoft tells of a related referral, and so do Microsoft's answers", async () => {
    const rig = await Rig.open();
    const [own] = await rig.bench.createPair();
    await rig.control('POST', '/microsoft/accept', { id: own.id });
    await rig.settle();
    expect(rig.names()).toEqual([
      'referral-created',
      'related-referral-created',
      'related-referral-updated',
      'referral-updated'
    ]);
  });

  it('rule 29: an expiry is told', async () => {
    const rig = await Rig.open();
    await rig.control('POST', '/microsoft/send', incoming);
    await rig.settle();
    rig.bench.advance(15 * 24 * 60 * MINUTE);
    await rig.settle();
    expect(rig.names()).toContain('referral-updated');
  });

  it('rule 30: a lead that Microsoft sends is told', async () => {
    const rig = await Rig.open();
    await rig.control('POST', '/microsoft/send', incoming);
    await rig.settle();
    expect(rig.names()).toEqual(['referral-created']);
  });

  it('rule 28: duplicates, the wrong order, losses and delays on demand', async () => {
    const rig = await Rig.open();
    for (const mischief of [{ kind: 'duplicate' }, { kind: 'reorder' }, { kind: 'drop' }, { kind: 'delay' }])
      await rig.control('POST', '/webhooks/mischief', mischief);
    const own = await rig.bench.create();
    const change = async (value: number): Promise<void> => {
      await rig.bench.patch(own.id, [{ op: 'replace', path: '/details/dealValue', value }]);
      await rig.settle();
    };
    await rig.settle();
    expect(rig.received).toHaveLength(2);
    await change(1);
    expect(rig.received).toHaveLength(2);
    await change(2);
    expect(rig.received).toHaveLength(3);
    await change(3);
    expect(rig.received).toHaveLength(3);
    rig.bench.advance(MINUTE);
    await rig.settle();
    expect(rig.received).toHaveLength(4);
  });

  it.each<[string, (rig: Rig, received: Received) => Promise<boolean> | boolean]>([
    ['tamper', async (rig, received) => !(await rig.genuine(received))],
    ['wrongSignature', async (rig, received) => !(await rig.genuine(received))],
    ['untrustedCertificate', async (rig, received) => !(await rig.genuine(received))],
    ['unsigned', (_rig, { headers }) => headers['authorization'] === undefined],
    ['strangeCertificateHost', (_rig, { headers }) => headers['x-ms-certificate-url']?.includes('.example/') === true],
    ['expiredCertificate', (_rig, { headers }) => headers['x-ms-certificate-url']?.endsWith('/expired.cer') === true],
    ['wrongSubject', (_rig, { headers }) => headers['x-ms-certificate-url']?.endsWith('/wrong-subject.cer') === true]
  ])('rule 28: a forged delivery on demand: %s', async (kind, isForged) => {
    const rig = await Rig.open();
    await rig.control('POST', '/webhooks/mischief', { kind });
    await rig.bench.create();
    await rig.settle();
    const [first] = rig.received;
    expect(first && (await isForged(rig, first))).toBe(true);
  });

  it('rule 28: an outage of the delivery holds everything back', async () => {
    const rig = await Rig.open();
    await rig.control('POST', '/webhooks/pause');
    await rig.bench.create();
    await rig.settle();
    expect(rig.received).toHaveLength(0);
    await rig.control('POST', '/webhooks/resume');
    await rig.settle();
    expect(rig.received).toHaveLength(1);
  });
});

describe('validation events', () => {
  it('rule 26: a test event is delivered and its attempts are kept for seven days', async () => {
    const rig = await Rig.open();
    const { correlationId } = (await rig.call('POST', '/validationEvents')).body;
    await rig.settle();
    expect(rig.names()).toEqual(['test-created']);
    const path = `/validationEvents/${correlationId}`;
    expect((await rig.call('GET', path)).body).toMatchObject({
      correlationId,
      status: 'completed',
      callbackUrl: 'https://receiver.example/hook',
      results: [{ responseCode: '200', systemError: false }]
    });
    rig.bench.advance(7 * 24 * 60 * MINUTE + 1_000);
    const token = await rig.bench.center.issueAccessToken({ audience: AUDIENCE });
    expect((await rig.bench.call('GET', `${REGISTRATION}${path}`, { token })).status).toBe(404);
  });

  it('rule 26: two tests in a minute, the third waits', async () => {
    const rig = await Rig.open();
    for (const status of [200, 200, 429]) expect((await rig.call('POST', '/validationEvents')).status).toBe(status);
    rig.bench.advance(MINUTE);
    expect((await rig.call('POST', '/validationEvents')).status).toBe(200);
  });

  it('rule 26: without a registration for test-created there is no test', async () => {
    const rig = await Rig.open();
    await rig.bench.call('PUT', REGISTRATION, {
      token: await rig.bench.center.issueAccessToken({ audience: AUDIENCE }),
      body: { WebhookUrl: 'https://receiver.example/hook', WebhookEvents: ['referral-created'] }
    });
    expect((await rig.call('POST', '/validationEvents')).status).toBe(400);
  });
});

const incoming = {
  kind: 'lead',
  name: 'Cold store',
  customerName: 'Fabrikam',
  city: 'Utrecht',
  country: 'NL',
  dealValue: 30000,
  currency: 'EUR',
  closingDateTime: '2026-06-30T00:00:00Z'
};
