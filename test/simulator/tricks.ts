import type { Ledger } from '../../plugin/src/ledger/port.js';
import type { HttpClient } from '../../plugin/src/ports/http.js';
import type { WorkQueue } from '../../plugin/src/queue/port.js';
import type { CreatingConnector, RunOptions, TellingConnector } from '../../plugin/src/sync/index.js';
import type { SimProcess } from './process.js';

export interface Connectors {
  left: TellingConnector;
  right: CreatingConnector;
}

/** Seams at which a defect can be planted. None of them is known to the product; each wraps a port of it. */
export interface Tricks {
  http?: (http: HttpClient, process: SimProcess) => HttpClient;
  connectors?: (connectors: Connectors, process: SimProcess, ledger: Ledger) => Connectors;
  /** Between the engine and the ledger of one process. */
  ledger?: (ledger: Ledger, process: SimProcess) => Ledger;
  queue?: (queue: WorkQueue, process: SimProcess) => WorkQueue;
  options?: Partial<RunOptions>;
  /** Whether the ledger checks the fence of a change. @default true */
  fenced?: boolean;
  /** Whole-request time-out of the connectors, milliseconds. */
  timeoutMs?: number;
  /** A queue that every process sees instead of the ordinary one. */
  sharedQueue?: (queue: WorkQueue) => WorkQueue;
}
