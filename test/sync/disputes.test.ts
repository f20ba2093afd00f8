import { beforeEach, describe, expect, it } from 'vitest';
import { loadMapping } from '../../plugin/src/mapping/index.js';
import type { Mapping, Rule } from '../../plugin/src/mapping/types.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import { World } from '../support/engine/world.js';

/** The shipped mapping with other rules for some fields. */
async function withRules(rules: Readonly<Record<string, Rule>>): Promise<Mapping> {
  const mapping = await loadMapping();
  const fields = mapping.fields.map((field) => ({ ...field, rule: rules[field.name] ?? field.rule }));
  return { ...mapping, fields };
}

let world: World;
let key: string;

/** Both sides change the deal value, which a person has to decide about. */
async function disagree(left = 5, right = 6): Promise<void> {
  world.org.edit(key, { Amount: left });
  world.referrals.edit('R1', { 'details.dealValue': right });
  await world.run();
}

const dispute = async () => (await world.ledger.entries(world.mapping.name, [key])).get(key)?.dispute;
const amounts = () => [
  world.org.records.get(key)?.document['Amount'],
  (world.referral(key)['details'] as { dealValue: number }).dealValue
];

beforeEach(async () => {
  world = new World(await withRules({ dealValue: 'manual', notes: 'manual' }));
  key = world.org.add();
  await world.run();
});

describe('a field that a person has to decide about', () => {
  it('is a row on the record with both values, the agreed one and both times', async () => {
    await disagree();
    expect(world.org.openRows(key)).toEqual([
      expect.objectContaining({
        kind: 'conflict',
        code: 'CONFLICT',
        field: 'Deal value',
        left: 5,
        right: 6,
        base: 1000,
        leftAt: expect.stringMatching(/Z$/) as string,
        rightAt: expect.stringMatching(/Z$/) as string,
        status: 'Open'
      })
    ]);
    expect(amounts()).toEqual([5, 6]);
  });

  it('stays one row with its times, however often other fields change', async () => {
    await disagree();
    const [first] = world.org.openRows(key);
    world.org.edit(key, { Description: 'Other' });
    await world.run();
    world.referrals.edit('R1', { 'details.notes': 'Another' });
    await world.run();
    const rows = world.org.openRows(key);
    expect(rows.map((row) => row.key)).toEqual([first?.key]);
    expect(rows[0]).toMatchObject({ leftAt: first?.leftAt, rightAt: first?.rightAt });
  });

  it.each([
    ['left', 5],
    ['right', 6]
  ] as const)('is settled by a decision on the record to keep the %s value', async (choice, value) => {
    await disagree();
    world.org.answer(key, 'dealValue', choice);
    await world.run();
    expect(amounts()).toEqual([value, value]);
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced', codes: '' });
    expect([...world.org.rows.values()]).toMatchObject([{ status: 'Resolved', choice }]);
    expect(await dispute()).toBeUndefined();
    const told = world.org.seen(key).audit.find(({ message }) => message.includes('Lena Seller'));
    expect(told).toMatchObject({ action: 'conflict', field: 'dealValue', newValue: value });
    expect(told?.message).toContain(
      `${choice === 'left' ? 'Salesforce' : 'Partner Center'} wins, as Lena Seller decided`
    );
  });

  it('is settled by a decision in the ledger, and the row says who decided', async () => {
    await disagree();
    const open = await dispute();
    const decisions = [{ field: 'dealValue', keep: 'right' as const, by: 'ada', at: '2026-01-01T00:00:00.000Z' }];
    await world.ledger.commit(world.mapping.name, [
      { leftKey: key, dispute: { conflicts: open?.conflicts ?? [], decisions } }
    ]);
    world.org.edit(key, {});
    world.referrals.edit('R1', {});
    world.org.edit(key, { Description: 'wakes the pair' });
    await world.run();
    expect(amounts()).toEqual([6, 6]);
    expect([...world.org.rows.values()]).toMatchObject([{ status: 'Resolved', choice: 'right', answeredBy: 'ada' }]);
  });

  it('comes to rest: after the decision a look finds nothing to do', async () => {
    await disagree();
    world.org.answer(key, 'dealValue', 'left');
    await world.run();
    await world.run();
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('is settled without a decision when both sides are given the same value', async () => {
    await disagree();
    world.org.edit(key, { Amount: 7 });
    world.referrals.edit('R1', { 'details.dealValue': 7 });
    await world.run();
    expect([...world.org.rows.values()]).toMatchObject([{ status: 'Resolved', choice: undefined }]);
  });

  it('stays in conflict when the value that would be given up is not the one the person saw', async () => {
    await disagree();
    world.referrals.edit('R1', { 'details.dealValue': 7 });
    world.org.answer(key, 'dealValue', 'left');
    await world.run();
    expect(amounts()).toEqual([5, 7]);
    expect(world.org.openRows(key)).toMatchObject([{ right: 7, choice: undefined }]);
    world.org.answer(key, 'dealValue', 'left');
    await world.run();
    expect(amounts()).toEqual([5, 5]);
  });

  it('is decided alone: another field of the record stays in conflict', async () => {
    world.org.edit(key, { Description: 'Ours' });
    world.referrals.edit('R1', { 'details.notes': 'Theirs' });
    await disagree();
    expect(world.org.openRows(key)).toHaveLength(2);
    world.org.answer(key, 'dealValue', 'right');
    await world.run();
    expect(amounts()).toEqual([6, 6]);
    expect(world.org.openRows(key)).toMatchObject([{ field: 'Notes', left: 'Ours', right: 'Theirs' }]);
    expect(world.org.seen(key)).toMatchObject({ state: 'Conflict' });
  });

  it('waits with its decision while the record may not be sent', async () => {
    await disagree();
    const { Account: account } = world.org.records.get(key)?.document as { Account: object };
    world.org.edit(key, { Team: [] });
    world.org.answer(key, 'dealValue', 'left');
    await world.run();
    const held = world.org.openRows(key).find(({ kind }) => kind === 'conflict');
    if (held) {
      expect(amounts()).toEqual([5, 6]);
      expect(held.choice).toBe('left');
    }
    expect(account).toBeDefined();
    world.org.edit(key, { Team: [{ FirstName: 'Sam', LastName: 'Seller', Email: 's@x.example', Phone: '+47 1' }] });
    await world.run();
    await world.run();
    expect(amounts()).toEqual([5, 5]);
    expect(world.org.openRows(key)).toEqual([]);
  });

  it('survives a crash between the decision and its record in the ledger', async () => {
    await disagree();
    world.org.answer(key, 'dealValue', 'left');
    world.referrals.after = (call) => {
      if (call === 'update') throw new Error('power cut');
    };
    await world.run().catch(() => undefined);
    world.referrals.after = () => undefined;
    await world.settle();
    expect(amounts()).toEqual([5, 5]);
    expect(world.org.openRows(key)).toEqual([]);
  });
});

describe('a decision that cannot be carried out', () => {
  it('leaves the field in conflict and says why', async () => {
    const mapping = await withRules({ dealValue: 'manual' });
    const fields = mapping.fields.map((field) =>
      field.name === 'dealValue' ? { ...field, direction: 'toRight' as const } : field
    );
    world = new World({ ...mapping, fields });
    key = world.org.add();
    await world.run();
    await disagree();
    world.org.answer(key, 'dealValue', 'right');
    await world.run();
    expect(amounts()).toEqual([5, 6]);
    expect(world.org.openRows(key)).toMatchObject([
      { message: expect.stringContaining('is not written in Salesforce') as string, choice: undefined }
    ]);
    world.org.answer(key, 'dealValue', 'left');
    await world.run();
    expect(amounts()).toEqual([5, 5]);
  });
});

describe('a problem', () => {
  const refuse = () => {
    world.referrals.before = (call) => {
      if (call === 'update') throw new ConnectorError('partner-center', 'rejected', 'BAD', 'No.', { status: 400 });
    };
  };

  it('is a row that says when it is no longer tried, and a person who asks for another try gets one', async () => {
    refuse();
    world.org.edit(key, { Amount: 9 });
    await world.settle();
    expect(world.org.openRows(key)).toMatchObject([
      { kind: 'problem', code: 'REJECTED', status: 'Parked', parked: true, attempts: 2 }
    ]);
    const calls = world.referrals.callsOf('update');
    await world.settle();
    expect(world.referrals.callsOf('update')).toBe(calls);
    world.org.answer(key, 'REJECTED', 'retry');
    await world.run();
    expect(world.referrals.callsOf('update')).toBe(calls + 1);
    expect(world.org.openRows(key)).toMatchObject([{ status: 'Parked', choice: undefined, attempts: 3 }]);
    world.referrals.before = () => undefined;
    world.org.answer(key, 'REJECTED', 'retry');
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 9 } });
    expect(world.org.openRows(key)).toEqual([]);
  });

  it('of what a record lacks is one row per cause, gone when it is corrected', async () => {
    const incomplete = world.org.add({ Amount: null, Team: [] });
    await world.run();
    const codes = world.org.openRows(incomplete).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
    world.org.edit(incomplete, {
      Amount: 10,
      Team: [{ FirstName: 'Sam', LastName: 'Seller', Email: 's@x.example', Phone: '+47 1' }]
    });
    await world.run();
    expect(world.org.openRows(incomplete)).toEqual([]);
  });
});

it('a run that told something is in the list of runs, at no further call', async () => {
  const before = world.org.callsOf('tell');
  world.org.edit(key, { Amount: 12 });
  const summary = await world.run();
  expect(world.org.callsOf('tell')).toBe(before + 1);
  expect(world.org.runs.get(summary.runId)).toMatchObject({ outcome: 'success', counts: { updatedRight: 1 } });
  const runs = world.org.runs.size;
  await world.run();
  expect(world.org.runs.size).toBe(runs);
});

it('a run that ends early says why in the list of runs', async () => {
  world.referrals.before = (call) => {
    if (call === 'create') throw new ConnectorError('partner-center', 'retryable', 'UNAVAILABLE', 'Down.');
  };
  for (let count = 0; count < 8; count += 1) world.org.add();
  const summary = await world.run();
  expect(summary.outcome).toBe('stopped');
  expect(world.org.runs.get(summary.runId)).toMatchObject({ outcome: 'stopped', stoppedCode: 'UNAVAILABLE' });
});
