import type { JsonObject, JsonValue } from '../../../ports/json.js';

/** Where the events of a tenant go. */
export interface Registration {
  url: string;
  events: string[];
  subscriberId: string;
  /** ISO 8601; empty when the service does not say. */
  changedAt: string;
}

/** One attempt to deliver a test event. */
export interface TestAttempt {
  /** Status that the receiver answered with; empty when no answer came. */
  responseCode: string;
  responseMessage: string;
  /** The trouble was on Microsoft's side or on the way. */
  systemError: boolean;
  /** ISO 8601 UTC. */
  at: string;
}

export interface TestResult {
  correlationId: string;
  status: string;
  url: string;
  attempts: TestAttempt[];
}

/** The four events that say that a referral of ours, or one in the same engagement, changed (Partner Center: webhook events). */
export const REFERRAL_EVENTS = [
  'referral-created',
  'referral-updated',
  'related-referral-created',
  'related-referral-updated'
] as const;
/** Without it no test event can be sent. */
export const TEST_EVENT = 'test-created';

/** Members come in Pascal case on the pages and in camel case in the contract. */
function member(object: JsonObject, name: string): JsonValue | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

const asObject = (json: JsonValue | undefined): JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
const asText = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const asList = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

export function registrationOf(json: JsonValue): Registration {
  const found = asObject(json);
  return {
    url: asText(member(found, 'webhookUrl')),
    events: asList(member(found, 'webhookEvents')).map(asText),
    subscriberId: asText(member(found, 'subscriberId')),
    changedAt: asText(member(found, 'lastModifiedTimestamp'))
  };
}

export function testResultOf(json: JsonValue): TestResult {
  const found = asObject(json);
  return {
    correlationId: asText(member(found, 'correlationId')),
    status: asText(member(found, 'status')),
    url: asText(member(found, 'callbackUrl')),
    attempts: asList(member(found, 'results')).map((entry) => {
      const attempt = asObject(entry);
      return {
        responseCode: asText(member(attempt, 'responseCode')),
        responseMessage: asText(member(attempt, 'responseMessage')),
        systemError: member(attempt, 'systemError') === true,
        at: asText(member(attempt, 'dateTimeUtc'))
      };
    })
  };
}
