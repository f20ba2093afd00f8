import type { Messages } from '@salesforce/core/messages';
import type { FullStep, StepStatus } from '../coupling/full/index.js';
import { countsOf } from './full-stages.js';

type Texts = Pick<Messages<string>, 'getMessage'>;
type Row = Record<string, string | number>;

const actionOf = ({ action, create }: FullStep, texts: Texts): string =>
  texts.getMessage(`action.${action}`, [create === 'left' ? 'Salesforce' : 'Business Central']);

/** A line of the review. What a mapping waits for is in the JSON result; here those are the lines above it. */
export function reviewRow(step: FullStep, texts: Texts): Row {
  const { label, counts, reason, unavailable } = step;
  return {
    ...{ Mapping: label, Salesforce: counts.left, 'Business Central': counts.right, Coupled: counts.coupled },
    ...{ Recommended: actionOf(step, texts), Why: unavailable?.message ?? texts.getMessage(`reason.${reason}`) }
  };
}

/** A line of a run. */
export function runRow(step: StepStatus, texts: Texts): Row {
  const { label, state, matched, result } = step;
  const coupled = matched && matched.coupled > 0 ? [`${matched.coupled} coupled`] : [];
  const work = matched && matched.unmatched + matched.several > 0;
  const open = work ? [`${matched.unmatched} without a fit`, `${matched.several} with several`] : [];
  const calls = Object.values(result?.calls ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    ...{ Mapping: label, Action: actionOf(step, texts), State: texts.getMessage(`state.${state}`) },
    Result: [...coupled, ...open, ...countsOf(result?.counts ?? {})].join(', '),
    Calls: result ? calls : ''
  };
}
