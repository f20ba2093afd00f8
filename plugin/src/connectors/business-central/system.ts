import type { RetryPolicy } from '../http/retry.js';
import { defaultRetryPolicy } from '../http/retry.js';

export const system = 'business-central';
export const label = 'Business Central';

/** Scheme and host of the service in Microsoft's cloud; web-service access keys are not accepted there since October 2022. */
export const onlineUrl = 'https://api.businesscentral.dynamics.com';
/** Where people open records. */
export const webClientUrl = 'https://businesscentral.dynamics.com';
/** Audience of access tokens (Business Central: service-to-service authentication). */
export const audience = 'https://api.businesscentral.dynamics.com';

/** What the service allows each user (Business Central: operational limits). */
export const limits = {
  /** Requests that run at the same time; further ones wait in the service's own queue. */
  running: 5,
  /** Operations in a `$batch`; one more is answered with 500. */
  batchParts: 100,
  /** Rows of a page. */
  pageRows: 20_000,
  /** Milliseconds that a subscription lives. */
  subscriptionMs: 3 * 86_400_000,
  /** Characters of `clientState`. */
  clientState: 2048,
  /** Milliseconds until an operation is cancelled with 408. */
  operationMs: 480_000
} as const;

/** Also 408: an operation that ran for eight minutes is cancelled and rolled back (Business Central: operational limits). */
export const retryPolicy: RetryPolicy = { ...defaultRetryPolicy, statuses: [...defaultRetryPolicy.statuses, 408] };
