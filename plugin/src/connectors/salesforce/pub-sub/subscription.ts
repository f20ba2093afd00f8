import type { Clock } from '../../../ports/clock.js';
import type { FetchResponse, PubSubChannel, SubscribeCall } from './channel.js';
import type { ChangeSignal } from './types.js';

/** Most events of one request (Pub/Sub API guide, "Pub/Sub API Allocations"). */
const MOST_EVENTS = 100;
/** The service gives a sign of life every 270 s at the latest ("Subscribe RPC Method"); after this silence the line is dead. */
const SILENCE_MS = 300_000;

export interface SubscriptionInput {
  channel: PubSubChannel;
  topic: string;
  /** Absent: from the next event on. */
  from?: string;
  clock: Clock;
  signal: AbortSignal;
  tell: (signal: ChangeSignal) => void;
}

async function handle(response: FetchResponse, { channel, topic, tell }: SubscriptionInput): Promise<void> {
  for (const { event, replayId } of response.events) {
    const decode = await channel.decoder(event.schemaId);
    tell({ kind: 'event', topic, ...decode(event.payload), replayId: replayId.toString('base64') });
  }
  if (response.events.length === 0 && response.latestReplayId.length > 0)
    tell({ kind: 'position', topic, replayId: response.latestReplayId.toString('base64') });
}

/** Ends the call when nothing was heard for too long, which a dead connection does not do by itself. */
async function watch(call: SubscribeCall, heardAt: () => number, clock: Clock, over: AbortSignal): Promise<void> {
  for (;;) {
    const left = heardAt() + SILENCE_MS - clock.now();
    if (left <= 0) return call.cancel();
    await clock.sleep(left, over);
  }
}

/** One Subscribe call, until it ends: throws what ended it, returns when the service or `signal` closed it. */
export async function subscribeOnce(input: SubscriptionInput): Promise<void> {
  const { channel, topic, from, clock, signal, tell } = input;
  const call = await channel.subscribe();
  const over = new AbortController();
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  let heardAt = clock.now();
  let open = false;
  const opened = (): void => {
    if (!open) tell({ kind: 'state', topic, state: 'open' });
    open = true;
  };
  // Either comes first: headers as soon as the subscription stands, or with the first answer.
  call.on('metadata', opened);
  watch(call, () => heardAt, clock, over.signal).catch(() => undefined);
  try {
    const start = from === undefined ? {} : { replayPreset: 'CUSTOM' as const, replayId: Buffer.from(from, 'base64') };
    call.write({ topicName: topic, numRequested: MOST_EVENTS, ...start });
    for await (const response of call as AsyncIterable<FetchResponse>) {
      heardAt = clock.now();
      opened();
      await handle(response, input);
      const wanted = MOST_EVENTS - response.pendingNumRequested;
      if (wanted >= MOST_EVENTS / 2) call.write({ topicName: topic, numRequested: wanted });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    over.abort();
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}
