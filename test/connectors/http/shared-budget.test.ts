import { beforeEach, describe, expect, it } from 'vitest';
import { withBudget } from '../../../plugin/src/connectors/http/budgeted-http.js';
import { CallBudget } from '../../../plugin/src/connectors/http/call-budget.js';
import type { CallLog } from '../../../plugin/src/connectors/http/call-log.js';
import { CallWindow, dayMs } from '../../../plugin/src/connectors/http/call-window.js';
import { MemoryLedger } from '../../../plugin/src/ledger/index.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';

const get = { method: 'GET', url: 'https://host.example/x' } as const;
const MINUTE = 60_000;

let clock: ManualClock;
let log: CallLog;
let exchanges: number;
let sent: number;
beforeEach(() => {
  clock = new ManualClock();
  const ledger = new MemoryLedger();
  exchanges = 0;
  sent = 0;
  log = {
    add: async (...call) => ledger.addCalls(...call),
    since: async (system, bucket) => {
      exchanges += 1;
      // Others get their turn while the log is asked.
      await Promise.resolve();
      return ledger.callsSince(system, bucket);
    }
  };
});

function budget(daily: number, shared: CallLog | undefined = log) {
  const named = { system: 'partner-center', label: 'Partner Center', setting: 'partnerCenter.budget.daily' };
  return new CallBudget({ ...named, daily, clock, ...(shared ? { log: shared } : {}) });
}

/** A process of its own, whose calls all go through. */
function process(daily: number, shared?: CallLog) {
  const counting = {
    request: async () => {
      sent += 1;
      await Promise.resolve();
      return { status: 200, headers: {}, body: '' };
    }
  };
  const own = budget(daily, shared);
  return { own, http: withBudget(counting, own) };
}

async function callUntilRefused(http: { request(request: typeof get): Promise<unknown> }, limit = 1_000) {
  for (let call = 0; call < limit; call += 1) {
    try {
      await http.request(get);
    } catch (error) {
      return error as { code: string; details: { retryAfterMs: number } };
    }
  }
  throw new Error('No call was refused.');
}

describe('a budget that processes share', () => {
  it.each([
    { processes: 1, lanes: 8, over: 0 },
    { processes: 2, lanes: 1, over: 2 },
    { processes: 5, lanes: 8, over: 5 }
  ])('$processes with $lanes calls at once pass it by $over calls at most', async ({ processes, lanes, over }) => {
    const all = Array.from({ length: processes }, () => process(500).http);
    const errors = await Promise.all(
      all.flatMap((http) => Array.from({ length: lanes }, async () => callUntilRefused(http)))
    );
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['API_BUDGET_EXHAUSTED']));
    expect(sent).toBeGreaterThanOrEqual(500);
    expect(sent).toBeLessThanOrEqual(500 + over);
  });

  it('is exchanged once per hundred calls far from the mark, and once a minute', async () => {
    const { http } = process(1_000_000);
    for (let call = 0; call < 1_000; call += 1) await http.request(get);
    expect(exchanges).toBe(10);
    clock.advance(MINUTE - 1);
    await http.request(get);
    expect(exchanges).toBeLessThanOrEqual(11);
    const before = exchanges;
    clock.advance(MINUTE);
    await http.request(get);
    expect(exchanges).toBe(before + 1);
  });

  it('outlives the process: the next one goes on counting', async () => {
    const first = process(10);
    await callUntilRefused(first.http);
    const second = process(10);
    expect((await callUntilRefused(second.http)).code).toBe('API_BUDGET_EXHAUSTED');
    expect(sent).toBe(10);
  });

  it('opens again when the calls of 24 hours expire', async () => {
    const { http } = process(10);
    const { details } = await callUntilRefused(http);
    expect(details.retryAfterMs).toBeGreaterThan(dayMs - MINUTE);
    expect(details.retryAfterMs).toBeLessThanOrEqual(dayMs + 10 * MINUTE);
    clock.advance(details.retryAfterMs);
    await http.request(get);
    expect(sent).toBe(11);
  });

  it('counts on by itself while the log cannot be reached, and tells it later', async () => {
    let down = true;
    const broken: CallLog = {
      add: async (...call) => (down ? Promise.reject(new Error('gone')) : log.add(...call)),
      since: async (...query) => (down ? Promise.reject(new Error('gone')) : log.since(...query))
    };
    const { http, own } = process(20, broken);
    for (let call = 0; call < 5; call += 1) await http.request(get);
    down = false;
    await own.exchange();
    const other = process(20);
    await callUntilRefused(other.http);
    expect(sent).toBe(20);
  });

  it('counts calls made during an exchange once', async () => {
    const window = new CallWindow({ log, system: 's' });
    const now = clock.now();
    window.add(now);
    const exchange = window.exchange(now);
    window.add(now);
    await exchange;
    expect(window.count(now)).toBe(2);
    await window.exchange(now);
    expect([window.count(now), window.unknownToOthers()]).toEqual([2, 0]);
  });
});

describe('the states of a budget', () => {
  it.each([
    { calls: 0, state: 'open', poll: true },
    { calls: 79, state: 'open', poll: true },
    { calls: 80, state: 'pollingPaused', poll: false },
    { calls: 90, state: 'reserve', poll: false },
    { calls: 100, state: 'exhausted', poll: false }
  ])('$calls of 100: $state', async ({ calls, state, poll }) => {
    const { own, http } = process(100, log);
    for (let call = 0; call < calls; call += 1) await http.request(get);
    expect(own.state()).toMatchObject({ ownCalls: calls, daily: 100, state });
    expect(own.state().resumesAt === null).toBe(state === 'open');
    expect(own.mayPoll(false)).toBe(poll);
    if (!poll) expect(() => own.mayPoll(true)).toThrow(expect.objectContaining({ code: 'API_BUDGET_EXHAUSTED' }));
  });
});
