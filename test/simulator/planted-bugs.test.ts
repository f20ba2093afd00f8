import { describe, expect, it } from 'vitest';
import { profileOf } from './many.js';
import type { Planted } from './planted/index.js';
import { PLANTED } from './planted/index.js';
import { play } from './play.js';
import { storyOf } from './story.js';

/** How many seeds it may take; every change of the engine's calls moves the seeds at which a defect shows. */
const SEEDS = 150;

/** The first seed that breaks a promise with the defect, and none without it. */
async function firstSeed({ profile = 'everything', tricks, breaks }: Planted): Promise<number | undefined> {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const story = storyOf(seed, profileOf(profile));
    const { problems } = await play(story, tricks());
    if (!problems.some(({ promise }) => breaks.includes(promise))) continue;
    if ((await play(story)).problems.length === 0) return seed;
  }
  return undefined;
}

describe('the simulator notices', () => {
  it.each(PLANTED)(
    '$name',
    async (planted) => {
      const seed = await firstSeed(planted);
      expect(seed, `no seed up to ${SEEDS} shows it`).toBeDefined();
      console.info(`${planted.name}: seed ${String(seed)} of profile ${planted.profile ?? 'everything'}`);
    },
    240_000
  );
});
