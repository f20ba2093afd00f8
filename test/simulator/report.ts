import type { Played } from './play.js';
import { play } from './play.js';
import { RATE_NAMES } from './profile.js';
import { shrink } from './shrink.js';
import type { Story } from './story.js';
import type { Tricks } from './tricks.js';

/** What a person needs to understand a failing seed: what broke, how little it takes, and the way there. */
export async function explain(story: Story, played: Played, tricks: Tricks = {}, trace = true): Promise<string> {
  const promises = new Set(played.problems.map(({ promise }) => promise));
  const { story: small, tried } = await shrink(story, promises, (candidate) => play(candidate, tricks));
  const shown = await play(small, tricks, true);
  const faults = RATE_NAMES.filter((name) => small.rates[name] > 0);
  return [
    `Seed ${story.seed} of profile ${story.profile.name} breaks ${[...promises].join(', ')}.`,
    ...played.problems.map(({ promise, text }) => `  ${promise}: ${text}`),
    `Smallest story after ${tried} tries: ${small.processes} process(es), ${small.records} record(s) at the start, ${small.events.length} event(s), ${shown.steps} steps, faults: ${faults.join(', ') || 'none'}.`,
    ...small.events.map(({ kind, at, record }) => `  at ${(at / 1000).toFixed(1)} s: ${kind}, record ${record % 97}`),
    ...shown.problems.map(({ promise, text }) => `  ${promise}: ${text}`),
    ...(trace ? ['Trace of the smallest story (seconds, true time):', ...shown.trace] : [])
  ].join('\n');
}
