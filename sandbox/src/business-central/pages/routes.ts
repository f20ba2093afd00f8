import { readFileSync } from 'node:fs';
import type { ApiRequest, ServiceResponse } from '../../partner-center/core/transport.js';
import type { Html } from '../../partner-center/http/html.js';
import { html } from '../../partner-center/http/html.js';
import { ApiFault } from '../core/errors.js';
import type { Scope, World } from '../core/world.js';
import { scopeOf } from '../seed/seed.js';
import type { PageAction } from './actions.js';
import { pageActions } from './actions.js';
import { page } from './layout.js';
import { customerList, itemList, orderList, purchaseList } from './lists.js';

const LISTS: Readonly<Record<string, readonly [title: string, list: (scope: Scope) => Html]>> = {
  '/bc/orders': ['Sales orders', orderList],
  '/bc/customers': ['Customers', customerList],
  '/bc/items': ['Items', itemList],
  '/bc/purchases': ['Purchase orders', purchaseList]
};

const FIRST = '/bc/orders';

/** The file stays in `src`: compiled code in `lib` lies at the same depth and reads it there. */
const STYLES = new URL('../../../src/business-central/pages/assets/pages.css', import.meta.url);

/** Pages for people, below `/bc`; undefined for a path that is not theirs. */
export function pagesOf(world: World): (request: ApiRequest) => ServiceResponse | undefined {
  return (request) => {
    const { path, method } = request;
    if (path === '/') return { status: 302, headers: { location: FIRST } };
    if (path !== '/bc' && !path.startsWith('/bc/')) return undefined;
    if (method === 'POST' && path.startsWith('/bc/actions/'))
      return act(world, request, path.slice('/bc/actions/'.length));
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } };
    if (path === '/bc' || path === '/bc/') return { status: 302, headers: { location: FIRST } };
    if (path === '/bc/assets/pages.css') {
      return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: readFileSync(STYLES) };
    }
    return listPage(world, path, undefined);
  };
}

function listPage(
  world: World,
  path: string,
  message: { text: string; refused: boolean } | undefined
): ServiceResponse {
  const [title, list] = LISTS[path] ?? [];
  if (title === undefined || list === undefined) {
    const content = html`<p>There is no page at this address.</p>`;
    return page({ title: 'Not found', path, content }, 404);
  }
  return page(
    { title, path, content: list(scopeOf(world)), ...(message ? { message } : {}) },
    message?.refused ? 400 : 200
  );
}

/** The answer to a button is the list with a sentence on top. */
function act(world: World, request: ApiRequest, name: string): ServiceResponse {
  const action: PageAction | undefined = Object.hasOwn(pageActions, name) ? pageActions[name] : undefined;
  if (!action) return listPage(world, request.path, undefined);
  const { origin, host } = request.headers;
  if (origin !== undefined && new URL(origin).host !== host) {
    return listPage(world, action.back, { text: 'Actions are taken from the own pages only.', refused: true });
  }
  const form = new URLSearchParams(request.body.toString('utf8'));
  const scope = scopeOf(world);
  try {
    const text = world.store.transaction(() => {
      const row = world.store.get(scope.company, action.set, form.get('id') ?? '');
      if (!row) throw new ApiFault(404, 'BadRequest_NotFound', 'The record is not there any more.');
      return action.run(scope, row, form);
    });
    return listPage(world, action.back, { text, refused: false });
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    return listPage(world, action.back, { text: error.message, refused: true });
  }
}
