import { forgetReads } from './http.js';
import { recordIdsIn } from './record-ids.js';

export interface WireResult<Data> {
  data: Data | undefined;
  error: unknown;
}

/** What a wire holds until it has an answer. */
export const pending: WireResult<never> = { data: undefined, error: undefined };

interface Connected {
  touches(recordId: string): boolean;
  run(): Promise<void>;
}

const connected = new Set<Connected>();

/**
 * A wire adapter as Lightning Data Service behaves: it emits `undefined` first, waits for its required parameters, drops answers that a newer call
 * has overtaken, and reads again when a record in its answer changes.
 */
export abstract class Adapter<Config extends object, Data, Emitted = WireResult<Data>> implements Connected {
  private config: Config | undefined;
  private latest = 0;
  private ids: ReadonlySet<string> = new Set();

  public constructor(private readonly emit: (result: Emitted) => void) {
    emit(this.present(pending));
  }

  public connect(): void {
    connected.add(this);
    if (this.config) void this.run();
  }

  public disconnect(): void {
    connected.delete(this);
    this.latest += 1;
  }

  public update(config: Config): void {
    this.config = config;
    void this.run();
  }

  /** Reads again although nothing is known to have changed. */
  public refresh(): Promise<void> {
    forgetReads();
    return this.run();
  }

  public touches(recordId: string): boolean {
    return this.ids.has(recordId.slice(0, 15));
  }

  /** Settles when the wire has emitted; never rejects, an error is emitted. */
  public async run(): Promise<void> {
    const { config } = this;
    this.latest += 1;
    const number = this.latest;
    if (!config || !this.isReady(config)) return;
    const result = await this.read(config).then(
      (data): WireResult<Data> => ({ data, error: undefined }),
      (error: unknown): WireResult<Data> => ({ data: undefined, error })
    );
    if (number !== this.latest) return;
    this.ids = recordIdsIn([this.watched(config), result.data]);
    this.emit(this.present(result));
  }

  /** Whether every required parameter has a value. */
  protected abstract isReady(config: Config): boolean;
  protected abstract read(config: Config): Promise<Data>;

  /** Records whose change matters even while the answer is an error. */
  protected watched(_config: Config): unknown {
    return undefined;
  }

  protected present(result: WireResult<Data>): Emitted {
    return result as Emitted;
  }
}

/** Reads every wire again whose answer contains one of the records. */
export async function refreshRecords(recordIds: readonly string[]): Promise<void> {
  forgetReads();
  const affected = [...connected].filter((adapter) => recordIds.some((id) => adapter.touches(id)));
  await Promise.all(affected.map((adapter) => adapter.run()));
}

/** Reads every wire of the page again (RefreshEvent, standard record page). */
export async function refreshAll(): Promise<void> {
  forgetReads();
  await Promise.all([...connected].map((adapter) => adapter.run()));
}
