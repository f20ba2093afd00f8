import type { PathValues } from '../../mapping/types.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import type {
  ChangePage,
  RecordRef,
  RecordReport,
  RemoteRecord,
  RunRow,
  TellingConnector,
  TellResult,
  WriteResult
} from '../../sync/ports.js';
import type { InboundPort } from '../../sync/inbound.js';
import type { CallLog } from '../http/call-log.js';
import type { RetryPolicy } from '../http/retry.js';
import type { BudgetState } from './budget/api-budget.js';
import type { BudgetOptions } from './budget/rules.js';
import type { BulkPorts } from './bulk/job.js';
import type { Polling } from './bulk/polling.js';
import { salesforceChanges } from './changes.js';
import { copyFields } from './fields-elsewhere.js';
import type { CopyResult, FieldPair } from './fields-elsewhere.js';
import type { InboundRules } from './inbound/index.js';
import { LeadWatch, SalesforceInbound } from './inbound/index.js';
import { isThere, readOrgShape } from './org-shape.js';
import type { OrgShape } from './org-shape.js';
import { readRefs } from './reading.js';
import type { ReadingContext } from './reading.js';
import { SalesforceRest } from './rest.js';
import type { Rest } from './rest.js';
import { system } from './rest-errors.js';
import { RunHistory } from './run-record.js';
import type { ApiUsage, SalesforceSession } from './session.js';
import { tellReports } from './tell.js';
import { writeServiceFields } from './tell-many.js';
import { updateOpportunity } from './update.js';
import { markNames, removeAudit, usersWith } from './upkeep.js';
import type { NamesMarked } from './upkeep.js';

export interface SalesforceOptions {
  /** Fields the mapping names beyond the ones always read: of the opportunity, or of its account as `Account.Region__c`. @default none */
  extraFields?: readonly string[];
  /** Opportunity fields the mapping may write beyond the ones that people usually edit. @default none */
  writableFields?: readonly string[];
  /** How far the feed's cursor stays behind the server's time. @default 300000 (five minutes) */
  overlapMs?: number;
  /** Currency of a single-currency org that does not tell it. */
  defaultCurrency?: string;
  /** Permission set of the users whose opportunities may be shared; then `Owner.MayShare` says whether. @default everybody */
  mayShare?: string;
  retry?: RetryPolicy;
  /** Whole-request time-out of each call. @default the HTTP client's */
  timeoutMs?: number;
  /** Part of the org's API allowance that the connector may take. @default half of it, and never the last tenth */
  budget?: Partial<BudgetOptions>;
  /** How everything in scope is read when there is no cursor. @default auto: what costs fewer calls */
  firstRead?: 'auto' | 'rest' | 'bulk';
  /** Taking in deals and leads of Partner Center. @default nothing is taken in */
  inbound?: InboundRules;
  /** How Bulk jobs are waited for. @default `defaultPolling` */
  polling?: Partial<Polling>;
}

export interface SalesforceConnectorInput {
  session: SalesforceSession;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Where the calls of all processes that share the allowance are counted. @default only those of this process */
  callLog?: CallLog;
  options?: SalesforceOptions;
}

/** The left-hand system: opportunities with their accounts, contacts, team and Microsoft solutions. */
export interface SalesforceConnector extends TellingConnector {
  /**
   * `tell` for any number of reports: above 2,000 the Bulk API carries what suits it. Keys must not repeat within 10,000
   * reports. Results come in the order of the reports; never throws for a single record.
   */
  writeServiceFields(reports: AsyncIterable<RecordReport> | Iterable<RecordReport>): AsyncIterable<TellResult>;
  /** The org's API allowance as last seen; undefined before the first call. */
  limits(): ApiUsage | undefined;
  /** Where our part of the allowance stands; undefined before the first call. */
  budget(): BudgetState | undefined;
  /** Tells the other processes of our calls and learns of theirs; rejects with the error of the call log. */
  exchangeCalls(): Promise<void>;
  /** Takes in deals and leads; the same rules have to be among the options. */
  inbound(rules: InboundRules): InboundPort;
  /** Removes rows of the audit trail older than a moment; see `removeAudit`. */
  removeAudit(before: string): Promise<number>;
  /** Marks the names of opportunities by their sync state; see `markNames`. */
  markNames(): Promise<NamesMarked>;
  /** What kind of org this is; throws `ConnectorError` FIELD_NOT_VISIBLE when our metadata or permissions are missing. */
  shape(): Promise<OrgShape>;
  /** Copies what fields of other names hold into ours where ours are empty; see `copyFields`. */
  copyFields(pairs: readonly FieldPair[], dryRun: boolean): Promise<CopyResult>;
}

/** How long the list of those who may share is taken for true: an assignment changes no opportunity, so no feed tells of it. */
const sharersForMs = 600_000;

class Salesforce implements SalesforceConnector {
  public readonly system = system;
  public readonly label = 'Salesforce';
  private readonly rest: Rest;
  private readonly history = new RunHistory();
  private readonly leads: LeadWatch;
  private knownSharers: { at: number; ids: ReadonlySet<string> } | undefined;
  private pendingShape: Promise<OrgShape> | undefined;

  public constructor(private readonly input: SalesforceConnectorInput) {
    const { retry, timeoutMs, budget } = input.options ?? {};
    this.leads = new LeadWatch(input.clock);
    this.rest = new SalesforceRest({
      session: input.session,
      http: input.http,
      clock: input.clock,
      random: input.random,
      ...(input.callLog ? { callLog: input.callLog } : {}),
      ...(retry ? { retry } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(budget ? { budget } : {})
    });
  }

  public async *changes(cursor: string | undefined): AsyncGenerator<ChangePage> {
    const { overlapMs = 300_000, firstRead = 'auto' } = this.input.options ?? {};
    const context = await this.context();
    // Above the soft mark the feed keeps still and its cursor stays, so that the calls left go into writes.
    if (this.rest.budget.pollingPaused) return;
    yield* salesforceChanges(context, { overlapMs, firstRead, bulk: this.bulkPorts() }, cursor);
  }

  public async read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return readRefs(await this.context(), refs);
  }

  public async update(current: RemoteRecord, values: PathValues): Promise<WriteResult> {
    const { writableFields } = this.input.options ?? {};
    return updateOpportunity(this.rest, await this.shape(), current, values, writableFields);
  }

  public tell(reports: readonly RecordReport[], run?: RunRow): Promise<readonly TellResult[]> {
    return tellReports({ rest: this.rest, history: this.history, ...this.bulkPorts() }, reports, run);
  }

  public writeServiceFields(reports: AsyncIterable<RecordReport> | Iterable<RecordReport>): AsyncGenerator<TellResult> {
    return writeServiceFields({ rest: this.rest, ...this.bulkPorts() }, reports);
  }

  public calls(): number {
    return this.rest.calls();
  }

  public limits(): ApiUsage | undefined {
    return this.rest.limits();
  }

  public budget(): BudgetState | undefined {
    return this.rest.budget.state();
  }

  public exchangeCalls(): Promise<void> {
    return this.rest.budget.exchange();
  }

  public shape(): Promise<OrgShape> {
    const { extraFields = [], defaultCurrency, inbound } = this.input.options ?? {};
    this.pendingShape ??= readOrgShape(this.rest, {
      extraFields,
      ...(defaultCurrency === undefined ? {} : { defaultCurrency }),
      ...(inbound ? { inbound } : {})
    }).catch((error: unknown) => {
      // Not remembered, so that a deploy or a permission set takes effect without a restart.
      this.pendingShape = undefined;
      throw error;
    });
    return this.pendingShape;
  }

  public copyFields(pairs: readonly FieldPair[], dryRun: boolean): Promise<CopyResult> {
    return copyFields(this.rest, pairs, dryRun);
  }

  public inbound(rules: InboundRules): InboundPort {
    const { rest, leads } = this;
    return new SalesforceInbound({ rest, leads, shape: () => this.shape(), rules, clock: this.input.clock });
  }

  private bulkPorts(): Omit<BulkPorts, 'rest'> {
    const { clock, random, options } = this.input;
    return { clock, random, ...(options?.polling ? { polling: options.polling } : {}) };
  }

  public removeAudit(before: string): Promise<number> {
    return removeAudit(this.rest, before);
  }

  public markNames(): Promise<NamesMarked> {
    return markNames(this.rest);
  }

  /** Who may share, as of at most ten minutes ago; undefined where everybody may. */
  private async sharers(): Promise<ReadonlySet<string> | undefined> {
    const { mayShare } = this.input.options ?? {};
    if (mayShare === undefined) return undefined;
    const now = this.input.clock.now();
    if (this.knownSharers === undefined || now - this.knownSharers.at > sharersForMs)
      this.knownSharers = { at: now, ids: await usersWith(this.rest, mayShare) };
    return this.knownSharers.ids;
  }

  private async context(): Promise<ReadingContext> {
    const [known, sharers] = [await this.shape(), await this.sharers()];
    const shape = sharers === undefined ? known : { ...known, sharers };
    const { extraFields = [] } = this.input.options ?? {};
    return {
      rest: this.rest,
      shape,
      extraFields: extraFields.filter((field) => isThere(field, shape)),
      leads: this.leads
    };
  }
}

/**
 * Connects one org. All calls go over `http`; `calls()` counts every one of them, repeats included.
 * The first call of a process looks at the org once (see `readOrgShape`).
 */
export function createSalesforceConnector(input: SalesforceConnectorInput): SalesforceConnector {
  return new Salesforce(input);
}
