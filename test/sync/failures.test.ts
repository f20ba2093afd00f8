import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../plugin/src/ledger/index.js';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import type { FailureKind } from '../../plugin/src/ports/errors.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { CallName } from '../support/engine/fake-system.js';
import { DEFAULT_OPTIONS } from '../../plugin/src/sync/index.js';
import { World } from '../support/engine/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

const failure = (
  kind: FailureKind,
  code: string,
  more: { retryAfterMs?: number; target?: string } = {}
): ConnectorError => new ConnectorError('partner-center', kind, code, 'The value is not valid.', more);

/** Throws at the given calls of one name; `undefined` as number means always. */
function failAt(call: CallName, error: () => Error, numbers?: readonly number[]): (name: CallName) => void {
  let count = 0;
  return (name) => {
    if (name !== call) return;
    count += 1;
    if (numbers === undefined || numbers.includes(count)) throw error();
  };
}

describe('a create whose answer is lost', () => {
  it('is found again by its marker and never repeated', async () => {
    const key = world.org.add();
    world.referrals.after = failAt('create', () => failure('unknownOutcome', 'NO_ANSWER'), [1]);
    const summary = await world.run();
    expect(summary).toMatchObject({ outcome: 'partial', counts: { created: 0, deferred: 1 } });
    expect(world.org.seen(key).state).toBe('Pending');
    await world.settle();
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.referrals.callsOf('create')).toBe(1);
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced' });
    expect(world.org.seen(key).audit.map(({ action }) => action)).toEqual(['created']);
  });

  it('is not looked for before the list of the other system had time to catch up', async () => {
    world = await World.open(1, { lookupDelayMs: 15_000 });
    const key = world.org.add();
    world.referrals.after = failAt('create', () => failure('unknownOutcome', 'NO_ANSWER'), [1]);
    await world.run();
    // The feed must not find it either: hide the referral for a while.
    const hidden = world.referrals.of(key)[0];
    world.referrals.records.clear();
    world.clock.advance(5_000);
    await world.run();
    expect(world.referrals.callsOf('findByMarker')).toBe(0);
    if (hidden) world.referrals.records.set(hidden.key, { ...hidden, sequence: 0 });
    world.clock.advance(11_000);
    await world.run();
    expect(world.referrals.callsOf('findByMarker')).toBe(1);
    expect(world.referrals.callsOf('create')).toBe(1);
  });

  it('is repeated when the look-up finds nothing', async () => {
    const key = world.org.add();
    world.referrals.before = failAt('create', () => failure('unknownOutcome', 'NO_ANSWER'), [1]);
    await world.settle();
    expect(world.referrals.callsOf('findByMarker')).toBe(1);
    expect(world.referrals.of(key)).toHaveLength(1);
  });
});

describe('twins', () => {
  it('keep the older one and name the other', async () => {
    const key = world.org.add();
    world.referrals.addReferral(key, { name: 'first' });
    world.clock.advance(1000);
    world.referrals.addReferral(key, { name: 'second' });
    const summary = await world.run();
    expect(summary.skipped).toMatchObject([{ side: 'right', key: 'R2', code: 'TWIN' }]);
    expect(world.org.records.get(key)?.document['Referral_Identifier__c']).toBe('R1');
    expect(world.referrals.callsOf('create')).toBe(0);
  });

  it('found by the marker look-up keep the older one as well', async () => {
    const key = world.org.add();
    world.referrals.before = failAt('create', () => failure('unknownOutcome', 'NO_ANSWER'), [1]);
    await world.run();
    world.referrals.addReferral(key, {});
    world.clock.advance(1000);
    world.referrals.addReferral(key, {});
    for (const stored of world.referrals.records.values()) stored.sequence = -1;
    await world.settle(2);
    expect(world.org.records.get(key)?.document['Referral_Identifier__c']).toBe('R1');
    expect(world.org.seen(key).audit).toContainEqual(
      expect.objectContaining({ outcome: 'attention', newValue: ['TWIN'] })
    );
  });
});

describe('a lost ledger', () => {
  it.each([
    ['identifiers on both sides', false],
    ['the marker on the referral only', true]
  ])('with %s creates nothing twice', async (_case, forget) => {
    const keys = [1, 2, 3].map(() => world.org.add());
    await world.run();
    if (forget) for (const key of keys) world.org.edit(key, { Referral_Identifier__c: null });
    world.ledger = new MemoryLedger();
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ created: 0, linked: 3 });
    expect(world.referrals.records.size).toBe(3);
  });
});

describe('refusals', () => {
  it('are told with place and next step, tried once more and then left alone until the content changes', async () => {
    const key = world.org.add();
    world.referrals.before = failAt('create', () =>
      failure('rejected', 'invalidRequest', { target: 'details.currency' })
    );
    expect(await world.run()).toMatchObject({ outcome: 'partial', counts: { rejected: 1 } });
    expect(world.org.seen(key)).toMatchObject({ state: 'Error', codes: 'REJECTED' });
    expect(world.org.reports[0]?.issues[0]?.message).toContain('(details.currency)');
    await world.settle(5);
    expect(world.referrals.callsOf('create')).toBe(2);
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    world.referrals.before = () => undefined;
    world.org.edit(key, { CurrencyIsoCode: 'EUR' });
    await world.run();
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced', codes: '' });
  });

  it('of one record never stop the others', async () => {
    const keys = Array.from({ length: 10 }, () => world.org.add());
    world.referrals.before = (call, key) => {
      if (call === 'create' && key === keys[4]) throw failure('rejected', 'invalidRequest');
    };
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ created: 9, rejected: 1 });
  });

  it('of an unexpected kind are counted as failed and say no details', async () => {
    const key = world.org.add();
    world.referrals.before = failAt('create', () => new TypeError('secret of Alpine Ski House'));
    const summary = await world.run();
    expect(summary.counts.failed).toBe(1);
    expect(JSON.stringify(summary)).not.toContain('Alpine');
    expect(world.org.seen(key)).toMatchObject({ state: 'Error', codes: 'INTERNAL' });
  });
});

describe('temporary failures', () => {
  it('of one record wait for the time the system asks for', async () => {
    const key = world.org.add();
    world.referrals.before = failAt('create', () => failure('retryable', 'BUSY', { retryAfterMs: 30_000 }), [1]);
    await world.run();
    world.clock.advance(20_000);
    await world.run();
    expect(world.referrals.callsOf('create')).toBe(1);
    world.clock.advance(11_000);
    await world.run();
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.referrals.callsOf('findByMarker')).toBe(0);
  });

  it('in a row stop the run, and the next one finishes', async () => {
    for (let count = 0; count < 40; count += 1) world.org.add();
    world.referrals.before = failAt(
      'create',
      () => failure('retryable', 'BUSY'),
      [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    );
    const summary = await world.run();
    expect(summary).toMatchObject({ outcome: 'stopped', stopped: { code: 'BUSY' } });
    expect(world.referrals.callsOf('create')).toBeLessThan(20);
    await world.settle();
    expect(world.referrals.records.size).toBe(40);
  });

  it('of one call that many records shared are one failure in a row, and do not stop the run', async () => {
    for (let count = 0; count < 40; count += 1) world.org.add();
    const call = {};
    const shared = (): ConnectorError => Object.assign(failure('retryable', 'BUSY'), { sharedCall: call });
    const numbers = Array.from({ length: 20 }, (_, n) => n + 5);
    world.referrals.before = failAt('create', shared, numbers);
    expect(await world.run()).toMatchObject({ outcome: 'partial', counts: { created: 20, deferred: 20 } });
    await world.settle();
    expect(world.referrals.records.size).toBe(40);
  });
});

describe('a connection that does not work', () => {
  it.each<CallName>(['changes', 'create', 'read'])('at %s stops the run cleanly; nothing is lost', async (call) => {
    const first = world.org.add();
    await world.run();
    // The feed names the last change again, so another record has to be the last one.
    world.org.add();
    await world.run();
    await world.run();
    world.org.edit(first, { Amount: 5 });
    const second = world.org.add();
    world.referrals.before = failAt(call, () => failure('connection', 'TOKEN_EXPIRED'));
    expect(await world.run()).toMatchObject({
      outcome: 'stopped',
      stopped: { system: 'partner-center', code: 'TOKEN_EXPIRED' }
    });
    world.referrals.before = () => undefined;
    await world.run();
    expect(world.referral(first)).toMatchObject({ details: { dealValue: 5 } });
    expect(world.org.seen(second).state).toBe('Synced');
  });

  it('to the org while telling leaves the reports in the ledger', async () => {
    const key = world.org.add();
    world.org.before = failAt(
      'tell',
      () => new ConnectorError('salesforce', 'connection', 'SESSION_EXPIRED', 'Ended.')
    );
    expect((await world.run()).outcome).toBe('stopped');
    world.org.before = () => undefined;
    await world.run();
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced' });
    expect(world.org.seen(key).audit.map(({ action }) => action)).toEqual(['created']);
  });

  it('of one row while telling is tried again', async () => {
    const key = world.org.add();
    world.org.refuses.add(key);
    expect(await world.run()).toMatchObject({ outcome: 'partial', counts: { failed: 1, told: 0 } });
    world.org.refuses.clear();
    await world.run();
    expect(world.org.seen(key).state).toBe('Synced');
  });
});

describe('edits under our hands', () => {
  it('on the right between read and write are read again and merged', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    let once = true;
    world.referrals.before = (call) => {
      if (call !== 'update' || !once) return;
      once = false;
      world.referrals.edit('R1', { 'details.notes': 'in between' });
    };
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5, notes: 'in between' } });
    expect(world.org.records.get(key)?.document['Description']).toBe('in between');
  });

  it('on the left between read and write survive', async () => {
    const key = world.org.add();
    await world.run();
    world.referrals.edit('R1', { 'details.dealValue': 9 });
    let once = true;
    world.org.before = (call) => {
      if (call !== 'update' || !once) return;
      once = false;
      world.org.edit(key, { Description: 'typed meanwhile' });
    };
    await world.run();
    expect(world.org.records.get(key)?.document).toMatchObject({ Amount: 9, Description: 'typed meanwhile' });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 9, notes: 'typed meanwhile' } });
  });

  it('that never end leave the record for the next run', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    world.referrals.before = (call) => {
      if (call === 'update') world.referrals.edit('R1', { campaignId: String(Math.round(world.clock.now())) });
    };
    const summary = await world.run();
    expect(summary.counts.deferred).toBe(1);
    expect(world.referrals.callsOf('update')).toBe(DEFAULT_OPTIONS.maxRounds);
    world.referrals.before = () => undefined;
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5 } });
  });
});

describe('a run', () => {
  it('leaves looking to the process that does so already, and shares its work', async () => {
    await world.run();
    const looks = world.org.callsOf('changes') + world.referrals.callsOf('changes');
    const key = world.org.add();
    await world.ledger.lease(`${world.mapping.name}:feed`, 'another', world.clock.now(), 60_000);
    await world.queue.enqueue(world.mapping.name, [{ key, priority: 0 }]);
    expect((await world.run()).counts.created).toBe(1);
    expect(world.org.callsOf('changes') + world.referrals.callsOf('changes')).toBe(looks);
    world.clock.advance(61_000);
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('that takes longer than its lease keeps its records all the same', async () => {
    for (let count = 0; count < 20; count += 1) world.org.add();
    const taken: number[] = [];
    world.referrals.before = (call) => {
      if (call !== 'create') return;
      world.clock.advance(12_000);
      const request = { owner: 'another', limit: 100, leaseMs: 1 };
      void world.queue.claim(world.mapping.name, request).then((claims) => taken.push(claims.length));
    };
    const summary = await world.run({ options: { concurrency: 1, leaseMs: 30_000, requestTimeoutMs: 13_000 } });
    expect(summary.counts).toMatchObject({ created: 20, takenOver: 0 });
    expect(taken).toEqual(Array.from({ length: 20 }, () => 0));
  });

  it('that is asked to stop finishes what it has in hand and leaves the rest for the next one', async () => {
    for (let count = 0; count < 30; count += 1) world.org.add();
    const controller = new AbortController();
    world.referrals.before = (call) => {
      if (call === 'create' && world.referrals.callsOf('create') === 10) controller.abort();
    };
    const summary = await world.run({ signal: controller.signal });
    expect(summary.counts.created).toBeGreaterThanOrEqual(10);
    expect(summary.counts.created).toBeLessThan(20);
    expect(summary.counts.told).toBe(summary.counts.created);
    await world.run();
    expect(world.referrals.records.size).toBe(30);
  });

  it('lists right records that belong to nobody', async () => {
    world.referrals.addReferral(null, { name: 'Incoming' });
    world.referrals.addReferral('CRM-77', { name: 'Other CRM' });
    world.referrals.addReferral('006999999999999999', { name: 'Gone' });
    const summary = await world.run();
    expect(summary.skipped.map(({ code }) => code).sort()).toEqual([
      'LEFT_MISSING',
      'NO_COUNTERPART',
      'NO_COUNTERPART'
    ]);
    expect(summary.outcome).toBe('success');
    await world.run();
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });
});

/** Every call of the ledger, then the process is gone: nothing of it acts any more. */
function dying(ledger: Ledger, at: number, kill: () => void): Ledger {
  let count = 0;
  return new Proxy(ledger, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'lease' || name === 'release')
        return (member as () => void).bind(target);
      return async (...all: unknown[]): Promise<unknown> => {
        count += 1;
        if (count === at) kill();
        if (count >= at) throw new Error('The process is gone.');
        return (member as (...args: unknown[]) => Promise<unknown>).apply(target, all);
      };
    }
  });
}

describe('a crash at every step of the ledger', () => {
  it.each(Array.from({ length: 14 }, (_item, index) => index + 1))(
    'number %i is repaired by the next runs',
    async (at) => {
      const keys = [world.org.add(), world.org.add()];
      await world.run();
      const [first = '', second = ''] = keys;
      world.org.edit(first, { Amount: 50 });
      world.referrals.edit('R2', { 'details.notes': 'theirs' });
      const third = world.org.add();
      const intact = world.ledger;
      world.ledger = dying(intact, at, () => {
        const gone = (): never => {
          throw new Error('The process is gone.');
        };
        world.org.before = gone;
        world.referrals.before = gone;
      });
      await world.run().catch(() => undefined);
      world.ledger = intact;
      world.org.before = () => undefined;
      world.referrals.before = () => undefined;
      await world.settle();
      expect(world.referral(first)).toMatchObject({ details: { dealValue: 50 } });
      expect(world.org.records.get(second)?.document['Description']).toBe('theirs');
      expect(world.referrals.of(third)).toHaveLength(1);
      for (const key of [...keys, third]) expect(world.org.seen(key).state).toBe('Synced');
      expect(world.org.seen(third).audit.filter(({ action }) => action === 'created')).toHaveLength(1);
      expect(world.org.seen(first).audit.filter(({ field }) => field === 'dealValue')).toHaveLength(1);
      expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    }
  );
});

describe('a new ledger', () => {
  it('looks twice for what the other side has, because a list may lag: nothing is created a second time', async () => {
    const world = await World.open(1, { lookupDelayMs: 15_000 });
    const key = world.org.add();
    // Created right before the ledger was lost; the list shows it some seconds later.
    const hidden = world.referrals.addReferral(key, { name: 'Deal 1' });
    const visibleAt = world.clock.now() + 8_000;
    const changes = world.referrals.changes.bind(world.referrals);
    world.referrals.changes = async function* (cursor) {
      for await (const page of changes(cursor)) {
        const records = page.records.filter((record) => record.key !== hidden.key || world.clock.now() >= visibleAt);
        yield { ...page, records };
      }
    };
    const { counts } = await world.run();
    expect(counts).toMatchObject({ created: 0, linked: 1 });
    expect(world.referrals.of(key)).toHaveLength(1);
  });
});

describe('a record that is gone before it shows its referral, and comes back', () => {
  it('finds the referral it had', async () => {
    const world = await World.open();
    const key = world.org.add();
    world.org.before = (call) => {
      if (call === 'tell') throw new ConnectorError('salesforce', 'connection', 'UNREACHABLE', 'No connection.');
    };
    world.referrals.after = (call) => {
      if (call === 'create') throw new ConnectorError('partner-center', 'unknownOutcome', 'NO_ANSWER', 'No answer.');
    };
    await world.run();
    world.org.before = () => undefined;
    world.referrals.after = () => undefined;
    const stored = world.org.records.get(key);
    if (stored) stored.deleted = true;
    world.clock.advance(600_000);
    await world.settle();
    if (stored) stored.deleted = false;
    world.org.edit(key, { Amount: 3 });
    await world.settle();
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.org.seen(key).state).toBe('Synced');
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 3 } });
  });
});

describe('the first walk over the right side', () => {
  it('begins anew when it was interrupted: what it had not seen yet is not created a second time', async () => {
    const world = await World.open(1, { lookupDelayMs: 15_000 });
    world.referrals.pageSize = 1;
    const [first = '', second = ''] = [world.org.add(), world.org.add()];
    for (const key of [first, second]) world.referrals.addReferral(key, { name: key });
    let looks = 0;
    world.referrals.before = (call) => {
      if (call !== 'changes') return;
      looks += 1;
      if (looks === 2) throw new ConnectorError('partner-center', 'connection', 'UNREACHABLE', 'No connection.');
    };
    expect((await world.run()).outcome).toBe('stopped');
    expect((await world.run()).counts).toMatchObject({ created: 0, failed: 0 });
    for (const key of [first, second]) expect(world.referrals.of(key)).toHaveLength(1);
  });
});
