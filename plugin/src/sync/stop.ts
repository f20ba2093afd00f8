import type { Ledger } from '../ledger/port.js';
import { ConnectorError, CosellError } from '../ports/errors.js';

/** Ends the run at once: the ledger is gone, or the lease is. What was stored so far stands. */
export class LedgerFailure extends CosellError {
  public override readonly name = 'LedgerFailure';

  public constructor(cause: unknown) {
    super(
      cause instanceof CosellError ? cause.code : 'LEDGER_FAILED',
      `The ledger cannot be read or written: ${(cause as Error).message}`,
      ['Check the disk and the permissions of the ledger file, then run again; nothing is lost.'],
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

/** A ledger whose failures can be told apart from those of a record. A coupling that is taken remains the record's own matter. */
export function guardLedger(ledger: Ledger): Ledger {
  return new Proxy(ledger, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]): Promise<unknown> => {
        try {
          return await (member as (...all: unknown[]) => Promise<unknown>).apply(target, parameters);
        } catch (error) {
          if (error instanceof CosellError && error.code === 'LEDGER_CONFLICT') throw error;
          throw new LedgerFailure(error);
        }
      };
    }
  });
}

/** Whether an error concerns the run rather than one record. */
export const endsRun = (error: unknown): boolean =>
  error instanceof LedgerFailure ||
  error instanceof RunStopped ||
  (error instanceof ConnectorError && error.kind === 'connection');
