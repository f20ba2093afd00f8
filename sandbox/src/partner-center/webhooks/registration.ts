import { PartnerApiError } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import { newId } from '../core/world.js';
import { bind } from '../referrals/bind.js';
import { flag, list, object, text } from '../referrals/shape.js';
import type { KeptValues } from '../store/database.js';

/** Events of referrals, and the one that tests a registration (Partner Center: webhook events). */
export const EVENT_NAMES = [
  'referral-created',
  'referral-updated',
  'related-referral-created',
  'related-referral-updated',
  'test-created'
] as const;

/** As the documentation prints it: some names in Pascal case, some not. */
export interface WebhookRegistration {
  SubscriberId: string;
  WebhookUrl: string;
  WebhookEvents: string[];
  signatureTokenToMsSignatureHeader: boolean;
  /** ISO 8601 UTC. */
  lastModifiedTimestamp: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const registrationShape = object({
  WebhookUrl: text,
  WebhookEvents: list(text),
  signatureTokenToMsSignatureHeader: flag
});

/** Registrations by tenant: one URL each, whoever asks last owns the events. */
export class WebhookRegistrations {
  public constructor(
    private readonly kept: KeptValues,
    private readonly world: World
  ) {}

  public get(caller: Caller): WebhookRegistration {
    const found = this.find(caller);
    if (found) return found;
    throw new PartnerApiError(404, 404, 'No registration exists for the tenant.');
  }

  /** 409 when the tenant has one: it is changed with PUT. */
  public create(caller: Caller, body: unknown): WebhookRegistration {
    if (this.find(caller)) {
      throw new PartnerApiError(409, 409, 'A registration exists for the tenant. Use PUT to change it.');
    }
    return this.store(caller, newId(), body);
  }

  public replace(caller: Caller, body: unknown): WebhookRegistration {
    return this.store(caller, this.get(caller).SubscriberId, body);
  }

  private find(caller: Caller): WebhookRegistration | undefined {
    return this.kept.get('webhook-registration', caller.organization.id) as WebhookRegistration | undefined;
  }

  private store(caller: Caller, subscriberId: string, body: unknown): WebhookRegistration {
    const sent = bind(registrationShape, body);
    const registration: WebhookRegistration = {
      SubscriberId: subscriberId,
      WebhookUrl: checkedUrl(sent.WebhookUrl),
      WebhookEvents: checkedEvents(sent.WebhookEvents),
      signatureTokenToMsSignatureHeader: sent.signatureTokenToMsSignatureHeader ?? false,
      lastModifiedTimestamp: new Date(this.world.clock.now()).toISOString()
    };
    this.kept.set('webhook-registration', caller.organization.id, registration);
    return registration;
  }
}

/** https, or a receiver on this machine. */
function checkedUrl(url: string | null): string {
  if (url !== null && URL.canParse(url)) {
    const { protocol, hostname } = new URL(url);
    if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) return url;
  }
  throw new PartnerApiError(400, 400, 'The property WebhookUrl must be an https address.');
}

function checkedEvents(names: readonly (string | null)[]): string[] {
  const events = names.map((name) => EVENT_NAMES.find((known) => known === name));
  const known = events.filter((name) => name !== undefined);
  if (known.length > 0 && known.length === events.length) return [...new Set(known)];
  throw new PartnerApiError(400, 400, 'The property WebhookEvents must name supported events.');
}
