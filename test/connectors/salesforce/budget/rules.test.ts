import { describe, expect, it } from 'vitest';
import { CallWindow, dayMs } from '../../../../plugin/src/connectors/http/call-window.js';
import {
  defaultBudget,
  expiredUse,
  marksFor,
  orgWaitMs,
  passed,
  recheckMs
} from '../../../../plugin/src/connectors/salesforce/budget/rules.js';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 5, 9);

describe('the marks of an allowance', () => {
  it.each([
    { allowed: 100_000, purpose: 'work', org: 90_000, own: 50_000 },
    { allowed: 100_000, purpose: 'poll', org: 72_000, own: 40_000 },
    { allowed: 15_000, purpose: 'work', org: 13_500, own: 7_500 },
    { allowed: 0, purpose: 'work', org: 0, own: 0 }
  ] as const)('$allowed for $purpose', ({ allowed, purpose, org, own }) => {
    expect(marksFor(allowed, purpose, defaultBudget)).toEqual({ org, own });
  });
});

describe('one more call', () => {
  it.each([
    { used: 0, own: 0, purpose: 'work', mark: undefined },
    { used: 71_999, own: 39_999, purpose: 'poll', mark: undefined },
    { used: 72_000, own: 0, purpose: 'poll', mark: 'org' },
    { used: 72_000, own: 0, purpose: 'work', mark: undefined },
    { used: 50_000, own: 40_000, purpose: 'poll', mark: 'own' },
    { used: 50_000, own: 49_999, purpose: 'work', mark: undefined },
    { used: 50_000, own: 50_000, purpose: 'work', mark: 'own' },
    { used: 89_999, own: 0, purpose: 'work', mark: undefined },
    { used: 90_000, own: 0, purpose: 'work', mark: 'org' },
    { used: 95_000, own: 60_000, purpose: 'work', mark: 'own' }
  ] as const)('to $purpose at $used used, $own ours: $mark', ({ used, own, purpose, mark }) => {
    expect(passed({ used, allowed: 100_000, own }, purpose, defaultBudget)).toBe(mark);
  });

  it('is refused at once by an org without an allowance', () => {
    expect(passed({ used: 0, allowed: 0, own: 0 }, 'work', defaultBudget)).toBe('own');
  });
});

describe('use that expires', () => {
  it.each([
    [1000, 0, 1000],
    [1000, recheckMs - 1, 1000],
    [1000, 6 * hour, 750],
    [1000, dayMs, 0],
    [1000, 2 * dayMs, 0]
  ])('%i after %i ms is %i', (used, elapsed, expected) => {
    expect(expiredUse(used, elapsed)).toBe(expected);
  });

  it.each([
    { used: 89_999, mark: 90_000, wait: 0 },
    { used: 90_000, mark: 90_000, wait: recheckMs },
    { used: 100_000, mark: 90_000, wait: 8_640_865 },
    { used: 100, mark: 0, wait: dayMs }
  ])('lets $used come below $mark in $wait ms', ({ used, mark, wait }) => {
    expect(orgWaitMs(used, mark)).toBe(wait);
    if (mark > 0) expect(expiredUse(used, wait)).toBeLessThan(mark);
  });
});

describe('our own calls', () => {
  it('count for 24 hours, at most ten minutes longer', () => {
    const window = new CallWindow();
    window.add(start);
    expect(window.count(start + dayMs)).toBe(1);
    expect(window.count(start + dayMs + 600_000)).toBe(0);
  });

  it('say when enough of them have expired', () => {
    const window = new CallWindow();
    for (let call = 0; call < 10; call += 1) window.add(start + call * hour);
    const now = start + 10 * hour;
    expect(window.waitMs(now, 11)).toBe(0);
    expect(window.waitMs(now, 10)).toBe(14 * hour + 600_000);
    expect(window.waitMs(now, 8)).toBe(16 * hour + 600_000);
    expect(window.waitMs(now, 0)).toBe(dayMs);
    expect(window.count(now + window.waitMs(now, 8))).toBe(7);
  });
});
