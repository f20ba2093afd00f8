import type { CallBudgetState, ClosableHttp } from '../connectors/http/index.js';
import type { BudgetState, ChangeEvents, NamesMarked, SalesforceConnector } from '../connectors/salesforce/index.js';
import type { Ledger, LedgerStatus } from '../ledger/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { WorkQueue } from '../queue/index.js';
import type { RunContext, RunOptions, RunProgress, RunSummary } from '../sync/index.js';
import type { Environment, Settings } from './settings.js';

/** An opened synchronization: one mapping, two connected systems, one ledger. */
export interface OpenSync {
  readonly settings: Settings;
  readonly mapping: Mapping;
  readonly clock: Clock;
  readonly random: Random;
  /** Where the ledger is, as it may be shown: never with a password. */
  readonly location: string;
  readonly ledger: Ledger;
  readonly queue: WorkQueue;
  readonly salesforce: SalesforceConnector;
  /** One pass; see `runOnce`. */
  run(options?: RunExtras): Promise<RunSummary>;
  /** What a run is made of, for other passes than the usual one. */
  context(options?: RunExtras): RunContext;
  /** Whether somebody could take work up right now. */
  hasWork(): Promise<boolean>;
  /** Lets another process look for changes. */
  leaveFeed(): Promise<void>;
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
  /** Where the budget of calls to Partner Center stands, after a look at what other processes called; undefined without one. */
  partnerBudget(): Promise<CallBudgetState | undefined>;
  /** The same as far as it is known already. */
  seenPartnerBudget(): CallBudgetState | undefined;
  /** Systems that asked for a pause of this process, and until when; ISO 8601 UTC. */
  pauses(): Record<string, string>;
  /** Chores in the org beside the synchronization; see `keepUp`. */
  readonly upkeep: {
    removeAudit(before: string): Promise<number>;
    markNames(): Promise<NamesMarked>;
    /** Calls are so scarce that only what people wait for is done. */
    scarce(): boolean;
  };
  close(): Promise<void>;
}

/** What a caller may want otherwise for one run. */
export interface RunExtras {
  signal?: AbortSignal;
  onProgress?: (progress: RunProgress) => void;
  options?: Partial<RunOptions>;
}

export interface OpenSyncPorts {
  env: Environment;
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
}
