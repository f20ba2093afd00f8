import { Dice } from './dice.js';
import type { EventKind, Profile, Rates } from './profile.js';
import { EVENT_KINDS } from './profile.js';

/** One thing that somebody does. */
export interface SimEvent {
  kind: EventKind;
  /** Milliseconds after the start. */
  at: number;
  /** Chooses the record. */
  record: number;
  /** Chooses what is done to it. */
  choice: number;
}

/** Everything about a run that is decided before it starts; a smaller story of the same seed is a smaller run. */
export interface Story {
  seed: number;
  profile: Profile;
  processes: number;
  records: number;
  events: readonly SimEvent[];
  rates: Rates;
}

function kindOf(dice: Dice, weights: Profile['weights']): EventKind {
  let left = dice.next() * EVENT_KINDS.reduce((sum, kind) => sum + weights[kind], 0);
  for (const kind of EVENT_KINDS) {
    left -= weights[kind];
    if (left < 0) return kind;
  }
  return 'editLeft';
}

export function storyOf(seed: number, profile: Profile): Story {
  const dice = new Dice(seed, 'story');
  const processes = dice.between(...profile.processes);
  const records = dice.between(...profile.records);
  const count = dice.between(...profile.events);
  const events = Array.from({ length: count }, (): SimEvent => ({
    kind: kindOf(dice, profile.weights),
    at: Math.floor(dice.next() * profile.minutes * 60_000),
    record: dice.between(0, 1_000_000),
    choice: dice.next()
  }));
  return { seed, profile, processes, records, events, rates: profile.rates };
}
