import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import type { UndoRequest, UndoResult } from '../../plugin/src/sync/index.js';
import { undoRun } from '../../plugin/src/sync/index.js';
import { contact } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';

let world: World;
let key: string;
beforeEach(async () => {
  world = await World.open();
  key = world.org.add();
  await world.run();
});

const undo = (runId: string, more: Partial<UndoRequest> = {}): Promise<UndoResult> =>
  undoRun(world.context(), { runId, ...more });
const left = (): Record<string, JsonValue> => (world.org.records.get(key)?.document ?? {}) as Record<string, JsonValue>;
const kept = ({ records }: UndoResult): string[][] =>
  records.flatMap((record) => record.kept.map(({ field, code }) => [field, code]));
const codes = ({ records }: UndoResult): string[] => records.flatMap(({ issues }) => issues.map(({ code }) => code));

describe('undoing a run', () => {
  it('puts old values back on both sides, and the next run has nothing to do', async () => {
    world.org.edit(key, { Amount: 5 });
    world.referrals.edit('R1', { 'details.notes': 'Theirs' });
    const { runId } = await world.run();
    const undone = await undo(runId);
    expect(undone).toMatchObject({ undone: runId, counts: { records: 1, putBack: 2, kept: 0, cannotUndo: 0 } });
    expect(undone.run?.outcome).toBe('success');
    expect(left()).toMatchObject({ Amount: 1000, Description: 'First line\nsecond line' });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 1000, notes: 'First line\nsecond line' } });
    expect((await world.run()).counts).toMatchObject({ updatedLeft: 0, updatedRight: 0, conflicts: 0 });
  });

  it('says in the audit trail what was put back', async () => {
    world.org.edit(key, { Amount: 5 });
    await undo((await world.run()).runId);
    expect(world.org.seen(key).audit).toContainEqual(
      expect.objectContaining({
        ...{ field: 'dealValue', direction: 'toRight', oldValue: 5, newValue: 1000 },
        message: 'Deal value: put back to what it was before a run that was undone.'
      })
    );
    expect(world.org.seen(key).state).toBe('Synced');
  });

  it('undone itself leads to the values of the first run', async () => {
    world.org.edit(key, { Amount: 5, Description: 'Mine' });
    const first = await undo((await world.run()).runId);
    const second = await undo(first.run?.runId ?? '');
    expect(second.counts).toMatchObject({ kept: 0, cannotUndo: 0 });
    expect(left()).toMatchObject({ Amount: 5, Description: 'Mine' });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5, notes: 'Mine' } });
  });

  it('keeps what was edited since, field by field', async () => {
    world.org.edit(key, { Amount: 5, Description: 'Mine' });
    const { runId } = await world.run();
    world.referrals.edit('R1', { 'details.dealValue': 6 });
    const undone = await undo(runId);
    expect(kept(undone)).toEqual([['dealValue', 'CHANGED_SINCE']]);
    expect(undone.run?.outcome).toBe('partial');
    expect(left()).toMatchObject({ Amount: 6, Description: 'First line\nsecond line' });
  });

  it('loses no edit that comes while it works', async () => {
    world.org.edit(key, { Amount: 5 });
    const { runId } = await world.run();
    world.referrals.before = (call) => {
      if (call !== 'update') return;
      world.referrals.before = () => undefined;
      world.referrals.edit('R1', { 'details.dealValue': 6 });
    };
    expect(kept(await undo(runId))).toEqual([['dealValue', 'CHANGED_SINCE']]);
    await world.settle();
    expect(left()).toMatchObject({ Amount: 6 });
  });

  it('does not start a tug of war with one-way fields', async () => {
    world.org.edit(key, { CurrencyIsoCode: 'EUR' });
    const { runId } = await world.run();
    const before = world.referrals.callsOf('update');
    expect(kept(await undo(runId))).toEqual([['currency', 'WOULD_RETURN']]);
    expect(world.referrals.callsOf('update')).toBe(before);
  });

  it('leaves closed records alone and names creations, which stay', async () => {
    world.org.edit(key, { StageName: 'Closed Won', Amount: 7 });
    const { runId } = await world.run();
    const closed = kept(await undo(runId));
    expect(closed).toContainEqual(['dealValue', 'CLOSED']);
    expect(closed).toContainEqual(['outcome', 'CLOSED']);
    world.org.add();
    const created = await undo((await world.run()).runId);
    expect(codes(created)).toEqual(['CANNOT_DELETE']);
    expect(created.records[0]?.issues[0]?.nextStep).toContain('close R2');
  });

  it('takes links away only when told to, and they do not come back by themselves', async () => {
    const other = world.org.add();
    world.referrals.addReferral(other, { name: 'Deal 2', 'details.dealValue': 2000, 'details.currency': 'USD' });
    const { runId } = await world.run();
    expect(codes(await undo(runId, { keys: [other] }))).toContain('LINKED');
    const entries = async (): Promise<unknown> =>
      (await world.ledger.entries(world.mapping.name, [other])).get(other)?.coupling;
    expect(await entries()).toBeDefined();
    const unlinked = await undo(runId, { keys: [other], unlink: true });
    expect(unlinked.counts.unlinked).toBe(1);
    await world.settle();
    expect(await entries()).toBeUndefined();
    expect(world.org.seen(other)).toMatchObject({ state: 'Attention', codes: 'UNLINKED' });
  });

  it('can be tried without writing anything', async () => {
    world.org.edit(key, { Amount: 5 });
    const { runId } = await world.run();
    const before = JSON.stringify([[...world.org.records], [...world.referrals.records]]);
    const tried = await undo(runId, { dryRun: true });
    expect(tried).toMatchObject({ dryRun: true, counts: { putBack: 1 } });
    expect(tried.run).toBeUndefined();
    expect(JSON.stringify([[...world.org.records], [...world.referrals.records]])).toBe(before);
  });

  it('of some records leaves the others alone', async () => {
    const other = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5 });
    world.org.edit(other, { Amount: 6 });
    const { runId } = await world.run();
    await undo(runId, { keys: [other] });
    expect(left()).toMatchObject({ Amount: 5 });
    expect(world.org.records.get(other)?.document).toMatchObject({ Amount: 2000 });
  });

  it('does not touch records that are not shared any more', async () => {
    world.org.edit(key, { Amount: 5 });
    const { runId } = await world.run();
    world.org.edit(key, { Sync_with_Partner_Center__c: false });
    expect(codes(await undo(runId))).toEqual(['PAUSED']);
  });

  it('finds a run by the beginning of its id, and names the nearest ones of an unknown id', async () => {
    world.org.edit(key, { Amount: 5 });
    const { runId } = await world.run();
    expect((await undo(runId.slice(0, 8), { dryRun: true })).undone).toBe(runId);
    const error: unknown = await undo('nowhere').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'RUN_UNKNOWN' });
    expect(JSON.stringify(error)).toContain(runId);
    await expect(undo(runId, { keys: ['006X'] })).rejects.toMatchObject({ code: 'RECORD_NOT_IN_RUN' });
  });

  it('that is killed between the two sides is finished by the next run', async () => {
    world.org.edit(key, { Amount: 5 });
    const { runId } = await world.run();
    world.org.before = (call) => {
      if (call === 'update') throw new Error('killed');
    };
    await undo(runId);
    world.org.before = () => undefined;
    await world.settle();
    expect(left()).toMatchObject({ Amount: 1000 });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 1000 } });
  });
});

describe('a run, undone, and undone again', () => {
  const edits = fc.array(
    fc.oneof(
      fc.record({
        side: fc.constant('left' as const),
        field: fc.constant('Amount'),
        value: fc.integer({ min: 1, max: 9 })
      }),
      fc.record({
        side: fc.constant('left' as const),
        field: fc.constantFrom('Description'),
        value: fc.option(fc.constantFrom('a', 'b'))
      }),
      fc.record({
        side: fc.constant('left' as const),
        field: fc.constant('CloseDate'),
        value: fc.constantFrom('2026-07-01', '2026-08-01')
      }),
      fc.record({
        side: fc.constant('right' as const),
        field: fc.constant('details.dealValue'),
        value: fc.integer({ min: 1, max: 9 })
      }),
      fc.record({
        side: fc.constant('right' as const),
        field: fc.constant('details.notes'),
        value: fc.option(fc.constantFrom('a', 'c'))
      })
    ),
    { minLength: 1, maxLength: 6 }
  );
  const values = (): JsonValue[] => {
    const details = world.referral(key)['details'] as Record<string, JsonValue>;
    return [
      left()['Amount'],
      left()['Description'],
      left()['CloseDate'],
      details['dealValue'],
      details['notes'],
      String(details['closingDateTime']).slice(0, 10)
    ].map((value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : (value ?? null)));
  };

  it('has the values from before, then those from after it, on both sides', async () => {
    const mapping = world.mapping;
    await fc.assert(
      fc.asyncProperty(edits, fc.integer({ min: 1, max: 1e6 }), async (list, seed) => {
        world = new World(mapping, seed);
        key = world.org.add({ Contacts: [contact] });
        await world.run();
        const before = values();
        for (const { side, field, value } of list) {
          if (side === 'left') world.org.edit(key, { [field]: value });
          else world.referrals.edit('R1', { [field]: value });
        }
        const { runId } = await world.run();
        const after = values();
        const written = await world.ledger.journal(mapping.name, runId);
        fc.pre(written.length > 0);
        const first = await undo(runId);
        const fields = new Set(written.flatMap(({ changes }) => changes.map(({ field }) => field)));
        const order = ['dealValue', 'notes', 'closingDate'];
        const expected = (now: JsonValue[], then: JsonValue[]): JsonValue[] =>
          now.map((value, index) => (fields.has(order[index % 3] ?? '') ? (then[index] ?? null) : value));
        const lost = new Set(
          written.filter(({ kind }) => kind === 'lost').flatMap(({ changes }) => changes.map(({ field }) => field))
        );
        // After a conflict both sides get the value that lost: the written side had it before the run.
        if (lost.size === 0) expect(values()).toEqual(expected(after, before));
        await undo(first.run?.runId ?? '');
        expect(values()).toEqual(after);
        expect((await world.run()).counts).toMatchObject({ updatedLeft: 0, updatedRight: 0, conflicts: 0 });
      }),
      { numRuns: 60 }
    );
  });
});
