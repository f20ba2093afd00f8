import { openChannel, onStreamError } from '../../../data/event-stream.js';
import type { ChannelMessage, Subscription } from '../../../data/event-stream.js';

/**
 * Subscribes to a change event channel (`/data/OpportunityChangeEvent`). Rejects when the org does not publish the channel, for example
 * because the entity is not selected for Change Data Capture. Only new events are sent (`replayId` -1).
 */
export function subscribe(
  channel: string,
  _replayId: number,
  onMessage: (message: ChannelMessage) => void
): Promise<Subscription> {
  return openChannel(channel, onMessage);
}

/** Calls back with `{ successful: true }`. */
export function unsubscribe(
  subscription: Subscription,
  callback?: (answer: { channel: string; subscription: string; successful: boolean }) => void
): Promise<void> {
  subscription.close();
  callback?.({ channel: '/meta/unsubscribe', subscription: subscription.channel, successful: true });
  return Promise.resolve();
}

export function onError(callback: (error: unknown) => void): void {
  onStreamError(callback);
}

export function setDebugFlag(_enabled: boolean): Promise<void> {
  return Promise.resolve();
}

export function isEmpEnabled(): Promise<boolean> {
  return Promise.resolve('EventSource' in globalThis);
}
