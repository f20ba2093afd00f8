import type {
  MappingCounts,
  MappingRunner,
  MatchCounts,
  NotAvailable,
  StepOptions,
  SyncAllOptions,
  SyncAllResult
} from '../../coupling/full/index.js';
import { matchRecords, STANDARD_CRITERIA } from '../../coupling/index.js';
import { ConnectorError } from '../../ports/errors.js';
import { askFor } from '../../sync/index.js';
import { uncoupled } from './candidates.js';
import type { Couplings } from './open.js';
import { untilSettled } from './passes.js';
import { storeCouplings } from './storing.js';

/** What a mapping cannot do without is missing in the org as a whole. */
const ABSENT: ReadonlySet<string> = new Set(['OBJECT_NOT_IN_ORG']);

const total = (states: Readonly<Record<string, number>>): number =>
  Object.values(states).reduce((sum, count) => sum + count, 0);

/** The engine as a full synchronization uses it; every call may be repeated. */
class EngineRunner implements MappingRunner {
  public constructor(private readonly couplings: Couplings) {}

  public async count(name: string, signal: AbortSignal): Promise<MappingCounts | NotAvailable> {
    const { salesforce, businessCentral, mapping } = await this.couplings.open(name);
    signal.throwIfAborted();
    try {
      const [left, right, { couplings }] = await Promise.all([
        salesforce.shape().then(() => salesforce.count()),
        businessCentral.count(),
        this.couplings.ledger.status(mapping.name)
      ]);
      const coupled = total(couplings);
      // A coupled record may have left the scope since, so the difference is a count for people, not a list.
      return { left: Math.max(0, left - coupled), right: Math.max(0, right - coupled), coupled };
    } catch (error) {
      if (!(error instanceof ConnectorError) || !ABSENT.has(error.code)) throw error;
      return { unavailable: { code: error.code, message: error.message } };
    }
  }

  public async match(name: string, { signal, onProgress }: StepOptions): Promise<MatchCounts> {
    const coupling = await this.couplings.open(name);
    const found = await uncoupled(coupling, { signal, onProgress: (done) => onProgress?.({ done }) });
    const { couplings, unmatched } = matchRecords(found.left, found.right, STANDARD_CRITERIA[name] ?? []);
    await storeCouplings(coupling, couplings, this.couplings.connection.companyId);
    const several = unmatched.filter(({ reason }) => reason === 'several').length;
    return { coupled: couplings.length, unmatched: unmatched.length - several, several };
  }

  public async syncAll(name: string, { create, signal, onProgress }: SyncAllOptions): Promise<SyncAllResult> {
    const coupling = await this.couplings.open(name);
    if (create !== undefined) {
      const found = await uncoupled(coupling, { signal, onProgress: (done) => onProgress?.({ done }) });
      const keys = (side: 'left' | 'right'): string[] => found[side].map(({ key }) => key);
      await askFor(coupling.context(), create === 'right' ? { left: keys('left') } : { right: keys('right') });
    }
    // Pairs that changed are found by the feeds, whose cursors never pass what is not worked off (promise G6).
    const { clock, ledger, settings } = this.couplings;
    const { outcome, counts, calls, stopped } = await untilSettled({
      ...{ clock, signal, lookupDelayMs: settings.lookupDelayMs },
      run: () =>
        coupling.run({ signal, onProgress: ({ done, considered }) => onProgress?.({ done, total: considered }) }),
      status: () => ledger.status(coupling.mapping.name)
    });
    return {
      outcome,
      counts: { ...counts },
      calls,
      ...(stopped === undefined
        ? {}
        : { stopped: { code: stopped.code, message: stopped.message, nextSteps: stopped.nextSteps } })
    };
  }
}

export const mappingRunner = (couplings: Couplings): MappingRunner => new EngineRunner(couplings);
