import type { ChanceFault } from '../../control/fault-rates.js';
import { ChanceFaults } from '../../control/fault-rates.js';
import type { ApiRequest } from '../../partner-center/core/transport.js';

/** Something that goes wrong on the next matching calls. */
export interface Fault {
  /** `status`: answers `status`. `cut`: no answer. `latency`: answers late. */
  kind: 'status' | 'cut' | 'latency';
  /** 408 and 504 are what an operation of more than 8 or 10 minutes ends with. */
  status?: 408 | 429 | 500 | 502 | 503 | 504;
  /** Sent as `Retry-After`, seconds. */
  retryAfterSeconds?: number;
  /** Whether the call is carried out first. @default before */
  when?: 'before' | 'after';
  /** For `latency`. */
  milliseconds?: number;
  /** How many calls it hits. @default 1 */
  count?: number;
  /** Only calls with this method. */
  method?: string;
  /** Only calls whose path contains this text. */
  path?: string;
}

const KINDS = ['status', 'cut', 'latency'];
const STATUSES = [408, 429, 500, 502, 503, 504];

const BY_CHANCE: Readonly<Record<ChanceFault, Fault>> = {
  unavailable: { kind: 'status', status: 503 },
  dropBefore: { kind: 'cut', when: 'before' },
  dropAfter: { kind: 'cut', when: 'after' }
};

/** Faults in the order they were planned, and faults by chance. */
export class FaultPlan {
  public readonly chance = new ChanceFaults();
  private faults: (Fault & { count: number })[] = [];

  /** Throws a plain `Error` when the fault makes no sense. */
  public add(fault: Fault): void {
    if (!KINDS.includes(fault.kind)) throw new Error('A fault has the kind status, cut or latency.');
    if (fault.kind === 'status' && !STATUSES.includes(fault.status ?? 0)) {
      throw new Error(`A status fault has one of the statuses ${STATUSES.join(', ')}.`);
    }
    if (fault.kind === 'latency' && !(Number(fault.milliseconds) >= 0)) {
      throw new Error('A latency fault has milliseconds of 0 or more.');
    }
    this.faults.push({ ...fault, count: fault.count ?? 1 });
  }

  public list(): readonly Fault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  public clear(): void {
    this.faults = [];
    this.chance.clear();
  }

  /** What hits this call: a planned fault before chance, which draws for every call all the same and hits slow calls too. */
  public meet(request: ApiRequest, call: 'data' | 'signIn'): readonly Fault[] {
    const chance = this.chance.draw(call);
    const planned = this.take(request);
    const byChance = chance && planned?.kind !== 'status' && planned?.kind !== 'cut' ? [BY_CHANCE[chance]] : [];
    return [...(planned ? [planned] : []), ...byChance];
  }

  /** The first fault that hits this call, used up by one. */
  private take(request: ApiRequest): Fault | undefined {
    const fault = this.faults.find(
      ({ method, path }) =>
        (method === undefined || method.toUpperCase() === request.method) &&
        (path === undefined || request.path.includes(path))
    );
    if (!fault) return undefined;
    fault.count -= 1;
    this.faults = this.faults.filter((other) => other.count > 0);
    return fault;
  }
}
