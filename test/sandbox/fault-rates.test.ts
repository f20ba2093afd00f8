import { describe, expect, it } from 'vitest';
import { ChanceFaults } from '../../sandbox/src/control/fault-rates.js';

const draws = (faults: ChanceFaults, count: number): (string | undefined)[] =>
  Array.from({ length: count }, () => faults.draw('data'));

describe('faults by chance', () => {
  it('hit nothing until they are set, and nothing after they are cleared', () => {
    const faults = new ChanceFaults();
    expect(draws(faults, 50).filter(Boolean)).toEqual([]);
    faults.set({ unavailable: 1 });
    expect(draws(faults, 2)).toEqual(['unavailable', 'unavailable']);
    faults.clear();
    expect(draws(faults, 50).filter(Boolean)).toEqual([]);
  });

  it('hit the share of calls that was asked for, and count them', () => {
    const faults = new ChanceFaults();
    faults.set({ unavailable: 0.05, dropBefore: 0.02, dropAfter: 0.1, seed: 11 });
    const drawn = draws(faults, 20_000);
    const share = (kind: string): number => drawn.filter((fault) => fault === kind).length / 20_000;
    expect(share('unavailable')).toBeCloseTo(0.05, 2);
    expect(share('dropBefore')).toBeCloseTo(0.02, 2);
    expect(share('dropAfter')).toBeCloseTo(0.1, 2);
    expect(faults.snapshot().hits.dropAfter).toBe(share('dropAfter') * 20_000);
  });

  it('are the same for the same seed, and others for another', () => {
    const [first, second, other] = [7, 7, 8].map((seed) => {
      const faults = new ChanceFaults();
      faults.set({ unavailable: 0.3, dropAfter: 0.3, seed });
      return draws(faults, 100);
    });
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('leave sign-in alone unless asked', () => {
    const faults = new ChanceFaults();
    faults.set({ dropBefore: 1 });
    expect(faults.draw('signIn')).toBeUndefined();
    faults.set({ dropBefore: 1, signIn: true });
    expect(faults.draw('signIn')).toBe('dropBefore');
  });

  it.each([
    ['a share above 1', { unavailable: 1.1 }],
    ['shares above 1 together', { unavailable: 0.6, dropAfter: 0.6 }],
    ['a negative share', { dropAfter: -0.1 }],
    ['an unknown member', { unavailabel: 0.1 }],
    ['a seed that is no whole number', { seed: 'x' }],
    ['no object', 0.05]
  ])('refuse %s', (_title, rates) => {
    const faults = new ChanceFaults();
    expect(() => faults.set(rates)).toThrow();
  });
});
