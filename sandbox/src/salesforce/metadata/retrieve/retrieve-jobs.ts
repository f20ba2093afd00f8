import type { Org } from '../../core/contract.js';
import { RequestFault } from '../deploy/options.js';
import { retrieve, type RetrieveRequest } from './retrieve.js';

interface StoredRequest {
  request: RetrieveRequest;
  singlePackage: boolean;
  version: string;
  checks: number;
}

/** Steps a client sees before the result, one per status check. */
const visibleSteps = ['Pending', 'InProgress'] as const;

/** Accepts a retrieve; the work is done when its result is first asked for. */
export function submitRetrieve(org: Org, asked: Omit<StoredRequest, 'checks'>): string {
  const id = org.newId('09S');
  put(org, id, { ...asked, checks: 0 });
  return id;
}

/**
 * A RetrieveResult (Metadata API Developer Guide), with the archive once it is done.
 *
 * @throws RequestFault INVALID_CROSS_REFERENCE_KEY for an unknown id
 */
export function checkRetrieve(org: Org, id: string, includeZip: boolean): Record<string, unknown> {
  const stored = org.documents('metadata').get(keyOf(id));
  if (!stored) {
    throw new RequestFault('INVALID_CROSS_REFERENCE_KEY', 'INVALID_CROSS_REFERENCE_KEY: invalid cross reference id');
  }
  const asked = JSON.parse(stored.toString('utf8')) as StoredRequest;
  put(org, id, { ...asked, checks: asked.checks + 1 });
  const step = visibleSteps[asked.checks];
  if (step) return { done: false, id, status: step, success: false };
  const { fileProperties, messages, zip } = retrieve(org, asked.request, asked.singlePackage, asked.version);
  return {
    done: true,
    fileProperties,
    id,
    messages,
    status: 'Succeeded',
    success: true,
    ...(includeZip ? { zipFile: zip.toString('base64') } : {})
  };
}

function put(org: Org, id: string, request: StoredRequest): void {
  org.documents('metadata').set(keyOf(id), Buffer.from(JSON.stringify(request)));
}

function keyOf(id: string): string {
  return `retrieve/${id.slice(0, 15)}`;
}
