import type { Ledger } from '../../../plugin/src/ledger/index.js';
import { MemoryLedger } from '../../../plugin/src/ledger/index.js';
import { loadMapping } from '../../../plugin/src/mapping/index.js';
import type { Mapping } from '../../../plugin/src/mapping/types.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { MemoryQueue } from '../../../plugin/src/queue/index.js';
import type { RunContext, RunOptions, RunSummary } from '../../../plugin/src/sync/index.js';
import { runOnce } from '../../../plugin/src/sync/index.js';
import { FakeOrg } from './fake-org.js';
import { FakeReferrals } from './fake-referrals.js';

/** Both systems, a ledger and a clock, all in memory. */
export class World {
  public readonly clock = new ManualClock();
  public readonly org = new FakeOrg('salesforce', 'Salesforce', this.clock);
  public readonly referrals = new FakeReferrals('partner-center', 'Partner Center', this.clock);
  public readonly random: SeededRandom;
  public readonly queue = new MemoryQueue(this.clock);
  public ledger: Ledger = new MemoryLedger(this.queue.isHeld);

  public constructor(
    public readonly mapping: Mapping,
    seed = 1,
    private readonly options: Partial<RunOptions> = {}
  ) {
    this.random = new SeededRandom(seed);
  }

  public static async open(seed?: number, options?: Partial<RunOptions>): Promise<World> {
    return new World(await loadMapping(), seed, options);
  }

  public context(more: Partial<RunContext> = {}): RunContext {
    const { mapping, clock, random, org, referrals, ledger, queue, options } = this;
    return { mapping, left: org, right: referrals, ledger, queue, clock, random, options, ...more };
  }

  public async run(more: Partial<RunContext> = {}): Promise<RunSummary> {
    return runOnce(this.context(more));
  }

  /** Runs with a minute between them, until the systems had time for everything that waits. */
  public async settle(runs = 4): Promise<RunSummary> {
    let summary = await this.run();
    for (let count = 1; count < runs; count += 1) {
      this.clock.advance(60_000);
      summary = await this.run();
    }
    return summary;
  }

  /** The referral of an opportunity as a document. */
  public referral(key: string): Record<string, unknown> {
    return (this.referrals.of(key)[0]?.document ?? {}) as Record<string, unknown>;
  }
}
