import type { PathValues } from '../../../mapping/types.js';
import type { InboundPort } from '../../../sync/inbound.js';
import type {
  ChangePage,
  RecordRef,
  RecordReport,
  RemoteRecord,
  RunRow,
  TellingConnector,
  TellResult,
  WriteResult
} from '../../../sync/ports.js';
import type { CallLog } from '../../http/call-log.js';
import type { RetryPolicy } from '../../http/retry.js';
import type { BudgetState } from '../budget/api-budget.js';
import type { BudgetOptions } from '../budget/rules.js';
import { pageOf, queryPath } from '../query.js';
import { SalesforceRest } from '../rest.js';
import type { Rest, RestPorts } from '../rest.js';
import { system } from '../rest-errors.js';
import { RunHistory } from '../run-record.js';
import type { TellPorts } from '../tell.js';
import { patchUnchanged } from '../update.js';
import { recordChanges } from './changes.js';
import { RecordsInbound } from './creating.js';
import type { ObjectFields, ObjectShape } from './object-shape.js';
import { readObjectShape } from './object-shape.js';
import type { RecordsContext } from './reading.js';
import { readOwner } from './owner.js';
import { readRecords } from './reading.js';
import { forgetCouplings, tellRecords } from './tell.js';
import type { RecordsTogether } from './together.js';
import { recordsTogether } from './together.js';
import { updateFields } from './writing.js';

export interface RecordsOptions {
  /** How far the feed's cursor stays behind the server's time. @default 300000 (five minutes) */
  overlapMs?: number;
  retry?: RetryPolicy;
  timeoutMs?: number;
  budget?: Partial<BudgetOptions>;
  /**
   * Updates, creations and look-ups of many records share calls: for passes over all records, with many of them in work at once.
   * @default false
   */
  bulk?: boolean;
}

export interface RecordsConnectorInput extends Pick<RestPorts, 'session' | 'http' | 'clock' | 'random'> {
  /** The object and what of it is read. */
  fields: ObjectFields;
  /** SOQL condition on the records that take part, to count and to list them. @default all */
  filter?: string;
  callLog?: CallLog;
  options?: RecordsOptions;
}

/** The left-hand system: the records of one object, with the fields that a mapping names. */
export interface RecordsConnector extends TellingConnector {
  /** Creates records for those of the right side. @param onCreate values that every new record starts with, by path */
  inbound(onCreate?: PathValues): InboundPort;
  /** Records that take part: one call. */
  count(): Promise<number>;
  /** Id of a user or queue by its id or username. @throws ConnectorError `OWNER_UNKNOWN` */
  ownerId(named: string): Promise<string>;
  /** Takes what couplings left behind off their records. */
  forget(keys: readonly string[]): Promise<readonly TellResult[]>;
  /** @throws ConnectorError `OBJECT_NOT_IN_ORG`, `FIELD_NOT_VISIBLE` */
  shape(): Promise<ObjectShape>;
  budget(): BudgetState | undefined;
  exchangeCalls(): Promise<void>;
}

class SalesforceRecords implements RecordsConnector {
  public readonly system = system;
  public readonly label = 'Salesforce';
  private readonly rest: Rest;
  private readonly history = new RunHistory();
  private readonly bulk: RecordsTogether | undefined;
  private owner: Promise<string> | undefined;
  private pendingShape: Promise<ObjectShape> | undefined;

  public constructor(private readonly input: RecordsConnectorInput) {
    const { session, http, clock, random, callLog, options = {} } = input;
    const { retry, timeoutMs, budget } = options;
    this.rest = new SalesforceRest({
      ...{ session, http, clock, random },
      ...(callLog ? { callLog } : {}),
      ...(retry ? { retry } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(budget ? { budget } : {})
    });
    if (options.bulk === true) this.bulk = recordsTogether(this.rest, async () => (await this.shape()).object);
  }

  public async *changes(cursor: string | undefined): AsyncGenerator<ChangePage> {
    const { overlapMs = 300_000 } = this.input.options ?? {};
    const context = await this.context();
    // Above the soft mark the feed keeps still and its cursor stays, so that the calls left go into writes.
    if (this.rest.budget.pollingPaused) return;
    yield* recordChanges(context, { overlapMs }, cursor);
  }

  public async read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return readRecords(await this.context(), refs);
  }

  public async update(current: RemoteRecord, values: PathValues): Promise<WriteResult> {
    const shape = await this.shape();
    const fields = updateFields(shape, values);
    return this.bulk?.update(current, fields) ?? patchUnchanged(this.rest, shape.object, current, fields);
  }

  public async tell(reports: readonly RecordReport[], run?: RunRow): Promise<readonly TellResult[]> {
    return tellRecords({ ...this.writing(), history: this.history }, await this.shape(), reports, run);
  }

  public inbound(onCreate: PathValues = {}): InboundPort {
    return new RecordsInbound({ rest: this.rest, shape: () => this.shape(), onCreate, bulk: this.bulk });
  }

  public async count(): Promise<number> {
    const { fields, filter } = this.input;
    const soql = `SELECT COUNT() FROM ${fields.object}${filter === undefined ? '' : ` WHERE ${filter}`}`;
    return pageOf((await this.rest.call({ method: 'GET', path: queryPath(soql), repeatable: true })).json).total;
  }

  public ownerId(named: string): Promise<string> {
    if (/^(005|00G)[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(named)) return Promise.resolve(named);
    this.owner ??= readOwner(this.rest, named).catch((error: unknown) => {
      this.owner = undefined;
      throw error;
    });
    return this.owner;
  }

  public async forget(keys: readonly string[]): Promise<readonly TellResult[]> {
    return forgetCouplings(this.writing(), await this.shape(), keys);
  }

  public shape(): Promise<ObjectShape> {
    this.pendingShape ??= readObjectShape(this.rest, this.input.fields).catch((error: unknown) => {
      // Not remembered, so that a deploy or a permission set takes effect without a restart.
      this.pendingShape = undefined;
      throw error;
    });
    return this.pendingShape;
  }

  public calls(): number {
    return this.rest.calls();
  }

  public budget(): BudgetState | undefined {
    return this.rest.budget.state();
  }

  public exchangeCalls(): Promise<void> {
    return this.rest.budget.exchange();
  }

  private writing(): TellPorts {
    const { clock, random } = this.input;
    return { rest: this.rest, clock, random };
  }

  private async context(): Promise<RecordsContext> {
    return { rest: this.rest, shape: await this.shape() };
  }
}

/** Connects one object of one org. The first call of a process looks at the object once (see `readObjectShape`). */
export function createRecordsConnector(input: RecordsConnectorInput): RecordsConnector {
  return new SalesforceRecords(input);
}
