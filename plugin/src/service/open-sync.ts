import type { ClosableHttp } from '../connectors/http/index.js';
import { undiciHttp } from '../connectors/http/index.js';
import { createPartnerCenterConnector } from '../connectors/partner-center/index.js';
import type {
  BudgetState,
  ChangeEvents,
  SalesforceConnector,
  SalesforceSession
} from '../connectors/salesforce/index.js';
import { createSalesforceConnector } from '../connectors/salesforce/index.js';
import type { Ledger, LedgerStatus } from '../ledger/index.js';
import { openDatabase, SqlLedger } from '../ledger/index.js';
import type { Mapping } from '../mapping/types.js';
import { loadMapping } from '../mapping/index.js';
import type { Clock } from '../ports/clock.js';
import { systemClock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { WorkQueue } from '../queue/index.js';
import { openQueue } from '../queue/index.js';
import { systemRandom } from '../ports/random.js';
import type { CreatingConnector, RunProgress, RunSummary, TellingConnector } from '../sync/index.js';
import { runOnce } from '../sync/index.js';
import { openChangeEvents } from './open-change-events.js';
import type { Environment, Settings } from './settings.js';
import { signIn } from './sign-in.js';

/** An opened synchronization: one mapping, two connected systems, one ledger. */
export interface OpenSync {
  readonly settings: Settings;
  readonly mapping: Mapping;
  readonly clock: Clock;
  readonly random: Random;
  run(options?: { signal?: AbortSignal; onProgress?: (progress: RunProgress) => void }): Promise<RunSummary>;
  status(): Promise<LedgerStatus>;
  /** Absent when they are switched off. Nothing is opened before they are followed. */
  readonly changeEvents?: ChangeEvents;
  /** Everything the ledger keeps to go on from. */
  cursors(): Promise<Readonly<Record<string, string>>>;
  keepCursors(cursors: Readonly<Record<string, string>>): Promise<void>;
  /** Where our part of the org's API allowance stands; asks the org when nothing was asked yet. */
  budget(): Promise<BudgetState | undefined>;
  /** The same as far as it is known already. */
  seenBudget(): BudgetState | undefined;
  close(): Promise<void>;
}

export interface OpenSyncPorts {
  env: Environment;
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
}

interface Parts {
  settings: Settings;
  mapping: Mapping;
  ledger: Ledger;
  queue: WorkQueue;
  left: TellingConnector & Pick<SalesforceConnector, 'budget' | 'shape'>;
  right: CreatingConnector;
  clock: Clock;
  random: Random;
  http: ClosableHttp;
  changeEvents: ChangeEvents | undefined;
}

/** Salesforce paths of a mapping's fields that are plain opportunity fields; the connector reads them besides its own. */
function opportunityFields(mapping: Mapping): string[] {
  const plain = mapping.fields.flatMap(({ left, type }) =>
    type === 'list' ? [] : [left.path, ...(left.alternatives ?? [])]
  );
  return [...new Set(plain.filter((path) => !path.includes('.') && path !== 'CurrencyIsoCode'))];
}

function assemble({
  settings,
  mapping,
  ledger,
  queue,
  left,
  right,
  clock,
  random,
  http,
  changeEvents
}: Parts): OpenSync {
  const options = { concurrency: settings.concurrency, lookupDelayMs: settings.lookupDelayMs };
  return {
    settings,
    mapping,
    clock,
    random,
    run: (more = {}) => runOnce({ mapping, left, right, ledger, queue, clock, random, options, ...more }),
    status: () => ledger.status(mapping.name),
    ...(changeEvents === undefined ? {} : { changeEvents }),
    cursors: () => ledger.cursors(mapping.name),
    keepCursors: (cursors) => ledger.moveCursors(mapping.name, cursors, new Date(clock.now()).toISOString()),
    budget: async () => {
      if (left.budget() === undefined) await left.shape();
      return left.budget();
    },
    seenBudget: () => left.budget(),
    close: async () => {
      await queue.close();
      await Promise.allSettled([ledger.close(), http.close()]);
    }
  };
}

/**
 * Composition root: wires connectors, ledger and mapping from settings. Opens the ledger file and no connection yet.
 * @throws CosellError `MAPPING_INVALID`, `LEDGER_UNUSABLE`, `SIGN_IN_INCOMPLETE`
 */
export async function openSync(
  settings: Settings,
  session: SalesforceSession,
  ports: OpenSyncPorts
): Promise<OpenSync> {
  const { env, clock = systemClock, random = systemRandom, http = undiciHttp() } = ports;
  const { partnerCenter } = settings;
  const { changeEvents: eventSettings, ...salesforce } = settings.salesforce;
  const { baseUrl, audience, inboxUrlTemplate, overlapMs } = partnerCenter;
  const mapping = await loadMapping(settings.mapping);
  const tokens = signIn(partnerCenter, { env, clock, random, http });
  const changeEvents = openChangeEvents(eventSettings, session, { clock, random });
  const database = await openDatabase(settings.ledger);
  const ledger = new SqlLedger(database);
  const queue = await openQueue({ database, clock });
  const left = createSalesforceConnector({
    session,
    http,
    clock,
    random,
    options: { extraFields: opportunityFields(mapping), ...salesforce }
  });
  const right = createPartnerCenterConnector({
    baseUrl,
    tokens,
    http,
    clock,
    random,
    options: {
      ...(audience === undefined ? {} : { audience }),
      ...(inboxUrlTemplate === undefined ? {} : { inboxUrlTemplate }),
      ...(overlapMs === undefined ? {} : { overlapMs })
    }
  });
  return assemble({ settings, mapping, ledger, queue, left, right, clock, random, http, changeEvents });
}
