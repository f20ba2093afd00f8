import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Coupling, Intent, Ledger, OpenIssue } from '../../plugin/src/ledger/index.js';
import { MemoryLedger, openLedger } from '../../plugin/src/ledger/index.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-ledger-'));
let files = 0;

const engines: [string, () => Promise<Ledger>][] = [
  ['memory', async () => Promise.resolve(new MemoryLedger())],
  ['libsql file', async () => openLedger(join(folder, `${(files += 1)}.ledger`))]
];

const M = 'opportunity-referral';
const at = '2026-01-05T09:00:00.000Z';
const coupling = (leftKey: string, rightKey: string, more: Partial<Coupling> = {}): Coupling => ({
  leftKey,
  rightKey,
  state: 'active',
  base: { amount: 10, notes: null, team: [{ email: 'a@b.c' }] },
  seenLeft: 'l',
  seenRight: 'r',
  leftAt: at,
  rightAt: at,
  createdAt: at,
  updatedAt: at,
  ...more
});
const intent = (more: Partial<Intent> = {}): Intent => ({
  kind: 'create',
  marker: 'L1',
  attempt: 1,
  startedAt: at,
  ...more
});
const issue = (more: Partial<OpenIssue> = {}): OpenIssue => ({
  state: 'retry',
  code: 'REJECTED',
  attempts: 1,
  leftHash: 'l',
  rightHash: '',
  notBefore: at,
  issues: [{ code: 'REJECTED', message: 'No.', nextStep: 'Do.' }],
  ...more
});

describe.each(engines)('ledger contract: %s', (_name, open) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await open();
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
      telling: { toldHash: 'h', pending: { audit: [] } }
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
});

describe('ledger file', () => {
  it('keeps what it acknowledged and opens again with the same tables', async () => {
    const file = join(folder, 'sub', 'kept.ledger');
    const first = await openLedger(file);
    await first.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await first.close();
    const second = await openLedger(file);
    expect((await second.entries(M, ['L1'])).get('L1')?.coupling?.rightKey).toBe('R1');
    await second.close();
  });

  it('serves two openers of one file', async () => {
    const file = join(folder, 'two.ledger');
    const one = await openLedger(file);
    const two = await openLedger(file);
    await one.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    expect((await two.entries(M, ['L1'])).size).toBe(1);
    await Promise.all([one.close(), two.close()]);
  });

  it('says which file is unusable', async () => {
    await expect(openLedger(folder)).rejects.toMatchObject({ code: 'LEDGER_UNUSABLE' });
    rmSync(folder, { recursive: true });
  });
});
