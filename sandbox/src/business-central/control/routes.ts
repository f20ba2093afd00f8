import type { ApiRequest, ServiceResponse } from '../../partner-center/core/transport.js';
import { ApiFault } from '../core/errors.js';
import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Application } from '../identity/applications.js';
import type { Coupling } from '../legacy/product-item-availability.js';
import type { BusinessCentral } from '../open.js';
import { payInvoice } from '../posting/payments.js';
import { postOrder } from '../posting/post-order.js';
import { receiveOrder } from '../posting/purchases.js';
import { releaseOrder, reopenOrder } from '../posting/release.js';
import { receiveStock } from '../posting/receive-stock.js';
import { scopeOf } from '../seed/seed.js';
import type { Row } from '../store/row-store.js';
import type { Fault } from './faults.js';

type Body = Readonly<Record<string, unknown>>;
type Handler = (service: BusinessCentral, body: Body, query: URLSearchParams) => unknown;

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: HOUR,
  days: 24 * HOUR
};

/** What a person does at the desk of Business Central; the company is the first one unless `companyId` names another. */
function atDesk({ world }: BusinessCentral, body: Body, work: (scope: Scope) => unknown): unknown {
  const company = body['companyId'];
  const scope = typeof company === 'string' ? scopeOf(world, company) : scopeOf(world);
  return world.store.transaction(() => work(scope));
}

/** A row of a set by `id` or `number`. */
function rowOf(scope: Scope, set: string, body: Body): Row {
  const { store } = scope.world;
  const row =
    typeof body['id'] === 'string'
      ? store.get(scope.company, set, body['id'])
      : store.find(scope.company, set, (values) => values['number'] === body['number']);
  if (!row) throw new Error(`There is no such row in ${set}.`);
  return row;
}

/** Test-only calls on their own port; no part of Business Central. */
const CONTROLS: Readonly<Record<string, Handler>> = {
  'GET /health': () => ({ ok: true }),
  'GET /counters': ({ counters }) => ({ ...counters.snapshot(), mostInFlight: counters.mostInFlight }),
  'DELETE /counters': ({ counters }) => counters.reset(),
  'GET /faults': ({ faults }) => faults.list(),
  /** A fault to plan, or `{"faultRates": {"unavailable": 0.05, "dropAfter": 0.05, "seed": 7}}` for faults by chance. */
  'POST /faults': ({ faults }, body) =>
    'faultRates' in body ? faults.chance.set(body['faultRates']) : faults.add(body as unknown as Fault),
  'DELETE /faults': ({ faults }) => faults.clear(),
  'GET /fault-rates': ({ faults }) => faults.chance.snapshot(),
  'GET /settings': ({ world }) => world.settings(),
  'PATCH /settings': (service, body) => service.changeSettings(body),
  'GET /clock': ({ world }) => ({ now: new Date(world.clock.now()).toISOString() }),
  'POST /clock': async (service, body) => {
    await service.advance(Object.entries(body).reduce((sum, [unit, amount]) => sum + Number(amount) * unitOf(unit), 0));
    return { now: new Date(service.world.clock.now()).toISOString() };
  },
  'POST /access-token': async (service, body) => ({
    accessToken: await service.issueAccessToken(body['clientId'] as string | undefined)
  }),
  /** Registers or changes an application; its secret is not repeated. */
  'POST /applications': ({ identity }, body) => {
    const { clientId, state, permissionSets } = identity.applications.save(
      body as unknown as Partial<Application> & { clientId: string }
    );
    return { clientId, state, permissionSets };
  },
  'POST /orders/release': (service, body) =>
    atDesk(service, body, (scope) => void releaseOrder(scope, rowOf(scope, 'salesOrders', body))),
  'POST /orders/reopen': (service, body) =>
    atDesk(service, body, (scope) => void reopenOrder(scope, rowOf(scope, 'salesOrders', body))),
  /** `{"number": "SO-101001", "ship": true, "invoice": false}`. */
  'POST /orders/post': (service, body) =>
    atDesk(service, body, (scope) => {
      const { ship = true, invoice = false } = body as { ship?: boolean; invoice?: boolean };
      const posted = postOrder(scope, rowOf(scope, 'salesOrders', body), { ship, invoice });
      return { shipmentNumber: numberOf(posted.shipment), invoiceNumber: numberOf(posted.invoice) };
    }),
  'POST /invoices/pay': (service, body) =>
    atDesk(service, body, (scope) =>
      payInvoice(scope, rowOf(scope, 'salesInvoices', body), body['amount'] as number | undefined)
    ),
  'POST /purchase-orders/receive': (service, body) =>
    atDesk(service, body, (scope) => ({
      receiptNumber: numberOf(receiveOrder(scope, rowOf(scope, 'purchaseOrders', body)))
    })),
  /** `{"number": "1001", "locationCode": "MAIN", "quantity": 10}`: a positive adjustment of an item's stock. */
  'POST /stock/receive': (service, body) =>
    atDesk(service, body, (scope) =>
      receiveStock(scope, rowOf(scope, 'items', body), String(body['locationCode'] ?? ''), Number(body['quantity']))
    ),
  'PUT /couplings': ({ world }, body) =>
    world.kept.set('legacy', 'couplings', (body['couplings'] as Coupling[] | undefined) ?? []),
  'GET /webhooks/waiting': ({ notifier }) => notifier.waiting(),
  'POST /webhooks/pause': ({ notifier }) => notifier.pause(true),
  'POST /webhooks/resume': ({ notifier }) => notifier.pause(false),
  'POST /reset': (service) => service.reset()
};

const numberOf = (row: Row | undefined): string | null => (row ? text(row.values, 'number') : null);

function unitOf(unit: string): number {
  const milliseconds = UNITS[unit];
  if (milliseconds === undefined) throw new Error(`The clock moves by ${Object.keys(UNITS).join(', ')}.`);
  return milliseconds;
}

/** Answers a control call; what makes no sense is a 400 with a plain message. */
export async function control(service: BusinessCentral, request: ApiRequest): Promise<ServiceResponse> {
  const handler = CONTROLS[`${request.method} ${request.path}`];
  if (!handler) return { status: 404, body: { message: `No control call ${request.method} ${request.path}.` } };
  try {
    const body = request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as Body);
    const result = await handler(service, body, request.query);
    return result === undefined ? { status: 204 } : { status: 200, body: result as object };
  } catch (error) {
    const status = error instanceof ApiFault ? error.status : 400;
    return { status, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
