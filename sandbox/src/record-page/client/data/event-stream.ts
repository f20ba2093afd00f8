/** An event as empApi hands it on (CDC guide, change event message). */
export interface ChannelMessage {
  channel: string;
  data: { event: { replayId: number }; payload: Record<string, unknown>; schema: string };
}

export interface Subscription {
  id: string;
  channel: string;
  replayId: number;
  close(): void;
}

/** empApi's answer to a subscription that cannot be had. */
interface Refused {
  channel: string;
  error: string;
  successful: false;
}

type Listener = (message: ChannelMessage) => void;

const channels = new Map<string, Set<Listener>>();
const lastSeen = new Map<string, number>();
const errorListeners = new Set<(error: unknown) => void>();
let stream: EventSource | undefined;
let count = 0;

export function onStreamError(listener: (error: unknown) => void): void {
  errorListeners.add(listener);
}

/**
 * Listens on one more channel. All channels of a tab share one stream: browsers allow six connections per host, and each tab needs some for
 * its reads.
 */
export async function openChannel(channel: string, listener: Listener): Promise<Subscription> {
  const listeners = channels.get(channel);
  if (!listeners) await reopen([...channels.keys(), channel]);
  channels.set(channel, (listeners ?? new Set<Listener>()).add(listener));
  count += 1;
  return { id: `subscription-${count}`, channel, replayId: -1, close: () => closeChannel(channel, listener) };
}

function closeChannel(channel: string, listener: Listener): void {
  const listeners = channels.get(channel);
  listeners?.delete(listener);
  if (listeners?.size === 0) channels.delete(channel);
  if (channels.size === 0) {
    stream?.close();
    stream = undefined;
  }
}

/** The new stream opens before the old one closes, so no event is missed; an event seen twice is dropped by its replay id. */
function reopen(names: readonly string[]): Promise<void> {
  const url = `/events?${names.map((name) => `channel=${encodeURIComponent(name)}`).join('&')}`;
  const next = new EventSource(url);
  next.addEventListener('message', (event) => deliver(JSON.parse(String(event.data)) as ChannelMessage));
  return new Promise((resolve, reject) => {
    const fail = (error: Refused): void => {
      errorListeners.forEach((listener) => listener(error));
      reject(error as unknown as Error);
    };
    next.addEventListener('refused', (event) => {
      next.close();
      const { error } = JSON.parse(String((event as MessageEvent).data)) as { error: string };
      fail({ channel: '/meta/subscribe', error, successful: false });
    });
    next.addEventListener(
      'subscribed',
      () => {
        stream?.close();
        stream = next;
        resolve();
      },
      { once: true }
    );
    next.addEventListener('error', () => {
      if (next.readyState !== EventSource.CLOSED) return;
      void refusal(url).then(fail);
    });
  });
}

function deliver(message: ChannelMessage): void {
  const { replayId } = message.data.event;
  if (replayId <= (lastSeen.get(message.channel) ?? -1)) return;
  lastSeen.set(message.channel, replayId);
  channels.get(message.channel)?.forEach((listener) => listener(message));
}

/** EventSource hides the answer, so the refused request is repeated to learn why. */
async function refusal(url: string): Promise<Refused> {
  const abort = new AbortController();
  const text = await fetch(url, { signal: abort.signal }).then(
    (response) => (response.ok ? '' : response.text()),
    () => ''
  );
  abort.abort();
  const [first] = text.startsWith('[') ? (JSON.parse(text) as { message: string }[]) : [];
  return {
    channel: '/meta/subscribe',
    error: `400::${first?.message ?? 'The channel is not available.'}`,
    successful: false
  };
}
