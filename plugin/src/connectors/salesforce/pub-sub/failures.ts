import type { ServiceError } from '@grpc/grpc-js';
import { CosellError } from '../../../ports/errors.js';

/** What to do after a subscription ended. */
export type Remedy =
  /** Ask for a fresh access token and subscribe again. */
  | 'renew'
  /** Subscribe again without the replay id. */
  | 'restart'
  | 'retry'
  /** Nothing helps until a person acts; try rarely. */
  | 'wait';

const COMMON = 'sfdc.platform.eventbus.grpc.';

/** Pub/Sub API guide, "Handle Errors": the code in the trailing metadata says more than the gRPC status. */
const byCode: Readonly<Record<string, Remedy>> = {
  'service.auth.error': 'renew',
  'service.auth.headers.invalid': 'wait',
  'service.tenant.license': 'wait',
  'concurrent.client.limit.exceeded': 'wait',
  'subscription.limit.exceeded': 'wait',
  'subscription.fetch.replayid.corrupted': 'restart',
  'subscription.fetch.replayid.validation.failed': 'restart',
  'subscription.fetch.replay.repeated': 'retry',
  'topic.api.unavailable': 'retry'
};

/** gRPC status codes by number (gRPC, "Status codes and their use"). */
const statuses: Readonly<Record<number, { name: string; remedy: Remedy }>> = {
  1: { name: 'CANCELLED', remedy: 'retry' },
  3: { name: 'INVALID_ARGUMENT', remedy: 'wait' },
  4: { name: 'DEADLINE_EXCEEDED', remedy: 'retry' },
  5: { name: 'NOT_FOUND', remedy: 'wait' },
  7: { name: 'PERMISSION_DENIED', remedy: 'wait' },
  8: { name: 'RESOURCE_EXHAUSTED', remedy: 'wait' },
  12: { name: 'UNIMPLEMENTED', remedy: 'wait' },
  13: { name: 'INTERNAL', remedy: 'retry' },
  14: { name: 'UNAVAILABLE', remedy: 'retry' },
  16: { name: 'UNAUTHENTICATED', remedy: 'renew' }
};

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'metadata' in error && typeof (error as ServiceError).code === 'number';
}

/** Classifies what ended a subscription; unknown errors are tried again. */
export function judge(error: unknown): { code: string; remedy: Remedy } {
  if (error instanceof CosellError) return { code: error.code, remedy: 'wait' };
  if (!isServiceError(error)) return { code: 'INTERNAL', remedy: 'retry' };
  const [trailer] = error.metadata.get('error-code');
  const own = String(trailer ?? '').replace(COMMON, '');
  const status = statuses[error.code];
  const remedy = byCode[own] ?? status?.remedy ?? 'retry';
  return { code: own === '' ? (status?.name ?? `GRPC_${error.code}`) : own, remedy };
}
