import { badRequest } from '../core/errors.js';
import type { Json } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Address } from './address.js';

/** One operation on the data, alone or inside a `$batch`. */
export interface Call {
  readonly method: string;
  readonly address: Address;
  readonly query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `http://host:port` under which the caller reached the service. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json | Buffer | string;
}

/** A call whose company and caller are settled. */
export interface ScopedCall extends Call {
  readonly scope: Scope;
  /** Throws 403 unless the caller may do this with the set. */
  readonly permit: (set: string, access: 'read' | 'write') => void;
}

/** The JSON object of a body. Throws 400 `BadRequest`. */
export function bodyOf(call: Pick<Call, 'body'>): Readonly<Record<string, Json>> {
  let body: unknown;
  try {
    body = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw badRequest('Invalid Request Body');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('Invalid Request Body');
  return body as Record<string, Json>;
}

/** A preference of the `Prefer` header; `true` for one without a value. */
export function preference(call: Pick<Call, 'headers'>, name: string): string | true | undefined {
  for (const part of (call.headers['prefer'] ?? '').split(/[,;]/)) {
    const [key = '', value] = part.trim().split('=');
    if (key.toLowerCase() === name) return value ?? true;
  }
  return undefined;
}
