import type { ChangeEvent } from '../store/referral-store.js';

/** What is delivered: names and an address, no business data (Partner Center: webhook events). */
export interface WebhookEvent {
  EventName: string;
  /** Another host and path than those of the referrals API. */
  ResourceUri: string;
  ResourceName: 'referral' | 'test';
  AuditUri: null;
  /** With offset, up to 7 fraction digits. */
  ResourceChangeUtcDate: string;
}

const RESOURCES = 'https://api.partnercenter.microsoft.com/engagements/v1/referrals';

const withOffset = (instant: string): string => instant.replace(/Z$/, '+00:00');

export function referralEvent({ eventName, referralId, at }: Omit<ChangeEvent, 'seq'>): WebhookEvent {
  return {
    EventName: eventName,
    ResourceUri: `${RESOURCES}/${referralId}`,
    ResourceName: 'referral',
    AuditUri: null,
    ResourceChangeUtcDate: withOffset(at)
  };
}

export function testEvent(correlationId: string, at: string): WebhookEvent {
  return {
    EventName: 'test-created',
    ResourceUri: `https://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/${correlationId}`,
    ResourceName: 'test',
    AuditUri: null,
    ResourceChangeUtcDate: withOffset(at)
  };
}
