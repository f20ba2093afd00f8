/**
 * An error with a stable code, one sentence and the next step. The base of every typed error outside the commands,
 * which turn it into the CLI's own error.
 */
export class CosellError extends Error {
  public override readonly name: string = 'CosellError';

  public constructor(
    public readonly code: string,
    message: string,
    /** What the user can do, one imperative sentence each; commands where possible. */
    public readonly nextSteps: readonly string[] = [],
    options?: ErrorOptions
  ) {
    super(message, options);
  }
}

/** How the engine has to treat a failure of a connected system. */
export type FailureKind =
  /** Nothing was carried out; may be repeated after `retryAfterMs`. */
  | 'retryable'
  /** Nobody knows whether it was carried out: look before repeating. */
  | 'unknownOutcome'
  /** The system refuses this record; repeating is pointless until somebody changes something. */
  | 'rejected'
  /** The connection itself does not work (sign-in, permission, budget): the run stops. */
  | 'connection';

export class ConnectorError extends CosellError {
  public override readonly name = 'ConnectorError';
  /** What failures of records that shared one call have in common: they are one failure of the system. */
  public sharedCall?: object;

  public constructor(
    public readonly system: string,
    public readonly kind: FailureKind,
    code: string,
    message: string,
    public readonly details: {
      nextSteps?: readonly string[];
      status?: number;
      retryAfterMs?: number;
      correlationId?: string;
      /** System path the refusal is about, for example `customerProfile.address.country`. */
      target?: string;
      cause?: unknown;
    } = {}
  ) {
    super(code, message, details.nextSteps ?? [], { cause: details.cause });
  }
}
