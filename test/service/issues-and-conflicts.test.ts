import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../plugin/src/ledger/index.js';
import { loadMapping } from '../../plugin/src/mapping/index.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { WorkItem } from '../../plugin/src/queue/index.js';
import { listConflicts, resolveConflict } from '../../plugin/src/service/conflicts.js';
import type { Desk } from '../../plugin/src/service/desk.js';
import { atDesk, longId } from '../../plugin/src/service/desk.js';
import { listIssues, retryIssues } from '../../plugin/src/service/issues.js';
import { World } from '../support/engine/world.js';

let world: World;
let desk: Desk;
let asked: WorkItem[];

const matchesSchema = (name: string, result: unknown): void => {
  const schema = JSON.parse(readFileSync(`plugin/schemas/${name}.json`, 'utf8')) as object;
  const valid = new Ajv({ strict: false }).compile(schema);
  expect([valid(JSON.parse(JSON.stringify(result))), valid.errors]).toEqual([true, null]);
};

beforeEach(async () => {
  const mapping = await loadMapping();
  const fields = mapping.fields.map((field) =>
    ['dealValue', 'notes', 'help'].includes(field.name) ? { ...field, rule: 'manual' as const } : field
  );
  world = new World({ ...mapping, fields });
  asked = [];
  const queue = {
    enqueue: (_mapping: string, items: readonly WorkItem[]): Promise<void> => {
      asked.push(...items);
      return Promise.resolve();
    }
  };
  desk = { mapping: world.mapping, ledger: world.ledger, queue, clock: world.clock };
});

describe('records with a problem', () => {
  let keys: string[];

  beforeEach(async () => {
    keys = [world.org.add(), world.org.add(), world.org.add()];
    await world.run();
    world.referrals.before = (call) => {
      if (call === 'update') throw new ConnectorError('partner-center', 'rejected', 'BAD', 'Value too high.');
    };
    for (const key of keys) world.org.edit(key, { Amount: 9 });
    await world.run();
    await world.run();
    world.referrals.before = () => undefined;
    keys.push(world.org.add({ Amount: null }));
    await world.run();
  });

  it('are grouped by cause, each with what to do', async () => {
    const list = await listIssues(desk, {});
    matchesSchema('cosell-issue-list', list);
    expect(list.count).toBe(4);
    expect(list.causes[0]).toMatchObject({ code: 'REJECTED', count: 3, parked: 3 });
    expect(list.causes[0]?.fix).toMatch(/\.$/);
    expect(list.issues.find(({ key }) => key === keys[0])).toMatchObject({
      state: 'parked',
      attempts: 2,
      message: expect.stringContaining('Value too high.') as string
    });
  });

  it('can be listed by cause and by state', async () => {
    expect((await listIssues(desk, { code: 'REJECTED' })).issues).toHaveLength(3);
    expect(await listIssues(desk, { state: 'retry' })).toMatchObject({ count: 0, causes: [], issues: [] });
    expect((await listIssues(desk, { state: 'parked' })).count).toBe(4);
  });

  it.each([
    ['one of them', () => ({ records: [keys[0] ?? ''] }), 1],
    ['two of them', () => ({ records: keys.slice(0, 2) }), 2],
    ['all of a cause', () => ({ code: 'REJECTED' }), 3],
    ['all', () => ({ all: true as const }), 4]
  ])('are tried again by the next run: %s', async (_name, choice, count) => {
    const calls = world.referrals.callsOf('update');
    const result = await retryIssues(desk, choice());
    matchesSchema('cosell-issue-retry', result);
    expect(result.count).toBe(count);
    expect(asked).toHaveLength(count);
    expect(asked.every(({ priority }) => priority === 0)).toBe(true);
    await world.run();
    expect(world.referrals.callsOf('update') - calls).toBe(Math.min(count, 3));
    expect((await listIssues(desk, { code: 'REJECTED' })).count).toBe(3 - Math.min(count, 3));
  });

  it('are not tried again for a record without a problem, an unknown one or an unknown cause', async () => {
    const fine = world.org.add();
    await world.run();
    await expect(retryIssues(desk, { records: [fine] })).rejects.toMatchObject({ code: 'ISSUE_UNKNOWN' });
    const unknown = retryIssues(desk, { records: ['006000000000000ZZZ'] });
    await expect(unknown).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    await expect(retryIssues(desk, { code: 'NOPE' })).rejects.toMatchObject({
      code: 'ISSUE_UNKNOWN',
      nextSteps: [expect.stringContaining('REJECTED') as string]
    });
    expect(asked).toEqual([]);
  });
});

describe('fields in conflict', () => {
  let key: string;
  const input = { allFields: false, keep: 'salesforce' as const, by: 'ada' };

  beforeEach(async () => {
    key = world.org.add();
    await world.run();
    world.org.edit(key, { Amount: 5, Description: 'Ours' });
    world.referrals.edit('R1', { 'details.dealValue': 6, 'details.notes': 'Theirs' });
    await world.run();
  });

  const values = () => [
    world.org.records.get(key)?.document['Amount'],
    world.org.records.get(key)?.document['Description'],
    world.referral(key)['details']
  ];

  it('are listed with both values and times', async () => {
    const list = await listConflicts(desk);
    matchesSchema('cosell-conflict-list', list);
    expect(list.conflicts).toMatchObject([
      { key, field: 'dealValue', label: 'Deal value', salesforce: 5, partnerCenter: 6, agreed: 1000, decision: null },
      { key, field: 'notes', salesforce: 'Ours', partnerCenter: 'Theirs' }
    ]);
  });

  it.each(['dealValue', 'deal VALUE'])(
    'are decided one by one, named %s; the next run carries it out',
    async (field) => {
      const result = await resolveConflict(desk, { ...input, record: key, field });
      matchesSchema('cosell-conflict-resolve', result);
      expect(result.fields).toEqual([{ field: 'dealValue', label: 'Deal value', kept: 5, givenUp: 6 }]);
      expect(asked).toEqual([{ key, priority: 0 }]);
      matchesSchema('cosell-conflict-list', await listConflicts(desk));
      expect((await listConflicts(desk)).conflicts[0]?.decision).toMatchObject({ keep: 'salesforce', by: 'ada' });
      await world.run();
      expect(values()).toMatchObject([5, 'Ours', { dealValue: 5, notes: 'Theirs' }]);
      expect((await listConflicts(desk)).conflicts.map((one) => one.field)).toEqual(['notes']);
      const trail = world.org.seen(key).audit.map(({ message }) => message);
      expect(trail).toContainEqual(expect.stringContaining('as ada decided'));
    }
  );

  it('are decided all at once', async () => {
    await resolveConflict(desk, { ...input, record: key, allFields: true, keep: 'partner-center' });
    await world.run();
    expect(values()).toMatchObject([6, 'Theirs', { dealValue: 6, notes: 'Theirs' }]);
    expect(await listConflicts(desk)).toMatchObject({ records: 0, conflicts: [] });
    expect((await listIssues(desk, {})).count).toBe(0);
  });

  it('say which are meant when the field is missing or wrong', async () => {
    const both = expect.stringMatching(/dealValue \(Deal value\), notes \(Notes\)/) as string;
    await expect(resolveConflict(desk, { ...input, record: key })).rejects.toMatchObject({
      code: 'FIELD_NEEDED',
      nextSteps: expect.arrayContaining([both]) as string[]
    });
    await expect(resolveConflict(desk, { ...input, record: key, field: 'currency' })).rejects.toMatchObject({
      code: 'FIELD_NOT_IN_CONFLICT',
      nextSteps: [both]
    });
    const fine = world.org.add();
    await world.run();
    const none = resolveConflict(desk, { ...input, record: fine });
    await expect(none).rejects.toMatchObject({ code: 'NO_CONFLICT' });
    const unknown = resolveConflict(desk, { ...input, record: '006000000000000ZZZ' });
    await expect(unknown).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
  });

  it.each([
    ['a field that is not written there', 'help', 'partner-center', /is not written in Salesforce/],
    ['a field that is taken only once', 'visibleToMicrosoft', 'salesforce', /once it is set/]
  ] as const)('are refused a decision that is never let through: %s', async (_name, field, keep, message) => {
    const entry = (await world.ledger.entries(world.mapping.name, [key])).get(key);
    const [first] = entry?.dispute?.conflicts ?? [];
    if (!first) throw new Error('no conflict');
    const dispute = { conflicts: [{ ...first, field }], decisions: [] };
    await world.ledger.commit(world.mapping.name, [{ leftKey: key, dispute }]);
    const kept = resolveConflict(desk, { ...input, record: key, keep });
    await expect(kept).rejects.toMatchObject({
      code: 'CANNOT_BE_KEPT',
      message: expect.stringMatching(message) as string
    });
    expect(asked).toEqual([]);
  });
});

describe('the desk', () => {
  it('opens the ledger of the settings and needs no secret', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cosell-desk-'));
    try {
      const settingsFile = join(folder, 'cosell.yaml');
      writeFileSync(
        settingsFile,
        'partnerCenter:\n  tenantId: t\n  clientId: c\n  refreshTokenVariable: NOT_SET\nledger: desk.ledger\n'
      );
      const ledger = await openLedger(join(folder, 'desk.ledger'));
      await ledger.commit('opportunity-referral', [
        {
          leftKey: '006000000000001AAA',
          issue: {
            state: 'parked',
            code: 'REJECTED',
            attempts: 2,
            leftHash: '',
            rightHash: '',
            notBefore: '2026-01-01T00:00:00.000Z',
            issues: []
          }
        }
      ]);
      await ledger.close();
      const input = { env: {}, settingsFile };
      expect((await atDesk(input, (open) => listIssues(open, {}))).count).toBe(1);
      await atDesk(input, (open) => retryIssues(open, { records: ['006000000000001'] }));
      expect((await atDesk(input, (open) => listIssues(open, { state: 'parked' }))).count).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['006000000000001', '006000000000001AAA'],
    ['0068d00000ABCdE', '0068d00000ABCdEAAX'],
    ['006000000000001AAA', '006000000000001AAA'],
    ['not an id', 'not an id']
  ])('knows %s as %s', (given, key) => {
    expect(longId(given)).toBe(key);
  });
});
