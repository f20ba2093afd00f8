/** Server time with an offset that tests can move, and instants as the referrals API prints them. */
export class ServiceClock {
  private lastTick = 0n;

  public constructor(
    private readonly base: () => number,
    private offset: number,
    private readonly onMove: (offset: number) => void
  ) {}

  /** Milliseconds since the epoch. */
  public now(): number {
    return this.base() + this.offset;
  }

  public advance(milliseconds: number): void {
    this.offset += milliseconds;
    this.onMove(this.offset);
  }

  public reset(): void {
    this.offset = 0;
    this.lastTick = 0n;
    this.onMove(0);
  }

  /** A new instant, later than every one given out before even when the clock stands still. */
  public stamp(): string {
    const tick = BigInt(this.now()) * 10_000n;
    this.lastTick = tick > this.lastTick ? tick : this.lastTick + 1n;
    return formatTicks(this.lastTick);
  }

  /** Keeps stamps rising across a restart. */
  public seen(instant: string): void {
    const tick = ticksOf(instant);
    if (tick > this.lastTick) this.lastTick = tick;
  }
}

/** `2026-01-05T09:00:00.1234567Z`: up to 7 fraction digits, trailing zeros left out, as .NET prints a UTC time. */
export function formatTicks(ticks: bigint): string {
  const milliseconds = ticks / 10_000n;
  const seconds = new Date(Number(milliseconds)).toISOString().slice(0, 19);
  const fraction = (ticks % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '');
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

export function formatInstant(milliseconds: number): string {
  return formatTicks(BigInt(Math.trunc(milliseconds)) * 10_000n);
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** 100-nanosecond ticks since 1970, UTC. A date alone is midnight UTC. Throws `RangeError` when unparsable. */
export function ticksOf(text: string): bigint {
  const match = INSTANT.exec(text.trim());
  if (!match) throw new RangeError(`Not a date: ${text}`);
  const [, date, time = '00:00:00', fraction = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${zone.toUpperCase()}`);
  if (Number.isNaN(milliseconds) || !isCalendarDate(date ?? '')) throw new RangeError(`Not a date: ${text}`);
  return BigInt(milliseconds) * 10_000n + BigInt(fraction.padEnd(7, '0').slice(0, 7));
}

/** `Date.parse` turns 30 February into 2 March; the service does not. */
function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
