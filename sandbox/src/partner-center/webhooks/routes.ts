import { PartnerApiError } from '../core/errors.js';
import type { Route } from '../core/routes.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import type { Caller } from '../core/world.js';
import type { Authenticate } from '../referrals/routes.js';
import { jsonBody } from '../referrals/routes.js';
import type { WebhookAuthority } from './authority.js';
import type { WebhookRegistrations } from './registration.js';
import { EVENT_NAMES } from './registration.js';
import type { WebhookValidation } from './validation.js';

const BASE = '/webhooks/v1/registration';

/** The registration calls of the webhooks host; a Referrals admin makes them. */
export function webhookRoutes(
  registrations: WebhookRegistrations,
  validation: WebhookValidation,
  authenticate: Authenticate
): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    answer: (caller: Caller, request: ApiRequest, params: Readonly<Record<string, string>>) => object
  ): Route => ({
    host: 'webhooks',
    method,
    path,
    handle: async (request, params): Promise<ServiceResponse> => {
      const caller = await authenticate(request);
      if (!caller.admin) throw new PartnerApiError(403, 403, 'The caller may not manage webhooks.');
      return { status: 200, body: answer(caller, request, params) };
    }
  });
  return [
    route('GET', `${BASE}/events`, () => EVENT_NAMES),
    route('GET', BASE, (caller) => registrations.get(caller)),
    route('POST', BASE, (caller, request) => registrations.create(caller, jsonBody(request))),
    route('PUT', BASE, (caller, request) => registrations.replace(caller, jsonBody(request))),
    route('POST', `${BASE}/validationEvents`, (caller) => validation.start(caller)),
    route('GET', `${BASE}/validationEvents/{id}`, (caller, _request, { id = '' }) => validation.result(caller, id))
  ];
}

/** The certificates, as files that anybody may fetch. */
export function certificateRoutes(authority: WebhookAuthority): Route[] {
  return [
    {
      host: 'inbox',
      method: 'GET',
      path: '/certificates/{name}',
      handle: async (_request, { name = '' }) => {
        const body = await authority.certificate(name.replace(/\.cer$/, ''));
        if (!body) return { status: 404 };
        return { status: 200, headers: { 'content-type': 'application/pkix-cert' }, body };
      }
    }
  ];
}
