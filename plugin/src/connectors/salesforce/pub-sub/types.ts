import type { Clock } from '../../../ports/clock.js';
import type { Random } from '../../../ports/random.js';
import type { SalesforceSession } from '../session.js';

/** Something happened to records. It carries no truth: it only says "look". */
export interface ChangeEvent {
  kind: 'event';
  topic: string;
  entityName: string;
  /** `CREATE`, `UPDATE`, `DELETE`, `UNDELETE`, or the same after `GAP_`, or `GAP_OVERFLOW`. */
  changeType: string;
  /** Empty for an overflow. */
  recordIds: readonly string[];
  /** For example `com/salesforce/api/rest/66.0;client=x`; empty for changes made in the user interface. */
  changeOrigin: string;
  /** Paths of the changed fields, members of compounds after a dot; on updates only. */
  changedFields: readonly string[];
  /** Store it after the work that follows from the event is stored; base64, valid for 72 hours. */
  replayId: string;
  /** The org could not tell what changed: read the records. */
  gap: boolean;
  /** The org could not tell which records changed: read everything that changed since the last look. */
  overflow: boolean;
}

/** What following topics yields besides events. */
export type ChangeSignal =
  | ChangeEvent
  /** A quiet topic reached this replay id. */
  | { kind: 'position'; topic: string; replayId: string }
  /** The subscription stands and began without a replay id (there is none, or it was too old): look at what was before. */
  | { kind: 'missed'; topic: string }
  | ({ kind: 'state' } & TopicState);

export interface TopicState {
  topic: string;
  /** `waiting`: not reachable now, tried again soon. `refused`: not possible until somebody changes something, tried again rarely. */
  state: 'open' | 'waiting' | 'refused';
  /** The service's own error code without its common beginning, or the gRPC status. */
  code?: string;
}

export interface ChangeEventsInput {
  session: SalesforceSession;
  /** Host and port, for example `api.pubsub.salesforce.com:7443`. */
  endpoint: string;
  /** For example `/data/OpportunityChangeEvent`. */
  topics: readonly string[];
  clock: Clock;
  random: Random;
  /** PEM of the authorities to trust instead of the public ones. */
  rootCertificates?: Buffer;
}

export interface ChangeEvents {
  readonly endpoint: string;
  readonly topics: readonly string[];
  /**
   * Follows all topics until `signal` is aborted; never throws. What fails is said as a state and tried again by itself.
   * @param from replay ids stored earlier, by topic; a topic without one starts with the next event
   */
  follow(from: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<ChangeSignal>;
}
