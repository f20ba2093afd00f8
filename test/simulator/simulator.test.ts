import { describe, expect, it } from 'vitest';
import { profileOf } from './many.js';
import { PLANTED } from './planted/index.js';
import { play } from './play.js';
import { explain } from './report.js';
import { storyOf } from './story.js';

const everything = profileOf('everything');

describe('the simulator', () => {
  it('plays the same seed the same way, call by call', async () => {
    const [first, second] = [
      await play(storyOf(7, everything), {}, true),
      await play(storyOf(7, everything), {}, true)
    ];
    expect(first.trace.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  });

  it('plays different seeds differently', async () => {
    const [first, second] = [
      await play(storyOf(7, everything), {}, true),
      await play(storyOf(8, everything), {}, true)
    ];
    expect(second.trace).not.toEqual(first.trace);
  });

  it('explains a failing seed with the promise, the smallest story and its trace', async () => {
    const planted = PLANTED.find(({ name }) => name === 'writing what is there already');
    const story = storyOf(1, everything);
    const tricks = planted?.tricks() ?? {};
    const report = await explain(story, await play(story, tricks), tricks);
    expect(report).toContain(`Seed ${story.seed} of profile everything breaks`);
    expect(report).toMatch(/Smallest story after \d+ tries: 1 process\(es\), 1 record\(s\)/);
    expect(report).toContain('faults: none');
    expect(report).toContain('right PATCH');
  });
});
