import { ConnectorError, CosellError } from '../ports/errors.js';
import { HoldLost } from './hands.js';

/** Ends the run at once: the ledger or the queue is gone. What was stored so far stands. */
export class LedgerFailure extends CosellError {
  public override readonly name = 'LedgerFailure';

  public constructor(cause: unknown) {
    const known = cause instanceof CosellError ? cause : undefined;
    super(
      known?.code ?? 'LEDGER_FAILED',
      known?.message ?? `The ledger cannot be read or written: ${(cause as Error).message}`,
      known?.nextSteps ?? ['Check the disk and the permissions of the ledger file, then run again; nothing is lost.'],
      { cause }
    );
  }
}

/** Ends the run in good order: a system cannot be worked with now. Work in hand is stored, cursors stay. */
export class RunStopped extends Error {
  public override readonly name = 'RunStopped';

  public constructor(public override readonly cause: ConnectorError) {
    super(cause.message, { cause });
  }
}

/** Refusals of the ledger that are a record's own matter: a coupling that is taken, a record that somebody else took over. */
const OF_THE_RECORD: ReadonlySet<string> = new Set(['LEDGER_CONFLICT', 'FENCED']);

/** A ledger or queue whose failures can be told apart from those of a record. */
export function guarded<Store extends object>(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]): Promise<unknown> => {
        try {
          return await (member as (...all: unknown[]) => Promise<unknown>).apply(target, parameters);
        } catch (error) {
          if (error instanceof CosellError && OF_THE_RECORD.has(error.code)) throw error;
          throw new LedgerFailure(error);
        }
      };
    }
  });
}

/** Whether a record is no longer ours: somebody else has it, and nothing more is to be said about it here. */
export const isTakenOver = (error: unknown): boolean =>
  error instanceof HoldLost || (error instanceof CosellError && error.code === 'FENCED');

/** Whether the ledger refused a coupling because the right record has one. */
export const isTaken = (error: unknown): boolean => error instanceof CosellError && error.code === 'LEDGER_CONFLICT';

/** Whether an error concerns the run rather than one record. */
export const endsRun = (error: unknown): boolean =>
  error instanceof LedgerFailure ||
  error instanceof RunStopped ||
  (error instanceof ConnectorError && error.kind === 'connection');
