import type { Clock } from '../../plugin/src/ports/clock.js';
import type { Dice } from './dice.js';
import type { SimTime } from './sim-time.js';

/** What a process sees of the world, and what can befall it. */
export interface ProcessWorld {
  time: SimTime;
  /** Latency of the ledger and the queue. */
  latency: Dice;
  /** Whether the process dies at this very point. */
  dies: (process: SimProcess, point: string) => boolean;
  trace: (line: () => string) => void;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * A process of the synchronization. It dies by never hearing of anything again, and is frozen by hearing of everything
 * later: that is all that a killed and a stopped process can tell of themselves.
 */
export class SimProcess implements Clock {
  public alive = true;
  private frozenUntil = 0;

  public constructor(
    public readonly name: string,
    private readonly world: ProcessWorld,
    /** How far the machine's clock is ahead of the true time, milliseconds. */
    public readonly skew: number
  ) {}

  public now(): number {
    return this.world.time.now() + this.skew;
  }

  public kill(point: string): void {
    if (!this.alive) return;
    this.alive = false;
    this.world.trace(() => `${this.name} killed at ${point}`);
  }

  /** The process stands still and goes on later, as if nothing had happened. */
  public freeze(milliseconds: number): void {
    this.frozenUntil = this.world.time.now() + milliseconds;
    this.world.trace(() => `${this.name} frozen for ${milliseconds} ms`);
  }

  /** Runs `then` in the process once the time has come; not at all when it is dead by then, later when it is frozen. */
  public at(time: number, then: () => void): void {
    this.world.time.at(time, () => {
      if (!this.alive) return;
      if (this.frozenUntil > this.world.time.now()) this.at(this.frozenUntil, then);
      else then();
    });
  }

  public sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      this.at(this.world.time.now() + milliseconds, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
    });
  }

  /** One call of the ledger or the queue: takes a moment, and the process may die before or after its effect. */
  public async call<T>(what: string, effect: () => Promise<T>): Promise<T> {
    await this.sleep(this.world.latency.between(0, 4));
    if (this.world.dies(this, `before ${what}`)) return never();
    let outcome: Promise<T>;
    try {
      const result = await effect();
      this.world.trace(() => `${this.name} ${what}`);
      outcome = Promise.resolve(result);
    } catch (error) {
      this.world.trace(() => `${this.name} ${what} failed: ${String((error as { code?: string }).code ?? error)}`);
      outcome = Promise.reject(error as Error);
      outcome.catch(() => undefined);
    }
    if (!this.alive || this.world.dies(this, `after ${what}`)) return never();
    return outcome;
  }

  /** A port of which every call takes time and may be the last. */
  public port<T extends object>(name: string, target: T, plain: readonly string[] = []): T {
    const wrapped = new Map<string, unknown>();
    return new Proxy(target, {
      get: (object, member) => {
        const value: unknown = Reflect.get(object, member, object);
        if (typeof member !== 'string' || typeof value !== 'function' || plain.includes(member)) return value;
        const known = wrapped.get(member);
        if (known !== undefined) return known;
        const call = (...parameters: unknown[]): Promise<unknown> =>
          this.call(`${name}.${member}${keysIn(parameters)}`, () =>
            (value as (...all: unknown[]) => Promise<unknown>).apply(object, parameters)
          );
        wrapped.set(member, call);
        return call;
      }
    });
  }
}

/** The records that a call names, for the trace. */
function keysIn(parameters: readonly unknown[]): string {
  const second = parameters[1];
  if (!Array.isArray(second) || second.length === 0) return '';
  const keys = second.map((item: unknown) => {
    if (typeof item === 'string') return item;
    const { leftKey, key, ...rest } = item as { leftKey?: string; key?: string };
    return `${leftKey ?? key ?? ''}{${Object.keys(rest).join(',')}}`;
  });
  return ` ${keys.join(' ')}`;
}
