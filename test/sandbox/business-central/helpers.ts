import { afterEach } from 'vitest';
import { control } from '../../../sandbox/src/business-central/control/routes.js';
import type { BusinessCentralSettings } from '../../../sandbox/src/business-central/core/settings.js';
import { TENANT } from '../../../sandbox/src/business-central/identity/applications.js';
import type { BusinessCentral } from '../../../sandbox/src/business-central/open.js';
import { openBusinessCentral } from '../../../sandbox/src/business-central/open.js';
import { COMPANY, ENVIRONMENT } from '../../../sandbox/src/business-central/seed/seed.js';
import type { Post } from '../../../sandbox/src/business-central/webhooks/subscriptions.js';
import type { ApiRequest } from '../../../sandbox/src/partner-center/core/transport.js';

export const START = Date.UTC(2026, 5, 15, 9);
export const API = `/v2.0/${TENANT.id}/${ENVIRONMENT}/api/v2.0`;
export const IN_COMPANY = `${API}/companies(${COMPANY.id})`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of many shapes
export type Json = any;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Json;
}

export interface CallOptions {
  token?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

export interface Bench {
  service: BusinessCentral;
  /** `path` beginning with `/` is the whole path, else it is below the company. */
  call(method: ApiRequest['method'], path: string, options?: CallOptions): Promise<Answer>;
  get(path: string, query?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** POSTs and answers the row; throws when it was refused. */
  create(path: string, body: object): Promise<Json>;
  /** PATCHes with the row's own ETag unless the headers say otherwise. */
  patch(path: string, row: Json, body: object, headers?: Record<string, string>): Promise<Answer>;
  /** Moves the clock. */
  advance(milliseconds: number): Promise<void>;
}

const open: BusinessCentral[] = [];
afterEach(() => {
  for (const service of open.splice(0)) service.close();
});

export interface BenchOptions {
  settings?: Partial<BusinessCentralSettings>;
  seed?: 'setup' | 'demo';
  post?: Post;
}

/** A stand-in in memory with a clock that only moves on demand. */
export async function bench({ settings = {}, seed = 'setup', post }: BenchOptions = {}): Promise<Bench> {
  const service = await openBusinessCentral({
    file: ':memory:',
    now: () => START,
    settings,
    seed,
    post: post ?? (() => Promise.resolve(undefined))
  });
  open.push(service);
  return benchOf(service, await service.issueAccessToken());
}

export function benchOf(service: BusinessCentral, token: string): Bench {
  const call: Bench['call'] = async (method, path, options = {}) => {
    const answer = await service.dispatch(requestOf(method, path, { token, ...options }));
    const { body } = answer;
    const json = typeof body === 'string' && (answer.headers?.['content-type'] ?? '').includes('json');
    return { status: answer.status, headers: answer.headers ?? {}, body: json ? JSON.parse(body) : body };
  };
  return {
    service,
    call,
    get: (path, query, headers) => call('GET', path, { query, headers }),
    create: async (path, body) => {
      const answer = await call('POST', path, { body });
      if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    patch: (path, row, body, headers) =>
      call('PATCH', `${path}(${row.id})`, { body, headers: headers ?? { 'if-match': row['@odata.etag'] } }),
    advance: (milliseconds) => service.advance(milliseconds)
  };
}

function requestOf(method: ApiRequest['method'], path: string, options: CallOptions): ApiRequest {
  const { token, headers, query, body } = options;
  return {
    method,
    path: path.startsWith('/') ? path : `${IN_COMPANY}/${path}`,
    query: new URLSearchParams(query ?? {}),
    headers: {
      host: 'bc.example',
      ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...headers
    },
    body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  };
}

/** Code and message of a refusal. */
export const refusal = ({ status, body }: Answer): [number, string, string] => [
  status,
  body?.error?.code,
  String(body?.error?.message).replace(/ {2}CorrelationId: {2}.*$/, '')
];

/** A control call that a person's work at the desk stands behind; throws when it is refused. */
export async function atDesk(b: Bench, path: string, body: object = {}): Promise<Json> {
  const answer = await control(b.service, requestOf('POST', path, { body }));
  if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
