import { describe, expect, it } from 'vitest';
import { playMany, profileOf } from './many.js';
import { play } from './play.js';
import { explain } from './report.js';
import { storyOf } from './story.js';

/** About half a minute on two cores; `npm run simulate` plays as many as there is time for. */
const SEEDS = Number(process.env['COSELL_SEEDS'] ?? 400);
/** Files that share the seeds, so that every core has its part. */
const FILES = 2;

/** Plays every second seed, from `first` on; the other file plays those in between. */
export function playShare(first: number): void {
  describe(`after any mix of edits, lost calls, lost answers, crashes and pauses (${SEEDS / FILES} of ${SEEDS} seeds)`, () => {
    it('every promise holds', async () => {
      const profile = profileOf('everything');
      const { failing } = await playMany({ from: first, to: SEEDS, step: FILES }, profile);
      const [worst] = failing;
      const story = storyOf(worst?.seed ?? first, profile);
      expect(worst ? await explain(story, await play(story)) : '').toBe('');
    }, 600_000);
  });
}
