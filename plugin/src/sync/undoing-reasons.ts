import type { RecordIssue, Side } from '../mapping/types.js';
import type { Labels } from './planning-fields.js';

export type KeptCode =
  | 'AS_BEFORE'
  | 'CHANGED_SINCE'
  | 'CLOSED'
  | 'HELD_BACK'
  | 'NOT_READABLE'
  | 'NO_COUNTERPART_VALUE'
  | 'WOULD_DIFFER'
  | 'WOULD_RETURN';

/** Why a value is not put back. */
export interface Verdict {
  code: KeptCode;
  /** The side that the reason is about. */
  side?: Side;
  issue?: RecordIssue;
}

/** A field that keeps what it has, with the reason and what to do instead. */
export interface Kept {
  field: string;
  label: string;
  code: KeptCode;
  reason: string;
  nextStep: string;
}

interface Words {
  reason: string;
  nextStep: string;
}

interface Place {
  label: string;
  /** Name of the side that the reason is about. */
  there: string;
  labels: Labels;
  issue: RecordIssue | undefined;
}

const WORDS: Readonly<Record<KeptCode, (place: Place) => Words>> = {
  AS_BEFORE: () => ({ reason: 'The value from before the run is there already.', nextStep: 'Nothing has to be done.' }),
  CHANGED_SINCE: ({ label, there }) => ({
    reason: `${label} was changed in ${there} since the run.`,
    nextStep: `Change ${label} by hand if the earlier value is still wanted.`
  }),
  CLOSED: ({ labels }) => ({
    reason: `The record is closed in ${labels.right} and takes no further change.`,
    nextStep: 'Nothing can be done; create a new record for new business.'
  }),
  HELD_BACK: ({ issue, labels }) => ({
    reason: `${issue?.message ?? 'Something would be missing.'} Nothing is sent from ${labels.left} then.`,
    nextStep: issue?.nextStep ?? `Complete the record in ${labels.left}.`
  }),
  NOT_READABLE: ({ labels }) => ({
    reason: 'The field cannot be read now.',
    nextStep: `Check what the sync user may read in ${labels.left} and in ${labels.right}.`
  }),
  NO_COUNTERPART_VALUE: ({ there, label }) => ({
    reason: `The earlier value has no single counterpart in ${there}.`,
    nextStep: `Set ${label} in ${there} by hand.`
  }),
  WOULD_DIFFER: ({ there, label }) => ({
    reason: `The earlier value would not reach ${there}, and both sides would stay different.`,
    nextStep: `Set ${label} back in ${there}, where it comes from.`
  }),
  WOULD_RETURN: ({ there, label }) => ({
    reason: `By the rule of the field the value of ${there} would be written again.`,
    nextStep: `Set ${label} back in ${there}, where it comes from.`
  })
};

export function keptFor(
  { code, side = 'left', issue }: Verdict,
  field: Pick<Kept, 'field' | 'label'>,
  labels: Labels
): Kept {
  return { ...field, code, ...WORDS[code]({ label: field.label, there: labels[side], labels, issue }) };
}

/** What an undo cannot reverse on a record as a whole. */
export const recordReasons = {
  created: (rightKey: string, { right }: Labels): RecordIssue => ({
    code: 'CANNOT_DELETE',
    message: `The run created ${rightKey} in ${right}, where nothing can be deleted.`,
    nextStep: `Switch sharing off on the opportunity and close ${rightKey} in ${right} by hand.`
  }),
  takenIn: (rightKey: string, { left, right }: Labels): RecordIssue => ({
    code: 'TAKEN_IN',
    message: `The run created the record in ${left} for ${rightKey} of ${right}; it is kept with all that people added.`,
    nextStep: `Decline the deal, or switch sharing off on the record and delete it in ${left} by hand.`
  }),
  linked: (rightKey: string, { right }: Labels): RecordIssue => ({
    code: 'LINKED',
    message: `The run linked the record to ${rightKey} in ${right}; the link is kept.`,
    nextStep: 'Run the command again with --unlink to take the link away.'
  }),
  linkedElsewhere: (rightKey: string): RecordIssue => ({
    code: 'CHANGED_SINCE',
    message: `The record is no longer coupled with ${rightKey}, which the run worked on.`,
    nextStep: 'Nothing has to be done; what the run wrote there is left as it is.'
  }),
  unlinked: ({ right }: Labels): RecordIssue => ({
    code: 'UNLINKED',
    message: `The link to the record in ${right} was taken away.`,
    nextStep: 'Clear the identifier on this record or switch sharing off, else the next change links both again.'
  }),
  leftMissing: (key: string, { left }: Labels): RecordIssue => ({
    code: 'LEFT_MISSING',
    message: `The record ${key} does not exist in ${left}, or may not be read.`,
    nextStep: `Look the record up in ${left}.`
  }),
  rightMissing: (key: string, { right }: Labels): RecordIssue => ({
    code: 'COUNTERPART_GONE',
    message: `The record ${key} no longer exists in ${right}, or may not be read.`,
    nextStep: `Look the record up in ${right}.`
  }),
  paused: ({ left }: Labels): RecordIssue => ({
    code: 'PAUSED',
    message: `Sharing is switched off in ${left}, so nothing is written.`,
    nextStep: 'Switch sharing on again and repeat the undo.'
  }),
  busy: (): RecordIssue => ({
    code: 'CHANGING',
    message: 'The record kept changing while the undo worked on it.',
    nextStep: 'Repeat the undo for this record.'
  }),
  failed: (code: string, message: string): RecordIssue => ({
    code,
    message: `The earlier value could not be written: ${message}`,
    nextStep: 'Repeat the undo for this record, or set the value by hand.'
  })
} as const;
