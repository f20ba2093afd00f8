import { profileOf } from './many.js';
import { play } from './play.js';
import { explain } from './report.js';
import { storyOf } from './story.js';

/** What happened in one seed; with its trace when asked for. */
export async function explainSeed(seed: number, profile: string, trace: boolean): Promise<string> {
  const story = storyOf(seed, profileOf(profile));
  const played = await play(story, {}, trace);
  if (played.problems.length > 0) return explain(story, played, {}, trace);
  const summary = `Seed ${seed} of profile ${profile} keeps every promise (${played.steps} steps, ${played.requests} calls).`;
  return [...(trace ? played.trace : []), summary].join('\n');
}
