import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Claim, ClaimRequest, WorkItem, WorkQueue } from '../../plugin/src/queue/index.js';
import type { Driver, Rig } from './rigs.js';
import { embeddedFile, embeddedPostgres, fleet, memory } from './rigs.js';

const drivers: [string, () => Promise<Driver>][] = [
  ['memory', async () => Promise.resolve(memory())],
  ['embedded on SQLite', embeddedFile],
  ['embedded on PostgreSQL', embeddedPostgres],
  ['fleet', fleet]
];

/** Short, as the fleet's leases pass for real. */
const LEASE = 250;
const LONG = 60_000;

const item = (key: string, more: Partial<WorkItem> = {}): WorkItem => ({ key, priority: 1, ...more });
const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `K${1000 + index}`);
const keysOf = (claims: readonly Claim[]): string[] => claims.map(({ key }) => key);
const from = (owner: string, more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  owner,
  limit: 100,
  leaseMs: LONG,
  ...more
});
const only = (claims: readonly Claim[]): Claim => {
  expect(claims).toHaveLength(1);
  return claims[0] as Claim;
};

let mappings = 0;

describe.each(drivers)('work queue contract: %s', (_name, start) => {
  let driver: Driver;
  let rig: Rig;
  let queue: WorkQueue;
  let other: WorkQueue;
  let M: string;

  beforeAll(async () => {
    driver = await start();
  });
  afterAll(async () => driver.stop());
  beforeEach(async () => {
    rig = await driver.rig();
    ({ queue, other } = rig);
    M = `opportunity-referral-${(mappings += 1)}`;
  });

  it('gives the most urgent work first, then the oldest', async () => {
    await queue.enqueue(M, [item('old', { priority: 2 })]);
    await rig.pass(5);
    await queue.enqueue(M, [item('first')]);
    await rig.pass(5);
    await queue.enqueue(M, [item('second'), item('waited for', { priority: 0 })]);
    const claims = await other.claim(M, from('A'));
    expect(keysOf(claims)).toEqual(['waited for', 'first', 'second', 'old']);
    expect(claims.map(({ priority }) => priority)).toEqual([0, 1, 1, 2]);
    expect(claims.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
  });

  it('gives no more than asked for, and nothing twice', async () => {
    await queue.enqueue(
      M,
      keys(5).map((key) => item(key))
    );
    const first = await queue.claim(M, from('A', { limit: 3 }));
    const rest = await other.claim(M, from('B', { limit: 3 }));
    expect([first.length, rest.length]).toEqual([3, 2]);
    expect(keysOf([...first, ...rest]).sort()).toEqual(keys(5));
    expect(await queue.claim(M, from('A'))).toEqual([]);
  });

  it('takes nothing for nothing', async () => {
    await queue.enqueue(M, []);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(await queue.complete(M, 'A', [])).toEqual(new Set());
    expect(await queue.extend(M, 'A', [], LONG)).toEqual(new Set());
    await queue.giveBack(M, 'A', []);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
    expect(await queue.nextAt(M)).toBeUndefined();
  });

  it('holds work back until its time', async () => {
    await queue.enqueue(M, [item('K', { notBefore: rig.now() + LEASE })]);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    await rig.pass(LEASE + 30);
    expect(keysOf(await queue.claim(M, from('A')))).toEqual(['K']);
  });

  it('collapses equal keys: the earlier time and the more urgent priority win', async () => {
    await queue.enqueue(M, [item('K', { priority: 2, notBefore: rig.now() + LONG })]);
    await other.enqueue(M, [item('K', { priority: 1 })]);
    await queue.enqueue(M, [item('K', { priority: 0, notBefore: rig.now() + LONG })]);
    expect(only(await queue.claim(M, from('A')))).toMatchObject({ key: 'K', priority: 0, attempts: 1 });
  });

  it('collapses equal keys within one call', async () => {
    await queue.enqueue(M, [
      item('K', { priority: 2 }),
      item('K', { priority: 0, notBefore: rig.now() + LONG }),
      item('K', { notBefore: rig.now() + LONG })
    ]);
    expect(await queue.depth(M)).toEqual({ ready: 1, later: 0, held: 0 });
    expect(only(await queue.claim(M, from('A'))).priority).toBe(0);
  });

  it('takes a record up again that was asked for while it was in hand, once and after its completion', async () => {
    await queue.enqueue(M, [item('K', { priority: 0 })]);
    const claims = await queue.claim(M, from('A'));
    await other.enqueue(M, [item('K', { priority: 2 })]);
    await other.enqueue(M, [item('K', { priority: 1 })]);
    expect(await other.claim(M, from('B'))).toEqual([]);
    expect(await other.claim(M, from('B'))).toEqual([]);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 1 });
    expect(await queue.nextAt(M)).toBeUndefined();

    expect(await queue.complete(M, 'A', claims)).toEqual(new Set(['K']));
    const again = await other.claim(M, from('B'));
    expect(only(again)).toMatchObject({ key: 'K', priority: 1, attempts: 1 });
    await other.complete(M, 'B', again);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('keeps the time of work that was asked for while the record was in hand', async () => {
    await queue.enqueue(M, [item('K')]);
    const claims = await queue.claim(M, from('A'));
    await queue.enqueue(M, [item('K', { priority: 2, notBefore: rig.now() + LEASE })]);
    await queue.complete(M, 'A', claims);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 1, held: 0 });
    await rig.pass(LEASE + 30);
    expect(only(await queue.claim(M, from('A')))).toMatchObject({ priority: 2, attempts: 1 });
  });

  it('puts each of many records in exactly one of many hands', async () => {
    await queue.enqueue(
      M,
      keys(300).map((key) => item(key))
    );
    const owners = Array.from({ length: 12 }, (_, index) => `W${index}`);
    const taken = await Promise.all(
      owners.map(async (owner, index) => (index % 2 ? queue : other).claim(M, from(owner, { limit: 40 })))
    );
    const got = taken.flatMap(keysOf);
    expect(new Set(got).size).toBe(got.length);
    const rest = await queue.claim(M, from('last', { limit: 300 }));
    expect([...got, ...keysOf(rest)].sort()).toEqual(keys(300));
  });

  it('gives growing fences that never repeat, for all mappings', async () => {
    const second = `${M}-other`;
    const fences: number[] = [];
    for (const [index, mapping] of [M, second, M, second].entries()) {
      const view = index < 2 ? queue : other;
      await view.enqueue(
        mapping,
        keys(3).map((key) => item(key))
      );
      const claims = await view.claim(mapping, from('A'));
      fences.push(...claims.map(({ fence }) => fence));
      await view.complete(mapping, 'A', claims);
    }
    expect(fences).toHaveLength(12);
    expect(fences).toEqual([...new Set(fences)].sort((one, two) => one - two));
  });

  it('keeps mappings apart, whatever their names', async () => {
    const odd = `${M}: Größe/2'";--`;
    await queue.enqueue(odd, [item('K')]);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(keysOf(await queue.claim(odd, from('A')))).toEqual(['K']);
  });

  it('ends only what is held under the current fence by its owner', async () => {
    await queue.enqueue(M, [item('K')]);
    const claim = only(await queue.claim(M, from('A')));
    expect(await queue.complete(M, 'B', [claim])).toEqual(new Set());
    expect(await queue.complete(M, 'A', [{ ...claim, fence: claim.fence - 1 }])).toEqual(new Set());
    expect(await queue.depth(M)).toMatchObject({ held: 1 });
    expect(await queue.complete(M, 'A', [claim])).toEqual(new Set(['K']));
  });

  it('may be told twice that work is done', async () => {
    await queue.enqueue(M, [item('K'), item('L')]);
    const claims = await queue.claim(M, from('A'));
    await queue.complete(M, 'A', claims.slice(0, 1));
    await queue.enqueue(M, [item('K')]);
    expect(await queue.complete(M, 'A', claims)).toEqual(new Set(['L']));
    expect(keysOf(await queue.claim(M, from('B')))).toEqual(['K']);
  });

  it('keeps a claim alive that is extended', async () => {
    await queue.enqueue(M, [item('K'), item('L')]);
    const claims = await queue.claim(M, from('A', { leaseMs: LEASE }));
    expect(await queue.extend(M, 'A', claims.slice(0, 1), LONG)).toEqual(new Set(['K']));
    await rig.pass(LEASE + 30);
    expect(keysOf(await other.claim(M, from('B')))).toEqual(['L']);
    expect(await queue.complete(M, 'A', claims)).toEqual(new Set(['K']));
  });

  it('gives a record to somebody else when its lease runs out, with a higher fence and one more attempt', async () => {
    await queue.enqueue(M, [item('K', { priority: 0 })]);
    const lost = only(await queue.claim(M, from('A', { leaseMs: LEASE })));
    expect(await other.claim(M, from('B'))).toEqual([]);
    await rig.pass(LEASE + 30);
    expect(await other.depth(M)).toEqual({ ready: 1, later: 0, held: 0 });
    expect(await other.nextAt(M)).toBeLessThanOrEqual(rig.now());
    const taken = only(await other.claim(M, from('B')));
    expect(taken).toMatchObject({ key: 'K', priority: 0, attempts: 2 });
    expect(taken.fence).toBeGreaterThan(lost.fence);
  });

  it('listens to nothing that a worker says after its claim was taken over', async () => {
    await queue.enqueue(M, [item('K'), item('L')]);
    const lost = await queue.claim(M, from('A', { leaseMs: LEASE }));
    await queue.complete(M, 'A', lost.slice(1));
    await rig.pass(LEASE + 30);
    const taken = await other.claim(M, from('B', { leaseMs: LONG }));
    expect(await queue.extend(M, 'A', lost, LONG)).toEqual(new Set());
    expect(await queue.complete(M, 'A', lost)).toEqual(new Set());
    await queue.giveBack(M, 'A', lost);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(await other.extend(M, 'B', taken, LONG)).toEqual(new Set(['K']));
    expect(await other.complete(M, 'B', taken)).toEqual(new Set(['K']));
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('accepts late work as long as nobody has taken over', async () => {
    await queue.enqueue(M, [item('K'), item('L')]);
    const claims = await queue.claim(M, from('A', { leaseMs: LEASE }));
    await rig.pass(LEASE + 30);
    expect(await queue.extend(M, 'A', claims.slice(1), LONG)).toEqual(new Set(['L']));
    expect(await queue.complete(M, 'A', claims)).toEqual(new Set(['K', 'L']));
    expect(await other.claim(M, from('B'))).toEqual([]);
  });

  it('counts on as long as a record kills its workers', async () => {
    await queue.enqueue(M, [item('K')]);
    const attempts: number[] = [];
    for (let died = 0; died < 5; died += 1) {
      attempts.push(only(await queue.claim(M, from(`W${died}`, { leaseMs: 40 }))).attempts);
      await rig.pass(60);
    }
    expect(attempts).toEqual([1, 2, 3, 4, 5]);
    const claims = await queue.claim(M, from('last'));
    await queue.complete(M, 'last', claims);
    await queue.enqueue(M, [item('K')]);
    expect(only(await queue.claim(M, from('last'))).attempts).toBe(1);
  });

  it('does one round when a record was asked for again and then its worker died', async () => {
    await queue.enqueue(M, [item('K', { priority: 2 })]);
    await queue.claim(M, from('A', { leaseMs: LEASE }));
    await queue.enqueue(M, [item('K', { priority: 0, notBefore: rig.now() + LONG })]);
    await rig.pass(LEASE + 30);
    const taken = await other.claim(M, from('B'));
    expect(only(taken)).toMatchObject({ priority: 0, attempts: 2 });
    await other.complete(M, 'B', taken);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('takes claims back without counting an attempt', async () => {
    await queue.enqueue(M, [item('K', { priority: 0 })]);
    await queue.giveBack(M, 'A', await queue.claim(M, from('A')));
    const claim = only(await other.claim(M, from('B')));
    expect(claim).toMatchObject({ key: 'K', priority: 0, attempts: 1 });
    await other.giveBack(M, 'B', [claim], rig.now() + LEASE);
    expect(await queue.claim(M, from('A'))).toEqual([]);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 1, held: 0 });
    await rig.pass(LEASE + 30);
    expect(only(await queue.claim(M, from('A'))).attempts).toBe(1);
  });

  it('keeps the attempts of those who died before when a claim is given back', async () => {
    await queue.enqueue(M, [item('K')]);
    await queue.claim(M, from('A', { leaseMs: 40 }));
    await rig.pass(60);
    await queue.giveBack(M, 'B', await queue.claim(M, from('B')));
    expect(only(await queue.claim(M, from('C'))).attempts).toBe(2);
  });

  it('takes the earlier time when a record is given back that was asked for in the meantime', async () => {
    await queue.enqueue(M, [item('K', { priority: 2 })]);
    const claims = await queue.claim(M, from('A'));
    await other.enqueue(M, [item('K', { priority: 1 })]);
    await queue.giveBack(M, 'A', claims, rig.now() + LONG);
    const again = await queue.claim(M, from('A'));
    expect(only(again)).toMatchObject({ priority: 1, attempts: 1 });
    await queue.complete(M, 'A', again);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('leaves less urgent work alone when asked to', async () => {
    await queue.enqueue(M, [item('a', { priority: 0 }), item('b'), item('c', { priority: 2 })]);
    expect(keysOf(await queue.claim(M, from('A', { leastUrgent: 0 })))).toEqual(['a']);
    expect(keysOf(await queue.claim(M, from('A', { leastUrgent: 0 })))).toEqual([]);
    expect(keysOf(await queue.claim(M, from('A', { leastUrgent: 1 })))).toEqual(['b']);
    expect(only(await queue.claim(M, from('A')))).toMatchObject({ key: 'c', attempts: 1 });
  });

  it('says how much is ready, waits and is held, and when the next is due', async () => {
    const soon = rig.now() + LONG;
    await queue.enqueue(M, [item('later', { notBefore: soon + 1 }), item('soon', { notBefore: soon })]);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 2, held: 0 });
    expect(await queue.nextAt(M)).toBe(soon);
    await queue.enqueue(M, [item('a'), item('b')]);
    await queue.claim(M, from('A', { limit: 1 }));
    expect(await other.depth(M)).toEqual({ ready: 1, later: 2, held: 1 });
    expect(await other.nextAt(M)).toBeLessThanOrEqual(rig.now());
  });

  it('leaves open claims to their lease when a worker closes', async () => {
    await queue.enqueue(M, [item('K')]);
    const third = await rig.open();
    expect(keysOf(await third.claim(M, from('A', { leaseMs: LEASE })))).toEqual(['K']);
    await third.close();
    expect(await other.claim(M, from('B'))).toEqual([]);
    await rig.pass(LEASE + 30);
    expect(keysOf(await other.claim(M, from('B')))).toEqual(['K']);
  });

  it('loses nothing and does nothing twice while workers share 1,000 records that are still coming in', async () => {
    const all = keys(1000);
    const done = new Map<string, number>();
    const inHand = new Set<string>();
    let open = true;
    const feed = async (): Promise<void> => {
      for (let start = 0; start < all.length; start += 100)
        await queue.enqueue(
          M,
          all.slice(start, start + 100).map((key) => item(key))
        );
      open = false;
    };
    const work = async (owner: string, view: WorkQueue): Promise<void> => {
      for (;;) {
        const ended = !open;
        const claims = await view.claim(M, from(owner, { limit: 37 }));
        for (const { key } of claims) {
          expect(inHand.has(key)).toBe(false);
          inHand.add(key);
        }
        for (const { key } of claims) {
          done.set(key, (done.get(key) ?? 0) + 1);
          inHand.delete(key);
        }
        expect((await view.complete(M, owner, claims)).size).toBe(claims.length);
        if (claims.length === 0 && ended) return;
      }
    };
    await Promise.all([feed(), work('A', queue), work('B', other), work('C', queue), work('D', other)]);
    expect([...done.keys()].sort()).toEqual(all);
    expect([...done.values()].every((times) => times === 1)).toBe(true);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('misses no wish while records are asked for, worked on and completed at the same time', async () => {
    const some = keys(8);
    const asked = new Map<string, number>();
    const seen = new Map<string, number>();
    let open = true;
    const ask = async (view: WorkQueue): Promise<void> => {
      for (let round = 0; round < 20; round += 1) {
        const chosen = some.filter((_, index) => (round + index) % 3 !== 0);
        for (const key of chosen) asked.set(key, (asked.get(key) ?? 0) + 1);
        await view.enqueue(
          M,
          chosen.reverse().map((key) => item(key, { priority: round % 2 ? 1 : 2 }))
        );
      }
    };
    const work = async (owner: string, view: WorkQueue): Promise<void> => {
      for (;;) {
        const ended = !open;
        const claims = await view.claim(M, from(owner, { limit: 3 }));
        for (const { key } of claims) seen.set(key, asked.get(key) ?? 0);
        await view.complete(M, owner, claims);
        if (claims.length === 0 && ended) return;
      }
    };
    const asking = Promise.all([ask(queue), ask(other)]).then(() => {
      open = false;
    });
    await Promise.all([asking, work('A', queue), work('B', other), work('C', other)]);
    // Whoever worked on a record last did so after the last wish.
    expect(seen).toEqual(asked);
    expect(await queue.depth(M)).toEqual({ ready: 0, later: 0, held: 0 });
  });

  it('takes 2,000 records at once', async () => {
    await queue.enqueue(
      M,
      keys(2000).map((key) => item(key))
    );
    expect(await queue.depth(M)).toEqual({ ready: 2000, later: 0, held: 0 });
    const claims = await queue.claim(M, from('A', { limit: 2000 }));
    expect(await queue.extend(M, 'A', claims, LONG)).toHaveProperty('size', 2000);
    expect(await queue.complete(M, 'A', claims)).toHaveProperty('size', 2000);
  });
});
