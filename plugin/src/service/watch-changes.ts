import type { ChangeEvent, ChangeEvents, ChangeSignal, TopicState } from '../connectors/salesforce/index.js';
import { isOwnChange } from '../connectors/salesforce/index.js';
import type { Clock } from '../ports/clock.js';
import type { EventLog } from './log.js';

/** What is known of change events; shown by the health endpoint. */
export interface ChangeEventsState {
  endpoint: string;
  topics: readonly TopicState[];
  /** Events received since the start, and how many of them were our own writes. */
  received: number;
  own: number;
  lastEventAt: string | null;
}

export interface WatchOptions {
  events: ChangeEvents;
  clock: Clock;
  log: EventLog;
  /** Called when the org says that there is something to look at. */
  wake: () => void;
  signal: AbortSignal;
}

/** Prefix of the ledger's cursors that hold replay ids; the rest is the topic. */
const CURSOR = 'salesforce:';

/** Our own writes need no look, unless the org could not say what happened. */
const needsLook = ({ changeOrigin, gap }: ChangeEvent): boolean => gap || !isOwnChange(changeOrigin);

/** Follows change events while the service runs. They only make it look sooner: what is true, the poll reads. */
export class ChangeWatch {
  private readonly topics = new Map<string, TopicState>();
  private readonly seen = new Map<string, string>();
  private kept: Readonly<Record<string, string>> = {};
  private received = 0;
  private own = 0;
  private lastEventAt: string | null = null;

  public constructor(private readonly options: WatchOptions) {
    for (const topic of options.events.topics) this.topics.set(topic, { topic, state: 'waiting', code: 'CONNECTING' });
  }

  /** Resolves when `signal` is aborted. @param cursors as the ledger keeps them */
  public async run(cursors: Readonly<Record<string, string>>): Promise<void> {
    const { events, signal } = this.options;
    this.kept = cursors;
    const from = events.topics.flatMap((topic) => {
      const replayId = cursors[CURSOR + topic];
      return replayId === undefined ? [] : [[topic, replayId] as const];
    });
    for await (const told of events.follow(Object.fromEntries(from), signal)) this.hear(told);
  }

  /** Replay ids that arrived and are not kept yet, as cursors: to be kept once a run that begins now is stored. */
  public arrived(): Record<string, string> {
    const cursors = [...this.seen].map(([topic, replayId]) => [CURSOR + topic, replayId] as const);
    return Object.fromEntries(cursors.filter(([name, replayId]) => this.kept[name] !== replayId));
  }

  public markKept(cursors: Readonly<Record<string, string>>): void {
    this.kept = { ...this.kept, ...cursors };
  }

  public state(): ChangeEventsState {
    const { received, own, lastEventAt } = this;
    return { endpoint: this.options.events.endpoint, topics: [...this.topics.values()], received, own, lastEventAt };
  }

  private hear(told: ChangeSignal): void {
    const { wake, log, clock } = this.options;
    if ('replayId' in told) this.seen.set(told.topic, told.replayId);
    if (told.kind === 'event') {
      this.received += 1;
      this.lastEventAt = new Date(clock.now()).toISOString();
      if (needsLook(told)) wake();
      else this.own += 1;
      if (told.gap) log.write('info', 'change events with a gap', { target: told.topic, code: told.changeType });
    } else if (told.kind === 'missed') wake();
    else if (told.kind === 'state') this.changed(told);
  }

  private changed({ topic, state, code }: TopicState): void {
    this.topics.set(topic, { topic, state, ...(code === undefined ? {} : { code }) });
    this.options.log.write(state === 'open' ? 'info' : 'warn', `change events ${state}`, { target: topic, code });
  }
}
