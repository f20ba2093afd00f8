import type { Totals } from './many.js';
import { playMany, profileOf } from './many.js';

/** One worker's share of the seeds, with a sign of life now and then. */
export async function playPart(
  range: { from: number; to: number; step: number },
  profile: string,
  tell: (totals: Totals) => void
): Promise<Totals> {
  return playMany(range, profileOf(profile), {}, (totals) => {
    if (totals.seeds % 20 === 0) tell(totals);
  });
}
