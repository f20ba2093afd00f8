import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Coupling, Decision, Ledger, OpenConflict } from '../../plugin/src/ledger/index.js';
import type { Bench } from './engines.js';
import { cleanUp, engines } from './engines.js';
import { at, coupling, dispute, intent, issue, later, line, M, run } from './samples.js';

afterAll(cleanUp);

describe.each(engines)('ledger contract: %s', (name, open) => {
  let bench: Bench;
  let ledger: Ledger;
  beforeEach(async () => {
    bench = await open();
    ledger = bench.ledger;
  });
  afterEach(async () => {
    await ledger.close();
  });

  it('returns nothing for keys it never saw', async () => {
    expect((await ledger.entries(M, ['L1'])).size).toBe(0);
    expect((await ledger.leftKeysOf(M, ['R1'])).size).toBe(0);
  });

  it('stores every part of an entry and gives it back unchanged', async () => {
    const parts = {
      coupling: coupling('L1', 'R1', { context: { engagementId: 'E1' }, syncedAt: at }),
      intent: intent({ payload: { entries: [1, null] } }),
      issue: issue(),
      telling: { toldHash: 'h', pending: { audit: [] } },
      dispute: dispute()
    };
    await ledger.commit(M, [{ leftKey: 'L1', ...parts }]);
    expect((await ledger.entries(M, ['L1'])).get('L1')).toEqual({ leftKey: 'L1', ...parts });
    expect((await ledger.leftKeysOf(M, ['R1'])).get('R1')).toBe('L1');
  });

  it('replaces a part, removes it with null and leaves absent parts alone', async () => {
    await ledger.commit(M, [{ leftKey: 'L1', intent: intent(), issue: issue() }]);
    await ledger.commit(M, [{ leftKey: 'L1', intent: intent({ attempt: 2 }) }]);
    await ledger.commit(M, [{ leftKey: 'L1', issue: null }]);
    const entry = (await ledger.entries(M, ['L1'])).get('L1');
    expect(entry?.intent?.attempt).toBe(2);
    expect(entry?.issue).toBeUndefined();
  });

  it('stores a new base and the completion of its intent together or not at all', async () => {
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await ledger.commit(M, [{ leftKey: 'L2', intent: intent() }]);
    const twice = ledger.commit(M, [{ leftKey: 'L2', coupling: coupling('L2', 'R1'), intent: null }]);
    await expect(twice).rejects.toMatchObject({ code: 'LEDGER_CONFLICT' });
    const entry = (await ledger.entries(M, ['L2'])).get('L2');
    expect(entry?.coupling).toBeUndefined();
    expect(entry?.intent).toBeDefined();
  });

  it('frees the right key of a removed coupling', async () => {
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await ledger.commit(M, [{ leftKey: 'L1', coupling: null }]);
    await ledger.commit(M, [{ leftKey: 'L2', coupling: coupling('L2', 'R1') }]);
    expect((await ledger.leftKeysOf(M, ['R1'])).get('R1')).toBe('L2');
  });

  it.each([
    ['an open intent', { intent: intent() }, true],
    ['an undelivered report', { telling: { toldHash: '', pending: {} } }, true],
    ['a delivered report', { telling: { toldHash: 'h' } }, false],
    ['an issue to retry whose time has come', { issue: issue() }, true],
    ['an issue to retry later', { issue: issue({ notBefore: '2026-01-05T09:00:01.000Z' }) }, false],
    ['a parked issue', { issue: issue({ state: 'parked' }) }, false],
    ['a coupling at rest', { coupling: coupling('L1', 'R1') }, false]
  ])('%s: due %#', async (_case, parts, due) => {
    await ledger.commit(M, [{ leftKey: 'L1', ...parts }]);
    expect(await ledger.due(M, at, 10)).toEqual(due ? ['L1'] : []);
  });

  it('limits the due records', async () => {
    await ledger.commit(
      M,
      ['L3', 'L1', 'L2'].map((leftKey) => ({ leftKey, intent: intent() }))
    );
    expect(await ledger.due(M, at, 2)).toEqual(['L1', 'L2']);
  });

  it('keeps mappings apart', async () => {
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await ledger.commit('other', [{ leftKey: 'L9', coupling: coupling('L9', 'R1') }]);
    expect((await ledger.leftKeysOf(M, ['R1'])).get('R1')).toBe('L1');
    expect((await ledger.leftKeysOf('other', ['R1'])).get('R1')).toBe('L9');
  });

  it('reads more keys than one statement takes', async () => {
    const keys = Array.from({ length: 1203 }, (_item, index) => `L${index}`);
    await ledger.commit(
      M,
      keys.map((leftKey) => ({ leftKey, coupling: coupling(leftKey, `R${leftKey}`) }))
    );
    expect((await ledger.entries(M, keys)).size).toBe(1203);
    expect(
      (
        await ledger.leftKeysOf(
          M,
          keys.map((key) => `R${key}`)
        )
      ).size
    ).toBe(1203);
  });

  it('moves cursors one by one', async () => {
    await ledger.moveCursors(M, { salesforce: 'a', 'partner-center': 'b' }, at);
    await ledger.moveCursors(M, { salesforce: 'c' }, at);
    await ledger.moveCursors(M, {}, at);
    expect(await ledger.cursors(M)).toEqual({ salesforce: 'c', 'partner-center': 'b' });
  });

  it('reports couplings by state, open work and the last run', async () => {
    await ledger.commit(M, [
      { leftKey: 'L1', coupling: coupling('L1', 'R1') },
      { leftKey: 'L2', coupling: coupling('L2', 'R2', { state: 'closed' }), issue: issue() },
      { leftKey: 'L3', intent: intent() }
    ]);
    await ledger.recordRun(M, { id: 'one', startedAt: at, finishedAt: at, outcome: 'success', summary: { n: 1 } });
    await ledger.recordRun(M, {
      id: 'two',
      startedAt: '2026-01-05T09:00:09.000Z',
      finishedAt: at,
      outcome: 'partial',
      summary: { n: 2 }
    });
    const status = await ledger.status(M);
    expect(status.couplings).toEqual({ active: 1, paused: 0, conflict: 0, closed: 1 });
    expect(status).toMatchObject({ openIntents: 1, issueCount: 1, lastRun: { id: 'two', summary: { n: 2 } } });
    expect(status.issues).toEqual([{ leftKey: 'L2', state: 'retry', code: 'REJECTED', attempts: 1, notBefore: at }]);
  });

  if (name !== 'PostgreSQL') {
    it('gives the lease to one owner until it ends or is released', async () => {
      expect(await ledger.lease(M, 'a', 1000, 500)).toBe(true);
      expect(await ledger.lease(M, 'b', 1400, 500)).toBe(false);
      expect(await ledger.lease(M, 'a', 1400, 500)).toBe(true);
      expect(await ledger.lease(M, 'b', 1800, 500)).toBe(false);
      expect(await ledger.lease(M, 'b', 1900, 500)).toBe(true);
      await ledger.release(M, 'a');
      expect(await ledger.lease(M, 'a', 2000, 500)).toBe(false);
      await ledger.release(M, 'b');
      expect(await ledger.lease(M, 'a', 2000, 500)).toBe(true);
    });
  } else {
    it('counts the lease by the clock of the server, whatever the machines say', async () => {
      expect(await ledger.lease(M, 'a', 0, 200)).toBe(true);
      // A machine whose clock is a century ahead does not take the lease over.
      expect(await ledger.lease(M, 'b', Date.parse('2126-01-01'), 200)).toBe(false);
      expect(await ledger.lease(M, 'a', 0, 200)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 260));
      // One whose clock is behind takes it over once it has ended.
      expect(await ledger.lease(M, 'b', 0, 60_000)).toBe(true);
      expect(await ledger.lease(M, 'a', Date.parse('2126-01-01'), 60_000)).toBe(false);
      await ledger.release(M, 'a');
      expect(await ledger.lease(M, 'a', 0, 1)).toBe(false);
      await ledger.release(M, 'b');
      expect(await ledger.lease(M, 'a', 0, 1)).toBe(true);
    });
  }

  it('refuses what a worker stores whose claim was taken over, and keeps the rest of the group', async () => {
    await bench.hold(M, 'L1', 7);
    await bench.hold(M, 'L2', 8);
    await bench.hold(M, 'L4', 9);
    const outcomes = await Promise.allSettled([
      ledger.commit(M, [{ leftKey: 'L1', intent: intent(), fence: 7 }]),
      ledger.commit(M, [{ leftKey: 'L2', intent: intent(), fence: 7 }]),
      ledger.commit(M, [{ leftKey: 'L3', intent: intent(), fence: 1 }]),
      ledger.commit(M, [{ leftKey: 'L5', intent: intent() }]),
      ledger.commit(M, [
        { leftKey: 'L4', intent: intent(), fence: 9 },
        { leftKey: 'L2', issue: issue(), fence: 7 }
      ])
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'rejected'
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'FENCED' });
    }
    expect([...(await ledger.entries(M, ['L1', 'L2', 'L3', 'L4', 'L5'])).keys()].sort()).toEqual(['L1', 'L5']);
    await bench.hold(M, 'L1', undefined);
    await expect(ledger.commit(M, [{ leftKey: 'L1', intent: null, fence: 7 }])).rejects.toMatchObject({
      code: 'FENCED'
    });
  });

  it('lets one conflicting commit of many fail alone', async () => {
    await ledger.commit(M, [{ leftKey: 'L0', coupling: coupling('L0', 'taken') }]);
    const commits = Array.from({ length: 20 }, (_item, index) =>
      ledger.commit(M, [
        { leftKey: `L${index + 1}`, coupling: coupling(`L${index + 1}`, index === 7 ? 'taken' : `R${index}`) },
        { leftKey: `X${index}`, intent: intent(), journal: [line('run-1', `R${index}`)] }
      ])
    );
    const outcomes = await Promise.allSettled(commits);
    const failed = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [[index, outcome.reason]] : []
    );
    expect(failed).toEqual([[7, expect.objectContaining({ code: 'LEDGER_CONFLICT' })]]);
    const keys = Array.from({ length: 20 }, (_item, index) => `X${index}`);
    expect((await ledger.entries(M, keys)).has('X7')).toBe(false);
    expect((await ledger.entries(M, keys)).size).toBe(19);
    expect((await ledger.leftKeysOf(M, ['taken'])).get('taken')).toBe('L0');
    const lines = await ledger.journal(M, 'run-1');
    expect(lines.map(({ leftKey }) => leftKey)).toEqual(keys.filter((key) => key !== 'X7'));
  });

  it('keeps the order of commits on one record that come at the same moment', async () => {
    await Promise.all([
      ledger.commit(M, [{ leftKey: 'L1', intent: intent({ attempt: 1 }) }]),
      ledger.commit(M, [{ leftKey: 'L1', intent: null, issue: issue({ attempts: 3 }) }]),
      ledger.commit(M, [{ leftKey: 'L1', intent: intent({ attempt: 2 }) }]),
      ledger.commit('other', [{ leftKey: 'L1', issue: issue({ attempts: 9 }) }]),
      ledger.commit(M, [{ leftKey: 'L1', issue: null }])
    ]);
    const entry = (await ledger.entries(M, ['L1'])).get('L1');
    expect(entry?.intent?.attempt).toBe(2);
    expect(entry?.issue).toBeUndefined();
    expect((await ledger.entries('other', ['L1'])).get('L1')?.issue?.attempts).toBe(9);
  });

  it('lets two records change partners in one commit when one lets go first', async () => {
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await ledger.commit(M, [{ leftKey: 'L1', coupling: null }]);
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R2') }]);
    await ledger.commit(M, [{ leftKey: 'L2', coupling: coupling('L2', 'R1') }]);
    expect(await ledger.leftKeysOf(M, ['R1', 'R2'])).toEqual(
      new Map([
        ['R1', 'L2'],
        ['R2', 'L1']
      ])
    );
  });

  it('keeps text as it is: quotes, line ends, every plane of Unicode', async () => {
    const odd = `'"\\ \r\n\t – ✔ 😀 é ${'x'.repeat(5000)}`;
    await ledger.commit(M, [{ leftKey: odd, coupling: coupling(odd, odd, { base: { notes: odd } }) }]);
    const entry = (await ledger.entries(M, [odd])).get(odd);
    expect(entry?.coupling?.base).toEqual({ notes: odd });
    expect((await ledger.leftKeysOf(M, [odd])).get(odd)).toBe(odd);
  });

  it('numbers the lines of a run in the order in which they came', async () => {
    for (const key of ['L2', 'L1'])
      await ledger.commit(M, [{ leftKey: key, journal: [line('a', '1'), line('a', '2')] }]);
    await ledger.commit(M, [{ leftKey: 'L3', journal: [line('b')] }]);
    const lines = await ledger.journal(M, 'a');
    expect(lines.map(({ leftKey, rightKey }) => `${leftKey}${rightKey}`)).toEqual(['L21', 'L22', 'L11', 'L12']);
    expect(lines[0]).toEqual({ ...line('a', '1'), leftKey: 'L2' });
    expect(await ledger.journal('other', 'a')).toEqual([]);
  });

  it('loads couplings in bulk, replaces known ones and says how many', async () => {
    const keys = Array.from({ length: 5_000 }, (_item, index) => `L${index}`);
    await ledger.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'old') }]);
    async function* source() {
      for (const key of keys) yield await Promise.resolve(coupling(key, `R${key}`));
    }
    expect(await ledger.load(M, source())).toBe(5_000);
    expect((await ledger.status(M)).couplings.active).toBe(5_000);
    expect((await ledger.leftKeysOf(M, ['old', 'RL1', 'RL4999'])).size).toBe(2);
    expect(await ledger.load(M, [])).toBe(0);
    await expect(ledger.load(M, [coupling('new', 'RL1')])).rejects.toMatchObject({ code: 'LEDGER_CONFLICT' });
  });

  it('adds up calls per system and interval, and forgets those of two days ago', async () => {
    const day = 24 * 60 * 60 * 1000;
    const now = Date.parse(at);
    await ledger.addCalls('salesforce', now - 3 * day, 5);
    await Promise.all([1, 2, 3].map(async (count) => ledger.addCalls('salesforce', now, count)));
    await ledger.addCalls('salesforce', now - day, 4);
    await ledger.addCalls('partner-center', now, 9);
    expect(await ledger.callsSince('salesforce', 0)).toEqual(
      new Map([
        [now - day, 4],
        [now, 6]
      ])
    );
    expect(await ledger.callsSince('salesforce', now)).toEqual(new Map([[now, 6]]));
    expect((await ledger.callsSince('xero', 0)).size).toBe(0);
  });

  it('keeps a notice once, oldest first, until it is removed or seven days old', async () => {
    const day = (number: number): string => `2026-01-0${number}T00:00:00.000Z`;
    expect(await ledger.addNotice(M, 'b', day(2))).toBe(true);
    expect(await ledger.addNotice(M, 'a', day(2))).toBe(true);
    expect(await ledger.addNotice(M, 'b', day(3))).toBe(false);
    expect(await ledger.addNotice(M, 'c', day(1))).toBe(true);
    expect(await ledger.addNotice('other', 'b', day(1))).toBe(true);
    expect([await ledger.notices(M, 10), await ledger.notices(M, 1)]).toEqual([['c', 'a', 'b'], ['c']]);
    await ledger.removeNotices(M, ['a', 'unknown']);
    await ledger.removeNotices(M, []);
    await ledger.addNotice(M, 'd', '2026-01-08T12:00:00.000Z');
    expect([await ledger.notices(M, 10), await ledger.notices('other', 10)]).toEqual([['b', 'd'], ['b']]);
  });

  it('records a run at its start and its end, newest first', async () => {
    await ledger.recordRun(M, run('a', 0, { outcome: 'running', finishedAt: later(0) }));
    expect((await ledger.status(M)).lastRun?.outcome).toBe('running');
    await ledger.commit(M, [{ leftKey: 'L1', journal: [line('a'), line('a')] }]);
    await ledger.recordRun(M, run('a', 0));
    await ledger.recordRun(M, run('b', 10));
    await ledger.recordRun('other', run('c', 20));
    expect(await ledger.runs(M, 10)).toEqual([
      { ...run('b', 10), journalLines: 0 },
      { ...run('a', 0), journalLines: 2 }
    ]);
    expect((await ledger.runs(M, 1)).map(({ id }) => id)).toEqual(['b']);
    expect(await ledger.run(M, 'a')).toEqual({ ...run('a', 0), journalLines: 2 });
    expect(await ledger.run(M, 'c')).toBeUndefined();
  });

  it('keeps runs that changed something longer than those that did nothing', async () => {
    await ledger.recordRun(M, run('changed', 0));
    await ledger.commit(M, [{ leftKey: 'L1', journal: [line('killed')] }]);
    await ledger.recordRun(M, run('killed', 1, { outcome: 'running' }));
    await ledger.commit(M, [{ leftKey: 'L1', journal: [line('changed')] }]);
    await ledger.recordRun(M, run('changed', 0));
    for (let index = 1; index <= 502; index += 1) {
      await ledger.recordRun(M, run(`idle-${index}`, 10 + index, { outcome: index < 502 ? 'running' : 'success' }));
    }
    const kept = (await ledger.runs(M, 1000)).map(({ id }) => id);
    expect(kept.slice(-3)).toEqual(['idle-3', 'killed', 'changed']);
    expect(kept).toHaveLength(502);
    // A quarter of a year later nobody undoes them any more.
    await ledger.recordRun(M, run('now', 91 * 24 * 60 * 60));
    expect(await ledger.run(M, 'changed')).toBeUndefined();
    expect(await ledger.journal(M, 'changed')).toEqual([]);
    expect(await ledger.journal(M, 'killed')).toEqual([]);
  });

  it('lists issues page by page, by state and by code', async () => {
    await ledger.commit(M, [
      { leftKey: 'L1', issue: issue({ code: 'A', state: 'parked' }) },
      { leftKey: 'L2', issue: issue({ code: 'B' }), coupling: coupling('L2', 'R2') },
      { leftKey: 'L3', issue: issue({ code: 'A', notBefore: later(60) }) },
      { leftKey: 'L4', intent: intent() }
    ]);
    const keys = async (query: Parameters<Ledger['issues']>[1]) =>
      (await ledger.issues(M, query)).map(({ leftKey }) => leftKey);
    expect(await ledger.issues(M, { limit: 1 })).toEqual([{ leftKey: 'L1', ...issue({ code: 'A', state: 'parked' }) }]);
    expect(await keys({ limit: 2, after: 'L1' })).toEqual(['L2', 'L3']);
    expect(await keys({ limit: 9, code: 'A' })).toEqual(['L1', 'L3']);
    expect(await keys({ limit: 9, code: 'A', state: 'retry' })).toEqual(['L3']);
    expect(await ledger.issueCauses(M)).toEqual([
      { code: 'A', count: 2, parked: 1, example: 'L1' },
      { code: 'B', count: 1, parked: 0, example: 'L2' }
    ]);
    expect(await ledger.countIssues(M, 'A', later(1))).toBe(1);
    expect(await ledger.countIssues(M, 'A', at)).toBe(2);
    expect(await ledger.issues('other', { limit: 9 })).toEqual([]);
  });

  it('lists disputes page by page and counts them', async () => {
    await ledger.commit(
      M,
      ['L2', 'L1', 'L3'].map((leftKey) => ({ leftKey, dispute: dispute(leftKey) }))
    );
    expect(await ledger.disputes(M, { limit: 2 })).toEqual([
      { leftKey: 'L1', ...dispute('L1') },
      { leftKey: 'L2', ...dispute('L2') }
    ]);
    expect((await ledger.disputes(M, { limit: 2, after: 'L2' })).map(({ leftKey }) => leftKey)).toEqual(['L3']);
    await ledger.commit(M, [{ leftKey: 'L1', dispute: null }]);
    expect((await ledger.status(M)).disputeCount).toBe(2);
  });

  it('lists couplings page by page, by state', async () => {
    const of = (leftKey: string, state: Coupling['state'] = 'active'): Coupling => ({
      ...coupling(leftKey, `right of ${leftKey}`),
      state
    });
    await ledger.commit(
      M,
      [of('L2'), of('L1', 'conflict'), of('L3')].map((one) => ({ leftKey: one.leftKey, coupling: one }))
    );
    const keys = async (query: Parameters<Ledger['couplings']>[1]): Promise<string[]> =>
      (await ledger.couplings(M, query)).map(({ leftKey }) => leftKey);
    expect(await keys({ limit: 2 })).toEqual(['L1', 'L2']);
    expect(await keys({ limit: 2, after: 'L2' })).toEqual(['L3']);
    expect(await keys({ limit: 9, state: 'active' })).toEqual(['L2', 'L3']);
    expect(await ledger.couplings(M, { limit: 1, state: 'conflict' })).toEqual([of('L1', 'conflict')]);
    expect(await ledger.couplings('other', { limit: 9 })).toEqual([]);
  });

  it('keeps a decision that a person stores while a worker has the record in hand', async () => {
    const conflict: OpenConflict = {
      field: 'amount',
      base: 1,
      left: 2,
      right: 3,
      leftAt: at,
      rightAt: at,
      reason: 'bothChanged',
      since: at
    };
    const old: Decision = { field: 'amount', keep: 'left', by: 'ada', at };
    const late: Decision = { field: 'amount', keep: 'right', by: 'bob', at: '2026-01-05T09:00:01.000Z' };
    await ledger.commit(M, [{ leftKey: 'L1', dispute: { conflicts: [conflict], decisions: [old] } }]);
    await ledger.commit(M, [{ leftKey: 'L1', dispute: { conflicts: [conflict], decisions: [old, late] } }]);
    // The worker read the record before the second decision, and drops the first one because it could not be carried out.
    await ledger.commit(M, [{ leftKey: 'L1', dispute: { conflicts: [conflict], decisions: [] }, answered: [old] }]);
    expect((await ledger.entries(M, ['L1'])).get('L1')?.dispute?.decisions).toEqual([late]);
  });
});
