import { issueOf } from './issues.js';
import type { RightNote } from './rebuilding-index.js';
import type { RebuildProblem } from './rebuilding-tally.js';

export interface Labels {
  left: string;
  right: string;
}

/** What a person is told about records that cannot be coupled without guessing. */
export const problemOf = {
  twin: ({ left, right }: Labels, leftKey: string, chosen: RightNote, twin: RightNote): RebuildProblem => ({
    code: 'TWIN',
    leftKey,
    rightKey: twin.key,
    message: `${twin.key} in ${right} carries the same record of ${left} as ${chosen.key}, which is coupled.`,
    nextStep: `Close ${twin.key} by hand, or leave it alone if it is closed.`
  }),
  rightMissing: ({ right }: Labels, leftKey: string, rightKey: string): RebuildProblem => ({
    code: 'RIGHT_MISSING',
    leftKey,
    rightKey,
    message: `${leftKey} names ${rightKey}, which does not exist in ${right}, or may not be read.`,
    nextStep: issueOf.counterpartGone(right).nextStep
  }),
  leftMissing: ({ left, right }: Labels, leftKey: string, rightKey: string): RebuildProblem => ({
    code: 'LEFT_MISSING',
    leftKey,
    rightKey,
    message: `${rightKey} in ${right} names ${leftKey}, which does not exist in ${left}, or may not be read.`,
    nextStep: `Look the record up in ${left}; if it was deleted on purpose, close ${rightKey} by hand.`
  }),
  elsewhere: ({ right }: Labels, leftKey: string, named: RightNote): RebuildProblem => ({
    code: 'COUPLED_ELSEWHERE',
    leftKey,
    rightKey: named.key,
    message: `${leftKey} names ${named.key} in ${right}, which names ${named.marker ?? 'another record'}.`,
    nextStep: `Clear the identifier on ${leftKey} if the record was copied.`
  }),
  keptOtherwise: ({ right }: Labels, leftKey: string, rightKey: string, kept: string): RebuildProblem => ({
    code: 'COUPLED_ELSEWHERE',
    leftKey,
    rightKey,
    message: `By what the records carry, ${leftKey} belongs to ${rightKey} in ${right}, but the ledger couples ${kept}.`,
    nextStep: 'Nothing was changed. Rebuild into an empty ledger if the records are right.'
  }),
  unclear: ({ right }: Labels, leftKey: string, rightKey: string, others: readonly string[]): RebuildProblem => ({
    code: 'COUPLING_UNCLEAR',
    leftKey,
    rightKey,
    message: `${leftKey} names ${rightKey} in ${right}, but ${others.join(', ')} says otherwise.`,
    nextStep: `Correct the identifier on the record that is wrong, then run: sf cosell issue retry --record ${leftKey}`
  })
};
