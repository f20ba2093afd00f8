import { afterEach } from 'vitest';
import type { PartnerCenterSettings } from '../../../sandbox/src/partner-center/core/settings.js';
import type { ApiRequest } from '../../../sandbox/src/partner-center/core/transport.js';
import type { PartnerCenter } from '../../../sandbox/src/partner-center/open.js';
import { openPartnerCenter } from '../../../sandbox/src/partner-center/open.js';

export const REFERRALS = '/v1.0/engagements/referrals';
export const START = Date.UTC(2026, 0, 5, 9);
export const SELLER = 'sam.seller@cosell.example';

/** A referral as answers carry it, open enough for assertions. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of many shapes
export type Json = any;

export interface Answer {
  status: number;
  reason?: string;
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
  center: PartnerCenter;
  /** As Referrals admin with a second factor, unless `token` says otherwise. */
  call(method: ApiRequest['method'], path: string, options?: CallOptions): Promise<Answer>;
  /** POSTs a deal and answers the referral. */
  create(change?: object): Promise<Json>;
  /** Opens an engagement with Microsoft in it: [partner's, Microsoft's]. */
  createPair(): Promise<[Json, Json]>;
  read(id: string): Promise<Json>;
  patch(id: string, operations: unknown, headers?: Record<string, string>): Promise<Answer>;
  list(query: Record<string, string>): Promise<Json>;
  advance(milliseconds: number): void;
}

const open: PartnerCenter[] = [];
afterEach(() => {
  for (const center of open.splice(0)) center.close();
});

/** A stand-in in memory with a clock that only moves on demand. */
export async function bench(settings: Partial<PartnerCenterSettings> = {}): Promise<Bench> {
  const center = await openPartnerCenter({ file: ':memory:', now: () => START, settings });
  open.push(center);
  const admin = await center.issueAccessToken();
  return benchOf(center, admin);
}

export function benchOf(center: PartnerCenter, token: string): Bench {
  const call: Bench['call'] = async (method, path, options = {}) => {
    const answer = await center.dispatch(requestOf(method, path, { token, ...options }));
    return { status: answer.status, reason: answer.reason, headers: answer.headers ?? {}, body: answer.body };
  };
  const create: Bench['create'] = async (change = {}) => {
    const answer = await call('POST', REFERRALS, { body: merge(deal(), change) });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  return {
    center,
    call,
    create,
    createPair: async () => {
      const own = await create();
      return [own, await create({ engagementId: own.engagementId, ...invitation })];
    },
    read: async (id) => (await call('GET', `${REFERRALS}/${id}`)).body,
    patch: (id, operations, headers) => call('PATCH', `${REFERRALS}/${id}`, { body: operations, headers }),
    list: async (query) => (await call('GET', REFERRALS, { query })).body,
    advance: (milliseconds) => center.advance(milliseconds)
  };
}

export function requestOf(method: ApiRequest['method'], path: string, options: CallOptions): ApiRequest {
  const headers: Record<string, string> = { ...options.headers };
  if (options.token) headers['authorization'] ??= `Bearer ${options.token}`;
  if (options.body !== undefined) headers['content-type'] ??= 'application/json';
  const text = typeof options.body === 'string' ? options.body : JSON.stringify(options.body ?? '');
  return {
    method,
    path,
    query: new URLSearchParams(options.query ?? {}),
    headers,
    body: options.body === undefined ? Buffer.alloc(0) : Buffer.from(text)
  };
}

export const member = { firstName: 'Sam', lastName: 'Seller', phoneNumber: '+31 20 555 0102', email: SELLER };
export const contact = {
  firstName: 'Ines',
  lastName: 'Silva',
  phoneNumber: '+351 21 555 010',
  email: 'ines@adatum.example'
};

/** Changes that make a deal the request to Microsoft. */
export const invitation = {
  target: [{ type: 'BusinessProfileLocation', id: 'msft' }],
  inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo', notes: 'Please show the demo.' }
};

/** A deal that every rule accepts. */
export function deal(): Json {
  return {
    name: 'Plant telemetry',
    externalReferenceId: '006000000000001AAA',
    type: 'Shared',
    qualification: 'SalesQualified',
    customerProfile: {
      name: 'Adatum Corporation',
      size: '251to1000employees',
      address: { addressLine1: 'Rua Augusta 1', city: 'Lisbon', postalCode: '1100-048', country: 'PT' },
      team: [contact]
    },
    consent: {
      consentToContact: true,
      consentToToShareInfoWithOthers: true,
      consentToShareReferralWithMicrosoftSellers: true
    },
    details: {
      dealValue: 50000,
      currency: 'EUR',
      closingDateTime: '2026-06-30T00:00:00Z',
      notes: 'First talk in March.',
      requirements: { solutions: [{ id: 'SOL-10482-KLM', type: 'Name' }] }
    },
    team: [member],
    target: [{ type: 'SolutionProfile', id: 'SOL-10482-KLM' }]
  };
}

/** Deep merge; arrays and null replace, undefined removes. */
export function merge(base: Json, change: Json): Json {
  const merged = { ...base };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete merged[name];
    else if (isObject(value) && isObject(merged[name])) merged[name] = merge(merged[name], value);
    else merged[name] = value;
  }
  return merged;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
