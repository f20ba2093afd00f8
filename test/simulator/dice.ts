import { SeededRandom } from '../../plugin/src/ports/random.js';

function seedOf(seed: number, name: string): number {
  let hash = seed ^ 0x9e3779b9;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) + 0x1234567;
  return hash | 0;
}

/**
 * Randomness with a name. Every purpose has a stream of its own, so that switching one fault off leaves the throws of all
 * others as they were; that is what makes a failing seed small.
 */
export class Dice extends SeededRandom {
  public constructor(seed: number, name: string) {
    super(seedOf(seed, name));
    this.next();
  }

  /** Always throws, even at 0: the stream must not depend on the rate. */
  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `from` up to and including `to`. */
  public between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  public pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }
}
