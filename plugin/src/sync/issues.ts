import type { RecordIssue } from '../mapping/types.js';
import { ConnectorError, CosellError } from '../ports/errors.js';
import type { FieldConflict } from './merge.js';

/** Why a decision was not carried out. */
const REFUSED: Readonly<Record<'direction' | 'value', (kept: string, far: string) => string>> = {
  direction: (kept, far) => `The value of ${kept} cannot be kept, because the field is not written in ${far}.`,
  value: (kept, far) => `The value of ${kept} cannot be kept, because ${far} has no such value.`
};

/** Issues that the engine itself finds; those of the mapping's checks come with the mapping. */
export const issueOf = {
  paused: (label: string): RecordIssue => ({
    code: 'PAUSED',
    message: `Sharing is switched off; ${label} keeps the values it has.`,
    nextStep: 'Switch sharing on again to bring both sides in step.'
  }),
  counterpartGone: (label: string): RecordIssue => ({
    code: 'COUNTERPART_GONE',
    message: `The coupled record no longer exists in ${label}, or may not be read.`,
    nextStep: `Look the record up in ${label}; clear its identifier here to share the record anew.`
  }),
  coupledElsewhere: (label: string): RecordIssue => ({
    code: 'COUPLED_ELSEWHERE',
    message: `The identifier on this record belongs to another record of ${label}.`,
    nextStep: 'Clear the identifier on the record that was copied.'
  }),
  closedEdit: (label: string, fields: readonly string[]): RecordIssue => ({
    code: 'CLOSED',
    message: `The record is closed in ${label} and takes no further change: ${fields.join(', ')}.`,
    nextStep: 'Nothing has to be done; create a new record for new business.'
  }),
  conflict: (conflict: FieldConflict, field: string, labels: { left: string; right: string }): RecordIssue => {
    const refused = conflict.decision?.refused;
    if (conflict.reason === 'alreadySet' || refused === 'alreadySet') {
      return {
        code: 'ALREADY_SET',
        message: `${field} cannot be changed in ${labels.right} any more.`,
        nextStep: `Set ${field} back to the value that ${labels.right} has.`
      };
    }
    const message = `${field} was changed in ${labels.left} and in ${labels.right}.`;
    if (conflict.decision === undefined || refused === undefined) {
      const nextStep = `Keep the value of ${labels.left} or of ${labels.right}, or enter the right value of ${field} on both sides.`;
      return { code: 'CONFLICT', message, nextStep };
    }
    const kept = labels[conflict.decision.keep];
    const far = labels[conflict.decision.keep === 'left' ? 'right' : 'left'];
    return {
      code: 'CONFLICT',
      message: `${message} ${REFUSED[refused](kept, far)}`,
      nextStep: `Keep the value of ${far}, or enter the right value of ${field} on both sides.`
    };
  },
  workerLost: (times: number): RecordIssue => ({
    code: 'WORKER_LOST',
    message: `The sync service ended ${times} times while it worked on this record, so it is left alone.`,
    nextStep: 'Ask the administrator to look into the log of the sync service, then try the record again.'
  }),
  awaitingAnswer: (label: string, until: string | undefined, how: string): RecordIssue => ({
    code: 'AWAITING_ANSWER',
    message: `The deal waits in ${label} for an answer${until === undefined ? '' : ` until ${until.slice(0, 10)}`}; edits are not sent before.`,
    nextStep: how
  }),
  requestExpired: (label: string): RecordIssue => ({
    code: 'REQUEST_EXPIRED',
    message: `Nobody answered in time, so the deal has expired in ${label}.`,
    nextStep: 'Nothing has to be done; if you still want the deal, ask for it to be sent again.'
  }),
  requestDeclined: (label: string): RecordIssue => ({
    code: 'REQUEST_DECLINED',
    message: `The deal was declined in ${label}.`,
    nextStep: 'Nothing has to be done.'
  }),
  acceptedElsewhere: (right: string, left: string): RecordIssue => ({
    code: 'ACCEPTED_NOT_CONVERTED',
    message: `The lead was accepted in ${right}, and is still a lead in ${left}.`,
    nextStep: 'Convert it with an opportunity, which then goes on with the deal.'
  }),
  unknownReference: (named: string, { left, right }: { left: string; right: string }): RecordIssue => ({
    code: 'UNKNOWN_REFERENCE',
    message: `The record in ${right} names ${named}, which is no record of ${left}.`,
    nextStep: `Correct or clear the reference in ${right}, or set "cosell.inbound.unknownReference" to "create" or "ignore".`
  }),
  waiting: (label: string): RecordIssue => ({
    code: 'SYSTEM_BUSY',
    message: `${label} could not be reached for this record.`,
    nextStep: 'Nothing has to be done; it is tried again.'
  })
};

/** What a failure of one record means to the people who look at it. */
export function issueOfError(error: unknown, label: string): RecordIssue {
  if (error instanceof ConnectorError) {
    const place = error.details.target === undefined ? '' : ` (${error.details.target})`;
    return {
      code: error.kind === 'rejected' ? 'REJECTED' : error.code,
      message: `${label} refused the change${place}: ${error.message}`,
      nextStep: error.nextSteps.join(' ') || 'Correct the value and save the record again.'
    };
  }
  if (error instanceof CosellError && error.code === 'LEDGER_CONFLICT') return issueOf.coupledElsewhere(label);
  return {
    code: 'INTERNAL',
    message: 'The record could not be worked on because of an unexpected error.',
    nextStep: 'Ask the administrator to look into the log of the sync service.'
  };
}
