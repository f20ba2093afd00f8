import type { Route, RouteContext } from '../core/contract.js';
import { errorResponse } from '../core/dispatcher.js';
import { ApiError, type ApiRequest, type ApiResponse } from '../core/transport.js';
import { splitUrl } from '../http-transport.js';
import { fillReferences, fillText } from './composite-references.js';
import { DATA, handleOf, readObject, requireObject } from './http.js';
import { RollBack } from './save-results.js';

/** REST API guide, Composite: sub-requests, and how many of them may be queries or collections. */
const MAX_PARTS = 25;
const MAX_HEAVY_PARTS = 5;
const HEAVY = /\/(query|queryAll|composite\/sobjects)(\/|\?|$)/;

export interface Part {
  method: ApiRequest['method'];
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders: Readonly<Record<string, string>>;
}

export interface PartAnswer {
  body: unknown;
  httpHeaders: Readonly<Record<string, string>>;
  httpStatusCode: number;
  referenceId: string;
}

/** POST composite: up to 25 calls in one, each may use what earlier ones answered. */
export const compositeRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/composite/?$`),
    handle: (context) => {
      const body = readObject(context.request);
      const parts = readParts(body['compositeRequest']);
      return { status: 200, body: { compositeResponse: runParts(context, parts, body['allOrNone'] === true) } };
    }
  },
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/composite/batch/?$`),
    handle: (context) => runBatch(context)
  }
];

function readParts(value: unknown): Part[] {
  if (!Array.isArray(value))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be a list at [line:1, column:1]');
  if (value.length > MAX_PARTS) throw tooMany(`Max number of subrequests is ${String(MAX_PARTS)}`);
  const parts = value.map((each) => readPart(requireObject(each)));
  const heavy = parts.filter((part) => HEAVY.test(part.url));
  if (heavy.length > MAX_HEAVY_PARTS)
    throw tooMany(`Max number of query and collections subrequests is ${String(MAX_HEAVY_PARTS)}`);
  requireDistinct(parts);
  return parts;
}

export function requireDistinct(parts: readonly Part[]): void {
  const ids = parts.map((part) => part.referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new ApiError(400, 'INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${twice}`);
}

export function readPart({ method, url, referenceId, body, httpHeaders }: Record<string, unknown>): Part {
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'method and url are required in a subrequest');
  }
  if (typeof referenceId !== 'string' || !/^[A-Za-z]\w*$/.test(referenceId)) {
    throw new ApiError(
      400,
      'INVALID_INPUT',
      `Provided referenceId ('${String(referenceId)}') must start with a letter or a number`
    );
  }
  const headers = (httpHeaders ?? {}) as Record<string, string>;
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: method.toUpperCase() as Part['method'],
    url,
    referenceId,
    httpHeaders: lowered,
    ...(body === undefined ? {} : { body })
  };
}

export function tooMany(message: string): ApiError {
  return new ApiError(400, 'LIMIT_EXCEEDED', message);
}

/** The parts in order; with `allOrNone` in one transaction, undone when a part fails. */
export function runParts(context: RouteContext, parts: readonly Part[], allOrNone: boolean): PartAnswer[] {
  if (!allOrNone) return runInOrder(context, parts, false);
  try {
    return context.org.data.transaction(context.session, () => runInOrder(context, parts, true));
  } catch (error) {
    if (error instanceof RollBack) return error.answer as PartAnswer[];
    throw error;
  }
}

function runInOrder(context: RouteContext, parts: readonly Part[], allOrNone: boolean): PartAnswer[] {
  const answers = new Map<string, unknown>();
  const results: PartAnswer[] = [];
  for (const part of parts) {
    const response = runPart(context, part, answers);
    const ok = response.status < 300;
    if (ok) answers.set(part.referenceId, response.body);
    results.push(toAnswer(part, response));
    if (!ok && allOrNone) throw new RollBack(rolledBack(parts, results));
  }
  return results;
}

function runPart(context: RouteContext, part: Part, answers: ReadonlyMap<string, unknown>): ApiResponse {
  try {
    const { path, query } = splitUrl(fillText(part.url, answers));
    const body = part.body === undefined ? '' : JSON.stringify(fillReferences(part.body, answers));
    const inherited = context.request.headers['host'];
    const headers = { ...(inherited === undefined ? {} : { host: inherited }), ...part.httpHeaders };
    return handleOf(context).dispatchPart(
      { method: part.method, path, query, headers, body: Buffer.from(body) },
      context.session
    );
  } catch (error) {
    return errorResponse(error);
  }
}

function toAnswer(part: Part, response: ApiResponse): PartAnswer {
  return {
    body: response.body ?? null,
    httpHeaders: shownHeaders(response),
    httpStatusCode: response.status,
    referenceId: part.referenceId
  };
}

/** Headers of a part that its answer carries, as the REST API guide writes them. */
const shown = { location: 'Location', etag: 'ETag', 'last-modified': 'Last-Modified' } as const;

function shownHeaders({ headers = {} }: ApiResponse): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shown).flatMap(([name, title]) => {
      const value = headers[name];
      return value === undefined ? [] : [[title, value]];
    })
  );
}

/** The part that failed keeps its error; all others say that they were undone or not tried. */
function rolledBack(parts: readonly Part[], results: readonly PartAnswer[]): PartAnswer[] {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  const failure = results[results.length - 1];
  return parts.map((part) => {
    if (part.referenceId === failure?.referenceId) return failure;
    return haltedAnswer(part, message);
  });
}

export function haltedAnswer({ referenceId }: Part, message: string): PartAnswer {
  return { body: [{ errorCode: 'PROCESSING_HALTED', message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

/** POST composite/batch: independent calls, each of which counts against the limit. */
function runBatch(context: RouteContext): ApiResponse {
  const { batchRequests, haltOnError } = readObject(context.request);
  if (!Array.isArray(batchRequests))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'batchRequests must be a list at [line:1, column:1]');
  if (batchRequests.length > MAX_PARTS) throw tooMany(`Max number of subrequests is ${String(MAX_PARTS)}`);
  let halted = false;
  const results = batchRequests.map((each, index) => {
    if (halted) {
      const body = [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }];
      return { statusCode: 412, result: body };
    }
    const { method, url, richInput } = requireObject(each);
    const target = String(url).replace(/^\/?(services\/data\/)?/, '/services/data/');
    const part = readPart({ method, url: target, body: richInput, referenceId: `part${String(index)}` });
    if (index > 0) handleOf(context).usage.count();
    const response = runPart(context, part, new Map());
    halted = haltOnError === true && response.status >= 400;
    return { statusCode: response.status, result: response.body ?? null };
  });
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
}
