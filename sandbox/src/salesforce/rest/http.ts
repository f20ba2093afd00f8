import type { RouteContext } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError, type ApiRequest } from '../core/transport.js';

export const DATA = String.raw`^/services/data/v(\d+\.\d)`;

/** The core's own routes run on the org that `openOrg` made, which has more than the contract of the modules says. */
export function handleOf(context: RouteContext): OrgHandle {
  return context.org as OrgHandle;
}

/** Scheme and host as the caller wrote them; links of answers that must be absolute use it. */
export function baseUrl(request: ApiRequest): string {
  return `http://${request.headers['host'] ?? 'localhost'}`;
}

/** JSON body of a request. Throws JSON_PARSER_ERROR, and 415 for another content type. */
export function readJson(request: ApiRequest): unknown {
  const type = request.headers['content-type'];
  if (type !== undefined && !/json/i.test(type)) {
    throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type of request not supported');
  }
  const text = request.body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const reason = text.trim() === '' ? 'No content to map to Object due to end of input' : 'Unexpected character';
    throw new ApiError(400, 'JSON_PARSER_ERROR', `${reason} at [line:1, column:1]`);
  }
}

export function readObject(request: ApiRequest): Record<string, unknown> {
  return requireObject(readJson(request));
}

export function requireObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required to be a JSON object at [line:1, column:1]'
    );
  }
  return value as Record<string, unknown>;
}

/** `?ids=a,b` and the like. */
export function listParameter(request: ApiRequest, name: string): string[] {
  return (request.query.get(name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** An HTTP date header; undefined when absent or not a date, which HTTP says to ignore. */
export function dateHeader(request: ApiRequest, name: string): Date | undefined {
  const value = request.headers[name];
  const date = value === undefined ? undefined : new Date(value);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
