import type { Route } from '../core/routes.js';
import type { World } from '../core/world.js';
import { act, send } from './api.js';
import { asset } from './assets.js';
import { detailPage } from './detail-page.js';
import { listPage } from './list-page.js';
import type { DeliveryStore } from '../webhooks/delivery-store.js';
import { newPage } from './new-page.js';
import { webhooksPage } from './webhooks-page.js';

/** The inbox for people: pages, their files, and the calls behind the buttons. */
export function inboxRoutes(world: World, deliveries: DeliveryStore): Route[] {
  const route = (method: 'GET' | 'POST', path: string, handle: Route['handle']): Route => ({
    host: 'inbox',
    method,
    path,
    handle
  });
  return [
    route('GET', '/', () => ({ status: 302, headers: { location: '/inbox' } })),
    route('GET', '/inbox', (request) => listPage(world, request.query)),
    route('GET', '/inbox/new', () => newPage(world)),
    route('GET', '/inbox/webhooks', () => webhooksPage(deliveries)),
    route('GET', '/inbox/referrals/{id}', (_request, { id = '' }) => detailPage(world, id)),
    route('GET', '/inbox/assets/{name}', (_request, { name = '' }) => asset(name)),
    route('POST', '/inbox/api/referrals', (request) => send(world, request)),
    route('POST', '/inbox/api/referrals/{id}/{action}', (request, { id = '', action = '' }) =>
      act(world, request, id, action)
    )
  ];
}
