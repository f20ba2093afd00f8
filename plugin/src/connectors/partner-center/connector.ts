import type { PathValues } from '../../mapping/types.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import type { ChangePage, CreatingConnector, RecordRef, RemoteRecord, WriteResult } from '../../sync/ports.js';
import type { RetryPolicy } from '../http/retry.js';
import { ReferralsApi } from './api.js';
import { partnerCenterChanges } from './changes.js';
import { EngagementReader } from './engagements.js';
import { findByMarker } from './finding.js';
import { readRefs } from './reading.js';
import type { ReadingContext } from './reading.js';
import { system } from './tokens.js';
import type { TokenProvider } from './tokens.js';
import { createReferral, updateReferral } from './writing.js';

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
  retry?: RetryPolicy;
  /** Whole-request time-out of each call. @default the HTTP client's */
  timeoutMs?: number;
}

export interface PartnerCenterConnectorInput {
  /** Scheme and host, for example `https://api.partner.microsoft.com`. */
  baseUrl: string;
  tokens: TokenProvider;
  http: HttpClient;
  clock: Clock;
  random: Random;
  options?: PartnerCenterOptions;
}

class PartnerCenter implements CreatingConnector {
  public readonly system = system;
  public readonly label = 'Partner Center';
  private readonly context: ReadingContext;
  private readonly options: PartnerCenterOptions;

  public constructor({ options = {}, ...input }: PartnerCenterConnectorInput) {
    const { callerId = defaultCallerId, audience, retry, timeoutMs } = options;
    const api = new ReferralsApi({
      ...input,
      callerId,
      ...(audience === undefined ? {} : { audience }),
      ...(retry ? { retry } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs })
    });
    this.context = { api, engagements: new EngagementReader(api) };
    this.options = options;
  }

  public changes(cursor: string | undefined): AsyncIterable<ChangePage> {
    return partnerCenterChanges(this.context, { overlapMs: this.options.overlapMs ?? 120_000 }, cursor);
  }

  public read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return readRefs(this.context, refs);
  }

  public create(marker: string, values: PathValues): Promise<RemoteRecord> {
    return createReferral(this.context, marker, values);
  }

  public update(current: RemoteRecord, values: PathValues): Promise<WriteResult> {
    return updateReferral(this.context, current, values);
  }

  public findByMarker(marker: string, since: string | undefined): Promise<readonly RemoteRecord[]> {
    return findByMarker(this.context, marker, since);
  }

  public linkTo(record: RemoteRecord): string {
    return (this.options.inboxUrlTemplate ?? defaultInboxUrl).replace('{id}', encodeURIComponent(record.key));
  }

  public calls(): number {
    return this.context.api.calls();
  }
}

/** Connects one partner's referrals; `calls()` counts every request, repeats included, token requests excluded. */
export function createPartnerCenterConnector(input: PartnerCenterConnectorInput): CreatingConnector {
  return new PartnerCenter(input);
}
