import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import type { EventLog } from '../log.js';
import { errorFields } from '../log.js';
import type { OpenSync } from '../opened-sync.js';
import { Wake } from '../wake.js';
import { Answering } from './answering.js';
import type { ErpPorts, OpenErp } from './open.js';
import { openErp } from './open.js';

/** Name of the lease that is the right to answer: two processes would spend the calls twice. */
const LEASE = 'erp:feed';

export interface ServeErpOptions {
  session: SalesforceSession;
  log: EventLog;
  signal: AbortSignal;
  pollIntervalMs?: number | undefined;
  ports?: ErpPorts;
}

/** The ERP part of the service, running. */
export interface RunningErp {
  /** Makes it look at once. */
  wake(): void;
  /** Resolves when it has stopped and everything is closed. */
  stopped: Promise<void>;
}

/** A connection that cannot be opened leaves the co-sell part alone: the log says why. */
async function opened(sync: OpenSync, { session, log, ports }: ServeErpOptions): Promise<OpenErp | undefined> {
  const { ledger, clock, random, settings } = sync;
  if (!settings.erp.enabled) return undefined;
  const callLog = {
    add: async (system: string, bucket: number, calls: number) => ledger.addCalls(system, bucket, calls),
    since: async (system: string, bucket: number) => ledger.callsSince(system, bucket)
  };
  try {
    return await openErp(settings, session, { clock, random, callLog, ...ports });
  } catch (error) {
    log.write('warn', 'erp not connected', errorFields(error));
    return undefined;
  }
}

/** Answers refresh requests beside the synchronization, where a company of Business Central is connected. */
export async function startErp(sync: OpenSync, options: ServeErpOptions): Promise<RunningErp> {
  const erp = await opened(sync, options);
  if (erp === undefined) return { wake: () => undefined, stopped: Promise.resolve() };
  const { ledger, clock, settings, random } = sync;
  const { log, signal } = options;
  const wake = new Wake(clock);
  const intervalMs = options.pollIntervalMs ?? settings.pollIntervalMs;
  const owner = random.uuid();
  const leaseMs = Math.max(settings.leaseMs, 2 * intervalMs);
  const answering = new Answering({
    ...erp,
    ...{ intervalMs, wake, log, signal },
    refreshEveryMs: settings.erp.refreshEveryMs,
    mayLook: () => ledger.lease(LEASE, owner, clock.now(), leaseMs)
  });
  log.write('info', 'erp connected', { system: 'business-central' });
  const stopped = answering
    .run()
    .catch((error: unknown) => log.write('error', 'erp stopped', errorFields(error)))
    .then(async () => {
      await ledger.release(LEASE, owner).catch(() => undefined);
      await erp.close();
    });
  return { wake: () => wake.call(), stopped };
}
