import { randomUUID } from 'node:crypto';
import type { ServiceError } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';

/** Codes that the service puts into the trailing metadata, with their gRPC status (Pub/Sub API guide, "Handle Errors"). */
const failures = {
  'service.auth.error': [
    status.UNAUTHENTICATED,
    'An authentication exception occurred. Provide valid authentication via metadata headers.'
  ],
  'service.auth.headers.invalid': [
    status.UNAUTHENTICATED,
    'An authentication header is missing or has an invalid value. Provide accesstoken, instanceurl and tenantid.'
  ],
  'service.unavailable': [status.UNAVAILABLE, 'The Pub/Sub API service is unavailable.'],
  'topic.validation.empty': [status.INVALID_ARGUMENT, 'The topic name is empty.'],
  'topic.not.found': [status.NOT_FOUND, 'The topic does not exist.'],
  'topic.meta.permission': [status.PERMISSION_DENIED, 'The user has no access to the topic.'],
  'schema.validation.failed': [status.INVALID_ARGUMENT, 'The schema ID is empty.'],
  'schema.meta.permission': [status.NOT_FOUND, 'There is no schema with this ID, or the user has no access to it.'],
  'subscription.topic.cannot.subscribe': [
    status.PERMISSION_DENIED,
    'The user does not have the permission to subscribe to the topic.'
  ],
  'subscription.fetch.requested.events.invalid': [
    status.INVALID_ARGUMENT,
    'The number of requested events must be greater than zero.'
  ],
  'subscription.fetch.topic.mismatch': [
    status.INVALID_ARGUMENT,
    'The topic name differs from the one of the first request of this stream.'
  ],
  'subscription.fetch.replayid.validation.failed': [
    status.INVALID_ARGUMENT,
    'A replay ID is required when the replay preset is CUSTOM.'
  ],
  'subscription.fetch.replayid.corrupted': [
    status.INVALID_ARGUMENT,
    'The replay ID is invalid. Make sure that it refers to an event within the retention window.'
  ],
  'subscription.internal.error': [status.INTERNAL, 'An internal error occurred in the subscription.']
} as const satisfies Record<string, readonly [status, string]>;

export type FailureName = keyof typeof failures;

/** The error that ends a call: its code and the id of the call are in the trailing metadata, the id in the message too. */
export function failure(name: FailureName): ServiceError {
  const [code, text] = failures[name];
  const rpcId = randomUUID();
  const metadata = new Metadata();
  metadata.set('error-code', `sfdc.platform.eventbus.grpc.${name}`);
  metadata.set('rpc-id', rpcId);
  const details = `${text} rpcId: ${rpcId}`;
  return Object.assign(new Error(details), { code, details, metadata });
}
