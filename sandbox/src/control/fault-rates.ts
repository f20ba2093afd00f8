/** What can hit a call by chance. */
export type ChanceFault = 'unavailable' | 'dropBefore' | 'dropAfter';

/** Shares of the calls, 0 to 1 each and at most 1 together. The same seed hits the same calls, counted from when it was set. */
export interface FaultRates {
  /** Answered with 503 before anything is carried out. @default 0 */
  unavailable?: number;
  /** The connection is cut before anything is carried out. @default 0 */
  dropBefore?: number;
  /** Carried out, and the connection is cut before the answer. @default 0 */
  dropAfter?: number;
  /** Whole number. @default 1 */
  seed?: number;
  /** Also calls that sign in. @default false */
  signIn?: boolean;
}

const KINDS: readonly ChanceFault[] = ['unavailable', 'dropBefore', 'dropAfter'];
const MEMBERS: ReadonlySet<string> = new Set([...KINDS, 'seed', 'signIn']);

function checked(rates: unknown): FaultRates {
  if (typeof rates !== 'object' || rates === null) throw new Error('faultRates is a JSON object.');
  const unknown = Object.keys(rates).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined)
    throw new Error(`There is no fault rate ${unknown}; there are ${[...MEMBERS].join(', ')}.`);
  const known = rates as FaultRates;
  const shares = KINDS.map((kind) => known[kind] ?? 0);
  const valid = shares.every((share) => typeof share === 'number' && share >= 0 && share <= 1);
  if (!valid || shares.reduce((sum, share) => sum + share, 0) > 1)
    throw new Error(`${KINDS.join(', ')} are shares from 0 to 1, and at most 1 together.`);
  if (known.seed !== undefined && !Number.isInteger(known.seed)) throw new Error('seed is a whole number.');
  if (known.signIn !== undefined && typeof known.signIn !== 'boolean') throw new Error('signIn is true or false.');
  return { ...known };
}

/** Faults by chance, one draw per call; off until set. */
export class ChanceFaults {
  private rates: FaultRates = {};
  private state = 0;
  private hits: Record<ChanceFault, number> = { unavailable: 0, dropBefore: 0, dropAfter: 0 };

  /** Replaces the rates and begins their sequence anew. Throws a plain `Error` when they make no sense. */
  public set(rates: unknown): void {
    this.rates = checked(rates);
    this.state = (this.rates.seed ?? 1) >>> 0;
    this.hits = { unavailable: 0, dropBefore: 0, dropAfter: 0 };
  }

  public clear(): void {
    this.set({});
  }

  /** The rates, and how many calls each has hit since they were set. */
  public snapshot(): { rates: FaultRates; hits: Readonly<Record<ChanceFault, number>> } {
    return { rates: { ...this.rates }, hits: { ...this.hits } };
  }

  /** What hits this call, if anything. */
  public draw(call: 'data' | 'signIn'): ChanceFault | undefined {
    if (call === 'signIn' && this.rates.signIn !== true) return undefined;
    if (KINDS.every((kind) => (this.rates[kind] ?? 0) === 0)) return undefined;
    let left = this.next();
    const hit = KINDS.find((kind) => (left -= this.rates[kind] ?? 0) < 0);
    if (hit !== undefined) this.hits[hit] += 1;
    return hit;
  }

  /** Mulberry32: small, and the same on every machine. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
