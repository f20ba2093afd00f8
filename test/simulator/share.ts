import { describe, expect, it } from 'vitest';
import { playMany, profileOf } from './many.js';
import { play } from './play.js';
import { explain } from './report.js';
import { storyOf } from './story.js';

/**
 * Short stories at 40 ms of a core each, and a few long ones at 180 ms: less than a minute on two cores. `npm run simulate`
 * plays as many as there is time for.
 */
const SEEDS: Readonly<Record<string, number>> = {
  brief: Number(process.env['COSELL_SEEDS'] ?? 1800),
  inbound: Number(process.env['COSELL_INBOUND_SEEDS'] ?? 200),
  everything: Number(process.env['COSELL_LONG_SEEDS'] ?? 100)
};
/** Files that share the seeds, so that every core has its part. */
const FILES = 2;

/** Plays every second seed, from `first` on; the other file plays those in between. */
export function playShare(first: number): void {
  describe('after any mix of edits, lost calls, lost answers, crashes and pauses', () => {
    it.each(Object.entries(SEEDS))(
      `every promise holds (profile %s, every second of %i seeds)`,
      async (name, seeds) => {
        const profile = profileOf(name);
        const { failing } = await playMany({ from: first, to: seeds, step: FILES }, profile);
        const [worst] = failing;
        const story = storyOf(worst?.seed ?? first, profile);
        expect(worst ? await explain(story, await play(story)) : '').toBe('');
      },
      600_000
    );
  });
}
