import { beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { ApplyResult, SyncPlan } from '../../plugin/src/sync/index.js';
import { applyPlan, checkPlan, planChanges } from '../../plugin/src/sync/index.js';
import { World } from '../support/engine/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

const plan = (): Promise<SyncPlan> => planChanges(world.context());
const apply = (from: SyncPlan, until?: number): Promise<ApplyResult> => applyPlan(world.context(), from, until);
const outcomes = ({ records }: ApplyResult): string[] => records.map(({ outcome }) => outcome);
const writes = (): number =>
  world.org.callsOf('update') + world.referrals.callsOf('update') + world.referrals.callsOf('create');

describe('applying a plan', () => {
  it('creates what the plan creates, tells the rep, and the next run has nothing to do', async () => {
    const key = world.org.add();
    const applied = await apply(await plan());
    expect(applied).toMatchObject({
      run: { outcome: 'success', counts: { created: 1 } },
      applied: { done: 1, refused: 0 }
    });
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced', audit: [{ action: 'created' }] });
    expect((await world.run()).counts).toMatchObject({ created: 0, linked: 0, updatedLeft: 0, updatedRight: 0 });
    expect(world.referrals.of(key)).toHaveLength(1);
  });

  it('writes updates to both sides, into the journal too', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    world.referrals.edit('R1', { 'details.notes': 'Theirs' });
    const applied = await apply(await plan());
    expect(applied).toMatchObject({ run: { outcome: 'success' }, applied: { done: 1 } });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5 } });
    expect(world.org.records.get(key)?.document).toMatchObject({ Description: 'Theirs' });
    expect(await world.ledger.journal(world.mapping.name, applied.run.runId)).toHaveLength(2);
  });

  it('applied twice does nothing the second time', async () => {
    const [key = ''] = [world.org.add(), world.org.add()];
    await world.run();
    world.org.edit(key, { Amount: 5 });
    world.org.add();
    world.referrals.addReferral('006000000000000003', { name: 'Deal 3' });
    world.org.add();
    const made = await plan();
    expect(made.counts).toMatchObject({ create: 1, link: 1 });
    expect(outcomes(await apply(made))).toEqual(['done', 'done', 'done']);
    const before = writes();
    const again = await apply(made);
    expect(again).toMatchObject({ run: { outcome: 'success' }, applied: { alreadyDone: 3, done: 0 } });
    expect(writes()).toBe(before);
  });

  it.each([
    ['in Salesforce', () => world.org.edit('006000000000000001', { Amount: 6 })],
    ['in Partner Center', () => world.referrals.edit('R1', { 'details.notes': 'Since' })]
  ])('refuses a record that was changed since %s, and goes on with the others', async (where, edit) => {
    const [first = '', second = ''] = [world.org.add(), world.org.add()];
    await world.run();
    world.org.edit(first, { Amount: 5 });
    world.org.edit(second, { Amount: 5 });
    const made = await plan();
    edit();
    const applied = await apply(made);
    expect(applied).toMatchObject({ run: { outcome: 'partial' }, applied: { done: 1, refused: 1 } });
    const refused = applied.records.find(({ outcome }) => outcome === 'refused');
    expect(refused).toMatchObject({ key: first, code: 'CHANGED_SINCE_PLAN' });
    expect(refused?.message).toContain(where);
    expect(world.referral(first)).toMatchObject({ details: { dealValue: 1000 } });
    expect(world.referral(second)).toMatchObject({ details: { dealValue: 5 } });
  });

  it('refuses a record that another run brought in step on other values', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    const made = await plan();
    world.org.edit(key, { Amount: 7 });
    await world.run();
    expect(outcomes(await apply(made))).toEqual(['refused']);
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 7 } });
  });

  it('writes nothing else when a record changes between the last look and the write', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    const made = await plan();
    let edited = false;
    world.referrals.before = (call) => {
      if (call !== 'update' || edited) return;
      edited = true;
      world.referrals.edit('R1', { 'details.notes': 'Meanwhile' });
    };
    expect(outcomes(await apply(made))).toEqual(['done']);
    expect(world.org.records.get(key)?.document['Description']).not.toBe('Meanwhile');
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5, notes: 'Meanwhile' } });
    await world.settle();
    expect(world.org.records.get(key)?.document['Description']).toBe('Meanwhile');
  });

  it('gives a record up whose planned field is edited between the last look and the write', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    const made = await plan();
    world.referrals.before = (call) => {
      if (call !== 'update') return;
      world.referrals.before = () => undefined;
      world.org.edit(key, { Amount: 6 });
      world.referrals.edit('R1', { 'details.notes': 'Meanwhile' });
    };
    expect(outcomes(await apply(made))).toEqual(['refused']);
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 1000 } });
    await world.settle();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 6 } });
  });

  it('creates nothing where a referral turned up since', async () => {
    const key = world.org.add();
    const made = await plan();
    world.referrals.addReferral(key, { name: 'Somebody else' });
    expect(outcomes(await apply(made))).toEqual(['refused']);
    expect(world.referrals.of(key)).toHaveLength(1);
  });

  it('names what failed, and resuming finishes it', async () => {
    const key = world.org.add();
    const made = await plan();
    let failures = 1;
    world.referrals.before = (call) => {
      if (call === 'create' && failures-- > 0)
        throw new ConnectorError('partner-center', 'retryable', 'HTTP_503', 'It is not available.');
    };
    const applied = await apply(made);
    expect(applied).toMatchObject({
      run: { outcome: 'partial' },
      records: [{ key, outcome: 'failed', code: 'HTTP_503' }]
    });
    await world.settle();
    expect(world.referrals.of(key)).toHaveLength(1);
  });

  it('begins nothing more once the time is up, and leaves no work behind', async () => {
    world.org.add();
    const applied = await apply(await plan(), world.clock.now());
    expect(applied).toMatchObject({ run: { outcome: 'partial' }, applied: { left: 1 } });
    expect(await world.queue.depth(world.mapping.name)).toMatchObject({ ready: 0, held: 0 });
    expect(world.referrals.records.size).toBe(0);
  });

  it('touches no record that the plan does not name', async () => {
    const [first = '', second = ''] = [world.org.add(), world.org.add()];
    const made = await planChanges(world.context(), { keys: [first] });
    await apply(made);
    expect(world.referrals.of(first)).toHaveLength(1);
    expect(world.referrals.of(second)).toHaveLength(0);
  });

  it('lets an outcome that is not taken on creation follow at once', async () => {
    const key = world.org.add({ StageName: 'Closed Won' });
    const applied = await apply(await plan());
    expect(applied).toMatchObject({ run: { outcome: 'success' }, applied: { done: 1 } });
    expect(world.referral(key)).toMatchObject({ outcome: 'Closed/Won' });
  });
});

describe('a plan that does not belong here', () => {
  const ends = { org: { id: '00D1' }, partnerCenter: { baseUrl: 'https://one' } };
  const made = (): Promise<SyncPlan> => planChanges(world.context(), {}, ends);

  it('is accepted with the ends it was made for', async () => {
    const own = await made();
    expect(() => checkPlan(own, world.mapping, ends)).not.toThrow();
  });

  it.each([
    ['another org', { ...ends, org: { id: '00D2' } }, 'PLAN_FOREIGN'],
    ['another account', { ...ends, partnerCenter: { baseUrl: 'https://two' } }, 'PLAN_FOREIGN']
  ])('is refused for %s', async (_what, other, code) => {
    const own = await made();
    expect(() => checkPlan(own, world.mapping, other)).toThrow(expect.objectContaining({ code }));
  });

  it('is stale once the mapping was changed', async () => {
    const own = await made();
    const [first, ...fields] = world.mapping.fields;
    const changed = { ...world.mapping, fields: [{ ...first, rule: 'never' }, ...fields] } as Mapping;
    expect(() => checkPlan(own, changed, ends)).toThrow(expect.objectContaining({ code: 'PLAN_STALE' }));
  });
});

describe('the run of an applied plan', () => {
  it('is recorded as running before its first write', async () => {
    world.org.add();
    const made = await plan();
    const seen: string[] = [];
    const create = world.referrals.create.bind(world.referrals);
    world.referrals.create = async (...parameters) => {
      seen.push(...(await world.ledger.runs(world.mapping.name, 5)).map(({ outcome }) => outcome));
      return create(...parameters);
    };
    const { run } = await apply(made);
    expect(seen).toEqual(['running']);
    expect(await world.ledger.run(world.mapping.name, run.runId)).toMatchObject({ outcome: 'success' });
  });

  it('says in the list of runs why it ended early', async () => {
    world.org.add();
    world.org.add();
    const made = await plan();
    let creates = 0;
    world.referrals.before = (call) => {
      if (call !== 'create' || (creates += 1) < 2) return;
      throw new ConnectorError('partner-center', 'connection', 'UNREACHABLE', 'Not reachable.');
    };
    const { run } = await applyPlan(world.context({ options: { concurrency: 1 } }), made);
    expect(run).toMatchObject({ outcome: 'stopped', counts: { created: 1 } });
    expect([...world.org.runs.values()].at(-1)).toMatchObject({ id: run.runId, stoppedCode: 'UNREACHABLE' });
  });

  it('begins nothing, and leaves nothing in the queue, when the calls are used up', async () => {
    const key = world.org.add();
    const made = await plan();
    const budgets = [{ system: 'partner-center', state: () => ({ leastUrgent: -1 as const }) }];
    const { run, applied } = await applyPlan(world.context({ budgets }), made);
    expect(run).toMatchObject({ outcome: 'stopped', stopped: { code: 'API_BUDGET_EXHAUSTED' } });
    expect(applied).toMatchObject({ left: 1 });
    expect(await world.queue.depth(world.mapping.name)).toEqual({ ready: 0, later: 0, held: 0 });
    expect(world.referrals.of(key)).toHaveLength(0);
  });
});
