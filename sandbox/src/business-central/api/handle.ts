import { metadataDocument } from '../contract/metadata-document.js';
import { environmentSets } from '../contract/model.js';
import { ApiFault, dialog, notAllowed, segmentNotFound } from '../core/errors.js';
import type { Scope, World } from '../core/world.js';
import type { Application } from '../identity/applications.js';
import { TENANT } from '../identity/applications.js';
import { checkPermission } from '../identity/bearer.js';
import { analyticsAnswer } from '../analytics/answer.js';
import { supportedResources } from '../webhooks/supported.js';
import type { Subscriptions } from '../webhooks/subscriptions.js';
import { act } from './actions.js';
import type { Address, Segment } from './address.js';
import { parseAddress, splitPath } from './address.js';
import { batch } from './batch.js';
import type { Answer, Call, ScopedCall } from './call.js';
import { read } from './read.js';
import { targetOf } from './target.js';
import { create, remove, update, writeStream } from './write.js';

export interface ApiPorts {
  readonly world: World;
  readonly subscriptions: Subscriptions;
}

const ROUTES = {
  v2: 'v2.0',
  automation: 'microsoft/automation/v2.0',
  runtime: 'microsoft/runtime/beta'
};

/** One call of an application to any of the APIs. Throws `ApiFault`. */
export async function handleApi(ports: ApiPorts, call: Call, application: Application): Promise<Answer> {
  const { address } = call;
  checkPlace(ports.world, address);
  const [first] = address.segments;
  if (first?.name === '$metadata' && address.route === ROUTES.v2) {
    return {
      status: 200,
      headers: { 'content-type': 'application/xml', 'odata-version': '4.0' },
      body: metadataDocument()
    };
  }
  if (first?.name === '$batch') {
    if (call.method !== 'POST') throw notAllowed(call.method, '$batch');
    return batch(call, batchPorts(ports, call, application));
  }
  return handleOne(ports, call, application);
}

function checkPlace(world: World, address: Address): void {
  if (address.onPremises) return;
  if (address.tenant !== undefined && ![TENANT.id, TENANT.domain].includes(address.tenant.toLowerCase())) {
    throw new ApiFault(404, 'Internal_TenantUnavailable', `The tenant '${address.tenant}' is not accessible.`);
  }
  if (environmentOf(world, address) === undefined) {
    throw new ApiFault(404, 'BadRequest_NotFound', `The environment '${address.environment}' does not exist.`);
  }
}

/** Environment names are not case-sensitive. The on-premises server has one, the first. */
export function environmentOf(world: World, address: Address): string | undefined {
  const names = world.kept.get('service', 'environments') as string[] | undefined;
  if (address.onPremises) return names?.[0];
  return names?.find((name) => name.toLowerCase() === address.environment.toLowerCase());
}

function handleOne({ world, subscriptions }: ApiPorts, call: Call, application: Application): Answer | Promise<Answer> {
  const environment = environmentOf(world, call.address) ?? '';
  const { company, segments } = companyOf(world, environment, call);
  const scope: Scope = { world, environment, company, user: application.objectId };
  const scoped: ScopedCall = {
    ...call,
    scope,
    permit: (set, access) => checkPermission(world, application, set, access)
  };
  const { route } = call.address;
  if (route === ROUTES.v2) return v2(scoped, segments, subscriptions);
  if (route === ROUTES.automation) return automation(scoped, segments, application);
  if (route === `microsoft/analytics/${world.settings().analyticsVersion}`) return analyticsAnswer(scoped, segments);
  if (route === ROUTES.runtime) return supportedResources(scoped, segments);
  throw segmentNotFound(route);
}

function v2(call: ScopedCall, segments: readonly Segment[], subscriptions: Subscriptions): Answer | Promise<Answer> {
  const target = targetOf(call, segments);
  if (target.kind === 'action') return act(call, target);
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  if (method === 'GET') return read(call, target);
  if (target.set.name === 'subscriptions') return subscriptions.write(call, target);
  if (target.kind === 'stream' && ['PATCH', 'PUT'].includes(method)) return writeStream(call, target);
  if (method === 'POST' && target.kind === 'set') return create(call, target);
  if (method === 'PATCH' && target.kind === 'row') return update(call, target);
  if (method === 'DELETE' && target.kind === 'row') return remove(call, target);
  throw notAllowed(call.method, target.set.name);
}

/** The automation API lists companies; the rest of it sets environments up and is no part of the stand-in. */
function automation(call: ScopedCall, segments: readonly Segment[], application: Application): Answer {
  if (!application.roles.includes('Automation.ReadWrite.All')) {
    throw new ApiFault(
      403,
      call.scope.world.settings().permissionDeniedCode,
      'The application lacks Automation.ReadWrite.All.'
    );
  }
  if (segments[0]?.name !== 'companies' || segments.length > 1) throw segmentNotFound(segments[0]?.name ?? '');
  if (call.method !== 'GET') throw notAllowed(call.method, 'companies');
  return read(call, targetOf(call, segments));
}

/** The company comes from the path, from `?company=` or from the header of a batched operation; sets of the environment need none. */
function companyOf(world: World, environment: string, call: Call): { company: string; segments: readonly Segment[] } {
  const [first, ...rest] = call.address.segments;
  if (first?.name === 'companies' && first.key !== undefined && rest.length > 0) {
    return { company: companyId(world, environment, first.key), segments: rest };
  }
  const named = call.query.get('company') ?? call.headers['company'];
  if (named === undefined || environmentSets.has(first?.name ?? '')) {
    if (!environmentSets.has(first?.name ?? '') && call.address.route === ROUTES.v2 && first) requireCompany();
    return { company: '', segments: call.address.segments };
  }
  return { company: companyId(world, environment, named), segments: call.address.segments };
}

function requireCompany(): never {
  throw new ApiFault(
    404,
    'Internal_CompanyNotFound',
    'Cannot process the request because the default company cannot be found. You can specify a default company in the service configuration file, or specify one for each tenant, or you can add a query string in the form of "company=[name]".'
  );
}

export function companyId(world: World, environment: string, key: string): string {
  const [, name] = /^name\s*=\s*'(.*)'$/.exec(key) ?? [];
  const wanted = (name ?? key.replace(/^'|'$/g, '')).toLowerCase();
  const row = world.store.find(
    '',
    'companies',
    (values) =>
      values['$environment'] === environment &&
      [values['id'], values['name']].some((value) => String(value).toLowerCase() === wanted)
  );
  return row?.id ?? requireCompany();
}

class RolledBack extends Error {}

function batchPorts(ports: ApiPorts, call: Call, application: Application): Parameters<typeof batch>[1] {
  const { world } = ports;
  const refused = (error: unknown): Answer => {
    if (error instanceof ApiFault) return faultAnswer(error, call.headers['client-request-id'] ?? '');
    throw error;
  };
  return {
    most: world.settings().batchOperations,
    run: (operation) => {
      try {
        const answer = handleOne(ports, operation, application);
        return answer instanceof Promise ? answer.catch(refused) : answer;
      } catch (error) {
        return refused(error);
      }
    },
    callOf: ({ method, url }, headers, body) => operationOf(call, method, url, headers, body),
    transaction: (work) => {
      try {
        world.store.transaction(() => {
          if (!work()) throw new RolledBack();
        });
      } catch (error) {
        if (!(error instanceof RolledBack)) throw error;
      }
    }
  };
}

/** An operation's address is relative to the batch's, or absolute. */
function operationOf(call: Call, method: string, url: string, headers: Record<string, string>, body: Buffer): Call {
  const [rawPath = '', rawQuery = ''] = url.replace(/^https?:\/\/[^/]+/, '').split('?');
  const path = decodeURIComponent(rawPath);
  const own = splitPath(path);
  const absolute = path.startsWith(`${call.address.base}/`);
  const address = parseAddress(absolute ? path : `${call.address.base}/${own.join('/')}`);
  if (address.segments.some(({ name }) => name === '$batch')) throw dialog('A batch cannot hold a batch.');
  return {
    ...call,
    method: method.toUpperCase(),
    address,
    query: new Map(new URLSearchParams(rawQuery)),
    headers,
    body
  };
}

/** The body of an error; the message ends with the correlation id. */
export function faultAnswer(fault: ApiFault, correlationId: string): Answer {
  const message = `${fault.message}  CorrelationId:  ${correlationId}.`;
  return { status: fault.status, headers: fault.headers, body: { error: { code: fault.code, message } } };
}
