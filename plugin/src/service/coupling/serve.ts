import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import type { RunSummary } from '../../sync/index.js';
import { feedLeaseOf } from '../../sync/feeding.js';
import type { EventLog } from '../log.js';
import { errorFields } from '../log.js';
import type { OpenSync } from '../opened-sync.js';
import { enabledInOrder } from './enabled.js';
import type { CouplingPorts, Couplings, OpenCoupling } from './open.js';
import { openCouplings } from './open.js';
import type { KeptMapping, MappingState } from './turns.js';
import { Turns } from './turns.js';

export interface ServeCouplingsOptions {
  session: SalesforceSession;
  log: EventLog;
  signal: AbortSignal;
  onRun?: (summary: RunSummary) => void;
  ports?: CouplingPorts;
}

/** What the two parts of the service share. */
export type ServedSync = Pick<OpenSync, 'settings' | 'clock' | 'random'>;

/** The part of the service that keeps coupled records in step, running. */
export interface RunningCouplings {
  states(): MappingState[];
  /** Resolves when it has stopped and everything is closed. */
  stopped: Promise<void>;
}

/** Opened with its first pass: a mapping file that cannot be read is that mapping's own failure, and is read again. */
class Kept implements KeptMapping {
  private coupling: OpenCoupling | undefined;
  public readonly intervalMs: number;

  public constructor(
    public readonly name: string,
    private readonly couplings: Couplings
  ) {
    const { mappings, intervalMs } = couplings.settings.businessCentral;
    this.intervalMs = mappings[name]?.intervalMs ?? intervalMs;
  }

  public async run(signal: AbortSignal): Promise<RunSummary> {
    this.coupling ??= await this.couplings.open(this.name);
    // The right to look is kept from one look to the next, and falls to another process when two were missed.
    const feedLeaseMs = Math.max(this.couplings.settings.leaseMs, 2 * this.intervalMs);
    return this.coupling.run({ signal, options: { feedLeaseMs, keepFeed: true } });
  }

  /** Lets another process look. */
  public async leave(): Promise<void> {
    if (this.coupling === undefined) return;
    const { mapping, owner = '' } = this.coupling.context();
    await this.couplings.ledger.release(feedLeaseOf(mapping), owner);
  }
}

/** A connection that cannot be opened leaves the co-sell part alone: the log says why. */
async function opened(sync: ServedSync, options: ServeCouplingsOptions): Promise<Couplings | undefined> {
  const { settings, clock, random } = sync;
  const { session, log, ports } = options;
  try {
    return await openCouplings(settings, session, { clock, random, ...ports });
  } catch (error) {
    log.write('warn', 'mappings not connected', errorFields(error));
    return undefined;
  }
}

/** Keeps the mappings to Business Central that are switched on in step, beside opportunities and referrals. */
export async function startCouplings(sync: ServedSync, options: ServeCouplingsOptions): Promise<RunningCouplings> {
  const none: RunningCouplings = { states: () => [], stopped: Promise.resolve() };
  const names = await enabledInOrder(sync.settings);
  if (names.length === 0) return none;
  const couplings = await opened(sync, options);
  if (couplings === undefined) return none;
  const { log, signal, onRun } = options;
  const { clock, random } = sync;
  const mappings = names.map((name) => new Kept(name, couplings));
  const turns = new Turns({ mappings, clock, random, signal, log, ...(onRun ? { onRun } : {}) });
  log.write('info', 'mappings connected', { system: 'business-central', mappings: names.join(' ') });
  const stopped = turns
    .run()
    .catch((error: unknown) => log.write('error', 'mappings stopped', errorFields(error)))
    .then(async () => {
      await Promise.allSettled(mappings.map((mapping) => mapping.leave()));
      await couplings.close();
    });
  return { states: () => turns.states(), stopped };
}
