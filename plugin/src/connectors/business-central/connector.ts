import type { PathValues } from '../../mapping/types.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import type { ChangePage, CreatingConnector, RecordRef, RemoteRecord, WriteResult } from '../../sync/ports.js';
import { CallBudget } from '../http/call-budget.js';
import type { CallBudgetOptions, CallBudgetState } from '../http/call-budget.js';
import type { CallLog } from '../http/call-log.js';
import type { RetryPolicy } from '../http/retry.js';
import type { Address } from './address.js';
import { apiRoot, companyPath } from './address.js';
import { BusinessCentralApi } from './api.js';
import type { Authorization } from './authorization.js';
import { batchedReads } from './batched-reads.js';
import type { BulkLane } from './bulk.js';
import { bulkLane } from './bulk.js';
import { businessCentralChanges } from './changes.js';
import type { SyncedSet } from './entities.js';
import { factsOf } from './entities.js';
import { findByMarker, findByName } from './finding.js';
import type { WebClient } from './links.js';
import { webLink } from './links.js';
import { countRows, readKeys, readRefs } from './reading.js';
import type { SetContext } from './record.js';
import { References } from './references.js';
import { label, system } from './system.js';
import { createRecord, updateRecord } from './writing.js';

export interface BusinessCentralOptions {
  /** Records that take part, in OData's words, for example `blocked eq '_x0020_'`. @default all */
  filter?: string;
  /** How far the feed's cursor stays behind the server's time. @default 120000 (two minutes) */
  overlapMs?: number;
  /** Rows of a page of the feed. @default the service's own size */
  pageRows?: number;
  retry?: RetryPolicy;
  /** Whole-request time-out of each call. @default the HTTP client's */
  timeoutMs?: number;
  /**
   * Writes and look-ups of many records travel together, a hundred to a call: for passes over all records, with many records in
   * work at once and time-outs that a hundred operations fit in. Sets with lines are always written one by one. @default false
   */
  bulk?: boolean;
  /** Calls of 24 hours that may be made. @default no limit */
  budget?: CallBudgetOptions;
}

export interface BusinessCentralConnectorInput {
  address: Address;
  companyId: string;
  /** Entity set that takes part. */
  set: SyncedSet;
  webClient: WebClient;
  authorization: Authorization;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Where the calls of all processes that share the budget are counted. @default only those of this process */
  callLog?: CallLog;
  options?: BusinessCentralOptions;
}

/** The right-hand system: one entity set of one company. */
export interface BusinessCentralConnector extends CreatingConnector {
  /** Ids of all records that take part, to find deletions. */
  keys(): Promise<ReadonlySet<string>>;
  /** Id of a record by its id, number or code; undefined when there is none. */
  keyOf(named: string): Promise<string | undefined>;
  /** How many records take part: one call. */
  count(): Promise<number>;
  /** What references of the records mean. */
  readonly references: References;
  /** Where the budget stands; undefined without one. */
  budget(): CallBudgetState | undefined;
  /** Tells the other processes of our calls and learns of theirs; rejects with the error of the call log. */
  exchangeCalls(): Promise<void>;
}

class BusinessCentral implements BusinessCentralConnector {
  public readonly system = system;
  public readonly label = label;
  private readonly calls24h: CallBudget | undefined;
  public readonly references: References;
  private readonly context: SetContext;
  private readonly bulk: BulkLane | undefined;

  public constructor(private readonly input: BusinessCentralConnectorInput) {
    const { options = {}, callLog, address, companyId, set, authorization, http, clock, random } = input;
    const { retry, timeoutMs, budget, filter } = options;
    const named = { system, label, setting: 'businessCentral.budget.daily', clock };
    this.calls24h = budget && new CallBudget({ ...budget, ...named, ...(callLog ? { log: callLog } : {}) });
    const api = new BusinessCentralApi({
      ...{ root: apiRoot(address), authorization, http, clock, random },
      ...(this.calls24h ? { budget: this.calls24h } : {}),
      ...(retry ? { retry } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs })
    });
    const company = companyPath(companyId);
    this.references = new References({ api: options.bulk === true ? batchedReads(api) : api, company, clock });
    this.context = { api, set, facts: factsOf(set), company, companyId, ...(filter === undefined ? {} : { filter }) };
    if (options.bulk === true && this.context.facts.lines === undefined) this.bulk = bulkLane(this.context);
  }

  public async *changes(cursor: string | undefined): AsyncGenerator<ChangePage> {
    const { overlapMs = 120_000, pageRows } = this.input.options ?? {};
    // Above the soft mark the feed keeps still and its cursor stays, so that the calls left go into writes.
    if (!(this.calls24h?.mayPoll(cursor === undefined) ?? true)) return;
    yield* businessCentralChanges(this.context, { overlapMs, ...(pageRows === undefined ? {} : { pageRows }) }, cursor);
  }

  public read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return readRefs(this.context, refs);
  }

  public create(marker: string, values: PathValues): Promise<RemoteRecord> {
    return this.bulk?.create(marker, values) ?? createRecord(this.context, marker, values);
  }

  public update(current: RemoteRecord, values: PathValues): Promise<WriteResult> {
    return this.bulk?.update(current, values) ?? updateRecord(this.context, current, values);
  }

  public findByMarker(marker: string, since: string | undefined, sent?: PathValues): Promise<readonly RemoteRecord[]> {
    return this.bulk?.findByMarker(marker, since, sent) ?? findByMarker(this.context, marker, since, sent);
  }

  public linkTo(record: RemoteRecord): string {
    return webLink(this.input.webClient, this.context.facts, record);
  }

  public keys(): Promise<ReadonlySet<string>> {
    return readKeys(this.context);
  }

  public keyOf(named: string): Promise<string | undefined> {
    return findByName(this.context, named);
  }

  public count(): Promise<number> {
    return countRows(this.context);
  }

  public calls(): number {
    return this.context.api.calls();
  }

  public budget(): CallBudgetState | undefined {
    return this.calls24h?.state();
  }

  public async exchangeCalls(): Promise<void> {
    await this.calls24h?.exchange();
  }
}

/** Connects one entity set of one company; `calls()` counts every request, repeats included, token requests excluded. */
export function createBusinessCentralConnector(input: BusinessCentralConnectorInput): BusinessCentralConnector {
  return new BusinessCentral(input);
}
