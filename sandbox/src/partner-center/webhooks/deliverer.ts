import type { World } from '../core/world.js';
import type { KeptValues } from '../store/database.js';
import type { WebhookAuthority } from './authority.js';
import type { Attempt, Delivery, DeliveryStore } from './delivery-store.js';
import type { WebhookEvent } from './event-body.js';
import { referralEvent } from './event-body.js';
import type { Mischief, MischiefPlan } from './mischief.js';
import type { WebhookRegistration } from './registration.js';

/** Sends one request to a receiver; throws when no answer comes. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: Buffer) => Promise<number>;

/** Partner Center gives up after ten attempts; the pauses are not published and are our choice (seconds). */
const PAUSES_S = [10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600] as const;
const ATTEMPTS = PAUSES_S.length + 1;
const TIMEOUT_MS = 10_000;

export const postOverHttp: Post = async (url, headers, body) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS)
  });
  await answer.arrayBuffer();
  return answer.status;
};

export interface DelivererParts {
  world: World;
  kept: KeptValues;
  store: DeliveryStore;
  authority: WebhookAuthority;
  mischief: MischiefPlan;
  post: Post;
}

/** Brings events to the registered receivers: at least once, in no promised order. */
export class Deliverer {
  /** Where the certificates can be fetched; known once the stand-in listens. */
  public certificateBase = 'http://127.0.0.1:0';
  private paused = false;
  private closed = false;
  private readonly inFlight = new Map<number, Promise<void>>();
  private held: Delivery[] = [];

  public constructor(private readonly parts: DelivererParts) {
    parts.world.store.onChange((events) => {
      for (const event of events) this.announce(event.organization, referralEvent(event));
      void this.pump();
    });
  }

  /** An outage of the delivery: events wait, and go out when it is over. */
  public pause(paused: boolean): void {
    this.paused = paused;
    if (!paused) void this.pump();
  }

  public test(registration: WebhookRegistration, event: WebhookEvent, correlationId: string): void {
    this.add(registration, event, correlationId);
    void this.pump();
  }

  /** What is under way ends unrecorded and is sent again after the next start. */
  public close(): void {
    this.closed = true;
  }

  /** Sends what is due. Resolves when every attempt under way is over. */
  public async pump(): Promise<void> {
    if (this.paused || this.closed) return;
    for (const delivery of this.parts.store.due(this.parts.world.clock.now())) {
      if (!this.inFlight.has(delivery.seq)) this.inFlight.set(delivery.seq, this.attempt(delivery));
    }
    await Promise.all(this.inFlight.values());
  }

  private announce(organization: string, event: WebhookEvent): void {
    const registration = this.parts.kept.get('webhook-registration', organization) as WebhookRegistration | undefined;
    if (registration?.WebhookEvents.includes(event.EventName)) this.add(registration, event, null);
  }

  private add(registration: WebhookRegistration, event: WebhookEvent, correlationId: string | null): void {
    const { store, world, mischief } = this.parts;
    const planned = mischief.take();
    const { drop = false, afterNext = false, delayMs = 0, again = 0 } = planned?.mischief ?? {};
    const now = world.clock.now();
    const delivery = {
      event,
      url: registration.WebhookUrl,
      msSignatureHeader: registration.signatureTokenToMsSignatureHeader,
      state: drop ? ('dropped' as const) : ('waiting' as const),
      nextAt: now + (afterNext ? ONLY_AFTER_NEXT_MS : delayMs),
      attempts: [],
      correlationId,
      mischief: planned ? { ...planned.mischief, kind: planned.kind } : null
    };
    const added = Array.from({ length: again + 1 }, () => store.add(delivery));
    for (const held of this.held.splice(0)) store.update({ ...held, nextAt: now });
    if (afterNext) this.held.push(...added);
  }

  private async attempt(delivery: Delivery): Promise<void> {
    try {
      const result = await this.send(delivery);
      if (this.closed) return;
      const attempts = [...delivery.attempts, result.attempt];
      const pause = PAUSES_S[attempts.length - 1];
      const state = result.delivered ? 'delivered' : attempts.length >= ATTEMPTS ? 'parked' : 'waiting';
      const nextAt = this.parts.world.clock.now() + (pause ?? 0) * 1_000;
      this.parts.store.update({ ...delivery, attempts, state, nextAt });
    } finally {
      this.inFlight.delete(delivery.seq);
    }
  }

  private async send(delivery: Delivery): Promise<{ delivered: boolean; attempt: Attempt }> {
    const signed = Buffer.from(JSON.stringify(delivery.event));
    const { mischief } = delivery;
    const body = mischief?.tamper ? Buffer.from(JSON.stringify({ ...delivery.event, AuditUri: 'changed' })) : signed;
    const dateTimeUtc = new Date(this.parts.world.clock.now()).toISOString();
    try {
      const status = await this.parts.post(delivery.url, await this.headers(delivery, signed, mischief ?? {}), body);
      const delivered = status >= 200 && status < 300;
      const responseMessage = delivered ? 'Delivered' : 'Refused by the receiver';
      return {
        delivered,
        attempt: { responseCode: String(status), responseMessage, systemError: false, dateTimeUtc }
      };
    } catch (error) {
      const responseMessage = error instanceof Error ? error.message : String(error);
      return { delivered: false, attempt: { responseCode: '', responseMessage, systemError: true, dateTimeUtc } };
    }
  }

  /** Partner Center: webhooks, "Event authentication". */
  private async headers(delivery: Delivery, body: Buffer, mischief: Mischief): Promise<Record<string, string>> {
    const { signature, certificate = 'dispatch', certificateHost } = mischief;
    const base = certificateHost === undefined ? this.certificateBase : `https://${certificateHost}`;
    const value = await this.parts.authority.sign(signature === 'wrong' ? Buffer.from('something else') : body);
    const header = delivery.msSignatureHeader ? 'x-ms-signature' : 'authorization';
    return {
      'content-type': 'application/json; charset=utf-8',
      'x-ms-certificate-url': `${base}/certificates/${certificate}.cer`,
      'x-ms-signature-algorithm': 'rsa-sha256',
      ...(signature === 'none' ? {} : { [header]: `Signature ${value}` })
    };
  }
}

/** Held back until another event of the tenant comes, at the latest for a day. */
const ONLY_AFTER_NEXT_MS = 86_400_000;
