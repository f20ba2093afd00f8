import type {
  MappingCounts,
  MappingRunner,
  MatchCounts,
  StepOptions,
  SyncAllOptions,
  SyncAllResult
} from '../../../plugin/src/coupling/full/port.js';
import type { FullRun } from '../../../plugin/src/coupling/full/state.js';

/** One mapping of the simulation; each `next` is one record's worth of time. */
export interface SimulatedMapping extends MappingCounts {
  /** Thrown by `syncAll`, once. */
  failsWith?: Error;
  result?: Partial<SyncAllResult>;
  matched?: MatchCounts;
}

/** An engine that only keeps count, and notes when each mapping was under way. */
export class SimulatedRunner implements MappingRunner {
  /** `begin name` and `end name`, in their order. */
  public readonly log: string[] = [];
  public atOnce = 0;
  public most = 0;

  public constructor(
    public readonly mappings: Record<string, SimulatedMapping>,
    private readonly turns = 2
  ) {}

  public count(mapping: string): Promise<MappingCounts> {
    const { left, right, coupled } = this.of(mapping);
    return Promise.resolve({ left, right, coupled });
  }

  public async match(mapping: string): Promise<MatchCounts> {
    this.log.push(`match ${mapping}`);
    await Promise.resolve();
    return this.of(mapping).matched ?? { coupled: 1, unmatched: 0, several: 0 };
  }

  public async syncAll(mapping: string, { signal, onProgress, create }: SyncAllOptions): Promise<SyncAllResult> {
    const known = this.of(mapping);
    this.log.push(`begin ${mapping}${create ? ` create ${create}` : ''}`);
    this.atOnce += 1;
    this.most = Math.max(this.most, this.atOnce);
    try {
      const finished = await this.work(known, { signal, ...(onProgress ? { onProgress } : {}) });
      if (!finished) return { outcome: 'unfinished', counts: {}, calls: {} };
      const { failsWith } = known;
      delete known.failsWith;
      if (failsWith) throw failsWith;
      return { outcome: 'success', counts: { created: known.left }, calls: { salesforce: 1 }, ...known.result };
    } finally {
      this.atOnce -= 1;
      this.log.push(`end ${mapping}`);
    }
  }

  private async work({ left }: SimulatedMapping, { signal, onProgress }: StepOptions): Promise<boolean> {
    for (let turn = 1; turn <= this.turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return false;
      onProgress?.({ done: turn, total: left });
    }
    return true;
  }

  private of(mapping: string): SimulatedMapping {
    const known = this.mappings[mapping];
    if (!known) throw new RangeError(`No mapping ${mapping}.`);
    return known;
  }
}

/** Keeps what is stored, as text: nothing of it may be changed afterwards. */
export class KeptRuns {
  public readonly texts: string[] = [];

  public readonly save = (run: FullRun): Promise<void> => {
    this.texts.push(JSON.stringify(run));
    return Promise.resolve();
  };

  public last(): FullRun {
    return JSON.parse(this.texts.at(-1) ?? 'null') as FullRun;
  }
}
