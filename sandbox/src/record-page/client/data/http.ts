import { bootstrap } from '../bootstrap.js';

/** What a component receives as `error`: the shape Lightning Data Service gives (ldsUtils' FetchResponse). */
export interface FetchError {
  ok: false;
  status: number;
  statusText: string;
  /** An array for reads, an object for writes and when there was no answer. */
  body: ErrorBody | readonly ErrorBody[];
}

export interface ErrorBody {
  errorCode?: string;
  message: string;
  statusCode?: number;
  enhancedErrorType?: string;
  output?: { errors: FieldError[]; fieldErrors: Record<string, FieldError[]> };
}

export interface FieldError {
  errorCode: string;
  field: string | null;
  fieldLabel: string | null;
  message: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const reads = new Map<string, Promise<unknown>>();

/** Path below the API version, for example `ui-api/records/006…`. Failures are thrown with an object as body. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const { response, parsed } = await send(method, path, body).finally(forgetReads);
  if (response.ok) return parsed as T;
  const first = Array.isArray(parsed) ? (parsed[0] as ErrorBody | undefined) : (parsed as ErrorBody | undefined);
  throw fetchError(response, { statusCode: response.status, ...(first ?? unexplained(response)) });
}

/**
 * Reads share one request while it is under way, however many wires ask. `body` is for reads that are sent as POST. Failures are thrown with
 * an array as body (LWC guide, "Handle Errors in Lightning Data Service").
 */
export function read<T>(path: string, body?: unknown): Promise<T> {
  const key = body === undefined ? path : `${path}\n${JSON.stringify(body)}`;
  const underWay = reads.get(key) as Promise<T> | undefined;
  if (underWay) return underWay;
  const request = readOnce<T>(path, body);
  reads.set(key, request);
  const forget = (): void => {
    if (reads.get(key) === request) reads.delete(key);
  };
  request.then(forget, forget);
  return request;
}

/** After a change: an answer that is still on its way may be older than the change. */
export function forgetReads(): void {
  reads.clear();
}

async function readOnce<T>(path: string, body: unknown): Promise<T> {
  const { response, parsed } = await send(body === undefined ? 'GET' : 'POST', path, body);
  if (response.ok) return deepFreeze(parsed as T);
  throw fetchError(response, Array.isArray(parsed) ? (parsed as ErrorBody[]) : [unexplained(response)]);
}

async function send(method: Method, path: string, body: unknown): Promise<{ response: Response; parsed: unknown }> {
  const response = await fetch(`/services/data/v${bootstrap.apiVersion}/${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body)
  }).catch(() => {
    throw fetchError({ status: 0, statusText: 'Offline' }, { message: 'The server cannot be reached.' });
  });
  const text = await response.text();
  return { response, parsed: text === '' ? undefined : parse(text) };
}

function fetchError(
  { status, statusText }: { status: number; statusText: string },
  body: FetchError['body']
): FetchError {
  return deepFreeze({ ok: false as const, status, statusText, body });
}

function unexplained({ status }: Response): ErrorBody {
  return { message: `The server answered ${status}.` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
