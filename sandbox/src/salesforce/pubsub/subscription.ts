import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream, ServiceError } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type { ChangeNotice, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import type { EventCodec } from './event-codec.js';
import { failure } from './failures.js';
import type { FetchRequest, FetchResponse } from './protocol.js';
import { decodeReplayId, encodeReplayId } from './replay-id.js';
import { topicToFollow } from './topics.js';

/** Events of one fetch request, and of one response (Pub/Sub API guide, "Pub/Sub API Allocations"). */
const MAX_EVENTS = 100;

export type Call = ServerDuplexStream<FetchRequest, FetchResponse>;

export interface SubscriptionContext {
  org: OrgHandle;
  codec: EventCodec;
  /** Throws when the caller is not signed in (any more). */
  authenticate: (metadata: Metadata) => Session;
  /** Longest silence towards a client that waits for events. */
  keepAliveMs: number;
}

/** One Subscribe call: sends at most as many events as were asked for, in the order of the log. */
export class Subscription {
  private topic: string | undefined;
  private position = 0;
  private pending = 0;
  private ended = false;
  private blocked = false;
  private scheduled = false;
  private unsubscribe: (() => void) | undefined;
  private readonly keepAlive: NodeJS.Timeout;
  private readonly rpcId = randomUUID();

  public constructor(
    private readonly call: Call,
    private readonly context: SubscriptionContext
  ) {
    this.keepAlive = setInterval(() => this.guarded(() => this.sendKeepAlive()), context.keepAliveMs);
    call.on('data', (request: FetchRequest) => this.guarded(() => this.fetch(request)));
    call.on('end', () => this.finish());
    call.on('cancelled', () => this.release());
    call.on('error', () => this.release());
  }

  /** Ends the call with this error. */
  public fail(error: ServiceError): void {
    if (this.ended) return;
    this.release();
    this.call.emit('error', error);
  }

  private fetch(request: FetchRequest): void {
    const session = this.context.authenticate(this.call.metadata);
    if (this.topic === undefined) this.open(session, request);
    else if (request.topicName !== '' && request.topicName !== this.topic)
      throw failure('subscription.fetch.topic.mismatch');
    if (request.numRequested <= 0) throw failure('subscription.fetch.requested.events.invalid');
    this.pending += Math.min(request.numRequested, MAX_EVENTS);
    this.schedule();
  }

  private open(session: Session, request: FetchRequest): void {
    const { org, codec } = this.context;
    const { topicName } = topicToFollow(org, codec, session, request.topicName);
    this.position = this.start(request);
    this.topic = topicName;
    this.unsubscribe = org.changes.subscribe(topicName, () => this.schedule());
    // The answer's headers tell the client that the subscription stands, before the first event.
    this.call.sendMetadata(new Metadata());
  }

  private start({ replayPreset, replayId }: FetchRequest): number {
    const { changes } = this.context.org;
    if (replayPreset === 'EARLIEST') return -1;
    if (replayPreset !== 'CUSTOM') return changes.last();
    if (replayId.length === 0) throw failure('subscription.fetch.replayid.validation.failed');
    const position = decodeReplayId(replayId);
    if (position === undefined || !changes.holds(position)) throw failure('subscription.fetch.replayid.corrupted');
    return position;
  }

  /** Events of one moment leave in one response. */
  private schedule(): void {
    if (this.scheduled || this.ended) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.guarded(() => this.pump());
    });
  }

  private pump(): void {
    const { org, codec, authenticate } = this.context;
    while (!this.ended && !this.blocked && this.pending > 0 && this.topic !== undefined) {
      // Asked anew each time: sessions end, permissions go, and a deploy may deselect the entity.
      const session = authenticate(this.call.metadata);
      topicToFollow(org, codec, session, this.topic);
      const notices = org.changes.replay(this.topic, this.position, Math.min(this.pending, MAX_EVENTS));
      if (notices.length === 0) return;
      const events = notices.map((notice) => ({
        event: { id: eventId(notice), ...codec.encode(session, notice) },
        replayId: encodeReplayId(notice.replayId)
      }));
      this.position = notices.at(-1)?.replayId ?? this.position;
      this.pending -= events.length;
      this.write(events, events.at(-1)?.replayId);
    }
  }

  private write(events: FetchResponse['events'], latest?: Buffer): void {
    this.keepAlive.refresh();
    const latestReplayId = latest ?? encodeReplayId(this.context.org.changes.end());
    const sent = this.call.write({ events, latestReplayId, rpcId: this.rpcId, pendingNumRequested: this.pending });
    if (sent) return;
    this.blocked = true;
    this.call.once('drain', () => {
      this.blocked = false;
      this.schedule();
    });
  }

  /** An empty response with the newest replay id, for clients whose topic is quiet (guide, "Subscribe RPC Method"). */
  private sendKeepAlive(): void {
    if (this.topic === undefined || this.pending === 0) return;
    this.context.authenticate(this.call.metadata);
    this.write([]);
  }

  private guarded(work: () => void): void {
    if (this.ended) return;
    try {
      work();
    } catch (error) {
      this.fail(isServiceError(error) ? error : failure('subscription.internal.error'));
    }
  }

  private finish(): void {
    if (this.ended) return;
    this.release();
    this.call.end();
  }

  private release(): void {
    this.ended = true;
    clearInterval(this.keepAlive);
    this.unsubscribe?.();
  }
}

function eventId({ transactionKey, sequenceNumber }: ChangeNotice): string {
  return `${transactionKey}-${String(sequenceNumber)}`;
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'metadata' in error;
}
