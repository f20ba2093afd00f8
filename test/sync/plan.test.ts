import { beforeEach, describe, expect, it } from 'vitest';
import { contact } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';
import type { PlannedRecord, SyncPlan } from '../../plugin/src/sync/index.js';
import { parsePlan, planChanges } from '../../plugin/src/sync/index.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

const record = (plan: SyncPlan, key: string): PlannedRecord => {
  const found = plan.records.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`The plan does not name ${key}.`);
  return found;
};
const codesOf = ({ skippedFields }: PlannedRecord): Record<string, string> =>
  Object.fromEntries(skippedFields.map(({ field, code }) => [field, code]));

/** Everything that a write anywhere would change. */
const traces = async (): Promise<string> =>
  JSON.stringify([
    [...world.org.records],
    [...world.referrals.records],
    world.org.reports.length,
    await world.ledger.cursors(world.mapping.name),
    await world.ledger.status(world.mapping.name),
    [...(await world.ledger.entries(world.mapping.name, [...world.org.records.keys()]))]
  ]);

describe('a plan', () => {
  it('lists a creation with its values, and leaves no trace anywhere', async () => {
    const key = world.org.add();
    const before = await traces();
    const plan = await planChanges(world.context());
    expect(await traces()).toBe(before);
    expect(plan.counts).toMatchObject({ considered: 1, create: 1, updateLeft: 0, updateRight: 0 });
    expect(record(plan, key).operations).toMatchObject([{ kind: 'create' }]);
    const [operation] = record(plan, key).operations;
    const values = operation?.kind === 'create' ? operation.values : [];
    expect(values).toContainEqual({ field: 'dealValue', label: 'Deal value', value: 1000 });
    expect(codesOf(record(plan, key))).toEqual({ outcome: 'FIRST_UPDATE' });
  });

  it('says what the next run does: the same fields, sides and values', async () => {
    const keys = [world.org.add(), world.org.add()];
    await world.run();
    world.org.edit(keys[0] ?? '', { Amount: 5 });
    world.referrals.edit('R2', { 'details.notes': 'Theirs' });
    const plan = await planChanges(world.context());
    expect(plan.counts).toMatchObject({ updateRight: 1, updateLeft: 1, create: 0 });
    const told = plan.records.flatMap(({ operations }) => operations);
    const { runId } = await world.run();
    const done = (await world.ledger.journal(world.mapping.name, runId)).flatMap(({ changes }) => changes);
    const planned = told.flatMap((operation) =>
      operation.kind === 'update'
        ? operation.changes.map(({ label: _label, ...change }) => ({ ...change, to: operation.side }))
        : []
    );
    expect(planned).toHaveLength(2);
    expect(planned).toEqual(expect.arrayContaining(done));
  });

  it('names a conflict with both values, both times and what the rule does', async () => {
    const key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    world.clock.advance(1000);
    world.referrals.edit('R1', { 'details.dealValue': 6 });
    const plan = await planChanges(world.context());
    const left = world.org.records.get(key)?.modifiedAt;
    const right = world.referrals.records.get('R1')?.modifiedAt;
    expect(record(plan, key).conflicts).toMatchObject([
      { field: 'dealValue', base: 1000, left: 5, right: 6, leftAt: left, rightAt: right, resolution: 'right' }
    ]);
    expect(record(plan, key).conflicts[0]?.effect).toContain('Partner Center wins (rule newest)');
  });

  it('names what a record lacks with the next step', async () => {
    const key = world.org.add({ Amount: 0 });
    const plan = await planChanges(world.context());
    expect(record(plan, key)).toMatchObject({ operations: [], issues: [{ code: 'AMOUNT_MISSING' }] });
    expect(record(plan, key).issues[0]?.nextStep).not.toBe('');
    expect(plan.counts.attention).toBe(1);
  });

  it('gives the reason for every field that is left as it is', async () => {
    const key = world.org.add({ How_can_Microsoft_help__c: 'General or Other', Contacts: [contact] });
    await world.run();
    world.org.edit(key, {
      Name: 'Another name',
      How_can_Microsoft_help__c: 'Quotes or Licensing',
      Amount: 0,
      Description: 'New'
    });
    world.referrals.edit('R1', { team: [], 'details.dealValue': 1000 });
    delete (world.referrals.records.get('R1')?.document as Record<string, unknown>)['consent'];
    expect(codesOf(record(await planChanges(world.context()), key))).toEqual({
      name: 'ON_CREATE_ONLY',
      help: 'ONLY_IF_EMPTY',
      team: 'ONE_WAY',
      visibleToMicrosoft: 'NOT_READABLE',
      dealValue: 'HELD_BACK',
      notes: 'HELD_BACK'
    });
  });

  it('says that a closed record takes nothing, and which value has no counterpart', async () => {
    const [first = '', second = ''] = [world.org.add(), world.org.add()];
    await world.run();
    world.referrals.edit('R1', { outcome: 'Closed/Lost' });
    await world.run();
    world.org.edit(second, { StageName: 'Closed Won' });
    await world.run();
    world.org.edit(first, { Amount: 77 });
    world.referrals.edit('R2', { outcome: 'Active/Accepted' });
    const plan = await planChanges(world.context());
    expect(codesOf(record(plan, first))).toEqual({ dealValue: 'CLOSED' });
    expect(codesOf(record(plan, second))).toEqual({ outcome: 'NO_COUNTERPART_VALUE' });
  });

  it('says why a named record is not touched', async () => {
    const [off = '', synced = ''] = [world.org.add({ Sync_with_Partner_Center__c: false }), world.org.add()];
    await world.run();
    await world.run();
    const plan = await planChanges(world.context(), { keys: [off, synced, '006000000000000XXX'] });
    expect(record(plan, off).skipped?.code).toBe('NOT_SHARED');
    expect(record(plan, '006000000000000XXX').skipped?.code).toBe('LEFT_MISSING');
    expect(plan.counts).toMatchObject({ considered: 3, unchanged: 1, skippedRecords: 2 });
  });

  it('links an existing referral instead of creating a second one', async () => {
    const key = world.org.add();
    world.referrals.addReferral(key, { name: 'Deal 1', 'details.dealValue': 3 });
    const plan = await planChanges(world.context());
    expect(record(plan, key).operations[0]).toEqual({ kind: 'link', rightKey: 'R1' });
    expect(plan.counts).toMatchObject({ link: 1, create: 0 });
  });

  it('of everything looks further back than the cursors', async () => {
    world.org.add();
    world.referrals.addReferral(null, { name: 'Nobody' });
    await world.run();
    await world.run();
    expect((await planChanges(world.context())).counts.considered).toBeLessThanOrEqual(2);
    const all = await planChanges(world.context(), { all: true });
    expect(all.counts).toMatchObject({ create: 0, updateLeft: 0, updateRight: 0 });
    expect(all.skipped).toMatchObject([{ side: 'right', key: 'R1', code: 'NO_COUNTERPART' }]);
  });
});

describe('a plan file', () => {
  it('comes back as it was written', async () => {
    world.org.add();
    world.org.add({ Amount: 0 });
    const plan = await planChanges(world.context());
    expect(await parsePlan(JSON.stringify(plan), 'plan.json')).toEqual(plan);
  });

  it.each([
    ['not json', 'PLAN_INVALID'],
    ['{"version":1}', 'PLAN_INVALID'],
    ['{"version":2}', 'PLAN_VERSION'],
    ['[]', 'PLAN_INVALID'],
    ['null', 'PLAN_INVALID']
  ])('%s is refused with %s and a next step', async (text, code) => {
    await expect(parsePlan(text, 'plan.json')).rejects.toMatchObject({ code, nextSteps: [expect.any(String)] });
  });
});
