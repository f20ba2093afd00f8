import type { Played } from './play.js';
import { RATE_NAMES } from './profile.js';
import type { Story } from './story.js';

export interface Shrunk {
  story: Story;
  /** Stories that were played on the way. */
  tried: number;
}

/** Smaller stories, the boldest first. */
function* smaller(story: Story): Generator<Story> {
  const { events } = story;
  for (let size = Math.ceil(events.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < events.length; start += size)
      yield { ...story, events: [...events.slice(0, start), ...events.slice(start + size)] };
  }
  if (story.processes > 1) yield { ...story, processes: story.processes - 1 };
  if (story.records > 1) yield { ...story, records: story.records - 1 };
  for (const name of RATE_NAMES) if (story.rates[name] > 0) yield { ...story, rates: { ...story.rates, [name]: 0 } };
}

/**
 * Makes a failing story smaller as long as it goes on breaking one of the same promises: fewer events, fewer processes and
 * records, one fault after the other switched off.
 */
export async function shrink(
  story: Story,
  promises: ReadonlySet<string>,
  play: (story: Story) => Promise<Played>,
  limit = 400
): Promise<Shrunk> {
  let smallest = story;
  let tried = 0;
  for (let again = true; again && tried < limit;) {
    again = false;
    for (const candidate of smaller(smallest)) {
      if (tried >= limit) break;
      tried += 1;
      const { problems } = await play(candidate);
      if (!problems.some(({ promise }) => promises.has(promise))) continue;
      smallest = candidate;
      again = true;
      break;
    }
  }
  return { story: smallest, tried };
}
