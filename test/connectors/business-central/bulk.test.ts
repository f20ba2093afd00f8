import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectRows } from '../../../plugin/src/connectors/business-central/listing.js';
import type { BusinessCentralConnector } from '../../../plugin/src/connectors/business-central/connector.js';
import { MemoryLedger } from '../../../plugin/src/ledger/memory.js';
import { loadMapping } from '../../../plugin/src/mapping/index.js';
import type { Mapping } from '../../../plugin/src/mapping/types.js';
import { ManualClock, systemClock } from '../../../plugin/src/ports/clock.js';
import { systemRandom } from '../../../plugin/src/ports/random.js';
import { MemoryQueue } from '../../../plugin/src/queue/memory.js';
import type { RunSummary } from '../../../plugin/src/sync/index.js';
import { runOnce } from '../../../plugin/src/sync/index.js';
import type { LoopbackRig } from '../../support/business-central-loopback.js';
import { businessCentralLoopback } from '../../support/business-central-loopback.js';
import { FakeOrg } from '../../support/engine/fake-org.js';

let rig: LoopbackRig;
let mapping: Mapping;
beforeAll(async () => {
  rig = await businessCentralLoopback();
  mapping = await loadMapping('product-item');
});
afterEach(() => rig.center.faults.clear());
afterAll(() => rig.close());

describe('many writes at once', () => {
  let items: BusinessCentralConnector;
  beforeEach(() => {
    items = rig.connect('items', { bulk: true });
  });

  const make = (count: number, name: string) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        items.create(`01t${n}`, { displayName: `${name} ${n}`, type: 'Inventory', unitPrice: 5 })
      )
    );

  it('travel a hundred to a call, each with its own answer', async () => {
    const before = items.calls();
    const made = await make(250, 'Chair');
    expect(items.calls() - before).toBe(3);
    expect(made.map(({ document }) => document['displayName'])).toEqual(
      Array.from({ length: 250 }, (_, n) => `Chair ${n}`)
    );
    const middle = items.calls();
    const written = await Promise.all(made.map((item, n) => items.update(item, { displayName: `Stool ${n}` })));
    expect(items.calls() - middle).toBe(3);
    expect(written.every(({ outcome }) => outcome === 'written')).toBe(true);
  });

  it('are refused one by one', async () => {
    const results = await Promise.allSettled([
      items.create('01tA', { displayName: 'Sound' }),
      items.create('01tB', { displayName: 'x'.repeat(101) }),
      items.create('01tC', { displayName: 'No stock is posted from here', inventory: 5 })
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { kind: 'rejected' } },
      { status: 'rejected', reason: { code: 'FIELD_READ_ONLY' } }
    ]);
  });

  it('are each conditional on the read that they are based on', async () => {
    const [first, second] = await make(2, 'Lamp');
    await rig.connect('items').update(first!, { displayName: 'Edited by a person' });
    const results = await Promise.all([
      items.update(first!, { displayName: 'Ours 1' }),
      items.update(second!, { displayName: 'Ours 2' })
    ]);
    expect(results).toMatchObject([{ outcome: 'stale' }, { outcome: 'written' }]);
    const read = await items.read([{ key: first!.key }]);
    expect(read.get(first!.key)?.document['displayName']).toBe('Edited by a person');
  });

  it('are of unknown outcome when their answer is lost, and are looked for a hundred to a call', async () => {
    const since = new Date(Date.now() - 60_000).toISOString();
    rig.center.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: '/$batch' });
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => items.create(`01t${n}`, { displayName: `Lost ${n}` }))
    );
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toMatchObject(
      [1, 2, 3].map(() => ({ kind: 'unknownOutcome' }))
    );
    const before = items.calls();
    const found = await Promise.all(
      [1, 2, 3, 4].map((n) => items.findByMarker(`01t${n}`, since, { displayName: `Lost ${n}` }))
    );
    expect(found.map((records) => records.map(({ counterpart }) => counterpart))).toEqual([
      ['01t1'],
      ['01t2'],
      ['01t3'],
      []
    ]);
    expect(items.calls() - before).toBe(1);
  });
});

describe('the engine with many records in work', () => {
  const COUNT = 230;
  const queueClock = systemClock;

  function world(prefix: string) {
    const org = new FakeOrg('salesforce', 'Salesforce', new ManualClock(Date.now()));
    const queue = new MemoryQueue(queueClock);
    const ledger = new MemoryLedger(queue.isHeld);
    const right = rig.connect('items', { bulk: true, filter: `startswith(displayName,'${prefix}')` });
    const run = (): Promise<RunSummary> =>
      runOnce({
        ...{ mapping, left: org, right, ledger, queue, clock: systemClock, random: systemRandom },
        options: { concurrency: 200, lookupDelayMs: 0, maxFailuresInARow: 1_000, backoffMs: 0 }
      });
    const add = (name: string): string => org.addAs('01t', { Name: `${prefix} ${name}`, IsActive: true });
    const rows = () =>
      collectRows(rig.api, `v2.0/companies(${rig.companyId})/items`, { filter: `startswith(displayName,'${prefix}')` });
    return { org, right, run, add, rows, ledger };
  }

  it('makes a few calls for hundreds of creations, and none of them again', async () => {
    const { run, add, rows, right } = world('Bulk A');
    for (let n = 0; n < COUNT; n += 1) add(String(n));
    const summary = await run();
    expect(summary.counts.created).toBe(COUNT);
    expect(summary.calls[right.system]).toBeLessThanOrEqual(6);
    expect(await rows()).toHaveLength(COUNT);
    await run();
    const quiet = await run();
    expect(quiet.counts).toMatchObject({ created: 0, updatedLeft: 0, updatedRight: 0 });
    expect(quiet.calls[right.system]).toBeLessThanOrEqual(1);
  });

  it('creates nothing twice when the answer of a batch is lost, also among records with equal values', async () => {
    const { run, add, rows, ledger } = world('Bulk B');
    const keys = Array.from({ length: 40 }, (_, n) => add(n < 6 ? 'the same' : String(n)));
    rig.center.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: '/$batch' });
    expect((await run()).counts.created).toBe(0);
    for (let pass = 0; pass < 8; pass += 1) await run();
    expect(await rows()).toHaveLength(40);
    const entries = await ledger.entries(mapping.name, keys);
    const coupled = [...entries.values()].map(({ coupling }) => coupling?.rightKey);
    expect(new Set(coupled).size).toBe(40);
    expect(coupled).not.toContain(undefined);
  });

  it('carries edits over in batches', async () => {
    const { org, run, add, rows, right } = world('Bulk C');
    const keys = Array.from({ length: COUNT }, (_, n) => add(String(n)));
    await run();
    await run();
    for (const key of keys) org.edit(key, { Name: `Bulk C renamed ${key}` });
    const before = right.calls();
    const summary = await run();
    expect(summary.counts.updatedRight).toBe(COUNT);
    expect(right.calls() - before).toBeLessThanOrEqual(20);
    expect((await rows()).every(({ displayName }) => String(displayName).startsWith('Bulk C renamed'))).toBe(true);
  });
});
