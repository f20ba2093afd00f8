import { PartnerApiError } from '../core/errors.js';
import type { Route } from '../core/routes.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import type { Caller } from '../core/world.js';
import type { Authenticate } from '../referrals/routes.js';
import { jsonBody } from '../referrals/routes.js';
import type { WebhookRegistrations } from './registration.js';
import { EVENT_NAMES } from './registration.js';

const BASE = '/webhooks/v1/registration';

/** The registration calls of the webhooks host; a Referrals admin makes them. */
export function webhookRoutes(registrations: WebhookRegistrations, authenticate: Authenticate): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    answer: (caller: Caller, request: ApiRequest) => object
  ): Route => ({
    host: 'webhooks',
    method,
    path,
    handle: async (request): Promise<ServiceResponse> => {
      const caller = await authenticate(request);
      if (!caller.admin) throw new PartnerApiError(403, 403, 'The caller may not manage webhooks.');
      return { status: 200, body: answer(caller, request) };
    }
  });
  return [
    route('GET', `${BASE}/events`, () => EVENT_NAMES),
    route('GET', BASE, (caller) => registrations.get(caller)),
    route('POST', BASE, (caller, request) => registrations.create(caller, jsonBody(request))),
    route('PUT', BASE, (caller, request) => registrations.replace(caller, jsonBody(request)))
  ];
}
