import { CosellError } from '../ports/errors.js';
import type { Engine } from './location.js';

/** How the engines say that a right record is coupled already: by columns or by the name of the index. */
const TAKEN = /couplings\.mapping, couplings\.right_key|couplings_right/i;

/** How the engines say that a journal line's number is given already: another process adds to the same run. */
const NUMBERED = /journal\.mapping, journal\.run_id|journal_key/i;

/** What one member of a group may have caused: a taken key, or locks in an unlucky order. */
const OWN_FAULT = /unique|duplicate key|deadlock|could not serialize/i;

const NEXT_STEPS: Record<Engine, string> = {
  sqlite: 'Check the disk and the permissions of the ledger file, then run again; nothing is lost.',
  postgres: 'Check that the database server runs and accepts connections, then run again; nothing is lost.'
};

/** Messages of a failed statement, the cause's included. */
const messagesOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${messagesOf(error.cause)}` : '';

/** Whether an error may concern one commit of a group only. */
export const isOwnFault = (error: unknown): boolean => OWN_FAULT.test(messagesOf(error));

/** Whether the numbers of the journal have to be read again. */
export const isJournalRace = (error: unknown): boolean => NUMBERED.test(messagesOf(error));

/** A failure of the database as an error of the ledger. */
export function ledgerError(error: unknown, { engine, location }: { engine: Engine; location: string }): CosellError {
  if (error instanceof CosellError) return error;
  const { message, code, constraint } = error as Error & { code?: string; constraint?: string };
  if (TAKEN.test(constraint ?? message))
    return new CosellError('LEDGER_CONFLICT', 'The record is already coupled to another one.', [], { cause: error });
  return new CosellError(
    'LEDGER_FAILED',
    `The ledger ${location} failed: ${message || code || 'no answer'}.`,
    [NEXT_STEPS[engine]],
    { cause: error }
  );
}
