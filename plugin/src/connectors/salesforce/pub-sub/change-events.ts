import { openChannel } from './channel.js';
import type { PubSubChannel } from './channel.js';
import { judge } from './failures.js';
import { SignalQueue } from './signal-queue.js';
import { subscribeOnce } from './subscription.js';
import type { ChangeEvents, ChangeEventsInput, ChangeSignal, TopicState } from './types.js';

const FIRST_PAUSE_MS = 1_000;
/** Also the pace at which a refusal is tried again, so that a permission given takes effect without a restart. */
const LONGEST_PAUSE_MS = 300_000;

interface Following extends ChangeEventsInput {
  channel: () => Promise<PubSubChannel>;
  signal: AbortSignal;
  tell: (signal: ChangeSignal) => void;
}

/** Half of the pause is left to chance, so that many services do not come back in step. */
function jittered(pauseMs: number, { random }: ChangeEventsInput): number {
  return Math.round(pauseMs * (0.5 + random.next() / 2));
}

/** One topic through all its subscriptions. */
class Follower {
  private failures = 0;
  private renewed = false;
  private told = '';
  /** The subscription began without a replay id: what happened before it stood was not seen. */
  private blind = false;

  public constructor(
    private readonly input: Following,
    private readonly topic: string,
    private position: string | undefined
  ) {}

  public async follow(): Promise<void> {
    const { signal, clock } = this.input;
    while (!signal.aborted) {
      const pauseMs = await this.subscribe().then(
        () => this.pause('retry', 'CLOSED'),
        (error: unknown) => this.recover(error)
      );
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }

  private async subscribe(): Promise<void> {
    const { clock, signal, channel } = this.input;
    this.blind = this.position === undefined;
    await subscribeOnce({
      channel: await channel(),
      topic: this.topic,
      ...(this.position === undefined ? {} : { from: this.position }),
      clock,
      signal,
      tell: (told) => this.hear(told)
    });
  }

  private hear(signal: ChangeSignal): void {
    if (signal.kind === 'state') return this.opened(signal);
    if ('replayId' in signal) this.position = signal.replayId;
    // Only an answer proves that the road works: a stream may open and break at once, again and again.
    this.failures = 0;
    this.renewed = false;
    this.input.tell(signal);
  }

  private opened(state: TopicState): void {
    this.say(state);
    if (this.blind) this.input.tell({ kind: 'missed', topic: this.topic });
    this.blind = false;
  }

  private async recover(error: unknown): Promise<number> {
    const { code, remedy } = judge(error);
    if (remedy === 'renew' && !this.renewed) {
      this.renewed = true;
      return this.input.session.renew().then(
        () => 0,
        (reason: unknown) => this.pause('wait', judge(reason).code)
      );
    }
    if (remedy === 'restart' && this.position !== undefined) {
      this.position = undefined;
      return 0;
    }
    return this.pause(remedy, code);
  }

  private pause(remedy: string, code: string): number {
    this.say({ topic: this.topic, state: remedy === 'retry' ? 'waiting' : 'refused', code });
    this.failures += 1;
    // A token that could not be used after its renewal is renewed again after the pause.
    this.renewed = false;
    const growing = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
    return jittered(remedy === 'retry' ? growing : LONGEST_PAUSE_MS, this.input);
  }

  /** Each state is told once. */
  private say({ topic, state, code }: TopicState): void {
    const known = `${state} ${code ?? ''}`;
    if (this.told === known || this.input.signal.aborted) return;
    this.told = known;
    this.input.tell({ kind: 'state', topic, state, ...(code === undefined ? {} : { code }) });
  }
}

/** Change events over the Pub/Sub API. Opens nothing before they are followed. */
export function createChangeEvents(input: ChangeEventsInput): ChangeEvents {
  const { session, endpoint, topics, clock, rootCertificates } = input;
  return {
    endpoint,
    topics,
    async *follow(from, signal) {
      const queue = new SignalQueue<ChangeSignal>();
      const over = new AbortController();
      const stop = AbortSignal.any([signal, over.signal]);
      let opening: Promise<PubSubChannel> | undefined;
      const channel = (): Promise<PubSubChannel> =>
        (opening ??= openChannel({
          session,
          endpoint,
          now: () => clock.now(),
          ...(rootCertificates === undefined ? {} : { rootCertificates })
        }));
      const following = { ...input, channel, signal: stop, tell: queue.push };
      const followers = topics.map((topic) => new Follower(following, topic, from[topic]).follow());
      try {
        yield* queue.until(stop);
      } finally {
        over.abort();
        await Promise.allSettled(followers);
        await opening?.then(
          (opened) => opened.close(),
          () => undefined
        );
      }
    }
  };
}
