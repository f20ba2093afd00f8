import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { request as call } from 'undici';
import { Refusal } from './guard.js';

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
const requestHeaders = ['content-type', 'accept', 'if-modified-since', 'if-unmodified-since', 'if-match'];
const responseHeaders = ['content-type', 'etag', 'last-modified', 'sforce-limit-info', 'retry-after'];

/** Passes an API call on in the chosen user's name; the browser never holds a token, and its cookies stay here. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  salesforceUrl: string,
  accessToken: string
): Promise<void> {
  const method = methods.find((name) => name === request.method);
  if (!method) throw new Refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${request.method ?? ''}' not allowed.`);
  const answer = await call(salesforceUrl + (request.url ?? ''), {
    method,
    headers: { ...pick(request.headers, requestHeaders), authorization: `Bearer ${accessToken}` },
    body: method === 'GET' ? null : request
  });
  response.writeHead(answer.statusCode, pick(answer.headers, responseHeaders));
  await pipeline(answer.body, response);
}

function pick(headers: NodeJS.Dict<string | string[]>, names: readonly string[]): Record<string, string> {
  const chosen = names.map((name) => [name, headers[name]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(chosen.map(([name, value]) => [name, [value].flat().join(', ')]));
}
