import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSync } from '../../plugin/src/service/index.js';
import { openSync, serve, silentLog, syncOnce, syncResume, syncStatus } from '../../plugin/src/service/index.js';
import { exitCodeOf } from '../../plugin/src/service/commands.js';
import { atDesk } from '../../plugin/src/service/desk.js';
import { listIssues } from '../../plugin/src/service/issues.js';
import { settingsOf } from '../../plugin/src/service/settings-of.js';
import { startPostgres } from '../support/postgres.js';
import { ServiceRig, until } from './support/service-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-shared-'));
let rig: ServiceRig;

beforeAll(async () => {
  rig = await ServiceRig.start(false);
}, 60_000);

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

/** What a command without change events hands over; every call is a process of its own. */
function input(ledger: string, env: Record<string, string> = {}) {
  const all = rig.input('60s');
  return { ...all, ledger, env: { ...all.env, COSELL_CHANGE_EVENTS_ENABLED: 'false', ...env } };
}

async function open(ledger: string, budget?: { daily: number }): Promise<OpenSync> {
  const { session, env, ...rest } = input(ledger);
  const settings = settingsOf({ ...rest, env });
  if (budget) settings.partnerCenter.budget = budget;
  return openSync(settings, session, { env });
}

async function shared(name: string): Promise<string> {
  const deal = await rig.deal(name);
  await rig.toggle(deal);
  return deal;
}

const places: [string, string, () => Promise<string>][] = [
  ['a SQLite file', 'embedded', async () => Promise.resolve(join(folder, 'service.ledger'))],
  ['PostgreSQL', 'fleet', async () => (await startPostgres()).database()]
];

describe.each(places)('processes that share a ledger in %s', (place, kind, location) => {
  it('do at once what another one asked for, while they wait for the next look', async () => {
    const ledger = await location();
    const [idle, asking] = [await open(ledger), await open(ledger)];
    const controller = new AbortController();
    let cycles = 0;
    const served = serve(idle, { signal: controller.signal, log: silentLog, onCycle: () => (cycles += 1) });
    try {
      const looked = async (): Promise<boolean> => 'salesforce' in (await asking.cursors());
      await until(looked, 20_000);
      const deal = await shared(place);
      await asking.queue.enqueue(asking.mapping.name, [{ key: deal, priority: 0 }]);
      // The next look is a minute away.
      await until(() => rig.synced(deal), 20_000);
      await until(() => cycles > 0);
      expect(asking.queue.kind).toBe(kind);
    } finally {
      controller.abort();
      await served;
      await Promise.all([idle.close(), asking.close()]);
    }
  }, 60_000);

  it('count their calls together', async () => {
    const ledger = await location();
    const [one, other] = [await open(ledger, { daily: 1_000 }), await open(ledger, { daily: 1_000 })];
    try {
      const before = (await other.partnerBudget())?.ownCalls ?? 0;
      const { calls } = await one.run();
      const spent = calls['partner-center'] ?? 0;
      expect(spent).toBeGreaterThan(0);
      expect(await other.partnerBudget()).toMatchObject({ ownCalls: before + spent, daily: 1_000, state: 'open' });
      await other.run();
      const seen = await one.budget();
      // Status asks the org too, so only a floor is certain.
      expect(seen?.ownCalls).toBeGreaterThanOrEqual(calls['salesforce'] ?? 0);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  }, 60_000);
});

describe('a budget that is used up', () => {
  it('stops in good order, says so, and the work is finished when there are calls again', async () => {
    const ledger = join(folder, 'budget.ledger');
    const first = await open(ledger);
    await first.run();
    await first.close();
    const deal = await shared('Budget');
    const { ownCalls } = await (async () => {
      const counting = await open(ledger, { daily: 1_000 });
      const state = await counting.partnerBudget();
      await counting.close();
      return state ?? { ownCalls: 0 };
    })();
    const narrow = await open(ledger, { daily: ownCalls });
    const summary = await narrow.run();
    expect(summary.outcome).toBe('stopped');
    expect(summary.stopped).toMatchObject({ system: 'partner-center', code: 'API_BUDGET_EXHAUSTED' });
    expect(summary.stopped?.retryAfterMs).toBeGreaterThan(0);
    expect(summary.calls['partner-center']).toBe(0);
    expect(narrow.seenPartnerBudget()).toMatchObject({ ownCalls, state: 'exhausted', resumesAt: expect.any(String) });
    expect(await rig.synced(deal)).toBe(false);
    await narrow.close();
    const resumed = await syncResume(input(ledger));
    expect(resumed.run?.outcome).toBe('success');
    expect(await rig.synced(deal)).toBe(true);
  }, 60_000);
});

describe('a run with a time to end', () => {
  it('stops with work left, and a resume finishes it', async () => {
    const ledger = join(folder, 'wait.ledger');
    const warm = await open(ledger);
    await warm.run();
    await warm.close();
    const deals = await Promise.all([1, 2, 3].map(async (count) => shared(`Wait ${count}`)));
    const summary = await syncOnce({ ...input(ledger), waitMs: 1 });
    expect([summary.outcome, exitCodeOf(summary)]).toEqual(['unfinished', 69]);
    expect(summary.left).toBe(deals.length);
    expect((await syncStatus(input(ledger))).queue).toMatchObject({ ready: deals.length, held: 0 });
    await syncResume(input(ledger));
    for (const deal of deals) expect(await rig.synced(deal)).toBe(true);
  }, 60_000);
});

describe('the place of the ledger', () => {
  it('is taken from COSELL_DATABASE_URL by every command, and shown without its password', async () => {
    const address = await (await startPostgres()).database();
    const { username, password, host, pathname, protocol } = new URL(address);
    expect(password).not.toBe('');
    const { ledger: _none, ...rest } = input('', { COSELL_DATABASE_URL: address });
    const status = await syncStatus(rest);
    expect(JSON.stringify(status)).not.toContain(password);
    expect(status.ledger).toBe(`${protocol}//${username}@${host}${pathname}`);
    const { session: _session, ...desk } = rest;
    expect(await atDesk(desk, (opened) => listIssues(opened, {}))).toMatchObject({ count: 0 });
  }, 60_000);

  it('is overridden by --ledger, also for issues', async () => {
    const { session: _session, ...desk } = input(join(folder, 'wait.ledger'), {
      COSELL_DATABASE_URL: 'postgres://nobody:s3cret-word@127.0.0.1:1/none'
    });
    expect(await atDesk(desk, (opened) => listIssues(opened, {}))).toMatchObject({ count: 0 });
    const { ledger: _ledger, ...without } = desk;
    const failure = await atDesk(without, (opened) => listIssues(opened, {})).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    expect((failure as Error).message).not.toContain('s3cret-word');
  });
});
