import type { JsonObject, JsonValue } from '../../../ports/json.js';
import { WebhookRefusal } from './refusal.js';
import { REFERRAL_EVENTS } from './registration-shapes.js';

/** What an event says: look at this referral. */
export interface WebhookNotice {
  name: string;
  /** Last part of the resource's address. The address itself is never called: a forged one would get our token. */
  referralId: string;
  /** ISO 8601, as told. */
  changedAt: string;
}

const ID = /^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/;

/** Names come in Pascal case in the pages and in camel case in the contract. */
function text(event: JsonObject, name: string): string | undefined {
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  const value = event[name] ?? event[camel];
  return typeof value === 'string' && value.length <= 2_048 ? value : undefined;
}

function parse(bytes: Buffer): JsonObject {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as JsonValue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw new WebhookRefusal(400, 'EVENT_UNREADABLE');
}

/**
 * The notice in an event's body (Partner Center: webhook events); undefined for events that name no referral, as the test
 * event.
 * @throws WebhookRefusal 400 for a body that is no event
 */
export function noticeOf(bytes: Buffer): WebhookNotice | undefined {
  const event = parse(bytes);
  const name = text(event, 'EventName');
  if (name === undefined) throw new WebhookRefusal(400, 'EVENT_UNREADABLE');
  if (!(REFERRAL_EVENTS as readonly string[]).includes(name)) return undefined;
  const referralId = text(event, 'ResourceUri')?.split(/[?#]/)[0]?.split('/').at(-1);
  if (referralId === undefined || !ID.test(referralId)) throw new WebhookRefusal(400, 'EVENT_WITHOUT_REFERRAL');
  return { name, referralId, changedAt: text(event, 'ResourceChangeUtcDate') ?? '' };
}
