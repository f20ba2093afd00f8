import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiRequest, ApiResponse } from './core/transport.js';

/** Reads a request to its end. Throws URIError for a path that is not valid percent-encoding. */
export async function toApiRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const method = (incoming.method ?? 'GET') as ApiRequest['method'];
  return { method, ...splitUrl(incoming.url ?? '/'), headers, body: Buffer.concat(chunks) };
}

/**
 * Path and query of a request target. The sf CLI stores the instance URL with a slash at its end and so asks for
 * `//services/…`, which a URL parser would take for a host; leading slashes are collapsed before parsing.
 */
export function splitUrl(target: string): { path: string; query: URLSearchParams } {
  const [rawPath = '', ...rest] = target.replace(/^\/+/, '/').split('?');
  return { path: decodeURIComponent(rawPath), query: new URLSearchParams(rest.join('?')) };
}

export function writeResponse(outgoing: ServerResponse, response: ApiResponse, headOnly: boolean): void {
  const { status, headers = {}, body } = response;
  const isJson = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
  const content = isJson ? Buffer.from(JSON.stringify(body)) : Buffer.from(body ?? '');
  outgoing.writeHead(status, {
    ...(isJson ? { 'content-type': 'application/json;charset=UTF-8' } : {}),
    ...(status === 204 || status === 304 ? {} : { 'content-length': content.length }),
    ...headers
  });
  outgoing.end(headOnly || status === 204 || status === 304 ? undefined : content);
}
