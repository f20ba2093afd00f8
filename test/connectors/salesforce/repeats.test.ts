import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bulkQuery, bulkWrite } from '../../../plugin/src/connectors/salesforce/bulk/index.js';
import type { RecordReport, RemoteRecord } from '../../../plugin/src/sync/ports.js';
import { SalesforceRest } from '../../../plugin/src/connectors/salesforce/rest.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { collect, FakeSession, salesforce } from '../../support/salesforce-answers.js';
import type { SalesforceRig } from '../../support/salesforce-rig.js';
import { quick, salesforceRig } from '../../support/salesforce-rig.js';
import { ScriptedHttp } from '../../support/scripted-http.js';

let rig: SalesforceRig;
beforeAll(async () => {
  rig = await salesforceRig({}, { changeEvents: true });
});
afterAll(() => rig.close());
afterEach(() => rig.salesforce.org.faults.clear());

/** A toggled opportunity that is old enough for a conditional write. */
function opportunity(): string {
  rig.salesforce.org.clock.move(-3_600_000);
  const fields = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2027-01-31', Sync_with_Partner_Center__c: true };
  const [id = ''] = rig.create('Opportunity', [fields]);
  rig.salesforce.org.clock.move(3_600_000);
  return id;
}

async function read(id: string): Promise<RemoteRecord> {
  const record = (await rig.connector().read([{ key: id }])).get(id);
  if (!record) throw new Error(`No opportunity ${id}.`);
  return record;
}

const report = (left: RemoteRecord): RecordReport => ({
  key: left.key,
  state: 'Synced',
  issues: [],
  left,
  rows: [],
  settled: [],
  audit: [
    {
      key: `k-${left.key}`,
      at: '2026-01-05T09:05:00.000Z',
      direction: 'toRight',
      action: 'created',
      outcome: 'success',
      message: 'Referral created.'
    }
  ]
});

/** How often records of these objects were written since a replay id, by what the org itself announces. */
function notices(after: number, id: string): string[] {
  const all = rig.salesforce.org.changes.replay('/data/ChangeEvents', after);
  return all.filter(({ recordIds }) => recordIds.includes(id)).map(({ changeType }) => changeType);
}
const newest = (): number => rig.salesforce.org.changes.replay('/data/ChangeEvents', -2).at(-1)?.replayId ?? -2;

type Fault = Record<string, number>;
const faults: { name: string; fault: Fault; carriedOut: boolean }[] = [
  { name: 'cut before the org acts', fault: { dropBefore: 1 }, carriedOut: false },
  { name: 'cut after the org acted', fault: { dropAfter: 1 }, carriedOut: true },
  { name: 'cut before, then after', fault: { dropBefore: 1, dropAfter: 1 }, carriedOut: true },
  { name: 'three times 503', fault: { unavailable: 3 }, carriedOut: false }
];

describe.each(faults)('a call that is $name', ({ fault, carriedOut }) => {
  it('and looks at the org is repeated', async () => {
    await rig.faults(fault);
    expect(await rig.connector().shape()).toMatchObject({ teams: true });
  });

  it('and reads is repeated', async () => {
    const id = opportunity();
    const connector = rig.connector();
    await connector.shape();
    await rig.faults(fault);
    expect((await connector.read([{ key: id }])).size).toBe(1);
    await rig.faults(fault);
    expect((await collect(connector.changes(new Date(Date.now() - 7_200_000).toISOString()))).length).toBeGreaterThan(
      0
    );
    await rig.faults(fault);
    expect((await collect(connector.changes(undefined))).length).toBeGreaterThan(0);
  });

  it('and tells is repeated: the fields once more with the same values, the trail not', async () => {
    const left = await read(opportunity());
    await rig.faults(fault);
    expect(await rig.connector().tell([report(left)])).toEqual([{ key: left.key }]);
    const entries = await rig.asAdmin.query(`SELECT Id FROM Cosell_Audit__c WHERE Opportunity__c = '${left.key}'`);
    expect(entries).toHaveLength(1);
    const { document } = await read(left.key);
    expect(document).toMatchObject({
      Cosell_Sync_State__c: 'Synced',
      Audit__c: '2026-01-05 09:05 - Referral created.'
    });
  });

  it('and writes under a condition is repeated, and the condition keeps it from counting twice', async () => {
    const current = await read(opportunity());
    const connector = rig.connector();
    await connector.shape();
    const before = newest();
    await rig.faults(fault);
    const result = await connector.update(current, { Amount: 4711 });
    // The first attempt was carried out: for the second one the record has changed, and the engine looks anew.
    expect(result.outcome).toBe(carriedOut ? 'stale' : 'written');
    expect((await read(current.key)).document['Amount']).toBe(4711);
    expect(notices(before, current.key)).toEqual(['UPDATE']);
  });

  it('and starts a Bulk query or gives its rows is repeated', async () => {
    const id = opportunity();
    await rig.faults(fault);
    const rows = await collect(bulkQuery(rig.bulk(), `SELECT Id FROM Opportunity WHERE Id = '${id}'`));
    expect(rows).toEqual([{ Id: id }]);
  });
});

describe('what may not be carried out twice', () => {
  it('is sent once, and the caller is told that the outcome is open', async () => {
    const http = new ScriptedHttp({ status: 503 });
    const ports = {
      session: new FakeSession(),
      http,
      clock: new ManualClock(),
      random: new SeededRandom(1),
      retry: quick
    };
    const rest = new SalesforceRest(ports);
    await expect(rest.call({ method: 'POST', path: '/services/x', repeatable: false })).rejects.toMatchObject({
      kind: 'retryable'
    });
    expect(http.unused()).toBe(0);
  });
});

describe('waits between attempts', () => {
  it('follow Retry-After for PATCH as for GET, with jitter on top', async () => {
    const busy = { status: 503, headers: { 'retry-after': '7' } };
    const { connector, clock, http } = salesforce({}, {}, busy, { status: 204 });
    const left = {
      key: '006000000000001AAA',
      document: {},
      version: `0@60000`,
      modifiedAt: '',
      lifecycle: 'open' as const
    };
    await connector.shape();
    const before = clock.now();
    await connector.update(left, { Amount: 1 });
    expect(clock.now() - before).toBeGreaterThanOrEqual(7000);
    expect(clock.now() - before).toBeLessThanOrEqual(7300);
    expect(http.unused()).toBe(0);
  });
});

describe('every call names this product', () => {
  it('to the org, whose change events carry it', async () => {
    const left = await read(opportunity());
    const before = newest();
    await rig.connector().tell([report(left)]);
    await rig.connector().update(await read(opportunity()), { Amount: 1 });
    const record = { Id: left.key, Amount: 2 };
    await collect(
      bulkWrite(rig.bulk(), { object: 'Opportunity', operation: 'update', recordOf: (each) => each }, [record])
    );
    const origins = rig.salesforce.org.changes
      .replay('/data/ChangeEvents', before)
      .filter(({ entityName, changeType }) => entityName === 'Opportunity' && changeType === 'UPDATE')
      .map(({ changeOrigin }) => changeOrigin);
    expect(origins).toEqual([
      'com/salesforce/api/rest/66.0;client=sf-plugin-cosell',
      'com/salesforce/api/rest/66.0;client=sf-plugin-cosell',
      'com/salesforce/api/bulkapi/66.0;client=sf-plugin-cosell'
    ]);
  });

  it('in its header, whatever kind of call', async () => {
    rig.sent.length = 0;
    const connector = rig.connector({ firstRead: 'bulk', polling: { firstMs: 1, capMs: 2 } });
    await collect(connector.changes(undefined));
    await collect(connector.changes(new Date().toISOString()));
    await connector.tell([report(await read(opportunity()))]);
    expect(rig.sent.length).toBeGreaterThan(10);
    expect(new Set(rig.sent.map(({ headers }) => headers?.['sforce-call-options']))).toEqual(
      new Set(['client=sf-plugin-cosell'])
    );
  });
});
