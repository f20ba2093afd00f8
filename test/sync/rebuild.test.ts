import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import { feedLeaseOf } from '../../plugin/src/sync/feeding.js';
import type { RebuildOptions, RebuildResult } from '../../plugin/src/sync/index.js';
import { rebuildLedger } from '../../plugin/src/sync/index.js';
import { World } from '../support/engine/world.js';

/** Paths that a person edits on either side, with the field they stand for. */
const AMOUNT = { left: 'Amount', right: 'details.dealValue' } as const;

let world: World;

const rebuild = (options?: RebuildOptions): Promise<RebuildResult> => rebuildLedger(world.context(), options);
const writes = (): number =>
  world.org.callsOf('update') +
  world.org.callsOf('tell') +
  world.referrals.callsOf('update') +
  world.referrals.callsOf('create');
const amounts = (key: string): unknown[] => [
  world.org.records.get(key)?.document['Amount'],
  (world.referral(key)['details'] as { dealValue: number }).dealValue
];
const codes = ({ problems }: RebuildResult): string[] => problems.map(({ code }) => code).sort();

/** The ledger and the queue that shares its database are gone. */
async function lose(): Promise<void> {
  world.ledger = new MemoryLedger(world.queue.isHeld);
  const claims = await world.queue.claim(world.mapping.name, { owner: 'lost', limit: 10_000, leaseMs: 1_000 });
  await world.queue.complete(world.mapping.name, 'lost', claims);
  world.clock.advance(60_000);
}

/** Pairs in every state: in step, paused, closed on the right, in conflict and not complete. */
async function fifty(): Promise<string[]> {
  const keys = Array.from({ length: 50 }, () => world.org.add());
  await world.settle();
  const rights = keys.map((key) => world.referrals.of(key)[0]?.key ?? '');
  for (const [index, key] of keys.entries()) {
    if (index % 10 === 1) world.org.edit(key, { Sync_with_Partner_Center__c: false });
    if (index % 10 === 2) world.referrals.edit(rights[index] ?? '', { outcome: 'Closed/Won' });
    if (index % 10 === 3) world.org.edit(key, { [AMOUNT.left]: 77_000 + index });
    if (index % 10 === 4) world.referrals.edit(rights[index] ?? '', { [AMOUNT.right]: 88_000 + index });
  }
  await world.settle();
  return keys;
}

beforeEach(async () => {
  world = await World.open();
});

describe('a lost ledger', () => {
  it('is rebuilt from 50 pairs in every state; the next runs create and write nothing', async () => {
    const keys = await fifty();
    await lose();
    const before = writes();
    const result = await rebuild();
    expect(writes()).toBe(before);
    expect(result.counts).toMatchObject({ left: 50, right: 50, coupled: 50, paused: 5, differing: 0, waiting: 0 });
    expect(result).toMatchObject({ problems: [], fields: [] });
    const { couplings } = await world.ledger.status(world.mapping.name);
    expect(couplings).toMatchObject({ active: 40, paused: 5, closed: 5 });
    const summary = await world.settle();
    expect(writes()).toBe(before);
    expect(summary.counts).toMatchObject({ created: 0, linked: 0, updatedLeft: 0, updatedRight: 0 });
    expect(world.referrals.records.size).toBe(keys.length);
  });

  it('has the history of equal fields back: an edit afterwards travels and is no conflict', async () => {
    const [first = '', second = ''] = await fifty();
    await lose();
    await rebuild();
    world.org.edit(first, { [AMOUNT.left]: 5 });
    const other = world.referrals.of(first)[0]?.key ?? '';
    world.referrals.edit(other, { 'details.notes': 'From Microsoft' });
    world.org.edit(second, { Sync_with_Partner_Center__c: true, [AMOUNT.left]: 6 });
    const summary = await world.run();
    expect(amounts(first)).toEqual([5, 5]);
    expect(amounts(second)).toEqual([6, 6]);
    expect(world.org.records.get(first)?.document['Description']).toBe('From Microsoft');
    expect(summary.counts).toMatchObject({ conflicts: 0, created: 0 });
    const conflicts = [...world.org.audit.values()].filter(({ action }) => action === 'conflict');
    expect(conflicts).toEqual([]);
  });

  it('lets the rules decide about edits made before the rebuild, and names the value that loses', async () => {
    const [first = ''] = await fifty();
    await lose();
    const [before] = amounts(first);
    world.org.edit(first, { [AMOUNT.left]: 4_321 });
    const result = await rebuild();
    expect(result.counts).toMatchObject({ coupled: 50, differing: 1, waiting: 1 });
    expect(result.fields).toEqual([
      { field: 'dealValue', label: 'Deal value', records: 1, toLeft: 0, toRight: 1, open: 0, noted: 0 }
    ]);
    await world.run();
    expect(amounts(first)).toEqual([4_321, 4_321]);
    const named = world.org.seen(first).audit.find(({ action }) => action === 'conflict');
    expect(named).toMatchObject({ field: 'dealValue', oldValue: before, newValue: 4_321 });
  });

  it('shows an opportunity what happened to its referral meanwhile, although no field differs', async () => {
    const [first = ''] = await fifty();
    await lose();
    world.referrals.edit(world.referrals.of(first)[0]?.key ?? '', { 'details.seen': true });
    expect((await rebuild()).counts).toMatchObject({ differing: 0, waiting: 1 });
    const before = world.org.reports.length;
    await world.run();
    expect(world.org.reports.slice(before).map(({ key }) => key)).toEqual([first]);
  });

  it('couples what only one side names, and tells an opportunity that does not know its referral', async () => {
    const [unnamed = '', unmarked = '', resting = ''] = await fifty();
    await lose();
    world.org.edit(unnamed, { Referral_Identifier__c: null });
    const right = world.referrals.of(unmarked)[0]?.key ?? '';
    world.referrals.edit(right, { externalReferenceId: null });
    world.org.edit(resting, { Referral_Identifier__c: null, Sync_with_Partner_Center__c: false });
    const result = await rebuild();
    expect(result).toMatchObject({ counts: { coupled: 50 }, problems: [] });
    await world.settle();
    expect(world.referrals.records.size).toBe(50);
    expect(world.org.records.get(unnamed)?.document['Referral_Identifier__c']).toBe(
      world.referrals.of(unnamed)[0]?.key
    );
    expect((await world.ledger.leftKeysOf(world.mapping.name, [right])).get(right)).toBe(unmarked);
  });

  it('hands what was shared meanwhile to the next run', async () => {
    await fifty();
    await lose();
    const fresh = world.org.add();
    expect((await rebuild()).counts).toMatchObject({ fresh: 1, waiting: 1 });
    await world.run();
    expect(world.referrals.of(fresh)).toHaveLength(1);
  });
});

describe('a referral that was created right before the ledger was lost', () => {
  it('and that the list does not show yet, is not created again', async () => {
    world = await World.open(1, { lookupDelayMs: 15_000 });
    const deal = world.org.add();
    world.clock.advance(60_000);
    const due = world.clock.now() + 10_000;
    const { changes } = world.referrals;
    let late = false;
    world.referrals.changes = function (cursor) {
      if (!late && world.clock.now() > due) world.referrals.addReferral(deal, {});
      late ||= world.clock.now() > due;
      return changes.call(this, cursor);
    };
    expect((await rebuild()).counts).toMatchObject({ coupled: 1, fresh: 0 });
    await world.settle();
    expect(world.referrals.of(deal)).toHaveLength(1);
  });
});

describe('what a rebuild does not guess', () => {
  it('a twin: the referral that the opportunity names is coupled, else the oldest', async () => {
    const [named = '', unnamed = ''] = await fifty();
    const younger = world.referrals.addReferral(named, {});
    world.referrals.addReferral(unnamed, {});
    const oldest = world.referrals.of(unnamed)[0]?.key ?? '';
    await lose();
    world.org.edit(named, { Referral_Identifier__c: younger.key });
    world.org.edit(unnamed, { Referral_Identifier__c: null });
    const result = await rebuild();
    expect(result.counts).toMatchObject({ coupled: 50, twins: 2 });
    expect(codes(result)).toEqual(['TWIN', 'TWIN']);
    const keys = await world.ledger.leftKeysOf(world.mapping.name, [younger.key, oldest]);
    expect([...keys.values()]).toEqual([named, unnamed]);
    await world.settle();
    expect(world.referrals.records.size).toBe(52);
  });

  it('a counterpart that is gone, on either side', async () => {
    const [left = '', right = ''] = await fifty();
    await lose();
    const gone = world.referrals.of(left)[0]?.key ?? '';
    world.referrals.records.delete(gone);
    world.org.records.delete(right);
    const result = await rebuild();
    expect(result.counts).toMatchObject({ coupled: 48, orphans: 2 });
    expect(result.problems).toMatchObject([
      { code: 'LEFT_MISSING', leftKey: right },
      { code: 'RIGHT_MISSING', leftKey: left, rightKey: gone }
    ]);
    await world.settle();
    expect(world.referrals.records.size).toBe(49);
    expect(world.org.seen(left).codes).toBe('COUNTERPART_GONE');
  });

  it('records that contradict each other: none is coupled, none is created, until a person corrected one', async () => {
    const [first = '', , , , , second = '', third = ''] = await fifty();
    await lose();
    const [one, two] = [first, second].map((key) => world.referrals.of(key)[0]?.key ?? '');
    // A copy names a referral that names the original; another names an unmarked one and is named itself.
    world.org.edit(second, { Referral_Identifier__c: one ?? '' });
    const stray = world.referrals.addReferral(null, {});
    world.org.edit(third, { Referral_Identifier__c: stray.key });
    const result = await rebuild();
    expect(result.counts).toMatchObject({ coupled: 48, disagreements: 2 });
    expect(codes(result)).toEqual(['COUPLING_UNCLEAR', 'COUPLING_UNCLEAR']);
    const before = writes();
    await world.settle();
    expect(writes()).toBe(before);
    expect((await world.ledger.issues(world.mapping.name, { limit: 10 })).map(({ leftKey }) => leftKey)).toEqual(
      [second, third].sort()
    );
    world.org.edit(second, { Referral_Identifier__c: two ?? '' });
    expect((await rebuild({ merge: true })).counts).toMatchObject({ coupled: 1, kept: 48, disagreements: 1 });
    expect((await world.ledger.leftKeysOf(world.mapping.name, [two ?? ''])).get(two ?? '')).toBe(second);
  });

  it('two opportunities that name one referral, which names nobody', async () => {
    const [first = '', , , , , second = ''] = [world.org.add(), '', '', '', '', world.org.add()];
    const { key } = world.referrals.addReferral(null, {});
    for (const left of [first, second]) world.org.edit(left, { Referral_Identifier__c: key });
    const result = await rebuild();
    expect(result.counts).toMatchObject({ coupled: 0, disagreements: 2 });
    await world.settle();
    expect(world.referrals.records.size).toBe(1);
    expect((await world.ledger.leftKeysOf(world.mapping.name, [key])).size).toBe(0);
  });
});

describe('a ledger that is there', () => {
  it('is refused with couplings, looked through by a dry run, and kept by a merge', async () => {
    const [first = ''] = await fifty();
    await expect(rebuild()).rejects.toMatchObject({ code: 'LEDGER_NOT_EMPTY' });
    const { [first]: lost, ...stored } = Object.fromEntries(
      await world.ledger.entries(world.mapping.name, [...world.org.records.keys()])
    );
    await world.ledger.commit(world.mapping.name, [{ leftKey: first, coupling: null, telling: null }]);
    const dry = await rebuild({ dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, counts: { coupled: 1, kept: 49 }, problems: [] });
    expect((await world.ledger.entries(world.mapping.name, [first])).get(first)?.coupling).toBeUndefined();
    const cursors = await world.ledger.cursors(world.mapping.name);
    expect((await rebuild({ merge: true })).counts).toMatchObject({ coupled: 1, kept: 49, waiting: 0 });
    const now = Object.fromEntries(await world.ledger.entries(world.mapping.name, Object.keys(stored)));
    expect(now).toEqual(stored);
    const again = (await world.ledger.entries(world.mapping.name, [first])).get(first)?.coupling;
    // Fields that only mattered for the creation have no history to get back.
    expect(lost?.coupling?.base).toMatchObject(again?.base ?? {});
    expect(Object.keys(again?.base ?? {})).toHaveLength(10);
    expect(await world.ledger.cursors(world.mapping.name)).toEqual(cursors);
  });

  it('is left alone while another process looks for changes or works on records', async () => {
    const [first = ''] = await fifty();
    await lose();
    const { clock, ledger, mapping, queue } = world;
    await ledger.lease(feedLeaseOf(mapping), 'service', clock.now(), 60_000);
    await expect(rebuild()).rejects.toMatchObject({ code: 'RUN_ACTIVE' });
    expect((await rebuild({ dryRun: true })).counts.coupled).toBe(50);
    await ledger.release(feedLeaseOf(mapping), 'service');
    await queue.enqueue(mapping.name, [{ key: first, priority: 1 }]);
    const claims = await queue.claim(mapping.name, { owner: 'worker', limit: 1, leaseMs: 60_000 });
    await expect(rebuild()).rejects.toMatchObject({ code: 'RUN_ACTIVE' });
    await queue.complete(mapping.name, 'worker', claims);
    expect((await rebuild()).counts.coupled).toBe(50);
  });
});

describe('a rebuild that breaks off', () => {
  it('goes on from what is stored, and loses no edit made in between', async () => {
    const keys = await fifty();
    await lose();
    world.org.pageSize = 10;
    let pages = 0;
    world.org.before = (call) => {
      if (call === 'changes' && (pages += 1) === 4) throw new Error('The process was killed.');
    };
    await expect(rebuild()).rejects.toThrow('killed');
    world.org.before = () => undefined;
    const stored = await world.ledger.entries(world.mapping.name, keys);
    expect(stored.size).toBe(30);
    const [kept = ''] = stored.keys();
    world.org.edit(kept, { [AMOUNT.left]: 99 });
    expect((await rebuild()).counts).toMatchObject({ coupled: 20, kept: 30, waiting: 1 });
    await world.settle();
    expect(amounts(kept)).toEqual([99, 99]);
    expect(world.referrals.records.size).toBe(50);
  });
});

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('twenty stories of a lost ledger', () => {
  it.each(SEEDS)('seed %i: no edit is lost, nothing is created twice', async (seed) => {
    world = await World.open(seed);
    const random = new SeededRandom(seed);
    const any = <T>(items: readonly T[]): T => items[Math.floor(random.next() * items.length)] as T;
    const keys = await fifty();
    await lose();
    const edits = new Map<string, Set<number>>();
    for (let count = 0; count < 20; count += 1) {
      const key = any(keys);
      const value = 100_000 + count;
      const right = world.referrals.of(key)[0]?.key ?? '';
      edits.set(key, (edits.get(key) ?? new Set()).add(value));
      if (random.next() < 0.5) world.org.edit(key, { [AMOUNT.left]: value });
      else world.referrals.edit(right, { [AMOUNT.right]: value });
      if (random.next() < 0.2) world.org.edit(key, { Referral_Identifier__c: null });
    }
    const ends = new Map([...edits.keys()].map((key) => [key, amounts(key)]));
    const crash = Math.floor(random.next() * 6);
    world.org.pageSize = world.referrals.pageSize = 12;
    let calls = 0;
    world.org.before = world.referrals.before = (call) => {
      if (call === 'changes' && (calls += 1) === crash) throw new Error('The process was killed.');
    };
    await rebuild().catch(() => undefined);
    world.org.before = world.referrals.before = () => undefined;
    const entries = await world.ledger.cursors(world.mapping.name);
    if (Object.keys(entries).length === 0) await rebuild();
    await world.settle();
    expect(world.referrals.records.size).toBe(50);
    for (const [key, values] of ends) {
      const audit = JSON.stringify(world.org.seen(key).audit);
      const now = amounts(key);
      // The last value of each side is there, or named with the value that replaced it.
      for (const value of values) expect(now.includes(value) || audit.includes(String(value)), key).toBe(true);
      const document = world.org.records.get(key)?.document ?? {};
      const open = document['Sync_with_Partner_Center__c'] === true && world.referral(key)['status'] !== 'Closed';
      if (open) expect(now[0], key).toBe(now[1]);
    }
    const quiet = writes();
    await world.settle(2);
    expect(writes()).toBe(quiet);
  });
});
