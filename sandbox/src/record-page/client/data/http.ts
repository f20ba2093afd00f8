import { bootstrap } from '../bootstrap.js';

/** What a component receives as `error`: the shape Lightning Data Service gives (ldsUtils' FetchResponse). */
export interface FetchError {
  ok: false;
  status: number;
  statusText: string;
  body: ErrorBody;
}

export interface ErrorBody {
  errorCode?: string;
  message: string;
  statusCode: number;
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

/** Path below the API version, for example `ui-api/records/006…`. */
export function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  // A read that started before a write may not answer for one that starts after it.
  reads.clear();
  return send<T>(method, path, body);
}

/** Reads share one request while it is under way, however many wires ask. `body` is for reads that are sent as POST. */
export function read<T>(path: string, body?: unknown): Promise<T> {
  const key = body === undefined ? path : `${path}\n${JSON.stringify(body)}`;
  const underWay = reads.get(key) as Promise<T> | undefined;
  if (underWay) return underWay;
  const request = send<T>(body === undefined ? 'GET' : 'POST', path, body).then(deepFreeze);
  reads.set(key, request);
  const forget = (): void => {
    if (reads.get(key) === request) reads.delete(key);
  };
  request.then(forget, forget);
  return request;
}

async function send<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/services/data/v${bootstrap.apiVersion}/${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body)
  }).catch((cause: unknown) => {
    throw fetchError(0, 'Offline', {
      message: 'The server cannot be reached.',
      statusCode: 0,
      errorCode: String(cause)
    });
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? undefined : parse(text);
  if (response.ok) return parsed as T;
  throw fetchError(response.status, response.statusText, errorBody(response.status, parsed));
}

function fetchError(status: number, statusText: string, body: ErrorBody): FetchError {
  return deepFreeze({ ok: false as const, status, statusText, body });
}

/** On the wire errors are an array; a component receives the one error in it. */
function errorBody(status: number, parsed: unknown): ErrorBody {
  const first = (Array.isArray(parsed) ? parsed[0] : parsed) as Partial<ErrorBody> | undefined;
  return { ...first, statusCode: status, message: first?.message ?? `The server answered ${status}.` };
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
