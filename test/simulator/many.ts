import type { Played } from './play.js';
import { play } from './play.js';
import type { Profile } from './profile.js';
import { PROFILES } from './profiles.js';
import { storyOf } from './story.js';
import type { Tricks } from './tricks.js';

export interface Failing {
  seed: number;
  problems: Played['problems'];
}

export interface Totals {
  seeds: number;
  requests: number;
  steps: number;
  failing: Failing[];
}

export function profileOf(name: string): Profile {
  const profile = PROFILES[name];
  if (profile) return profile;
  throw new Error(`There is no profile ${name}; there are: ${Object.keys(PROFILES).join(', ')}.`);
}

/** Plays seeds one after the other; `step` leaves out those that others play. */
export async function playMany(
  range: { from: number; to: number; step?: number },
  profile: Profile,
  tricks: Tricks = {},
  onSeed: (totals: Totals) => void = () => undefined
): Promise<Totals> {
  const totals: Totals = { seeds: 0, requests: 0, steps: 0, failing: [] };
  for (let seed = range.from; seed <= range.to; seed += range.step ?? 1) {
    const { problems, requests, steps } = await play(storyOf(seed, profile), tricks);
    totals.seeds += 1;
    totals.requests += requests;
    totals.steps += steps;
    if (problems.length > 0) totals.failing.push({ seed, problems });
    onSeed(totals);
  }
  return totals;
}
