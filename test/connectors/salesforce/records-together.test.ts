import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../../plugin/src/connectors/http/index.js';
import type { ClosableHttp } from '../../../plugin/src/connectors/http/index.js';
import type { RecordsConnector } from '../../../plugin/src/connectors/salesforce/index.js';
import { createRecordsConnector } from '../../../plugin/src/connectors/salesforce/index.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import { systemRandom } from '../../../plugin/src/ports/random.js';
import type { RemoteRecord } from '../../../plugin/src/sync/index.js';
import type { RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { record, SalesforceClient } from '../../../sandbox/src/world/salesforce-client.js';
import { assignPermissionSets, seedUsers } from '../../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from '../../support/salesforce-org.js';

let salesforce: RunningSalesforce;
let people: SalesforceClient;
let http: ClosableHttp;

beforeAll(async () => {
  salesforce = await startOrg();
  people = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  await seedUsers(people);
  const { failures } = await deployTo(await connect(salesforce), { changeEvents: false });
  expect(failures).toEqual([]);
  await assignPermissionSets(people);
  http = undiciHttp();
}, 60_000);
afterAll(async () => {
  await http.close();
  await salesforce.close();
});

function products(): RecordsConnector {
  const token = (): Promise<string> => Promise.resolve(salesforce.org.auth.issueAccessToken(admin));
  return createRecordsConnector({
    session: { instanceUrl: salesforce.url, accessToken: token, renew: token },
    ...{ http, clock: systemClock, random: systemRandom },
    fields: { object: 'Product2', read: ['Name', 'ProductCode', 'IsActive'], children: [] },
    options: { bulk: true }
  });
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function rested(name: string, count: number): Promise<{ connector: RecordsConnector; read: RemoteRecord[] }> {
  const keys: string[] = [];
  for (let from = 0; from < count; from += 200)
    keys.push(
      ...(await people.insert(
        numbers(Math.min(200, count - from)).map((n) => record('Product2', { Name: `${name} ${from + n}` }))
      ))
    );
  // A record that changed less than two seconds ago is left for later; see `settleMs`.
  await systemClock.sleep(3_000);
  const connector = products();
  const read = await connector.read(keys.map((key) => ({ key })));
  return { connector, read: keys.map((key) => read.get(key)!) };
}

const arrival = (name: string, n: number) => ({
  rightKey: `bbbbbbbb-0000-0000-0000-${name}${String(n).padStart(8, '0')}`,
  category: 'deal' as const,
  waiting: false,
  values: { Name: `Taken in ${n}`, IsActive: true }
});

describe('records of Salesforce, many at once', () => {
  it('are created a thousand to a call, and a repetition finds those of the first attempt', async () => {
    const connector = products();
    const inbound = connector.inbound();
    await connector.shape();
    const before = connector.calls();
    const arrivals = numbers(450).map((n) => arrival('aaaa', n));
    const receptions = await Promise.all(arrivals.map((one) => inbound.receive(one)));
    expect(receptions.every(({ outcome }) => outcome === 'ready')).toBe(true);
    const made = await Promise.all(arrivals.map((one) => inbound.takeIn(one, {})));
    expect(made.every(({ created }) => created)).toBe(true);
    expect(connector.calls() - before).toBeLessThanOrEqual(3);
    const again = await Promise.all(arrivals.map((one) => inbound.takeIn(one, {})));
    expect(again).toEqual(made.map(({ key }) => ({ key, created: false })));
    const seen = await Promise.all(arrivals.map((one) => inbound.receive(one)));
    expect(seen).toEqual(made.map(({ key }) => ({ outcome: 'there', key })));
    expect(await connector.count()).toBe(450);
  });

  it('are refused one by one', async () => {
    const inbound = products().inbound();
    const [sound, wrong] = await Promise.allSettled([
      inbound.takeIn(arrival('bbbb', 1), {}),
      inbound.takeIn({ ...arrival('bbbb', 2), values: { Name: 'x'.repeat(256) } }, {})
    ]);
    expect(sound).toMatchObject({ status: 'fulfilled', value: { created: true } });
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'STRING_TOO_LONG' } });
  });

  it('are updated five hundred to a call, each on condition that nobody changed it since it was read', async () => {
    const { connector, read } = await rested('Updated', 600);
    const edited = read.filter((_, n) => n % 200 === 7);
    await people.update(edited.map(({ key }) => record('Product2', { Id: key, Name: 'Edited by a person' })));
    const before = connector.calls();
    const results = await Promise.all(read.map((one, n) => connector.update(one, { ProductCode: `P${n}` })));
    expect(results.filter(({ outcome }) => outcome === 'stale')).toHaveLength(edited.length);
    expect(connector.calls() - before).toBeLessThanOrEqual(4);
    const now = await connector.read(read.map(({ key }) => ({ key })));
    for (const [n, { key }] of read.entries()) {
      const { Name, ProductCode } = now.get(key)!.document;
      if (edited.some((one) => one.key === key))
        expect([Name, ProductCode ?? null]).toEqual(['Edited by a person', null]);
      else expect(ProductCode).toBe(`P${n}`);
    }
  });

  it('are written or stale, nothing in between, where so many changed that Salesforce halts the rest of a call', async () => {
    const { connector, read } = await rested('Halted', 200);
    const edited = new Set(read.filter((_, n) => n % 3 === 0).map(({ key }) => key));
    await people.update([...edited].map((key) => record('Product2', { Id: key, Description: 'x' })));
    const results = await Promise.all(read.map((one, n) => connector.update(one, { ProductCode: `H${n}` })));
    const written = read.filter((_, n) => results[n]?.outcome === 'written').map(({ key }) => key);
    const now = await connector.read(read.map(({ key }) => ({ key })));
    const changed = read.filter(({ key }) => now.get(key)?.document['ProductCode'] != null).map(({ key }) => key);
    expect(changed).toEqual(written);
    expect(written.filter((key) => edited.has(key))).toEqual([]);
    expect(written.length).toBeGreaterThan(0);
  });
});
