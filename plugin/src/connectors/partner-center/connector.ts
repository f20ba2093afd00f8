import type { PathValues } from '../../mapping/types.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import type {
  ChangePage,
  CreatingConnector,
  RecordRef,
  RemoteRecord,
  RightAnswer,
  WriteOptions,
  WriteResult
} from '../../sync/ports.js';
import { CallBudget } from '../http/call-budget.js';
import type { CallBudgetOptions, CallBudgetState } from '../http/call-budget.js';
import type { CallLog } from '../http/call-log.js';
import type { RetryPolicy } from '../http/retry.js';
import { ReferralsApi } from './api.js';
import { partnerCenterChanges } from './changes.js';
import { EngagementReader } from './engagements.js';
import { findByMarker } from './finding.js';
import { readRefs } from './reading.js';
import type { ReadingContext } from './reading.js';
import type { RegistrationFacts } from './registration.js';
import { system } from './tokens.js';
import type { TokenProvider } from './tokens.js';
import { answerReferral, createReferral, invites, updateReferral } from './writing.js';

/** Where a person opens a referral; `{id}` stands for its identifier. */
export const defaultInboxUrl = 'https://partner.microsoft.com/referrals/v2/inbox?id={id}';
/** Our GUID in `X-Caller-Id`; Power Automate's own connector uses another one, which is not ours to use. */
export const defaultCallerId = '6f1d0f0e-8a35-4c5b-9a57-3c6f6a0c51d7';

export interface PartnerCenterOptions {
  /** @default `defaultCallerId` */
  callerId?: string;
  /** @default `defaultInboxUrl` */
  inboxUrlTemplate?: string;
  /** Audience tokens are asked for. @default https://api.partner.microsoft.com */
  audience?: string;
  /** How far the feed's cursor stays behind the server's time. @default 120000 (two minutes) */
  overlapMs?: number;
  /** Leads take part in the feed, besides co-sell deals. @default false */
  leads?: boolean;
  retry?: RetryPolicy;
  /** Whole-request time-out of each call. @default the HTTP client's */
  timeoutMs?: number;
  /** Calls of 24 hours that may be made; Microsoft publishes no limit. @default no limit */
  budget?: CallBudgetOptions;
  /** What a deal registration states about every deal. @default `defaultRegistrationFacts` */
  registration?: RegistrationFacts;
}

export interface PartnerCenterConnectorInput {
  /** Scheme and host, for example `https://api.partner.microsoft.com`. */
  baseUrl: string;
  tokens: TokenProvider;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Where the calls of all processes that share the budget are counted. @default only those of this process */
  callLog?: CallLog;
  options?: PartnerCenterOptions;
}

/** The right-hand system: the partner's referrals. */
export interface PartnerCenterConnector extends CreatingConnector {
  /** Where the budget stands; undefined without one. */
  budget(): CallBudgetState | undefined;
  /** Tells the other processes of our calls and learns of theirs; rejects with the error of the call log. */
  exchangeCalls(): Promise<void>;
}

class PartnerCenter implements PartnerCenterConnector {
  public readonly system = system;
  public readonly label = 'Partner Center';
  private readonly calls24h: CallBudget | undefined;
  private readonly context: ReadingContext;
  private readonly options: PartnerCenterOptions;

  public constructor({ options = {}, callLog, ...input }: PartnerCenterConnectorInput) {
    const { callerId = defaultCallerId, audience, retry, timeoutMs, budget } = options;
    const named = { system, label: this.label, setting: 'partnerCenter.budget.daily', clock: input.clock };
    this.calls24h = budget && new CallBudget({ ...budget, ...named, ...(callLog ? { log: callLog } : {}) });
    const api = new ReferralsApi({
      ...input,
      callerId,
      ...(this.calls24h ? { budget: this.calls24h } : {}),
      ...(audience === undefined ? {} : { audience }),
      ...(retry ? { retry } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs })
    });
    this.context = { api, engagements: new EngagementReader(api) };
    this.options = options;
  }

  public async *changes(cursor: string | undefined): AsyncGenerator<ChangePage> {
    // Above the soft mark the feed keeps still and its cursor stays, so that the calls left go into writes.
    if (!(this.calls24h?.mayPoll(isFirstWalk(cursor)) ?? true)) return;
    const { overlapMs = 120_000, leads = false } = this.options;
    yield* partnerCenterChanges(this.context, { overlapMs, leads }, cursor);
  }

  public read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return readRefs(this.context, refs);
  }

  public create(marker: string, values: PathValues, options?: WriteOptions): Promise<RemoteRecord> {
    return createReferral(this.context, marker, values, options);
  }

  public once(values: PathValues): boolean {
    return invites(values);
  }

  public update(current: RemoteRecord, values: PathValues, options?: WriteOptions): Promise<WriteResult> {
    return updateReferral(this.context, current, values, options, this.options.registration);
  }

  public answer(current: RemoteRecord, answer: RightAnswer): Promise<WriteResult> {
    return answerReferral(this.context, current, answer);
  }

  public findByMarker(marker: string, since: string | undefined): Promise<readonly RemoteRecord[]> {
    return findByMarker(this.context, marker, since);
  }

  public mark(current: RemoteRecord, marker: string): Promise<WriteResult> {
    return updateReferral(this.context, current, { externalReferenceId: marker });
  }

  public linkTo(record: RemoteRecord): string {
    return (this.options.inboxUrlTemplate ?? defaultInboxUrl).replace('{id}', encodeURIComponent(record.key));
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

/** A walk from the beginning that was cut short keeps the beginning of time as its cursor. */
const isFirstWalk = (cursor: string | undefined): boolean => cursor === undefined || Date.parse(cursor) === 0;

/** Connects one partner's referrals; `calls()` counts every request, repeats included, token requests excluded. */
export function createPartnerCenterConnector(input: PartnerCenterConnectorInput): PartnerCenterConnector {
  return new PartnerCenter(input);
}
