import type { Metadata } from '@grpc/grpc-js';
import type { Session } from '../core/contract.js';
import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError } from '../core/transport.js';
import { failure } from './failures.js';

function header(metadata: Metadata, name: string): string {
  const [value] = metadata.get(name);
  if (typeof value !== 'string' || value.trim() === '') throw failure('service.auth.headers.invalid');
  return value.trim();
}

/** `localhost` and `127.0.0.1` are one host here; the protocol says nothing about the org. */
function hostOf(address: string): string | undefined {
  return /^https?:\/\/([^/?#]+)\/?$/.exec(address)?.[1]?.replace(/^localhost(?=:|$)/, '127.0.0.1');
}

/**
 * The session of a call, from the metadata headers `accesstoken`, `instanceurl` and `tenantid` (Pub/Sub API guide,
 * "Authentication"). Throws the error to end the call with.
 * @param instanceUrl address of the org's API
 */
export function signedIn(org: OrgHandle, metadata: Metadata, instanceUrl: string): Session {
  const token = header(metadata, 'accesstoken');
  const host = hostOf(header(metadata, 'instanceurl'));
  const tenant = normalizeId(header(metadata, 'tenantid'));
  if (host === undefined || tenant === undefined) throw failure('service.auth.headers.invalid');
  if (host !== hostOf(instanceUrl) || tenant !== normalizeId(org.id)) throw failure('service.auth.error');
  try {
    return org.session(token);
  } catch (error) {
    if (error instanceof ApiError) throw failure('service.auth.error');
    throw error;
  }
}
