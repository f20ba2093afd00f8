import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { availabilityOf, statisticsOf } from '../../../../plugin/src/erp/index.js';
import type { FiguresContext } from '../../../../plugin/src/connectors/business-central/figures/index.js';
import {
  readBooks,
  readCompanyBooks,
  readCustomerFigures,
  readCustomers,
  readItems,
  readLegacyAvailability,
  readLocations
} from '../../../../plugin/src/connectors/business-central/figures/index.js';
import { accessKey } from '../../../../plugin/src/connectors/business-central/authorization.js';
import { BusinessCentralApi } from '../../../../plugin/src/connectors/business-central/api.js';
import { apiRoot } from '../../../../plugin/src/connectors/business-central/address.js';
import { undiciHttp } from '../../../../plugin/src/connectors/http/undici-http.js';
import { systemClock } from '../../../../plugin/src/ports/clock.js';
import { systemRandom } from '../../../../plugin/src/ports/random.js';
import { INTEGRATION_CLIENT_ID } from '../../../../sandbox/src/business-central/identity/applications.js';
import { WEB_SERVICE_KEY, WEB_SERVICE_USER } from '../../../../sandbox/src/business-central/legacy/web-service-key.js';
import type { LoopbackRig } from '../../../support/business-central-loopback.js';
import { businessCentralLoopback } from '../../../support/business-central-loopback.js';

let rig: LoopbackRig;
let context: FiguresContext;
beforeAll(async () => {
  rig = await businessCentralLoopback('demo');
  context = { api: rig.api, companyId: rig.companyId };
});
afterEach(() => {
  rig.center.changeSettings({ onPremises: false, analyticsVersion: 'v1.0' });
  rig.center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, permissionSets: ['D365 FULL ACCESS'] });
});
afterAll(() => rig.close());

const today = new Date().toISOString().slice(0, 10);
const stored = (set: string) => rig.center.world.store.all(rig.companyId, set).map(({ values }) => values);
const sum = (rows: readonly Record<string, unknown>[], field: string): number =>
  Math.round(rows.reduce((total, row) => total + Number(row[field]), 0) * 100) / 100;
const valueOf = <T>(part: { value: T } | { missing: string }): T => {
  if ('missing' in part) throw new Error(part.missing);
  return part.value;
};

describe('availability from the Analytics API', () => {
  it('agrees with the ledger and the orders of the company, item by item', async () => {
    const numbers = stored('items').map((item) => String(item['number']));
    const books = valueOf(await readBooks(context, numbers));
    const ledger = stored('itemLedgerEntries');
    for (const number of numbers) {
      const { stock, movements } = books.get(number) ?? { stock: [], movements: [] };
      const own = ledger.filter((entry) => entry['itemNumber'] === number && entry['$open'] === true);
      expect(sum(stock as never, 'quantity'), number).toBe(sum(own, '$remaining'));
      const bought = stored('purchaseOrderLines').filter((line) => line['lineObjectNumber'] === number);
      const moved = stored('$transferLines').filter((line) => line['itemNumber'] === number);
      const coming = movements.filter(({ kind }) => kind === 'receipt');
      expect(sum(coming as never, 'quantity'), number).toBe(
        sum(bought, 'quantity') + sum(moved, 'inTransit') + sum(moved, 'outstanding')
      );
    }
    expect([...books.values()].some(({ movements }) => movements.some(({ kind }) => kind === 'shipment'))).toBe(true);
  });

  it('promises less at a location once an order takes from it, and more after a receipt', async () => {
    const number = '1001';
    const look = async () => {
      const books = valueOf(await readBooks(context, [number])).get(number);
      const rows = availabilityOf(books?.stock ?? [], books?.movements ?? [], { today });
      return new Map(rows.map((row) => [row.location, row]));
    };
    const before = await look();
    const item = stored('items').find((each) => each['number'] === number);
    const main = rig.center.world.store.find(rig.companyId, 'locations', (each) => each['code'] === 'MAIN');
    const customer = rig.center.world.store.all(rig.companyId, 'customers')[3];
    await rig.connect('salesOrders').create('801000000000777AAA', {
      customerId: customer?.id ?? '',
      requestedDeliveryDate: today,
      salesOrderLines: [{ lineType: 'Item', lineObjectNumber: number, quantity: 3, locationId: main?.id ?? '' }]
    });
    const after = await look();
    expect(after.get('MAIN')?.committed).toBe((before.get('MAIN')?.committed ?? 0) + 3);
    expect(after.get('MAIN')?.available).toBe((before.get('MAIN')?.available ?? 0) - 3);
    expect(item?.['baseUnitOfMeasureCode']).toBe('PCS');
  });

  it('leaves out where goods are while they travel', async () => {
    const books = valueOf(await readBooks(context, ['1000', '1006', '1012', '1018', '1024']));
    const all = [...books.values()].flatMap(({ stock, movements }) => [...stock, ...movements]);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(({ location }) => location === 'OWN LOG.')).toEqual([]);
  });

  it('says that the Analytics API is missing instead of showing half the books', async () => {
    rig.center.changeSettings({ analyticsVersion: 'v0.5' });
    expect(await readBooks(context, ['1000'])).toEqual({ missing: 'ANALYTICS_MISSING' });
    expect('value' in (await readBooks({ ...context, analyticsVersion: 'v0.5' }, ['1000']))).toBe(true);
  });
});

describe('master data', () => {
  it('finds items and customers by id and by number, each once', async () => {
    const item = stored('items').length > 0 ? rig.center.world.store.all(rig.companyId, 'items')[2] : undefined;
    const wanted = { ids: [item?.id ?? ''], numbers: [String(item?.values['number']), '1079', 'none'] };
    const items = valueOf(await readItems(context, wanted));
    expect(items.map(({ number }) => number)).toEqual([item?.values['number'], '1079']);
    expect(items[1]).toMatchObject({ type: 'Service', unit: 'HOUR' });
    const customer = rig.center.world.store.all(rig.companyId, 'customers')[0];
    expect(valueOf(await readCustomers(context, { ids: [], numbers: [String(customer?.values['number'])] }))).toEqual([
      {
        id: customer?.id,
        number: customer?.values['number'],
        name: customer?.values['displayName'],
        creditLimit: customer?.values['creditLimit']
      }
    ]);
  });

  it('knows locations by name, the local currency and the fiscal year', async () => {
    expect((await readLocations(context)).get('MAIN')).toBeTruthy();
    expect(await readCompanyBooks(context)).toEqual({ currency: 'EUR', fiscalYearStart: `${today.slice(0, 4)}-01-01` });
  });
});

describe('figures of customers', () => {
  const figures = async (count: number) => {
    const rows = rig.center.world.store.all(rig.companyId, 'customers').slice(0, count);
    const customers = valueOf(await readCustomers(context, { ids: rows.map(({ id }) => id), numbers: [] }));
    const books = await readCompanyBooks(context);
    const read = await readCustomerFigures(context, customers, books, today);
    return customers.map((customer) => {
      const own = read.get(customer.id);
      if (!own) throw new Error(customer.number);
      return { customer, statistics: statisticsOf(own, today) };
    });
  };

  it('agree with the books of the company for every customer', async () => {
    const all = await figures(60);
    expect(all).toHaveLength(60);
    for (const { customer, statistics } of all) {
      const ledger = stored('$customerLedger').filter((entry) => entry['customerId'] === customer.id);
      const { aged, missing } = statistics;
      expect(
        Object.values(missing).every((reason) => reason === 'NOT_IN_API'),
        JSON.stringify(missing)
      ).toBe(true);
      expect(statistics.balance).toBe(
        aged && Math.round((aged.current + aged.periods.reduce((total, { amount }) => total + amount, 0)) * 100) / 100
      );
      expect(statistics.overdueAmount).toBeLessThanOrEqual(statistics.balance ?? 0);
      if (ledger.length === 0) expect(statistics.totalSales).toBe(0);
    }
    const withOrders = all.filter(({ statistics }) => (statistics.openOrders ?? 0) > 0);
    expect(withOrders.length).toBeGreaterThan(5);
    expect(withOrders.every(({ statistics }) => (statistics.outstandingOrders ?? 0) > 0)).toBe(true);
    expect(all.filter(({ statistics }) => (statistics.shippedNotInvoiced ?? 0) > 0).length).toBeGreaterThan(0);
  });

  it('leave out only what the application may not read', async () => {
    rig.center.changeSettings({ analyticsVersion: 'v0.5' });
    const [first] = await figures(1);
    expect(first?.statistics.missing).toMatchObject({
      outstandingOrders: 'ANALYTICS_MISSING',
      shippedNotInvoiced: 'ANALYTICS_MISSING',
      total: 'INCOMPLETE'
    });
    expect(first?.statistics.balance).toBeTypeOf('number');
  });

  it('are not told at all when the connection itself fails', async () => {
    rig.center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, state: 'Disabled' });
    await expect(figures(1)).rejects.toMatchObject({ kind: 'connection' });
    rig.center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, state: 'Enabled' });
  });
});

it('asks the older availability service of an on-premises server with a web-service access key', async () => {
  rig.center.changeSettings({ onPremises: true });
  rig.center.world.kept.set('legacy', 'couplings', [
    { crmId: '6B29FC40-CA47-1067-B31D-00DD010662DA', itemNumber: '1000' }
  ]);
  const http = undiciHttp();
  const address = { kind: 'onPremises' as const, baseUrl: `${rig.center.url}/BC` };
  const authorization = accessKey(WEB_SERVICE_USER, WEB_SERVICE_KEY);
  const ports = { root: apiRoot(address), authorization, http, clock: systemClock, random: systemRandom };
  const legacy = { ...context, api: new BusinessCentralApi(ports) };
  const company = String(rig.center.world.store.all('', 'companies')[0]?.values['name']);
  const inventory = sum(
    stored('itemLedgerEntries').filter((entry) => entry['itemNumber'] === '1000'),
    'quantity'
  );
  const read = valueOf(await readLegacyAvailability(legacy, { address, company }, ['1000', '1001']));
  expect([...read]).toEqual([['1000', inventory]]);
  const online = { kind: 'online' as const, environment: 'Production' };
  expect(await readLegacyAvailability(legacy, { address: online, company }, ['1000'])).toEqual({
    missing: 'NOT_IN_API'
  });
  await http.close();
});
