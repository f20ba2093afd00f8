import { beforeEach, describe, expect, it } from 'vitest';
import type { ReconcileOptions, ReconcileResult } from '../../plugin/src/sync/index.js';
import { reconcile } from '../../plugin/src/sync/index.js';
import { feedLeaseOf } from '../../plugin/src/sync/feeding.js';
import { World } from '../support/engine/world.js';

let world: World;
let keys: string[];

const compare = (options?: ReconcileOptions): Promise<ReconcileResult> => reconcile(world.context(), options);
const rightOf = (key: string): string => world.referrals.of(key)[0]?.key ?? '';
const writes = (): number =>
  (['update', 'tell', 'create'] as const).reduce(
    (sum, call) => sum + world.org.callsOf(call) + world.referrals.callsOf(call),
    0
  );
const foundIn = ({ found }: ReconcileResult): Record<string, number> =>
  Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
const dealValue = (key: string): unknown => (world.referral(key)['details'] as { dealValue: number }).dealValue;

/** Forgets that a record changed: what a lost notice and a cursor that moved past it leave behind. */
async function unseen(key: string, work: () => void): Promise<void> {
  work();
  const { leftHash, rightHash } = await import('../../plugin/src/sync/pair.js');
  const [left] = (await world.org.read([{ key }])).values();
  const [right] = (await world.referrals.read([{ key: rightOf(key) }])).values();
  const coupling = (await world.ledger.entries(world.mapping.name, [key])).get(key)?.coupling;
  if (!left || !right || !coupling) throw new Error('There is no such pair.');
  const seen = { seenLeft: leftHash(world.mapping, left), seenRight: rightHash(world.mapping, right) };
  await world.ledger.commit(world.mapping.name, [{ leftKey: key, coupling: { ...coupling, ...seen } }]);
}

beforeEach(async () => {
  world = await World.open();
  keys = Array.from({ length: 12 }, () => world.org.add());
  await world.settle();
});

describe('a reconciliation', () => {
  it('finds nothing where everything is in step, with one look at each side, and writes nothing', async () => {
    const before = writes();
    const result = await compare();
    expect(result.counts).toMatchObject({ left: 12, right: 12, coupled: 12, inStep: 12, waiting: 0, fresh: 0 });
    expect([foundIn(result), result.unmapped, result.calls]).toEqual([{}, [], { salesforce: 1, 'partner-center': 1 }]);
    expect(writes()).toBe(before);
  });

  it('leaves to the next run what it looks at anyway', async () => {
    world.org.edit(keys[0] ?? '', { Amount: 7 });
    world.org.add();
    const result = await compare();
    expect(result.counts).toMatchObject({ inStep: 11, waiting: 1, fresh: 1 });
    expect(foundIn(result)).toEqual({});
  });

  it('names twins, records whose other side is gone, and those that contradict each other', async () => {
    const [twin = '', orphan = '', widow = '', stranger = '', copy = ''] = keys;
    world.referrals.addReferral(twin, {});
    world.referrals.records.delete(rightOf(orphan));
    world.org.records.delete(widow);
    world.referrals.edit(rightOf(stranger), { externalReferenceId: copy });
    const result = await compare();
    expect(foundIn(result)).toEqual({ TWIN: 2, RIGHT_MISSING: 1, LEFT_MISSING: 1, COUPLED_ELSEWHERE: 1 });
    expect(result.repairs).toEqual({ possible: 0, done: 0, tooMany: false });
  });

  it('names choices that the mapping has no word for, once per value', async () => {
    for (const key of keys.slice(0, 3)) world.org.edit(key, { How_can_Microsoft_help__c: 'Coffee' });
    const { unmapped } = await compare();
    expect(unmapped).toEqual([
      {
        side: 'left',
        field: 'help',
        label: 'Kind of help from Microsoft',
        value: 'Coffee',
        records: 3,
        example: keys[0]
      }
    ]);
  });
});

describe('a repair', () => {
  it('of values that differ writes what it listed, by the rules of the mapping', async () => {
    const [key = ''] = keys;
    await unseen(key, () => world.org.edit(key, { Amount: 4_321 }));
    world.clock.advance(60_000);
    expect((await world.run()).counts).toMatchObject({ updatedRight: 0 });
    const found = await compare();
    expect(foundIn(found)).toEqual({ DRIFT: 1 });
    expect(found.findings[0]?.changes).toMatchObject([
      { field: 'dealValue', label: 'Deal value', to: 'right', oldValue: 1000, newValue: 4_321 }
    ]);
    expect(dealValue(key)).toBe(1000);
    const result = await compare({ repair: true });
    expect(result.repairs).toEqual({ possible: 1, done: 1, tooMany: false });
    await world.run();
    expect(dealValue(key)).toBe(4_321);
    expect(foundIn(await compare())).toEqual({});
  });

  it('couples what the ledger does not know, writes the marker and has the identifier shown again', async () => {
    const [unknown = '', unmarked = '', unnamed = ''] = keys;
    await world.ledger.commit(world.mapping.name, [{ leftKey: unknown, coupling: null, telling: null }]);
    const right = rightOf(unmarked);
    await unseen(unmarked, () => world.referrals.edit(right, { externalReferenceId: unmarked }));
    world.referrals.edit(right, { externalReferenceId: null });
    world.org.edit(unnamed, { Referral_Identifier__c: null });
    const found = await compare();
    expect(foundIn(found)).toEqual({ UNCOUPLED: 1, MARKER_MISSING: 1, IDENTIFIER_MISSING: 1 });
    const size = world.referrals.records.size;
    expect((await compare({ repair: true })).repairs).toMatchObject({ possible: 3, done: 3 });
    await world.run();
    expect(world.referrals.records.get(right)?.document['externalReferenceId']).toBe(unmarked);
    expect(world.org.records.get(unnamed)?.document['Referral_Identifier__c']).toBe(rightOf(unnamed));
    expect(world.referrals.records.size).toBe(size);
    await world.settle();
    expect(foundIn(await compare())).toEqual({});
  });

  it('of many records at once needs to be asked for', async () => {
    for (const key of keys.slice(0, 3)) await unseen(key, () => world.org.edit(key, { Amount: 5 }));
    const before = writes();
    expect((await compare({ repair: true, maxRepairs: 2 })).repairs).toEqual({ possible: 3, done: 0, tooMany: true });
    await world.run();
    expect(dealValue(keys[0] ?? '')).toBe(1000);
    expect(writes()).toBe(before);
  });

  it('is refused while another process looks for changes', async () => {
    const [key = ''] = keys;
    await unseen(key, () => world.org.edit(key, { Amount: 5 }));
    await world.ledger.lease(feedLeaseOf(world.mapping), 'service', world.clock.now(), 600_000);
    await expect(compare({ repair: true })).rejects.toMatchObject({ code: 'RUN_ACTIVE' });
    expect(foundIn(await compare())).toEqual({ DRIFT: 1 });
  });
});
