import { createHash } from 'node:crypto';
import type { RouteContext } from '../core/contract.js';
import { readRow } from '../core/save/rows.js';
import { ApiError, type ApiRequest } from '../core/transport.js';
import { dateHeader, handleOf } from './http.js';

/** What conditional headers are compared with; only Account rows have an entity tag (REST API guide, Conditional Request Headers). */
export interface ResourceState {
  modified: Date;
  etag?: string;
}

const TAG_LIST = /^\s*(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)\s*$/;
const datedHeader = 'if-unmodified-since';
const tagHeaders = ['if-match', 'if-none-match'] as const;

/** State of a record as it is stored. Throws NOT_FOUND and its kin as a read does. */
export function recordState(context: RouteContext, object: string, id: string): ResourceState {
  const org = handleOf(context);
  const stamps = org.data.retrieve(context.session, object, id, ['Id', 'LastModifiedDate']);
  const modified = new Date(String(stamps['LastModifiedDate']).replace('+0000', 'Z'));
  const schema = org.schema.object(object);
  if (schema?.name !== 'Account') return { modified };
  const row = readRow(org.engine.database, schema, String(stamps['Id']));
  // A hash of the content: unlike the instants it tells two changes of one second apart.
  return { modified, etag: `"${createHash('sha1').update(JSON.stringify(row)).digest('base64')}"` };
}

export function stateHeaders({ modified, etag }: ResourceState): Record<string, string> {
  return { 'last-modified': modified.toUTCString(), ...(etag === undefined ? {} : { etag }) };
}

/**
 * Looks at the conditions of a read: true when the caller's copy is current (304). A condition in dates counts only without one in
 * tags (RFC 9110, 13.2.2). Throws PRECONDITION_FAILED (412).
 */
export function isNotModified(request: ApiRequest, state: ResourceState): boolean {
  requireUnchanged(request, state);
  const known = tagsOf(request, 'if-none-match', state);
  if (known !== undefined) return matches(known, state.etag, 'weak');
  const since = dateHeader(request, 'if-modified-since');
  return since !== undefined && state.modified.getTime() <= since.getTime();
}

/** Looks at the conditions of a PATCH before anything is written. Throws PRECONDITION_FAILED (412). */
export function requireWritable(request: ApiRequest, state: ResourceState): void {
  requireUnchanged(request, state);
  const known = tagsOf(request, 'if-none-match', state);
  if (known !== undefined && matches(known, state.etag, 'weak')) throw preconditionFailed('If-None-Match');
}

/** A header value that cannot be read is refused on PATCH and POST, and ignored on other methods. */
export function requireReadable(request: ApiRequest): void {
  const dated = request.headers[datedHeader];
  const wrong =
    dated !== undefined && dateHeader(request, datedHeader) === undefined
      ? datedHeader
      : tagHeaders.find((name) => request.headers[name] !== undefined && !TAG_LIST.test(request.headers[name]));
  if (wrong === undefined) return;
  throw new ApiError(400, 'INVALID_INPUT', `The value of the ${wrong} header is not valid.`);
}

function requireUnchanged(request: ApiRequest, state: ResourceState): void {
  const wanted = tagsOf(request, 'if-match', state);
  if (wanted !== undefined) {
    if (!matches(wanted, state.etag, 'strong')) throw preconditionFailed('If-Match');
    return;
  }
  const since = dateHeader(request, datedHeader);
  if (since !== undefined && state.modified.getTime() > since.getTime())
    throw preconditionFailed('If-Unmodified-Since');
}

/** Tags of a header that counts for this resource; undefined when it is absent, unreadable, or the resource has no tag. */
function tagsOf(request: ApiRequest, name: (typeof tagHeaders)[number], state: ResourceState): string[] | undefined {
  const value = request.headers[name];
  if (value === undefined || state.etag === undefined || !TAG_LIST.test(value)) return undefined;
  return value.trim() === '*' ? ['*'] : [...value.matchAll(/(?:W\/)?"[^"]*"/g)].map(([tag]) => tag);
}

/** Tags of compressed answers end in `-gzip`, with the same content behind them. */
function matches(tags: readonly string[], etag: string | undefined, comparison: 'strong' | 'weak'): boolean {
  return tags.some((tag) => {
    const compared = comparison === 'weak' ? tag.replace(/^W\//, '') : tag;
    return compared === '*' || compared.replace(/-gzip"$/, '"') === etag;
  });
}

function preconditionFailed(header: string): ApiError {
  return new ApiError(412, 'PRECONDITION_FAILED', `The record does not meet the condition of the ${header} header.`);
}
